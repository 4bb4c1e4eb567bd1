"""Rehearsing a programme with invented people and communities, and throwing the rehearsal away."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.access.table import may
from talka.demo.answering import asked_of_cohort, let_cohort_answer
from talka.demo.discarding import Entangled, throw_away
from talka.demo.looking import cohort_of_people, look_as, people_of_their_own, people_to_be
from talka.demo.rehearsal import LARGEST, SMALLEST, NothingToRehearse, rehearse
from talka.programmes.models import Programme
from talka.web.office.programmes import ASKING, programmes_of
from talka.web.shared.looking import begin
from talka.web.shared.may import require

USUAL = 12
ASKED = {
    "question": gettext_lazy("applications to hand in again, because you asked for more"),
    "draft": gettext_lazy("drafts to finish and hand in"),
    "partner": gettext_lazy("partners to confirm who were named"),
    "match": gettext_lazy("sides of proposed matches to answer"),
    "plan": gettext_lazy("joint plans to write and sign"),
    "visit": gettext_lazy("visits to make"),
    "report": gettext_lazy("reports to write and hand in"),
    "hours": gettext_lazy("mentorships to work through for half of their months"),
    "goals": gettext_lazy("mentorships to look back on and to complete"),
    "follow_up": gettext_lazy("questions about next steps to answer"),
}


class SizeForm(forms.Form):
    """Asks how many applicants to invent."""

    size = forms.IntegerField(
        label=gettext_lazy("How many applicants?"),
        help_text=gettext_lazy(
            "From 3 to 60, about three who learn for every two who teach. "
            "Inventing sixty takes a few seconds."
        ),
        min_value=SMALLEST,
        max_value=LARGEST,
        initial=USUAL,
    )


def _rehearsal(request: HttpRequest, slug: str) -> Programme:
    return get_object_or_404(programmes_of(request).filter(is_rehearsal=True), slug=slug)


@require_http_methods(ASKING)
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Copy a programme and let an invented cohort apply to the copy."""
    found = get_object_or_404(programmes_of(request).filter(is_rehearsal=False), slug=slug)
    require(request, "rehearsal.start", found)
    form = SizeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        size = form.cleaned_data["size"]
        try:
            made = rehearse(programme=found, size=size, by=request.user, now=timezone.now())
        except NothingToRehearse:
            form.add_error(None, _("This programme has no calls: there is nothing to apply to."))
        else:
            messages.success(request, _("The rehearsal is ready, and its calls are open."))
            return redirect("office:rehearsal", made.slug)
    context = {"programme": found, "form": form}
    return render(request, "office/rehearsal_start.html", context, status=422 if form.errors else 200)


@require_safe
def rehearsal(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what the invented people are asked now, and who they are."""
    found = _rehearsal(request, slug)
    counts = asked_of_cohort(found, now=timezone.now())
    context = {
        "programme": found,
        "asked": [(count, ASKED[key]) for key, count in counts.items()],
        "cycles": found.cycles.order_by("-pk"),
        "communities": cohort_of_people(found),
        "people": people_of_their_own(found),
        "may_play": may(request.user, "rehearsal.start", found),
        "may_look": may(request.user, "rehearsal.look", found),
    }
    return render(request, "office/rehearsal.html", context)


@require_POST
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Let the invented people do the next thing that they are asked."""
    found = _rehearsal(request, slug)
    require(request, "rehearsal.start", found)
    key, count = let_cohort_answer(programme=found, now=timezone.now())
    if count:
        messages.success(request, _done(key, count))
    else:
        messages.warning(request, _("The cohort has nothing to do now: the next step is yours."))
    return redirect("office:rehearsal", found.slug)


def _done(key: str, count: int) -> Any:
    # Translators: `what` is such as "joint plans to write and sign".
    said = ngettext(
        "The cohort has done %(count)d of: %(what)s.", "The cohort has done %(count)d of: %(what)s.", count
    )
    return said % {"count": count, "what": ASKED[key]}


@require_POST
def look(request: HttpRequest, slug: str, account: int) -> HttpResponse:
    """Show the coordinator the desk of one of the invented people, as that person sees it."""
    found = _rehearsal(request, slug)
    require(request, "rehearsal.look", found)
    person = get_object_or_404(people_to_be(found), pk=account)
    look_as(account=person, programme=found, by=request.user, now=timezone.now())
    begin(request, person, found)
    return redirect("desk:home")


@require_http_methods(ASKING)
def discard(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask once, then throw the rehearsal away whole."""
    found = _rehearsal(request, slug)
    require(request, "rehearsal.discard", found)
    if request.method != "POST":
        return render(request, "office/rehearsal_discard.html", {"programme": found})
    try:
        throw_away(programme=found, by=request.user, now=timezone.now())
    except Entangled as entangled:
        words = _("Somebody invented has a part in another programme: %(record)s. End that first.")
        messages.error(request, words % {"record": entangled.record})
        return redirect("office:rehearsal", found.slug)
    messages.success(request, _("The rehearsal is thrown away. Nothing of it is left."))
    return redirect("office:home")


urlpatterns = [
    path("programmes/<slug:slug>/rehearse/", start, name="rehearsal_start"),
    path("programmes/<slug:slug>/rehearsal/", rehearsal, name="rehearsal"),
    path("programmes/<slug:slug>/rehearsal/answer/", answer, name="rehearsal_answer"),
    path("programmes/<slug:slug>/rehearsal/look/<int:account>/", look, name="rehearsal_look"),
    path("programmes/<slug:slug>/rehearsal/discard/", discard, name="rehearsal_discard"),
]
