"""What a plan says, lacks and shares, and who signed it as it stands."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q

from talka.exchanges.models import ExchangeKind, Material, MaterialAudience, Plan, Signature
from talka.exchanges.queries.people import SIDE, seats_held_by
from talka.exchanges.rules.goals import GoalText, goals_lacking
from talka.exchanges.rules.visits import PlanFacts, PlanLimits, missing, oddities
from talka.kernel.reasons import Reason
from talka.kernel.windows import zone
from talka.programmes.models import Cycle

VISITS = "visits"
"""The key of the stage in which visits take place."""


def limits_of(cycle: Cycle) -> PlanLimits:
    """Return what the cycle asks of a plan, with the days of its visits."""
    asked = cycle.plan.visit
    if asked is None:
        raise LookupError(f"the blueprint of cycle {cycle.pk} has no visits")
    stage = next((stage for stage in cycle.stages.all() if stage.key == VISITS), None)
    return PlanLimits(
        min_days=asked.min_days,
        max_days=asked.max_days,
        questions_min=asked.questions_min,
        questions_max=asked.questions_max,
        visits_from=stage.starts_on if stage else None,
        visits_until=stage.ends_on if stage else None,
    )


def facts_of(plan: Plan) -> PlanFacts:
    """Return what the rules ask about a plan."""
    return PlanFacts(
        goals=plan.goals,
        project=plan.project,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        city=plan.city,
        place=plan.place,
        item_days=tuple(item.day for item in plan.items.all()),
        question_count=len(plan.questions.all()),
        traveller_count=len(plan.exchange.travellers.all()),
    )


def lacks_of(plan: Plan, *, today: date) -> tuple[Reason, ...]:
    """List what the plan lacks before it can be signed, by the kind of its exchange."""
    return _LACKS[ExchangeKind(plan.exchange.kind)](plan, today)


def _lacks_of_visit(plan: Plan, today: date) -> tuple[Reason, ...]:
    return missing(facts_of(plan), limits_of(plan.exchange.match.cycle), today=today)


def _lacks_of_goals(plan: Plan, today: date) -> tuple[Reason, ...]:
    goals = [GoalText(goal.text, goal.by_when) for goal in plan.agreed_goals.all()]
    first_day = plan.exchange.started_at.astimezone(zone(plan.zone)).date()
    return goals_lacking(goals, first_day=first_day, last_day=plan.exchange.ends_on)


_LACKS: dict[str, Callable[[Plan, date], tuple[Reason, ...]]] = {
    ExchangeKind.VISIT: _lacks_of_visit,
    ExchangeKind.MENTORSHIP: _lacks_of_goals,
}


def oddities_of(plan: Plan) -> tuple[Reason, ...]:
    """List what both sides should look at again."""
    return oddities(facts_of(plan), limits_of(plan.exchange.match.cycle))


def signatures_that_count(plan: Plan) -> dict[int, Signature]:
    """Return the signatures of the plan as it stands, by the side that signed."""
    return {
        signature.seat_id: signature
        for signature in plan.signatures.all()
        if signature.plan_version == plan.version
    }


def materials_seen_by(plan: Plan, account: Any) -> list[Material]:
    """List the materials that the person may see: shared ones, and those of their own side."""
    own = [seat.pk for seat in seats_held_by(plan.exchange, account)]
    shared = ~Q(audience=MaterialAudience.OWN)
    found = plan.materials.filter(shared | Q(seat__in=own))
    return list(found.select_related(*SIDE, "upload").order_by("pk"))
