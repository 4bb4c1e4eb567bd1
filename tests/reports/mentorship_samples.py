"""A mentorship of Ada with Bo, as the earlier rooms leave it, and how both look back on it."""

from datetime import UTC, date, datetime

from talka.applications.models import Application
from talka.blueprints.reading import check_blueprint, pack, shipped
from talka.calls.actions import prepare_cycle
from talka.exchanges.models import Exchange, GoalJudgement, Hours, Plan, PlanGoal
from talka.forms.actions import start_sheet
from talka.matching.models import Match, Seat
from talka.programmes.actions import announce_cycle, create_programme
from talka.programmes.models import Programme
from talka.reports.actions import answer_evaluation, ask_evaluations, save_report
from talka.reports.models import Report

# A pair that begins after the first day of its stage, which is 15 November.
BEGAN = datetime(2027, 11, 20, 10, 0, tzinfo=UTC)
LAST_DAY = date(2028, 5, 19)
OVER = datetime(2028, 5, 20, 10, 0, tzinfo=UTC)
MIDPOINT, FINAL = date(2028, 2, 20), date(2028, 5, 20)
WELL = {"going": "well", "changed": "We have a plan.", "wish": ""}
WORTH = {"worth": "very", "built": "A course at two schools.", "again": True}


def make_cohort(cleo, now, *, slug="mentoring", **changed):
    """Open and announce a cohort of the mentorship; `changed` replaces parts of its blueprint."""
    blueprint = check_blueprint({**pack(shipped()["mentorship"]), **changed})
    programme = create_programme(slug=slug, blueprint=blueprint, zone="Europe/Warsaw", by=cleo, now=now)
    Programme.objects.filter(pk=programme.pk).update(is_published=True)
    programme.refresh_from_db()
    cycle = prepare_cycle(
        programme=programme, slug="2027-b", label={"en": "Cohort B"}, year=2027, by=cleo, now=now
    )
    announce_cycle(cycle=cycle, by=cleo, now=now)
    return cycle


def make_application(cycle, role, now, **applicant):
    """Write the application of a person or a community as screening leaves it."""
    call = cycle.calls.get(role=role)
    found = call.applications.filter(**applicant).first()
    return found or Application.objects.create(
        call=call,
        sheet=start_sheet(form=call.form, now=now),
        status="accepted",
        started_at=now,
        submitted_at=now,
        **applicant,
    )


def make_pair(cycle, mentee, mentor, *, began=BEGAN, status="underway", ends_on=LAST_DAY, goals=1):
    """Write a mentorship that has begun; a side is an account, or a community."""
    match = Match.objects.create(
        cycle=cycle, origin="suggested", status="agreed", proposed_at=began, answer_by=began
    )
    for who, role, part in ((mentee, "mentee", "learns"), (mentor, "mentor", "teaches")):
        kind = "community" if who._meta.model_name == "community" else "person"
        application = make_application(cycle, role, began, **{kind: who})
        Seat.objects.create(match=match, application=application, part=part, answer="yes")
    exchange = Exchange.objects.create(
        match=match, kind="mentorship", started_at=began, ends_on=ends_on, status=status
    )
    plan = Plan.objects.create(exchange=exchange, zone="Europe/Warsaw")
    for place in range(goals):
        PlanGoal.objects.create(plan=plan, position=place, text=f"Goal {place + 1}")
    return exchange


def log_hours(exchange, minutes, *, status="confirmed", day=date(2027, 12, 1), part="learns"):
    """Write down that they worked so many minutes, on as many days as these have room for."""
    seat = exchange.match.seat_of(part)
    while minutes > 0:
        one = min(minutes, 600)
        Hours.objects.create(
            exchange=exchange, seat=seat, day=day, minutes=one, what="A call", status=status, logged_at=BEGAN
        )
        minutes -= one


def judge_goal(goal, exchange, learns, teaches):
    """Let both sides say what came of a goal; None says nothing."""
    for part, met in (("learns", learns), ("teaches", teaches)):
        if met:
            seat = exchange.match.seat_of(part)
            GoalJudgement.objects.create(goal=goal, seat=seat, met=met, judged_at=OVER)


def complete(exchange, *, minutes=18 * 60, day=date(2027, 12, 1)):
    """Take a mentorship to its end: hours confirmed, every goal reached in the eyes of both."""
    log_hours(exchange, minutes, day=day)
    for goal in exchange.plan.agreed_goals.all():
        judge_goal(goal, exchange, "yes", "yes")
    Exchange.objects.filter(pk=exchange.pk).update(status="completed")


def ask(moment):
    """Let the clock ask; return what there is, as (key, part, day, status)."""
    ask_evaluations(now=moment)
    reports = Report.objects.evaluations().order_by("pk")
    return [(one.key, one.seat.part, one.due_on, one.status) for one in reports]


def answer(report, by, now, answers):
    """Write an evaluation and hand it in."""
    save_report(report=report, answers=answers, seen={}, by=by, now=now)
    answer_evaluation(report=Report.objects.get(pk=report.pk), by=by, now=now)


def at_noon(day):
    """Return noon of a day in UTC."""
    return datetime(day.year, day.month, day.day, 12, 0, tzinfo=UTC)
