"""A published match in the office: both answers, the deadline, who would be next; and an end by hand."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from talka.kernel.models import Entry
from talka.matching.actions import cancel_match
from talka.matching.actions.proposing import alternates_of
from talka.matching.lifecycle import MATCH
from talka.matching.models import Match
from talka.matching.queries.fits import fit_of, lines_of
from talka.matching.queries.matches import with_seats
from talka.matching.queries.words import names_of
from talka.programmes.models import Cycle
from talka.web.office.seat_forms import seats_shown
from talka.web.shared.may import require


class CancelForm(forms.Form):
    """Asks why a match is cancelled."""

    reason = forms.CharField(
        label=gettext_lazy("Why is it cancelled?"),
        help_text=gettext_lazy("Both sides read this in their letter."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def match_of(request: HttpRequest, pk: int) -> Match:
    """Find a match of a cycle whose matching the reader runs."""
    found = with_seats(Match.objects.between_sides().filter(cycle__in=Cycle.objects.run_by(request.user)))
    match = get_object_or_404(found.select_related("cycle__programme", "run", "exchange"), pk=pk)
    require(request, "match.cancel", match)
    return match


@require_http_methods(["GET", "HEAD", "POST"])
def match(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a match with its answers; end it, with a reason that both sides read."""
    found = match_of(request, pk)
    form = CancelForm(request.POST or None)
    can_cancel = MATCH.allows("cancel", found.status) and not hasattr(found, "exchange")
    if request.method == "POST" and not can_cancel:
        messages.error(
            request,
            _("Too late to cancel here: it is over, or an exchange follows from it."),
        )
        return redirect("office:match", pk)
    if request.method == "POST" and form.is_valid():
        cancel_match(match=found, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
        messages.success(request, _("The match is cancelled, and both sides were told."))
        return redirect("office:matching", found.cycle_id)
    context = {**_shown(found), "form": form, "can_cancel": can_cancel}
    return render(request, "office/match.html", context, status=422 if form.errors else 200)


def _shown(found: Match) -> dict[str, Any]:
    names = names_of(found.cycle)
    learner = found.seat_of("learns").application
    alternates = [(teacher, fit_of(pair["parts"])) for run, teacher, pair in alternates_of(found, learner)]
    return {
        "match": found,
        "cycle": found.cycle,
        "seats": found.sides,
        **seats_shown(found),
        "learner": learner,
        "teacher": found.seat_of("teaches").application,
        "why": lines_of(found.parts, names),
        "fit": fit_of(found.parts),
        "alternates": alternates,
        "entries": Entry.objects.about(found).select_related("actor"),
    }


urlpatterns = [path("matching/matches/<int:pk>/", match, name="match")]
