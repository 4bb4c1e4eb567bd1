"""The one letter with which a mentorship ends: what was reached, and what is still asked of each side."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from talka.applications.queries import people_of
from talka.exchanges.actions.working import tell
from talka.exchanges.models import Exchange
from talka.exchanges.queries import goals_of, sum_of_hours
from talka.exchanges.rules.goals import REACHED
from talka.exchanges.rules.hours import in_hours
from talka.matching.models import Seat


def tell_of_end(
    held: Exchange,
    key: str,
    *,
    now: datetime,
    values: Mapping[int, Mapping[str, Any]] | None = None,
    but: Any = None,
) -> None:
    """Write the letter to those who sit on both sides, and thank whoever helped them.

    `values` says more to a side, by the key of its seat; `but` is somebody who knows already.
    """
    reached, once = _reached(held), now.isoformat()
    for seat in held.match.sides:
        said = {**reached, **_still_asked(seat), **(values or {}).get(seat.pk, {})}
        people = [person for person in people_of([seat.application]) if person != but]
        tell(people, key, held, now=now, values=said, once=once)
    further = [one for one in held.match.seats.all() if not one.is_side and one.left_at is None]
    helpers = people_of(one.application for one in further if not one.is_asked)
    tell(helpers, "mentorship_help_over", held, now=now, once=once)


def _reached(held: Exchange) -> dict[str, Any]:
    worked = Exchange.objects.with_work().get(pk=held.pk)
    goals, confirmed = goals_of(worked), sum_of_hours(worked).confirmed
    return {
        "hours": in_hours(confirmed) if confirmed else "",
        "goal_count": len(goals),
        "goals_reached": sum(goal.outcome == REACHED for goal in goals),
    }


def _still_asked(seat: Seat) -> dict[str, Any]:
    """Return where a side looks back, and where it reads what is missing for its certificate."""
    application, plan = seat.application, seat.application.call.cycle.plan
    gets_one = any(one.role == application.call.role for one in plan.certificates)
    return {
        "desk_path": reverse("desk:home") if plan.evaluations else "",
        "certificate_path": reverse("desk:certificate", args=[application.pk]) if gets_one else "",
    }
