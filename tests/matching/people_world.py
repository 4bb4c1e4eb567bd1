"""A cohort of people: Anna and Kofi want to learn, Bruno and Ruth can teach, Vera helps several pairs."""

from types import SimpleNamespace

from talka.applications.models import Application
from talka.blueprints.reading import shipped
from talka.calls.actions import prepare_cycle
from talka.forms.actions import merge_answers, start_sheet
from talka.programmes.actions import create_programme
from tests.conftest import make_account
from tests.matching.matching_world import ENGLISH, make_capacities

EVENINGS = [{"day": "weekdays", "starts": "17:00", "ends": "20:00"}]


def make_cohort(cleo, now, *, slug="mentoring"):
    """Make the mentorship programme with one cohort, whose stages begin in October."""
    programme = create_programme(
        slug=slug, blueprint=shipped()["mentorship"], zone="Europe/Warsaw", by=cleo, now=now
    )
    return prepare_cycle(
        programme=programme, slug="2026", label={"en": "2026"}, year=2026, by=cleo, now=now, budget=0
    )


def apply_alone(cycle, role, person, now, *, topics=(), country="PL", status="accepted", **answers):
    """Make a person's application with its answers."""
    call = cycle.calls.get(role=role)
    sheet = start_sheet(form=call.form, now=now)
    given = {
        "topics": [{"capacity": key, "level": level} for key, level in topics],
        "languages": ENGLISH,
        "hours": EVENINGS,
        "country": country,
        **answers,
    }
    asked = {question.key for question in sheet.form_version.draft.questions}
    merge_answers(sheet=sheet, answers={key: given[key] for key in given if key in asked}, seen={})
    return Application.objects.create(
        call=call, person=person, status=status, sheet=sheet, started_by=person, started_at=now
    )


def make_people_world(cleo, now):
    """Make the cohort with five accepted applications of people."""
    make_capacities()
    cycle = make_cohort(cleo, now)
    people = {
        name: make_account(name, time_zone=zone)
        for name, zone in (
            ("anna", "Europe/Bratislava"),
            ("kofi", "Africa/Accra"),
            ("bruno", "Europe/Warsaw"),
            ("ruth", "Africa/Lagos"),
            ("vera", "Europe/Berlin"),
        )
    }
    learn = {"topics": [("budgets", 1)]}
    teach = {"topics": [("budgets", 5)], "places": 1}
    return SimpleNamespace(
        cycle=cycle,
        people=people,
        anna=apply_alone(cycle, "mentee", people["anna"], now, country="SK", **learn),
        kofi=apply_alone(cycle, "mentee", people["kofi"], now, country="GH", **learn),
        bruno=apply_alone(cycle, "mentor", people["bruno"], now, country="PL", **teach),
        ruth=apply_alone(cycle, "mentor", people["ruth"], now, country="NG", **teach),
        vera=apply_alone(cycle, "designer", people["vera"], now, places=1),
    )
