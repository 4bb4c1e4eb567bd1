"""A worker takes up what waits, says how far it is, ends when asked to, and is replaced when it dies."""

from datetime import timedelta

import pytest

from talka.kernel.models import Entry
from talka.matching.actions import (
    ask_for_study,
    ask_run,
    ask_to_stop,
    discard_run,
    draft_run,
    lay_back_abandoned,
    rule_on_pair,
    work_on_next,
)
from talka.matching.actions.working import DEAD_AFTER, MOST_TRIES
from talka.matching.engine import canonical, check
from talka.matching.models import PairRuling, Run
from talka.matching.queries.drafts import outcome_of, request_of, study_of
from talka.matching.queries.encoding import encode_cycle
from tests.matching.matching_world import learn, make_community

pytestmark = pytest.mark.django_db


class Clock:
    """A clock that goes on by so much at every look; `at` says what happens at a look."""

    def __init__(self, now, step=timedelta(0), at=None):
        self.now, self.step, self.at, self.looks = now, step, at or {}, 0

    def __call__(self):
        self.now += self.step
        self.looks += 1
        self.at.get(self.looks, int)()
        return self.now


@pytest.fixture
def waiting(world, cleo, now):
    """Return a run that waits for a worker."""
    return ask_run(cycle=world.cycle, asked=encode_cycle(world.cycle), by=cleo, now=now)


def fresh(run):
    return Run.objects.get(pk=run.pk)


def test_a_worker_finds_what_an_answer_at_once_would_be(waiting, world, cleo, now):
    assert work_on_next(clock=lambda: now)
    answered = fresh(waiting)
    assert (answered.status, answered.progress) == ("draft", {})
    at_once = draft_run(cycle=world.cycle, by=cleo, now=now)
    assert {(pair.learner_id, pair.teacher_id, pair.score) for pair in answered.pairs.all()} == {
        (pair.learner_id, pair.teacher_id, pair.score) for pair in at_once.pairs.all()
    }
    assert check(request_of(answered), outcome_of(answered)) == ()
    assert [entry.verb for entry in Entry.objects.about(answered)] == ["draft", "take up", "answer"]


def test_without_anything_to_do_a_worker_says_so(world, now):
    assert work_on_next(clock=lambda: now) is False


def test_the_one_who_waits_longest_comes_first(waiting, world, cleo, now):
    second = ask_run(cycle=world.cycle, asked=encode_cycle(world.cycle), by=cleo, now=now)
    work_on_next(clock=lambda: now)
    assert [fresh(one).status for one in (waiting, second)] == ["draft", "waiting"]


def test_how_far_it_is_can_be_read_while_it_goes_on(waiting, now):
    seen = []
    at = {look: lambda: seen.append(fresh(waiting).progress) for look in (4, 6)}
    work_on_next(clock=Clock(now, timedelta(seconds=2), at))
    assert [one["stage"] for one in seen] == ["look", "look"]
    assert seen[0]["done"] < seen[1]["done"] < seen[1]["of"]


def test_what_is_stopped_before_there_is_an_answer_is_put_aside(waiting, cleo, now):
    at = {4: lambda: ask_to_stop(run=waiting, by=cleo, now=now)}
    work_on_next(clock=Clock(now, timedelta(seconds=2), at))
    assert fresh(waiting).status == "discarded"
    assert not waiting.pairs.exists()


def test_what_is_stopped_later_is_a_draft_of_the_best_so_far(waiting, cleo, now):
    # So many looks at the clock come before the search.
    looks = 4 + len(waiting.sealed_input["policy"]["hard"]) + len(waiting.sealed_input["policy"]["weights"])
    at = {looks: lambda: ask_to_stop(run=waiting, by=cleo, now=now)}
    work_on_next(clock=Clock(now, timedelta(seconds=2), at))
    stopped = fresh(waiting)
    assert (stopped.status, outcome_of(stopped).stopped) == ("draft", True)


def test_what_waits_is_simply_put_aside(waiting, cleo, now):
    ask_to_stop(run=waiting, by=cleo, now=now)
    assert fresh(waiting).status == "discarded"
    assert not work_on_next(clock=lambda: now)


def test_a_run_that_somebody_put_aside_meanwhile_stays_aside(waiting, cleo, now):
    at = {5: lambda: discard_run(run=fresh(waiting), by=cleo, now=now)}
    assert work_on_next(clock=Clock(now, timedelta(0), at))
    assert (fresh(waiting).status, waiting.pairs.count()) == ("discarded", 0)


def test_a_question_without_an_answer_says_why(world, cleo, now):
    rule_on_pair(
        cycle=world.cycle, learner=world.ada, teacher=world.bo, kind="lock", note="", by=cleo, now=now
    )
    twice = PairRuling.objects.get()
    third = learn(world.cycle, make_community("Third", "SK"), now)
    PairRuling.objects.create(
        cycle=world.cycle, learner=third, teacher=twice.teacher, kind="lock", ruled_at=now
    )
    run = ask_run(cycle=world.cycle, asked=encode_cycle(world.cycle), by=cleo, now=now)
    work_on_next(clock=lambda: now)
    failed = fresh(run)
    assert failed.status == "failed"
    assert [fault["key"] for fault in failed.faults] == ["matching.fault.more_locks_than_places"]


def test_what_a_dead_worker_left_is_taken_up_again_and_given_up_in_the_end(waiting, now):
    for tries in range(1, MOST_TRIES + 1):
        Run.objects.filter(pk=waiting.pk).update(status="working", alive_at=now, tries=tries)
        assert lay_back_abandoned(now=now + DEAD_AFTER) == 0
        assert lay_back_abandoned(now=now + DEAD_AFTER + timedelta(seconds=1)) == 1
        assert fresh(waiting).status == ("waiting" if tries < MOST_TRIES else "failed")
    assert fresh(waiting).faults == [
        {"key": "matching.fault.no_worker_managed", "values": {"tries": MOST_TRIES}}
    ]


def test_what_decisions_cost_is_worked_out_once_when_asked(world, cleo, now):
    rule_on_pair(
        cycle=world.cycle, learner=world.ada, teacher=world.fay, kind="lock", note="", by=cleo, now=now
    )
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    assert not work_on_next(clock=lambda: now)
    ask_for_study(run=run, by=cleo, now=now)
    assert work_on_next(clock=lambda: now)
    assert not work_on_next(clock=lambda: now)
    lock = study_of(fresh(run)).prices[0]
    assert (lock.kind, lock.matched, lock.moved) == ("lock", 0, 2)
    assert lock.total > 0


def test_working_out_what_decisions_cost_can_be_stopped_and_asked_for_again(world, cleo, now):
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    ask_for_study(run=run, by=cleo, now=now)
    at = {5: lambda: ask_to_stop(run=run, by=cleo, now=now)}
    work_on_next(clock=Clock(now, timedelta(seconds=2), at))
    assert (fresh(run).status, fresh(run).study) == ("draft", None)
    assert not work_on_next(clock=lambda: now)
    ask_for_study(run=run, by=cleo, now=now)
    work_on_next(clock=lambda: now)
    assert canonical(fresh(run).study) != canonical(None)
