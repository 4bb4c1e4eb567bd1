"""People mark modules as done, take it back, and a cohort's progress adds up."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from talka.kernel.lifecycle import NotAllowed
from talka.learning.actions import complete_module, retire_module, undo_completion
from talka.learning.models import Completion
from talka.learning.queries import cohort_of, has_part, learners, path_of, paths_begun_by, progress_of
from tests.conftest import make_account, make_representative
from tests.databases.conftest import at_once
from tests.learning.learning_samples import KEYS, accept, make_cohort, make_path


@pytest.fixture
def path(cleo, now):
    return make_path(cleo, now)


def do(module, by, now):
    complete_module(module=module, by=by, now=now)


@pytest.mark.django_db
def test_done_twice_the_first_day_stays(path, dan, now):
    module = path[1]["impact"]
    first = complete_module(module=module, by=dan, now=now)
    again = complete_module(module=module, by=dan, now=now.replace(year=2028))
    assert (again, again.done_at, Completion.objects.count()) == (first, now, 1)


@pytest.mark.django_db
def test_taking_it_back_leaves_nothing_and_may_be_done_twice(path, dan, now):
    module = path[1]["impact"]
    do(module, dan, now)
    for _ in range(2):
        undo_completion(module=module, by=dan, now=now)
    assert Completion.objects.count() == 0


@pytest.mark.django_db
def test_a_retired_module_is_not_done_any_more_and_stays_with_who_did_it(path, cleo, dan, now):
    programme, modules = path
    do(modules["impact"], dan, now)
    retire_module(module=modules["impact"], by=cleo, now=now)
    trail = path_of(programme, dan)
    with pytest.raises(NotAllowed):
        do(modules["impact"], cleo, now)
    assert (trail.count, trail.done, [module.key for module in trail.also]) == (5, 0, ["impact"])


@pytest.mark.django_db
def test_the_path_knows_what_is_done_and_what_comes_next(path, dan, now):
    programme, modules = path
    for key in ("introduction", "logic_models"):
        do(modules[key], dan, now)
    trail = path_of(programme, dan)
    done = [step.module.key for unit in trail.units for step in unit.steps if step.is_done]
    assert (done, trail.next_one.key, trail.done, trail.count) == (
        ["introduction", "logic_models"],
        "knowledge_equity",
        2,
        6,
    )


@pytest.mark.django_db
def test_a_stranger_without_an_account_has_done_nothing(path):
    trail = path_of(path[0], AnonymousUser())
    assert (trail.done, [len(unit.steps) for unit in trail.units]) == (0, [1, 1, 1, 3])


@pytest.mark.django_db
def test_the_desk_knows_the_paths_of_those_who_take_part_or_began(path, cleo, ada, bo, dan, now):
    programme, modules = path
    cycle = make_cohort(programme, cleo, now)
    accept(cycle, ada, now)
    accept(cycle, bo.community, now, role="mentor")
    do(modules["impact"], dan, now)
    eve = make_account("eve")
    found = {person.name: paths_begun_by(person) for person in (ada, bo, dan, eve)}
    assert found == {
        "Ada": [(programme, 6, 0)],
        "Bo": [(programme, 6, 0)],
        "Dan": [(programme, 6, 1)],
        "Eve": [],
    }
    assert [has_part(person, programme) for person in (ada, bo, dan)] == [True, True, False]


@pytest.mark.django_db
def test_a_cohort_is_its_people_and_the_representatives_of_its_communities(path, cleo, ada, bo, dan, now):
    programme, modules = path
    cycle = make_cohort(programme, cleo, now)
    make_representative(dan, bo.community)
    accept(cycle, ada, now)
    accept(cycle, bo.community, now, role="mentor")
    accept(cycle, make_account("eve"), now, status="submitted")
    do(modules["impact"], dan, now)
    cohort = cohort_of(cycle)
    standing = list(programme.modules.standing())
    rows = [(one.account.name, one.name, one.role, len(one.done)) for one in learners(cohort, standing)]
    counts = {one.module.key: one.done for one in progress_of(cohort, standing)}
    assert rows == [
        ("Ada", "Ada", "mentee", 0),
        ("Bo", "Wikimedia Graustark", "mentor", 0),
        ("Dan", "Wikimedia Graustark", "mentor", 1),
    ]
    assert counts == {key: int(key == "impact") for key in KEYS}


@pytest.mark.django_db
def test_who_is_in_a_cohort_twice_counts_once(path, cleo, ada, now):
    programme, modules = path
    cycle = make_cohort(programme, cleo, now)
    accept(cycle, ada, now)
    accept(cycle, ada.community, now, role="mentor")
    do(modules["impact"], ada, now)
    cohort = cohort_of(cycle)
    counts = [one.done for one in progress_of(cohort, [modules["impact"]])]
    assert (len(cohort), counts) == (2, [1])


@pytest.mark.django_db(transaction=True)
def test_of_ten_windows_in_which_a_person_marks_the_same_module_one_row_comes(path, dan, now):
    module = path[1]["impact"]
    outcomes = at_once(10, lambda number: type(complete_module(module=module, by=dan, now=now)).__name__)
    assert (outcomes, Completion.objects.count()) == (["Completion"] * 10, 1)


@pytest.mark.django_db(transaction=True)
def test_marking_and_taking_back_at_once_end_in_one_of_the_two(path, dan, now):
    module = path[1]["impact"]
    do(module, dan, now)

    def turn(number):
        with transaction.atomic():
            act = undo_completion if number % 2 else complete_module
            act(module=module, by=dan, now=now)

    assert (at_once(8, turn), Completion.objects.count() in (0, 1)) == ([None] * 8, True)
