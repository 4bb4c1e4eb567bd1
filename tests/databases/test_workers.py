"""Several workers look for work at once: each piece is done by one."""

import pytest

from talka.kernel.models import Entry
from talka.matching.actions import ask_for_study, ask_run, draft_run, work_on_next
from talka.matching.models import DraftPair, Run
from talka.matching.queries.encoding import encode_cycle
from tests.conftest import NOW
from tests.databases.conftest import at_once
from tests.matching.matching_world import make_world

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 4


@pytest.fixture
def world(ada, bo, cleo):
    """Return a cycle with two who learn and two who teach."""
    return make_world(ada, bo, cleo, NOW)


def work(_number):
    """Do one piece of work."""
    return work_on_next(clock=lambda: NOW)


def test_a_run_that_waits_is_answered_by_one_worker(world, cleo):
    run = ask_run(cycle=world.cycle, asked=encode_cycle(world.cycle), by=cleo, now=NOW)
    assert sorted(at_once(WORKERS, work)) == [False] * (WORKERS - 1) + [True]
    assert [entry.verb for entry in Entry.objects.about(run)] == ["draft", "take up", "answer"]
    assert (Run.objects.get().tries, DraftPair.objects.count()) == (1, 2)


def test_several_runs_are_shared_among_the_workers(world, cleo):
    asked = encode_cycle(world.cycle)
    runs = [ask_run(cycle=world.cycle, asked=asked, by=cleo, now=NOW) for _ in range(WORKERS)]
    assert at_once(WORKERS, work) == [True] * WORKERS
    assert [Run.objects.get(pk=run.pk).status for run in runs] == ["draft"] * WORKERS


def test_what_decisions_cost_is_worked_out_by_one_worker(world, cleo):
    run = draft_run(cycle=world.cycle, by=cleo, now=NOW)
    ask_for_study(run=run, by=cleo, now=NOW)
    assert sorted(at_once(WORKERS, work)) == [False] * (WORKERS - 1) + [True]
    assert Run.objects.get().study is not None
