"""Cycles get dates from the blueprint, or from the cycle they are copied from."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from talka.blueprints.reading import shipped
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Entry, Overtaken
from talka.programmes.actions import (
    AddressTaken,
    announce_cycle,
    copy_cycle,
    create_programme,
    edit_stage,
    edit_stages,
    open_cycle,
    retract_cycle,
)
from talka.programmes.actions.cycles import move_years
from talka.programmes.models import Cycle, Programme

VISITS = shipped()["visit_exchange"]


@pytest.fixture
def programme(cleo, now):
    return create_programme(slug="exchange", blueprint=VISITS, zone="Europe/Vilnius", by=cleo, now=now)


def opened(programme, year, by, now):
    return open_cycle(
        programme=programme, slug=str(year), label={"en": f"Cycle {year}"}, year=year, by=by, now=now
    )


def dates(cycle):
    return {stage.key: (stage.starts_on, stage.ends_on) for stage in cycle.stages.order_by("position")}


@pytest.mark.parametrize(("year", "last_of_february"), [(2027, 28), (2028, 29)])
def test_outreach_takes_all_of_february_also_in_a_leap_year(programme, cleo, now, year, last_of_february):
    found = dates(opened(programme, year, cleo, now))
    assert found["outreach"] == (date(year, 2, 1), date(year, 2, last_of_february))
    assert found["applications"] == (date(year, 3, 1), date(year, 3, 31))


def test_a_cycle_keeps_the_blueprint_it_was_opened_with(programme, cleo, now):
    cycle = opened(programme, 2027, cleo, now)
    other = VISITS.model_copy(update={"reviews_wanted": 7})
    Programme.objects.filter(pk=programme.pk).update(blueprint=other.model_dump(mode="json"))
    assert Cycle.objects.get().plan == VISITS
    assert cycle.currency == "EUR"


def test_an_address_is_given_once_in_a_programme(programme, cleo, now):
    opened(programme, 2027, cleo, now)
    with pytest.raises(AddressTaken):
        opened(programme, 2027, cleo, now)


@pytest.mark.parametrize(
    ("day", "years", "moved"),
    [
        (date(2027, 2, 28), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 1, date(2029, 2, 28)),
        (date(2028, 2, 28), 1, date(2029, 2, 28)),
        (date(2028, 2, 28), 4, date(2032, 2, 28)),
        (date(2027, 3, 15), 2, date(2029, 3, 15)),
        (date(2027, 12, 31), -1, date(2026, 12, 31)),
    ],
)
def test_a_day_moves_by_years_and_the_end_of_a_month_stays_its_end(day, years, moved):
    assert move_years(day, years) == moved


def test_a_copy_moves_the_dates_that_coordinators_chose(programme, cleo, now):
    cycle = opened(programme, 2027, cleo, now)
    matching = cycle.stages.get(key="matching")
    edit_stage(stage=matching, starts_on=date(2027, 4, 5), ends_on=date(2027, 5, 9), by=cleo, now=now)
    copy = copy_cycle(cycle=cycle, slug="2028", label={"en": "Cycle 2028"}, year=2028, by=cleo, now=now)
    found = dates(copy)
    assert found["outreach"] == (date(2028, 2, 1), date(2028, 2, 29))
    assert found["matching"] == (date(2028, 4, 5), date(2028, 5, 9))
    assert copy.cloned_from == cycle
    assert copy.blueprint == cycle.blueprint


def test_stages_that_changed_leave_a_line_and_the_others_do_not(programme, cleo, now):
    cycle = opened(programme, 2027, cleo, now)
    days = dates(cycle) | {"review": (date(2027, 12, 1), date(2028, 1, 15))}
    edit_stages(cycle=cycle, days=days, version=1, by=cleo, now=now)
    lines = [(entry.verb, entry.note) for entry in Entry.objects.about(cycle)]
    assert lines == [("open", ""), ("move stage", "Review")]
    with pytest.raises(Overtaken):
        edit_stages(cycle=cycle, days=days, version=1, by=cleo, now=now)


def test_a_stage_never_ends_before_it_starts(programme, cleo, now):
    stage = opened(programme, 2027, cleo, now).stages.get(key="review")
    with pytest.raises(IntegrityError), transaction.atomic():
        edit_stage(stage=stage, starts_on=date(2027, 5, 2), ends_on=date(2027, 5, 1), by=cleo, now=now)


def test_announcing_shows_a_cycle_of_a_published_programme_and_retracting_hides_it(programme, cleo, now):
    cycle = opened(programme, 2027, cleo, now)
    announce_cycle(cycle=cycle, by=cleo, now=now)
    assert list(Cycle.objects.public()) == []
    Programme.objects.update(is_published=True)
    assert list(Cycle.objects.public()) == [cycle]
    Programme.objects.update(is_rehearsal=True)
    assert list(Cycle.objects.public()) == []
    Programme.objects.update(is_rehearsal=False)
    retract_cycle(cycle=cycle, by=cleo, now=now)
    assert list(Cycle.objects.public()) == []
    with pytest.raises(NotAllowed):
        retract_cycle(cycle=cycle, by=cleo, now=now)
