"""Going on in the place of somebody who had to leave: read what there is, and say yes or no."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from talka.exchanges.actions import answer_takeover
from talka.forms.reading import answers_for
from talka.matching.models import Answer, Part, Seat
from talka.matching.queries.reasons import Refused
from talka.web.desk.matches import NoForm
from talka.web.shared.matching_words import refusal_in_words
from talka.web.shared.may import require


def _asked(request: HttpRequest, pk: int) -> Seat:
    """Return a seat that the reader is asked to take. Raises Http404."""
    asked = Seat.objects.held_by(request.user).filter(is_asked=True, left_at__isnull=True)
    return get_object_or_404(asked.with_applicants().select_related("match__cycle__programme"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def takeover(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what somebody is asked to go on with; keep their yes, or their no with a word of why."""
    seat = _asked(request, pk)
    require(request, "match.answer", seat)
    says_no = request.POST.get("said") == Answer.NO
    form = NoForm(request.POST if says_no else None)
    if request.method == "POST" and (not says_no or form.is_valid()):
        said = Answer.NO if says_no else Answer.YES
        return _keep(request, seat, said, form.cleaned_data["note"] if says_no else "")
    return render(request, "desk/takeover.html", _shown(seat, form), status=422 if form.errors else 200)


def _keep(request: HttpRequest, seat: Seat, said: str, note: str) -> HttpResponse:
    try:
        answer_takeover(seat=seat, answer=said, note=note, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, refusal_in_words(refused))
        return redirect("desk:home")
    if said == Answer.NO:
        messages.success(request, _("Your no is kept, and the coordinators know why."))
        return redirect("desk:home")
    messages.success(request, _("Thank you. From now on you two work together."))
    return redirect(seat.match.exchange)


def _shown(seat: Seat, form: NoForm) -> dict[str, Any]:
    learner = seat.match.seat_of(Part.LEARNS).application
    return {
        "seat": seat,
        "cycle": seat.match.cycle,
        "learner": learner,
        "goals": learner.goals.select_related("capacity").order_by("position", "pk"),
        "sections": answers_for(learner.sheet, audience="partner", language=get_language() or "en"),
        "form": form,
    }


urlpatterns = [path("takeovers/<int:pk>/", takeover, name="takeover")]
