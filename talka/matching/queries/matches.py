"""Matches as pages list them, and who waits for another cycle."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Prefetch, QuerySet, When

from talka.applications.lifecycle import ApplicationStatus
from talka.applications.models import Application
from talka.calls.models import Call
from talka.matching.lifecycle import MatchStatus
from talka.matching.models import Match, Seat
from talka.matching.queries.cohort import LEARNS, roles_with
from talka.programmes.models import Cycle


@dataclass(frozen=True)
class Waiting:
    """An application on the waiting list, where it could be carried over to, and where it went."""

    application: Application
    call: Call | None
    carried_to: Application | None


def with_seats(matches: QuerySet[Match]) -> QuerySet[Match]:
    """Fetch the seats with whoever sits on them."""
    seats = Seat.objects.select_related("application__community", "application__person", "answered_by")
    return matches.prefetch_related(Prefetch("seats", seats.order_by("part", "pk")))


def matches_of(cycle: Cycle) -> QuerySet[Match]:
    """Find the matches of the cycle: those that wait for answers first, then those agreed."""
    found = Match.objects.between_sides().filter(cycle=cycle).select_related("run")
    urgency = Case(
        When(status=MatchStatus.PROPOSED, then=0), When(status=MatchStatus.AGREED, then=1), default=2
    )
    return with_seats(found).order_by(urgency, "-pk")


def open_seats(account: Any) -> QuerySet[Seat]:
    """Find the seats on which the person may act, in matches that are proposed."""
    found = Seat.objects.held_by(account).filter(match__status=MatchStatus.PROPOSED)
    return (
        found.select_related("match__cycle__programme", "application__community", "application__person")
        .prefetch_related("match__seats__application__community", "match__seats__application__person")
        .order_by("match__answer_by", "pk")
        .distinct()
    )


def asked_seats(account: Any) -> QuerySet[Seat]:
    """Find the seats that the person is asked to take over, in matches that hold."""
    asked = Seat.objects.held_by(account).filter(is_asked=True, left_at__isnull=True)
    seats = Seat.objects.with_applicants().order_by("pk")
    found = asked.filter(match__status=MatchStatus.AGREED)
    return found.prefetch_related(Prefetch("match__seats", seats)).order_by("pk")


def waiting_of(cycle: Cycle) -> list[Waiting]:
    """List who learns and is on the waiting list, with the call of a later cycle for the same role."""
    learns = roles_with(cycle.plan, LEARNS)
    found = (
        Application.objects.filter(call__cycle=cycle, status=ApplicationStatus.WAITING, call__role__in=learns)
        .select_related("call", "community", "person", "carried_to__call__cycle")
        .order_by("pk")
    )
    calls = Call.objects.filter(
        cycle__programme=cycle.programme_id, cycle__pk__gt=cycle.pk, role__in=learns
    ).exclude(cycle__status="closed")
    later = {call.role: call for call in calls.select_related("cycle").order_by("-pk")}
    return [Waiting(one, later.get(one.call.role), getattr(one, "carried_to", None)) for one in found]
