"""Programmes, series and meetings as the tests of meetings need them."""

from datetime import UTC, date, datetime, time, timedelta

from talka.applications.models import Application
from talka.blueprints.reading import shipped
from talka.calls.actions import prepare_cycle
from talka.forms.actions import start_sheet
from talka.gatherings.actions import create_gathering, create_series, register
from talka.programmes.actions import announce_cycle, create_programme, edit_programme

LINK = "https://meet.example.org/abc"


def make_programme(by, now, *, slug="mentorship", blueprint="mentorship", zone="Europe/Vilnius"):
    """Make a programme that everybody sees."""
    made = create_programme(slug=slug, blueprint=shipped()[blueprint], zone=zone, by=by, now=now)
    values = {"name": made.name, "summary": made.summary, "zone": zone, "is_published": True}
    edit_programme(programme=made, **values, version=made.version, by=by, now=now)
    return made


def make_cycle(programme, by, now, slug="2027"):
    """Make a cycle of a programme that everybody sees."""
    cycle = prepare_cycle(programme=programme, slug=slug, label={"en": slug}, year=2027, by=by, now=now)
    announce_cycle(cycle=cycle, by=by, now=now)
    return cycle


def accept(cycle, person, now, role="mentee", status="accepted"):
    """Let a person have an application of the status in the cycle."""
    call = cycle.calls.get(role=role)
    sheet = start_sheet(form=call.form, now=now)
    return Application.objects.create(
        call=call, person=person, sheet=sheet, started_by=person, started_at=now, status=status
    )


def plan(**given):
    """Return the values of a weekly series on Tuesdays at 18:00 in Vilnius, from 16 March 2027 on."""
    return {
        "title": {"en": "Weekly talk"},
        "description": {},
        "first_on": date(2027, 3, 16),
        "starts_time": time(18),
        "length_minutes": 60,
        "zone": "Europe/Vilnius",
        "rhythm": "weekly",
        "every": 1,
        "until_on": None,
        "count": None,
        "link": LINK,
        "places": None,
    } | given


def make_series(programme, by, now, *, cycle=None, kind="meeting", **given):
    """Begin a series."""
    return create_series(programme=programme, cycle=cycle, kind=kind, values=plan(**given), by=by, now=now)


def make_meeting(programme, by, now, *, starts_at=None, kind="meeting", cycle=None, places=None, **given):
    """Set one meeting, in three days unless it is said when."""
    begins = starts_at or now + timedelta(days=3)
    values = {"title": {"en": "Ask us"}, "description": {}, "zone": "Europe/Vilnius", "link": LINK} | given
    return create_gathering(
        programme=programme,
        cycle=cycle,
        kind=kind,
        starts_at=begins,
        ends_at=begins + timedelta(hours=1),
        places=places,
        by=by,
        now=now,
        **values,
    )


def sign_up(meeting, person, now):
    """Sign up somebody with an account."""
    return register(
        gathering=meeting,
        name=person.name,
        email=person.email,
        question="",
        account=person,
        language="en",
        now=now,
    )


def sign_up_as_guest(meeting, name, now):
    """Sign up somebody without an account, who has a question."""
    return register(
        gathering=meeting,
        name=name,
        email=f"{name.lower()}@example.org",
        question="Who writes the minutes?",
        account=None,
        language="en",
        now=now,
    )


def utc(*parts):
    """Return a moment in UTC."""
    return datetime(*parts, tzinfo=UTC)
