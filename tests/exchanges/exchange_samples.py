"""One pair that has agreed, and how far its plan has come: the only rows that tests of exchanges make."""

from datetime import date, timedelta

from talka.applications.models import Application, Format, Goal
from talka.blueprints.reading import shipped
from talka.calls.actions import prepare_cycle
from talka.exchanges.actions import (
    add_plan_item,
    add_questions,
    approve_plan,
    edit_plan,
    sign_plan,
    start_exchange,
)
from talka.exchanges.models import Exchange
from talka.forms.models import Sheet
from talka.matching.models import Match, Origin, Seat
from talka.programmes.actions import create_programme

FIRST, LAST = date(2027, 8, 2), date(2027, 8, 5)

VALUES = {
    "goals": "A budget for our first edit-a-thon weekend",
    "project": "The summer school of Graustark",
    "starts_on": FIRST,
    "ends_on": LAST,
    "city": "Warsaw",
    "place": "Library of Graustark",
    "zone": "Europe/Warsaw",
}


def make_cycle(coordinator, now, *, slug="cee", budget=1000):
    """Make a programme that the coordinator runs, with a cycle of 2027 in euros."""
    programme = create_programme(
        slug=slug, blueprint=shipped()["visit_exchange"], zone="Europe/Warsaw", by=coordinator, now=now
    )
    return prepare_cycle(
        programme=programme,
        slug="2027",
        label={"en": "2027"},
        year=2027,
        by=coordinator,
        now=now,
        budget=budget,
    )


def make_match(cycle, learner, teacher, now, *, answered="yes", status="agreed", **fields):
    """Make a match of two communities that were accepted."""
    match = Match.objects.create(
        cycle=cycle,
        origin=Origin.SUGGESTED,
        status=status,
        proposed_at=now,
        answer_by=now + timedelta(days=7),
    )
    for role, part, community in (("mentee", "learns", learner), ("mentor", "teaches", teacher)):
        call = cycle.calls.get(role=role)
        sheet = Sheet.objects.create(form_version=call.form.versions.get())
        application = Application.objects.create(
            call=call,
            community=community,
            status="accepted",
            sheet=sheet,
            started_at=now,
            format=fields.get("format", Format.MENTEE_TRAVELS),
        )
        if part == "learns":
            Goal.objects.create(
                application=application, problem="We have no budget.", change="We keep a budget."
            )
        Seat.objects.create(match=match, application=application, part=part, answer=answered)
    return match


def make_exchange(ada, bo, cleo, now, *, slug="cee", budget=1000, **fields):
    """Make an exchange whose plan is still nearly empty: Ada's community visits Bo's."""
    cycle = make_cycle(cleo, now, slug=slug, budget=budget)
    match = make_match(cycle, ada.community, bo.community, now, **fields)
    return start_exchange(match=match, by=bo, now=now)


def seat_of(exchange, part):
    """Return the seat of the side that learns or teaches."""
    return exchange.match.seat_of(part)


def fresh(exchange):
    """Read the exchange again, with its plan."""
    return Exchange.objects.with_sides().get(pk=exchange.pk)


def fill_plan(exchange, by, now):
    """Write everything that a plan needs before it can be signed."""
    plan = fresh(exchange).plan
    plan = edit_plan(plan=plan, values=VALUES, version=plan.version, by=by, now=now)
    for count in range(4):
        day = FIRST + timedelta(days=count)
        add_plan_item(plan=plan, day=day, what=f"Work on part {count}", who="All", by=by, now=now)
    add_questions(plan=plan, texts=[f"Question {count}?" for count in range(10)], by=by, now=now)
    return fresh(exchange).plan


def sign_both(exchange, ada, bo, now):
    """Sign the plan as it stands, by both sides."""
    sign_plan(plan=fresh(exchange).plan, seat=seat_of(exchange, "learns"), by=ada, now=now)
    sign_plan(plan=fresh(exchange).plan, seat=seat_of(exchange, "teaches"), by=bo, now=now)


def make_approved(exchange, ada, bo, cleo, now):
    """Take an exchange as far as an approved plan, and return it as it then is."""
    fill_plan(exchange, ada, now)
    sign_both(exchange, ada, bo, now)
    approve_plan(exchange=fresh(exchange), by=cleo, now=now)
    return fresh(exchange)
