"""Writing the goals of a plan: each change is a new version, which both sign anew."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from talka.exchanges.actions.changing import hold_plan, settle_change
from talka.exchanges.actions.working import Refused
from talka.exchanges.models import Plan, PlanGoal
from talka.kernel.models import Overtaken
from talka.kernel.reasons import Reason

MOST_GOALS = 20


@transaction.atomic
def add_goal(
    *, plan: Plan, text: str, evidence: str = "", by_when: date | None = None, by: Any, now: datetime
) -> PlanGoal:
    """Add a goal behind those that are there. Raises Refused when there are too many, and NotAllowed."""
    held = hold_plan(plan, "change")
    if held.agreed_goals.count() >= MOST_GOALS:
        raise Refused(Reason("exchanges.too_many_goals", {"most": MOST_GOALS}))
    last = held.agreed_goals.aggregate(last=Max("position"))["last"]
    goal = PlanGoal.objects.create(
        plan=held,
        position=0 if last is None else last + 1,
        text=text,
        evidence=evidence,
        by_when=by_when,
    )
    settle_change(held, "add goal", by=by, now=now)
    return goal


@transaction.atomic
def edit_goal(
    *,
    goal: PlanGoal,
    text: str,
    evidence: str,
    by_when: date | None,
    version: int,
    by: Any,
    now: datetime,
) -> None:
    """Change a goal; `version` is that of the plan as it was read.

    What was said of whether the old one is reached goes. Saving what is already there changes nothing.
    Raises Overtaken when somebody else changed the plan since, or took the goal out, and NotAllowed.
    """
    held = hold_plan(goal.plan, "change")
    current = held.agreed_goals.filter(pk=goal.pk).first()
    if current is None:
        raise Overtaken(f"goal {goal.pk} was taken out")
    if (current.text, current.evidence, current.by_when) == (text, evidence, by_when):
        return
    if held.version != version:
        raise Overtaken(f"plan {held.pk} is past version {version}")
    current.text, current.evidence, current.by_when = text, evidence, by_when
    current.save(update_fields=["text", "evidence", "by_when"])
    current.judgements.all().delete()
    settle_change(held, "edit goal", by=by, now=now)


@transaction.atomic
def remove_goal(*, goal: PlanGoal, by: Any, now: datetime) -> None:
    """Take a goal out of the plan; taking it out twice changes nothing."""
    held = hold_plan(goal.plan, "change")
    if held.agreed_goals.filter(pk=goal.pk).delete()[0]:
        settle_change(held, "remove goal", by=by, now=now)


@transaction.atomic
def raise_goal(*, goal: PlanGoal, by: Any, now: datetime) -> None:
    """Put a goal before the one above it; the first stays where it is."""
    held = hold_plan(goal.plan, "change")
    order = list(held.agreed_goals.all())
    place = next((place for place, one in enumerate(order) if one.pk == goal.pk), 0)
    if not place:
        return
    order[place - 1], order[place] = order[place], order[place - 1]
    for position, one in enumerate(order):
        one.position = position
    PlanGoal.objects.bulk_update(order, ["position"])
    settle_change(held, "order goals", by=by, now=now)
