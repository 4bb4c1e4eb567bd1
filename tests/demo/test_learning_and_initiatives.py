"""The demonstration of modules and initiatives stands in any mentorship, whoever is there."""

import pytest

from talka.demo.initiating import build_initiatives
from talka.demo.learning_path import walk_learning_path
from talka.initiatives.queries import count_stages, history_of, names_in
from talka.learning.queries import path_of
from talka.letters.models import Letter
from tests.conftest import make_account
from tests.initiatives.initiative_samples import make_cohort, make_pair
from tests.learning.learning_samples import make_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(ada, bo, cleo):
    found = {"ada": ada, "bo": bo, "cleo": cleo}
    return found | {name: make_account(name) for name in ("eva", "filip", "greta")}


def test_everybody_is_somewhere_on_the_learning_path(people, now):
    programme = make_programme(people["cleo"], now)
    modules = walk_learning_path(programme, people, now)
    done = {name: path_of(programme, person).done for name, person in people.items()}
    assert done == {"ada": 3, "bo": 2, "cleo": 0, "eva": 6, "filip": 1, "greta": 0}
    assert modules == list(programme.modules.standing())
    assert programme.modules.get(key="logic_models").maintainer == people["bo"]


def test_an_initiative_has_a_history_with_a_step_back(people, now):
    programme = make_programme(people["cleo"], now)
    exchange = make_pair(make_cohort(programme, people["cleo"], now), people["ada"], people["bo"], now)
    schools, club = build_initiatives(programme, people, now, exchange)
    history = [(told.change.stage, told.is_back) for told in history_of(schools, names_in(programme))]
    assert history == [
        ("idea", False),
        ("planned", False),
        ("pilot", False),
        ("running", False),
        ("pilot", True),
    ]
    counts = [(one.key, one.first, one.last) for one in count_stages(programme, now.date(), now.date())]
    assert [one for one in counts if one[2]] == [("idea", 1, 1), ("pilot", 1, 1)]
    assert (schools.exchange, schools.is_public, club.is_public) == (exchange, True, False)


def test_it_stands_with_few_people_as_well(ada, cleo, now):
    programme = make_programme(cleo, now)
    walk_learning_path(programme, {"ada": ada, "cleo": cleo}, now)
    found = build_initiatives(programme, {"ada": ada, "cleo": cleo}, now)
    assert (len(found), Letter.objects.filter(key="feedback_given").count()) == (1, 0)
