"""Further seats of an agreed match: who helps, who steps in, and who takes over from somebody who leaves."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from talka.applications.lifecycle import ApplicationStatus
from talka.applications.models import Application
from talka.applications.queries import people_of
from talka.kernel.ledger import record
from talka.letters.outbox import write_letter
from talka.matching.actions.proposing import hold_cycle
from talka.matching.lifecycle import MatchStatus
from talka.matching.models import Answer, Match, Part, Seat
from talka.matching.queries.cohort import places_left
from talka.matching.queries.reasons import refuse
from talka.people.models import Account
from talka.programmes.models import Post


@transaction.atomic
def give_seat(*, match: Match, application: Application, part: str, by: Any, now: datetime) -> Seat:
    """Give somebody a further seat: they help the two, or step in when the mentor cannot go on.

    Everybody concerned is told. Raises Refused unless the match holds, the application is accepted in the
    same cycle and has a place left, and sits there in no other way.
    """
    held = _hold(match)
    _demand_fit(held, application)
    if part == Part.SUPPORTS and not places_left([application])[application.pk]:
        raise refuse("no_place_left", name=str(application))
    seat = Seat.objects.create(
        match=held,
        application=application,
        part=Part(part),
        answer=Answer.YES,
        answered_by=by,
        answered_at=now,
    )
    record(held, "give a seat", by=by, now=now)
    _tell_of_seat(seat, now=now)
    return seat


@transaction.atomic
def leave_seat(*, seat: Seat, by: Any, now: datetime) -> bool:
    """Let somebody go from a seat; no reason is asked. False when it was left before."""
    if not Seat.objects.filter(pk=seat.pk, left_at__isnull=True).update(left_at=now, is_asked=False):
        return False
    seat.left_at, seat.is_asked = now, False
    record(seat.match, "leave a seat", by=by, now=now)
    return True


@transaction.atomic
def ask_to_take_over(*, match: Match, application: Application, by: Any, now: datetime) -> Seat:
    """Ask somebody to teach in the place of who has left: who stands ready, or another accepted mentor.

    Raises Refused while somebody teaches or is asked already, and where nobody could be asked.
    """
    held = _hold(match)
    teaching = held.seats.filter(part=Part.TEACHES, left_at__isnull=True)
    if teaching.exists():
        raise refuse("somebody_teaches")
    seat = held.seats.filter(application=application, part=Part.BACKS_UP, left_at__isnull=True).first()
    if seat is None:
        _demand_fit(held, application)
        if not places_left([application])[application.pk]:
            raise refuse("no_place_left", name=str(application))
        seat = Seat(match=held, application=application)
    seat.part, seat.is_asked, seat.answer = Part.TEACHES, True, Answer.PENDING
    seat.answered_by = seat.answered_at = None
    seat.save()
    record(held, "ask to take over", by=by, now=now)
    _ask(seat, now=now)
    return seat


@transaction.atomic
def answer_takeover(*, seat: Seat, answer: str, note: str = "", by: Any, now: datetime) -> Seat:
    """Keep what somebody says who was asked to take over. With a yes they teach from now on.

    The same answer again changes nothing. Raises Refused when they are no longer asked.
    """
    match = _hold(seat.match)
    current = match.seats.select_related("application").get(pk=seat.pk)
    if current.answer == answer:
        return current
    if not current.is_asked or current.left_at is not None:
        raise refuse("not_asked_any_more")
    current.answer, current.answer_note, current.is_asked = answer, note, False
    current.answered_by, current.answered_at = by, now
    current.left_at = None if answer == Answer.YES else now
    current.save()
    record(match, f"answer {answer}", by=by, now=now)
    _tell_of_takeover(current, now=now)
    return current


def _hold(match: Match) -> Match:
    """Lock the cycle's matches and return this one as it is. Raises Refused unless it holds."""
    hold_cycle(match.cycle_id)
    held = Match.objects.select_for_update(of=("self",)).select_related("cycle__programme").get(pk=match.pk)
    if held.status != MatchStatus.AGREED:
        raise refuse("does_not_hold")
    return held


def _demand_fit(match: Match, application: Application) -> None:
    if application.status != ApplicationStatus.ACCEPTED or application.call.cycle_id != match.cycle_id:
        raise refuse("not_accepted", name=str(application))
    if match.seats.filter(application=application).exists():
        raise refuse("sits_there", name=str(application))


def _tell_of_seat(seat: Seat, *, now: datetime) -> None:
    """Tell the one who was given a seat, and the sides, who is there for what."""
    sides = [one.application for one in seat.match.sides]
    values = {
        "helper": seat.application,
        "part": seat.part,
        "pair": " – ".join(str(one) for one in sides),
        "programme": seat.match.cycle.programme,
        "path": reverse("desk:match", args=[seat.match_id]),
    }
    for account in people_of([seat.application, *sides]):
        write_letter("seat_given", to=account, values=values, about=seat, now=now)


def _ask(seat: Seat, *, now: datetime) -> None:
    values = {
        "learner": seat.match.seat_of(Part.LEARNS).application,
        "programme": seat.match.cycle.programme,
        "path": reverse("desk:takeover", args=[seat.pk]),
    }
    for account in people_of([seat.application]):
        write_letter("takeover_asked", to=account, values=values, about=seat, now=now, once=now.isoformat())


def _tell_of_takeover(seat: Seat, *, now: datetime) -> None:
    """Tell the mentee that somebody goes on with them, or the coordinators that they have to look further."""
    match, agreed = seat.match, seat.answer == Answer.YES
    learner = match.seat_of(Part.LEARNS).application
    values = {
        "teacher": seat.application,
        "learner": learner,
        "agreed": agreed,
        "programme": match.cycle.programme,
    }
    told = people_of([learner]) if agreed else coordinators(match)
    for account in told:
        path = reverse("desk:match" if agreed else "office:match", args=[match.pk])
        write_letter("takeover_answered", to=account, values={**values, "path": path}, about=seat, now=now)


def coordinators(match: Match) -> list[Account]:
    """List the people who coordinate the programme of a match now."""
    found = Account.objects.filter(
        appointments__programme=match.cycle.programme_id,
        appointments__post=Post.COORDINATOR,
        appointments__ended_at__isnull=True,
    )
    return list(found.distinct().order_by("name", "pk"))
