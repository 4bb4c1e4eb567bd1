"""Cycles made ready for applicants."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from talka.blueprints.reading import shipped
from talka.calls.actions import clone_cycle, prepare_cycle
from talka.programmes.actions import create_programme


@pytest.fixture
def programme(cleo, now):
    """Return a visit exchange that Cleo coordinates."""
    return create_programme(
        slug="cee", blueprint=shipped()["visit_exchange"], zone="Europe/Warsaw", by=cleo, now=now
    )


@pytest.fixture
def cycle(programme, cleo, now):
    """Return its cycle of 2027."""
    return prepare_cycle(programme=programme, slug="2027", label={"en": "2027"}, year=2027, by=cleo, now=now)


def test_a_prepared_cycle_has_every_form_of_its_blueprint_as_version_1(cycle):
    found = {form.key: [v.number for v in form.versions.all()] for form in cycle.forms.all()}
    assert found == {"mentee": [1], "mentor": [1], "report": [1]}


def test_a_form_of_the_cycle_asks_what_the_blueprint_asks(cycle):
    version = cycle.forms.get(key="mentee").versions.get()
    assert version.draft == shipped()["visit_exchange"].forms["mentee"]


def test_a_prepared_cycle_has_a_call_for_each_role_open_for_the_whole_stage(cycle):
    warsaw = ZoneInfo("Europe/Warsaw")
    windows = {call.role: (call.opens_at, call.closes_at) for call in cycle.calls.all()}
    # The last hours of March are in summer time.
    month = (datetime(2027, 3, 1, tzinfo=warsaw), datetime(2027, 4, 1, tzinfo=warsaw))
    assert windows == {"mentee": month, "mentor": month}
    assert month[1] == datetime(2027, 3, 31, 22, 0, tzinfo=UTC)


def test_a_clone_has_the_forms_as_they_stand_now_and_the_dates_of_its_year(cycle, cleo, now):
    form = cycle.forms.get(key="mentee")
    version = form.versions.get()
    version.definition["sections"] = version.definition["sections"][:1]
    version.save()
    copy = clone_cycle(cycle=cycle, slug="2028", label={"en": "2028"}, year=2028, by=cleo, now=now)
    assert copy.forms.get(key="mentee").versions.get().definition == version.definition
    stage = copy.stages.get(key="applications")
    assert (stage.starts_on, stage.ends_on) == (date(2028, 3, 1), date(2028, 3, 31))
    call = copy.calls.get(role="mentor")
    assert call.opens_at == datetime(2028, 3, 1, tzinfo=ZoneInfo("Europe/Warsaw"))
