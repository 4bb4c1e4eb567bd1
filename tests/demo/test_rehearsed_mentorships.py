"""The rehearsal of a mentorship: the cohort goes its way, and nothing of what it did is left afterwards."""

from datetime import timedelta

import pytest

from talka.demo.cast import introduce_everybody
from talka.demo.discarding import throw_away
from talka.demo.rehearsal import rehearse
from talka.demo.scene import publish_programme
from talka.demo.worlds import build_world
from talka.exchanges.models import Exchange
from talka.reports.actions import ask_evaluations
from talka.reports.models import Report
from tests.demo.rehearsal_road import answer_all, match, screen
from tests.demo.rehearsed_mentorships import fill
from tests.demo.tables_filled import KEPT, OF_MENTORSHIPS, OF_VISITS, files, not_grown, rows

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_nothing_of_a_rehearsed_mentorship_is_left_and_nothing_else_is_touched(now):
    world = build_world("half_way", now=now)
    before, kept_files = rows(), files()
    copy = rehearse(programme=world.cycle.programme, size=20, by=world.cleo, now=now)
    fill(copy.cycles.get(), world.cleo, now)
    # A new table has to be filled here, or by the rehearsal of a visit exchange.
    assert not_grown(before) == KEPT | OF_VISITS
    assert len(files()) > len(kept_files)
    throw_away(programme=copy, by=world.cleo, now=now)
    assert rows() == before
    assert files() == kept_files


def test_each_table_is_left_to_one_of_the_two_rehearsals():
    assert OF_MENTORSHIPS.isdisjoint(OF_VISITS)
    assert (OF_MENTORSHIPS | OF_VISITS).isdisjoint(KEPT)


def test_the_cohort_agrees_on_its_goals_and_looks_back(now):
    everybody = introduce_everybody(now=now)
    programme = publish_programme("mentorship", "education-mentorship", everybody, now=now)
    cleo = everybody["cleo"]
    copy = rehearse(programme=programme, size=20, by=cleo, now=now)
    cycle = copy.cycles.get()
    answer_all(copy, now)
    screen(cycle, cleo, now)
    match(cycle, cleo, now)
    pairs = cycle.matches.count()
    assert pairs > 0
    assert answer_all(copy, now) == [("match", 2 * pairs), ("plan", pairs)]
    assert set(Exchange.objects.values_list("kind", "status")) == {("mentorship", "underway")}
    later = now + timedelta(days=150)
    assert ask_evaluations(now=later) == 2 * pairs
    assert sum(count for _key, count in answer_all(copy, later)) == 2 * pairs
    assert set(Report.objects.values_list("key", "status")) == {("midpoint", "answered")}
