"""Who could take a further seat of a match: the forms that ask, and what the page of the match shows."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from talka.applications.models import Application
from talka.matching.lifecycle import MatchStatus
from talka.matching.models import Match, Part
from talka.matching.queries.cohort import TEACHES, accepted, places_left, roles_with
from talka.matching.queries.fits import fit_of
from talka.matching.queries.weighing import weigh_others


class SeatForm(forms.Form):
    """Asks who gets a seat; the best fit stands first."""

    def __init__(self, *args: Any, free: list[tuple[Application, int | None]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.free = {str(one.pk): one for one, _fit in free}
        choices = [(str(one.pk), _named(one, fit)) for one, fit in free]
        self.fields["application"] = forms.ChoiceField(label=_("Who"), choices=choices)

    @property
    def chosen(self) -> Application:
        """Return the application that was chosen."""
        return self.free[self.cleaned_data["application"]]


def _named(application: Application, fit: int | None) -> str:
    # Translators: somebody who could get a seat, and how well they fit: "Bo (82 %)".
    return str(application) if fit is None else _("%(name)s (%(fit)s %%)") % {"name": application, "fit": fit}


def free_for(match: Match, part: str) -> list[tuple[Application, int | None]]:
    """List who could take a seat of the part: accepted, with a place left, and not of this match already."""
    plan = match.cycle.plan
    helpers = plan.mentorship.helpers if plan.mentorship else ()
    roles = list(helpers) if part == Part.SUPPORTS else roles_with(plan, TEACHES)
    sitting = match.seats.values("application")
    found = list(accepted(match.cycle).filter(call__role__in=roles).exclude(pk__in=sitting))
    left = places_left(found)
    free = [one for one in found if left[one.pk]]
    if part == Part.SUPPORTS:
        return [(one, None) for one in free]
    learner = match.seat_of(Part.LEARNS).application
    fits = {pk: fit_of(parts) for pk, parts in weigh_others(match.cycle, learner, free).items()}
    best_first = sorted(free, key=lambda one: (-fits[one.pk], one.pk))
    return [(one, fits[one.pk]) for one in best_first]


def seats_shown(match: Match) -> dict[str, Any]:
    """Return what the page of a match says about its further seats; nothing where there are none."""
    if match.cycle.plan.mentorship is None or match.status != MatchStatus.AGREED:
        return {}
    teaches = [seat for seat in match.seats.all() if seat.part == Part.TEACHES and seat.left_at is None]
    mentors = free_for(match, Part.BACKS_UP)
    return {
        "further": [one for one in match.seats.all() if not one.is_side and one.left_at is None],
        "nobody_teaches": not teaches,
        "helper_form": SeatForm(free=free_for(match, Part.SUPPORTS), auto_id="helper_%s"),
        "ready_form": SeatForm(free=mentors, auto_id="ready_%s"),
        "successor_form": SeatForm(free=[*standing_ready(match), *mentors], auto_id="successor_%s"),
    }


def standing_ready(match: Match) -> list[tuple[Application, int | None]]:
    """List who stands ready to go on in the mentor's place."""
    return [
        (seat.application, None)
        for seat in match.seats.all()
        if seat.part == Part.BACKS_UP and seat.left_at is None
    ]
