"""Writing the joint plan: its texts and days, who meets whom, and the questions sent ahead."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from talka.exchanges.actions.changing import hold_plan, settle_change
from talka.exchanges.models import Exchange, Plan, PlanItem, Question
from talka.kernel.models import Overtaken

PLAN_FIELDS = ("goals", "project", "starts_on", "ends_on", "city", "place", "zone")
# What a calendar shows of the visit.
CALENDAR_FIELDS = ("project", "starts_on", "ends_on", "city", "place")


@transaction.atomic
def edit_plan(*, plan: Plan, values: Mapping[str, Any], version: int, by: Any, now: datetime) -> Plan:
    """Write the texts, days and place of a plan, and return it as it now is.

    Saving what is already there changes nothing and keeps the signatures. Raises
    Overtaken when somebody else changed the plan since the version, and NotAllowed
    when the visit is over or cancelled.
    """
    held = hold_plan(plan, "change")
    changed = [name for name in PLAN_FIELDS if name in values and values[name] != getattr(held, name)]
    if not changed:
        return held
    if held.version != version:
        raise Overtaken(f"plan {held.pk} is past version {version}")
    for name in changed:
        setattr(held, name, values[name])
    held.save(update_fields=changed)
    if any(name in CALENDAR_FIELDS for name in changed):
        Exchange.objects.filter(pk=held.exchange_id).update(calendar_sequence=F("calendar_sequence") + 1)
    settle_change(held, "edit", by=by, now=now)
    return held


@transaction.atomic
def add_plan_item(*, plan: Plan, day: date, what: str, who: str, by: Any, now: datetime) -> PlanItem:
    """Add a part of a day at the day's end."""
    held = hold_plan(plan, "change")
    item = PlanItem.objects.create(
        plan=held, day=day, position=_next(held.items.filter(day=day)), what=what, who=who
    )
    settle_change(held, "add item", by=by, now=now)
    return item


@transaction.atomic
def remove_plan_item(*, item: PlanItem, by: Any, now: datetime) -> None:
    """Take a part of a day out of the plan; taking it out twice changes nothing."""
    held = hold_plan(item.plan, "change")
    if held.items.filter(pk=item.pk).delete()[0]:
        settle_change(held, "remove item", by=by, now=now)


@transaction.atomic
def add_questions(*, plan: Plan, texts: Sequence[str], by: Any, now: datetime) -> list[Question]:
    """Add questions behind those that are there."""
    held = hold_plan(plan, "change")
    first = _next(held.questions.all())
    made = [
        Question.objects.create(plan=held, position=first + place, text=text)
        for place, text in enumerate(texts)
    ]
    if made:
        settle_change(held, "add questions", by=by, now=now)
    return made


def add_question(*, plan: Plan, text: str, by: Any, now: datetime) -> Question:
    """Add one question behind those that are there."""
    return add_questions(plan=plan, texts=[text], by=by, now=now)[0]


@transaction.atomic
def remove_question(*, question: Question, by: Any, now: datetime) -> None:
    """Take a question out of the plan; taking it out twice changes nothing."""
    held = hold_plan(question.plan, "change")
    if held.questions.filter(pk=question.pk).delete()[0]:
        settle_change(held, "remove question", by=by, now=now)


def _next(rows: Any) -> int:
    last = rows.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1
