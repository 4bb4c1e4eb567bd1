"""A proposed match: who the partner is, why it fits, and a yes or a no."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from talka.applications.queries import readers_of
from talka.exchanges.actions import answer_match
from talka.forms.reading import answers_for
from talka.matching.lifecycle import MATCH, MatchStatus
from talka.matching.models import Answer, Match, Seat
from talka.matching.queries.fits import lines_of
from talka.matching.queries.matches import with_seats
from talka.matching.queries.reasons import Refused
from talka.matching.queries.words import names_of
from talka.web.shared.matching_words import refusal_in_words
from talka.web.shared.may import require

DONE = {
    Answer.YES: gettext_lazy("Your yes is kept. The match counts when your partner has said yes too."),
    Answer.NO: gettext_lazy("Your no is kept, and the coordinators know why."),
}


class YesForm(forms.Form):
    """Says yes; nothing needs to be written."""

    note = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)


class NoForm(forms.Form):
    """Says no, and why."""

    note = forms.CharField(
        label=gettext_lazy("Why not?"),
        help_text=gettext_lazy("One sentence is enough. Only the coordinators read it, not your partner."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": gettext_lazy("Please say why in a sentence: it helps to find somebody else.")
        },
    )


def own_matches(request: HttpRequest) -> QuerySet[Match]:
    """Find the matches on whose sides the reader acts."""
    seats = Seat.objects.held_by(request.user)
    own = Match.objects.between_sides().filter(seats__in=seats).distinct()
    return with_seats(own).select_related("cycle__programme", "exchange")


@require_safe
def match(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a match to one of its sides; who only helps, or whose mentor left, goes on to what follows."""
    found = get_object_or_404(own_matches(request), pk=pk)
    is_side = found.seats.held_by(request.user).sides().exists()
    if hasattr(found, "exchange") and not (is_side and len(found.sides) > 1):
        return redirect(found.exchange)
    return render(request, "desk/match.html", _shown(request, found))


@require_POST
def answer(request: HttpRequest, pk: int, seat: int, said: str) -> HttpResponse:
    """Keep the yes or no of one side."""
    found = get_object_or_404(own_matches(request), pk=pk)
    own = get_object_or_404(found.seats.select_related("application"), pk=seat)
    require(request, "match.answer", own)
    form = NoForm(request.POST, auto_id=f"id_{own.pk}_%s") if said == Answer.NO else YesForm(request.POST)
    if not form.is_valid():
        shown = _shown(request, found, {own.pk: form})
        return render(request, "desk/match.html", shown, status=422)
    note = form.cleaned_data["note"]
    try:
        result = answer_match(seat=own, answer=said, note=note, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, refusal_in_words(refused))
        return redirect("desk:match", pk)
    agreed = result.status == MatchStatus.AGREED
    words = _("You are partners: both of you said yes. Next you plan together.")
    messages.success(request, words if agreed else DONE[Answer(said)])
    return redirect("desk:match", pk)


def _shown(request: HttpRequest, found: Match, sent: dict[int, forms.Form] | None = None) -> dict[str, Any]:
    """Gather what one side may know of the other: before both agreed no contacts, and never its reasons."""
    mine = set(found.seats.held_by(request.user).values_list("pk", flat=True))
    stands = MATCH.allows("cancel", found.status)
    sides = _sides(found, mine, stands=stands)
    for side in sides:
        key = side["seat"].pk
        side["form"] = (sent or {}).get(key) or NoForm(auto_id=f"id_{key}_%s")
    parts = [part for part in found.parts if part["points"] and stands]
    return {
        "match": found,
        "cycle": found.cycle,
        "sides": sides,
        "agreed": found.status == MatchStatus.AGREED,
        "takes_answers": found.status == MatchStatus.PROPOSED and timezone.now() < found.answer_by,
        "why": lines_of(parts, names_of(found.cycle)),
    }


def _sides(found: Match, mine: set[int], *, stands: bool) -> list[dict[str, Any]]:
    """Pair each of the reader's seats with what it sees of the other."""
    seats = found.sides
    agreed = found.status == MatchStatus.AGREED
    return [
        _side(seat, next(one for one in seats if one.pk != seat.pk), agreed=agreed, stands=stands)
        for seat in seats
        if seat.pk in mine
    ]


def _side(seat: Seat, other: Seat, *, agreed: bool, stands: bool) -> dict[str, Any]:
    """Gather what one side sees; of a match that came to nothing only who it would have been."""
    partner = other.application
    sections = (
        answers_for(partner.sheet, audience="partner", language=get_language() or "en") if stands else []
    )
    goals = partner.goals.select_related("capacity").order_by("position", "pk") if stands else []
    return {
        "seat": seat,
        "partner": partner,
        "partner_answered": other.answer == Answer.YES,
        "partner_learns": other.part == "learns",
        "goals": goals,
        "sections": sections,
        "contacts": readers_of([partner])[partner.pk] if agreed else [],
    }


urlpatterns = [
    path("matches/<int:pk>/", match, name="match"),
    path("matches/<int:pk>/<int:seat>/yes/", answer, {"said": Answer.YES.value}, name="agree_to_match"),
    path("matches/<int:pk>/<int:seat>/no/", answer, {"said": Answer.NO.value}, name="decline_match"),
]
