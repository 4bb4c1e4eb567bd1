"""How the demonstration leads the pairs of a cohort: somewhere in the middle, and each in its own way."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from talka.applications.queries import people_of
from talka.exchanges.actions import (
    Refused,
    add_check_in,
    add_goal,
    confirm_hours,
    give_mood,
    log_hours,
    pause_mentorship,
    question_hours,
    sign_plan,
)
from talka.exchanges.actions.quiet import take_quiet_steps
from talka.exchanges.lifecycle import ExchangeStatus
from talka.exchanges.models import Exchange
from talka.kernel.windows import zone
from talka.matching.models import Seat
from talka.people.models import Account
from talka.programmes.models import Cycle

GOALS = (
    ("A plan for one term with two schools", "The two headteachers have signed it."),
    ("Five teachers can run a lesson without help", "Each has run one while somebody watched."),
    ("A page where others find our lessons", "It is on the wiki, and somebody else has used it."),
)
WORK = (
    ("We read last year's lesson plans together", 60),
    ("We wrote the first two lessons", 90),
    ("Questions about talking to the ministry", 45),
    ("We looked at how to count what pupils learn", 60),
    ("We tried a lesson out with three teachers", 120),
    ("What went wrong, and the plan for the next month", 75),
)
# What becomes of the pairs, in turn: most go well.
LIVES = ("well", "well", "quiet", "unhappy", "paused", "well", "unsigned", "well")
STARTED_DAYS, EVERY_DAYS = 70, 11


def lead_pairs(cycle: Cycle, now: datetime) -> None:
    """Give the mentorships of a cycle that have just begun a life of some ten weeks, until now.

    Their beginning is moved back. Most go well; one is quiet, one unhappy, one paused, one without a signed
    plan. Nothing happens to a cycle without mentorships, nor twice.
    """
    fresh = Exchange.objects.mentorships().filter(match__cycle=cycle, status=ExchangeStatus.PLANNING)
    untouched = fresh.filter(hours__isnull=True, plan__signatures__isnull=True)
    pairs = list(untouched.with_sides().order_by("pk"))
    begun = now - timedelta(days=STARTED_DAYS)
    Exchange.objects.filter(pk__in=[one.pk for one in pairs]).update(started_at=begun)
    for number, exchange in enumerate(pairs):
        _lead(Exchange.objects.get(pk=exchange.pk), LIVES[number % len(LIVES)], number, begun, now)
    for day in range(STARTED_DAYS, -1, -1):
        take_quiet_steps(now=now - timedelta(days=day))


def _lead(exchange: Exchange, life: str, number: int, begun: datetime, now: datetime) -> None:
    seats = exchange.match.sides
    people = [_person(seat) for seat in seats]
    wanted = GOALS[: 1 + number % 3]
    if not exchange.plan.agreed_goals.exists():
        for text, evidence in wanted:
            add_goal(plan=exchange.plan, text=text, evidence=evidence, by=people[0], now=begun)
    if life == "unsigned":
        # Only one of them has signed so far, and lately.
        exchange.plan.refresh_from_db()
        moment = now - timedelta(days=2)
        sign_plan(plan=exchange.plan, seat=seats[0], by=people[0], now=moment)
        return
    exchange.plan.refresh_from_db()
    for seat, person in zip(seats, people, strict=True):
        sign_plan(plan=exchange.plan, seat=seat, by=person, now=begun + timedelta(days=4))
    until = {"quiet": now - timedelta(days=38), "paused": now - timedelta(days=12)}.get(life, now)
    _work(exchange, seats, people, number, begun + timedelta(days=6), until)
    if life == "unhappy":
        words = "We meet, but I do not dare to say that the goals are not mine any more."
        moment = now - timedelta(days=3)
        give_mood(exchange=exchange, feeling="not_good", words=words, by=people[0], now=moment)
    elif life == "well":
        give_mood(exchange=exchange, feeling="good", by=people[0], now=now - timedelta(days=9))
        give_mood(exchange=exchange, feeling="good", by=people[1], now=now - timedelta(days=16))
    elif life == "paused":
        pause_mentorship(exchange=exchange, by=people[1], now=now - timedelta(days=10))


def _work(
    exchange: Exchange,
    seats: Sequence[Seat],
    people: Sequence[Account],
    number: int,
    begun: datetime,
    until: datetime,
) -> None:
    """Let the two meet, write down hours and confirm them, and talk about how it goes once a month."""
    moment, met = begun, 0
    while moment < until - timedelta(days=2):
        what, minutes = WORK[(met + number) % len(WORK)]
        side = (met + number) % 2
        day = moment.astimezone(zone(exchange.match.cycle.programme.zone)).date()
        try:
            hours = log_hours(
                exchange=exchange,
                seat=seats[side],
                day=day,
                minutes=minutes,
                what=what,
                by=people[side],
                now=moment,
            )
        except Refused:
            return
        answered = moment + timedelta(days=1)
        is_last = moment + timedelta(days=EVERY_DAYS) >= until - timedelta(days=2)
        if number == 1 and met == 2:
            question = "Was that not half an hour longer?"
            question_hours(hours=hours, question=question, version=1, by=people[1 - side], now=answered)
        elif not is_last and people[0] != people[1]:
            confirm_hours(hours=hours, version=1, by=people[1 - side], now=answered)
        if met in (2, 4):
            words = "What helps: short meetings. Next time we look at the second school."
            add_check_in(exchange=exchange, held_on=day, words=words, by=people[side], now=moment)
        moment, met = moment + timedelta(days=EVERY_DAYS), met + 1


def _person(seat: Seat) -> Account:
    """Return somebody who acts for a side."""
    return people_of([seat.application])[0]
