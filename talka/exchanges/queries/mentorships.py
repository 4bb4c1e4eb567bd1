"""How one mentorship does: its goals, its hours, and what is lacking before it is completed."""

from dataclasses import dataclass
from datetime import date

from talka.applications.lifecycle import ApplicationStatus
from talka.blueprints.exchanges import Mentorship
from talka.exchanges.lifecycle import ExchangeStatus, HoursStatus, PlanStatus
from talka.exchanges.models import CheckIn, Exchange, GoalJudgement, Hours, PlanGoal
from talka.exchanges.rules.goals import Ending, outcome_of
from talka.exchanges.rules.hours import HoursSum, sum_of
from talka.exchanges.rules.quiet import check_in_due, check_ins_expected
from talka.kernel.windows import zone
from talka.matching.models import Match, Part


@dataclass(frozen=True)
class GoalView:
    """A goal with what each side says of it, by the side's part, and what comes of both."""

    goal: PlanGoal
    said: dict[str, GoalJudgement]
    outcome: str


@dataclass(frozen=True)
class CheckIns:
    """The check-ins of a pair: those they wrote down, how many there would be, when the next one is due."""

    held: list[CheckIn]
    expected: int
    due_on: date

    def is_due(self, today: date) -> bool:
        """Tell whether the two should talk again."""
        return self.due_on <= today


def asked_of(exchange: Exchange) -> Mentorship:
    """Return what the cycle's blueprint asks of mentorships. Raises LookupError where it has none."""
    asked = exchange.match.cycle.plan.mentorship
    if asked is None:
        raise LookupError(f"the blueprint of cycle {exchange.match.cycle_id} has no mentorships")
    return asked


def first_day_of(exchange: Exchange) -> date:
    """Return the day on which a mentorship began, for the organisers."""
    return exchange.started_at.astimezone(zone(exchange.match.cycle.programme.zone)).date()


def goals_of(exchange: Exchange) -> list[GoalView]:
    """List the goals of a plan with what those say of them who sit on its sides now."""
    parts = {seat.pk: seat.part for seat in exchange.match.sides}
    views = []
    for goal in exchange.plan.agreed_goals.all():
        said = {parts[one.seat_id]: one for one in goal.judgements.all() if one.seat_id in parts}
        views.append(GoalView(goal, said, outcome_of(one.met for one in said.values())))
    return views


def hours_of(exchange: Exchange) -> list[Hours]:
    """List the hours of a mentorship that were not taken back, the oldest day first."""
    kept = [one for one in exchange.hours.all() if one.status != HoursStatus.WITHDRAWN]
    return sorted(kept, key=lambda one: (one.day, one.pk))


def sum_of_hours(exchange: Exchange) -> HoursSum:
    """Add up the hours of a mentorship, against what its blueprint asks for."""
    asked = asked_of(exchange)
    lines = [(one.status, one.seat.part, one.minutes) for one in hours_of(exchange)]
    return sum_of(lines, hours_min=asked.hours_min, hours_max=asked.hours_max)


def check_ins_of(exchange: Exchange, *, today: date) -> CheckIns:
    """Return the check-ins of a pair, the newest first, and when the next is due."""
    every, first = asked_of(exchange).check_in_days, first_day_of(exchange)
    held = sorted(exchange.check_ins.all(), key=lambda one: one.held_on, reverse=True)
    return CheckIns(
        held=held,
        expected=check_ins_expected(
            first_day=first, today=today, every_days=every, last_day=exchange.ends_on
        ),
        due_on=check_in_due(held[0].held_on if held else None, first_day=first, every_days=every),
    )


def ending_of(exchange: Exchange) -> Ending:
    """Return what is asked before a mentorship is completed."""
    goals, sums = goals_of(exchange), sum_of_hours(exchange)
    return Ending(
        goal_count=len(goals),
        judged_by_both=sum(bool(goal.outcome) for goal in goals),
        is_signed=exchange.plan.status == PlanStatus.APPROVED,
        confirmed_minutes=sums.confirmed,
        hours_min=asked_of(exchange).hours_min,
        last_day=exchange.ends_on,
    )


def reached_all_goals(exchange: Exchange) -> bool:
    """Tell whether both sides say of every goal of the plan that it was reached."""
    goals = goals_of(exchange)
    return bool(goals) and all(goal.outcome == "yes" for goal in goals)


def may_seek(exchange: Exchange) -> bool:
    """Tell whether the mentee of a mentorship that ended is free for another partner."""
    learner = exchange.mentee
    if exchange.status != ExchangeStatus.STOPPED or learner.status != ApplicationStatus.ACCEPTED:
        return False
    sits = Match.objects.standing().filter(seats__application=learner, seats__part=Part.LEARNS)
    return not sits.exists()
