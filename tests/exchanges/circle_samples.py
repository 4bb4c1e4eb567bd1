"""A cohort of a mentorship whose mentees want circles: the rows that tests of circles begin from."""

from talka.applications.models import Application
from talka.blueprints.reading import shipped
from talka.calls.actions import prepare_cycle
from talka.exchanges.actions import publish_circles, write_lesson
from talka.forms.actions import merge_answers, start_sheet
from talka.matching.actions import draft_circles
from talka.programmes.actions import announce_cycle, create_programme, edit_programme
from tests.conftest import make_account

ENGLISH = (("en", 5),)
EVENINGS = ({"day": "weekdays", "starts": "18:00", "ends": "21:00"},)


def make_cohort(cleo, now, *, slug="mentorship", is_published=True):
    """Make a mentorship that Cleo runs, with an announced cohort whose mentees get circles of four to six."""
    programme = create_programme(
        slug=slug, blueprint=shipped()["mentorship"], zone="Europe/Warsaw", by=cleo, now=now
    )
    edit_programme(
        programme=programme,
        name=programme.name,
        summary=programme.summary,
        zone=programme.zone,
        is_published=is_published,
        version=programme.version,
        by=cleo,
        now=now,
    )
    cycle = prepare_cycle(programme=programme, slug="one", label={"en": "One"}, year=2026, by=cleo, now=now)
    announce_cycle(cycle=cycle, by=cleo, now=now)
    return cycle


def want_circle(cycle, person, now, *, languages=ENGLISH, hours=EVENINGS, country="PL", topics=(), **more):
    """Make an accepted application of a mentee."""
    call = cycle.calls.get(role=more.pop("role", "mentee"))
    sheet = start_sheet(form=call.form, now=now)
    answers = {
        "country": country,
        "languages": [{"language": code, "level": level} for code, level in languages],
        "topics": [{"capacity": key, "level": level} for key, level in topics],
        "hours": list(hours),
    }
    merge_answers(sheet=sheet, answers=answers, seen={})
    return Application.objects.create(
        call=call,
        person=person,
        status=more.pop("status", "accepted"),
        sheet=sheet,
        started_by=person,
        started_at=now,
        **more,
    )


def make_people(count, *, first=1, **fields):
    """Make so many accounts: Peer 01, Peer 02, …"""
    return [make_account(f"peer-{number:02}", **fields) for number in range(first, first + count)]


def make_wanting(cycle, people, now, **answers):
    """Let people apply for a circle, all with the same answers."""
    return [want_circle(cycle, person, now, **answers) for person in people]


def begin_circles(cycle, cleo, now):
    """Draw the circles of a cycle and begin them."""
    draft = draft_circles(cycle=cycle, by=cleo, now=now)
    return publish_circles(draft=draft, version=draft.version, by=cleo, now=now)


def make_circle(ada, bo, cleo, now, *, others=2):
    """Begin the circle of Ada, Bo and others."""
    cycle = make_cohort(cleo, now)
    make_wanting(cycle, [ada, bo, *make_people(others)], now)
    (circle,) = begin_circles(cycle, cleo, now)
    return circle


def write(circle, author, now, **values):
    """Let somebody write a lesson."""
    words = {
        "kind": "success",
        "title": "It worked",
        "text": "We **began** small.",
        "capacity": None,
        "language": "en",
    }
    return write_lesson(circle=circle, values={**words, **values}, by=author, now=now)
