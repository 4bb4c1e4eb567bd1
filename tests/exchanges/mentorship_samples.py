"""A cohort of mentorships and pairs in it, of two people each: what tests of mentorships begin from."""

from datetime import timedelta

from talka.applications.models import Application, Goal
from talka.blueprints.reading import shipped
from talka.calls.actions import prepare_cycle
from talka.exchanges.actions import add_goal, log_hours, sign_plan, start_exchange
from talka.exchanges.models import Exchange
from talka.forms.models import Sheet
from talka.matching.models import Match, Origin, Seat
from talka.programmes.actions import create_programme


def make_cohort(coordinator, now, *, slug="mentorship", zone="Europe/Warsaw", **exchange):
    """Make a mentorship programme that somebody runs, with a cohort; `exchange` changes its blueprint's."""
    blueprint = shipped()["mentorship"]
    if exchange:
        changed = blueprint.mentorship.model_copy(update=exchange)
        blueprint = blueprint.model_copy(update={"exchange": changed})
    programme = create_programme(slug=slug, blueprint=blueprint, zone=zone, by=coordinator, now=now)
    return prepare_cycle(
        programme=programme,
        slug="2027a",
        label={"en": "Cohort 2027"},
        year=2027,
        by=coordinator,
        now=now,
        budget=0,
    )


def apply_as(cycle, role, person, now):
    """Make an accepted application of a person."""
    call = cycle.calls.get(role=role)
    sheet = Sheet.objects.create(form_version=call.form.versions.get())
    return Application.objects.create(
        call=call, person=person, status="accepted", sheet=sheet, started_at=now, started_by=person
    )


def make_pair(cycle, mentee, mentor, now, *, mentor_application=None):
    """Make a mentorship of two people that has just begun: the plan holds the mentee's goal, unsigned.

    A mentor with several mentees has one application: it is given for the second and later ones.
    """
    match = Match.objects.create(
        cycle=cycle,
        origin=Origin.SUGGESTED,
        status="agreed",
        proposed_at=now,
        answer_by=now + timedelta(days=7),
    )
    for role, part, person in (("mentee", "learns", mentee), ("mentor", "teaches", mentor)):
        is_known = part == "teaches" and mentor_application is not None
        application = mentor_application if is_known else apply_as(cycle, role, person, now)
        if part == "learns":
            Goal.objects.create(application=application, problem="No teachers.", change="Two schools teach.")
        Seat.objects.create(match=match, application=application, part=part, answer="yes")
    return start_exchange(match=match, by=mentor, now=now)


def make_mentorship(ada, bo, cleo, now, **cohort):
    """Make a mentorship of Ada, who learns, and Bo, who teaches, in a cohort that Cleo runs."""
    return make_pair(make_cohort(cleo, now, **cohort), ada, bo, now)


def read(exchange):
    """Read a mentorship again, with everything that its page shows."""
    return Exchange.objects.with_work().get(pk=exchange.pk)


def seat_of(exchange, part):
    """Return the seat of the side that learns or teaches."""
    return read(exchange).match.seat_of(part)


def sign_as_both(exchange, now):
    """Let both sides sign the plan as it stands, and return the mentorship, which is under way then."""
    for part in ("learns", "teaches"):
        seat = seat_of(exchange, part)
        sign_plan(plan=read(exchange).plan, seat=seat, by=seat.application.person, now=now)
    return read(exchange)


def make_underway(ada, bo, cleo, now, **cohort):
    """Make the same mentorship with a signed plan."""
    return sign_as_both(make_mentorship(ada, bo, cleo, now, **cohort), now)


def write_goal(exchange, by, now, text="A plan of lessons"):
    """Add a goal to the plan as it is now."""
    return add_goal(plan=read(exchange).plan, text=text, by=by, now=now)


def log(exchange, part, now, *, minutes=60, day=None, by=None, **more):
    """Write down hours for a side, of today unless said otherwise."""
    seat = seat_of(exchange, part)
    return log_hours(
        exchange=exchange,
        seat=seat,
        day=day or now.date(),
        minutes=minutes,
        what="We read a lesson plan",
        by=by or seat.application.person,
        now=now,
        **more,
    )
