"""How the invented applicants of a rehearsal plan, visit and report, through the actions that people use."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from talka.demo.describing import describe, writer_of
from talka.demo.exchanging import a_photo
from talka.demo.inventing import answers_to
from talka.exchanges.actions import (
    PlanIncomplete,
    add_plan_item,
    add_questions,
    edit_plan,
    name_traveller,
    save_traveller,
    sign_plan,
)
from talka.exchanges.models import Exchange, ExchangeKind, Plan
from talka.exchanges.queries import limits_of
from talka.exchanges.rules import days_between
from talka.kernel.windows import start_of, zone
from talka.people.models import Account
from talka.reports.actions import (
    Incomplete,
    StepAnswer,
    add_evidence,
    add_next_step,
    answer_evaluation,
    answer_follow_up,
    finish_visit,
    save_report,
    submit_report,
)
from talka.reports.lifecycle import StepStatus
from talka.reports.models import ON_A_VISIT, FollowUp, Licence, Report

A_DAY, A_WEEK, A_SEASON = timedelta(days=1), timedelta(days=7), timedelta(days=90)


@transaction.atomic
def write_and_sign(exchange: Exchange, now: datetime) -> bool:
    """Write what the plan lacks, and sign on both sides; tell whether that went well.

    That of a visit says also who travels; that of a mentorship holds already what the mentee is after.
    """
    plan = _plan_visit(exchange, now=now) if exchange.kind == ExchangeKind.VISIT else exchange.plan
    try:
        for seat in exchange.match.seats.order_by("pk"):
            with transaction.atomic():
                by = writer_of(seat.application)
                sign_plan(plan=plan, seat=seat, by=by, now=now)
    except PlanIncomplete:
        return False
    return True


def _plan_visit(exchange: Exchange, *, now: datetime) -> Plan:
    plan = _write(exchange, by=writer_of(exchange.mentee), now=now)
    traveller = writer_of(exchange.visitor)
    named = name_traveller(exchange=exchange, account=traveller, by=traveller, now=now)
    if not named.travels_from:
        told = {"travels_from": "Strelsau", "has_passport": True, "needs_visa": False}
        save_traveller(traveller=named, values=told, version=named.version, by=traveller, now=now)
    return plan


def _write(exchange: Exchange, *, by: Account, now: datetime) -> Plan:
    limits = limits_of(exchange.match.cycle)
    plan = Plan.objects.get(exchange=exchange)
    today = now.astimezone(zone(plan.zone)).date()
    first, last = plan.starts_on, plan.ends_on
    if first is None or last is None or first <= today:
        first = max(limits.visits_from or today, today + A_WEEK)
        last = first + A_DAY * (limits.min_days - 1)
    values = {
        "goals": plan.goals or "What both of us wrote when we applied.",
        "project": plan.project or "An invented meeting, with a budget that we write together.",
        "starts_on": first,
        "ends_on": last,
        "city": plan.city or "Hofburg",
        "place": plan.place or "The invented office of the hosts, Market Square 3",
    }
    plan = edit_plan(plan=plan, values=values, version=plan.version, by=by, now=now)
    _fill_days(plan, days_between(first, last), by=by, now=now)
    lacking = max(0, limits.questions_min - plan.questions.count())
    texts = [f"Invented question {number}: how do you begin?" for number in range(1, lacking + 1)]
    add_questions(plan=plan, texts=texts, by=by, now=now)
    plan.refresh_from_db()
    return plan


def _fill_days(plan: Plan, days: tuple[date, ...], *, by: Account, now: datetime) -> None:
    planned = set(plan.items.values_list("day", flat=True))
    for day in days:
        if day not in planned:
            add_plan_item(plan=plan, day=day, what="We work side by side", who="Both", by=by, now=now)


def go(exchange: Exchange, now: datetime) -> bool:
    """Say that the visit is done. A rehearsal does not wait: this is the day after it."""
    plan = exchange.plan
    assert plan.ends_on is not None
    day_after = start_of(plan.ends_on + A_DAY, plan.zone) + timedelta(hours=12)
    finish_visit(exchange=exchange, by=writer_of(exchange.mentee), now=max(now, day_after))
    return True


def write_report(report: Report, now: datetime) -> bool:
    """Answer what a report asks, add what it needs, and hand it in; tell whether nothing was missing."""
    application = report.seat.application
    by, cycle = writer_of(application), report.exchange.match.cycle
    is_on_a_visit = report.key == ON_A_VISIT
    asked = cycle.plan.report if is_on_a_visit else None
    answers = answers_to(report.sheet.form_version.draft, describe(application))
    save_report(report=report, answers=answers, seen={}, by=by, now=now)
    if asked is not None:
        for _number in range(asked.evidence_min - report.evidence.count()):
            _add_photo(report, by=by, now=now)
        for number in range(asked.next_steps_min - report.next_steps.count()):
            _promise(report, number + 1, by=by, now=now)
    hand_in = submit_report if is_on_a_visit else answer_evaluation
    return _hand_in(hand_in, report, by=by, now=now)


@transaction.atomic
def _hand_in(hand_in: Callable[..., None], report: Report, *, by: Account, now: datetime) -> bool:
    try:
        with transaction.atomic():
            hand_in(report=report, by=by, now=now)
    except Incomplete:
        return False
    return True


def _add_photo(report: Report, *, by: Account, now: datetime) -> None:
    add_evidence(
        report=report,
        data=a_photo(),
        name="invented.jpg",
        caption="A drawing that stands for a photo",
        author=by.name,
        licence=Licence.CC_BY_SA_4,
        has_consent=True,
        by=by,
        now=now,
    )


def _promise(report: Report, number: int, *, by: Account, now: datetime) -> None:
    last_day = report.exchange.plan.ends_on or now.date()
    text = f"Invented next step {number}: we tell the others what we learned"
    due_on = last_day + A_SEASON
    add_next_step(report=report, text=text, owner=by.name, due_on=due_on, by=by, now=now)


def follow_up(asked: FollowUp, now: datetime) -> bool:
    """Say that every next step that was still open is done."""
    open_steps = asked.report.next_steps.filter(status=StepStatus.OPEN)
    steps: list[Any] = [StepAnswer(step, StepStatus.DONE) for step in open_steps]
    by = writer_of(asked.report.seat.application)
    answer_follow_up(follow_up=asked, steps=steps, note="Invented, and done.", by=by, now=now)
    return True
