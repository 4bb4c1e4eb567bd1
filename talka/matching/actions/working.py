"""What a worker does: take up a run that waits, answer it, say how far it is, and end when asked to.

Any number of workers on any number of machines may look for work at once; the row is claimed by its move.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from talka.kernel.ledger import move, record
from talka.kernel.models import Overtaken
from talka.kernel.reasons import Reason
from talka.matching.actions.runs import AT_ONCE, keep_answer
from talka.matching.engine import Contradiction, Stopped, Watch, match, pack
from talka.matching.engine.study import study
from talka.matching.lifecycle import RunStatus
from talka.matching.models import Run
from talka.matching.queries.drafts import request_of

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
BREATH = timedelta(seconds=1)
"""How often a worker says how far it is, and looks whether it is to stop."""
DEAD_AFTER = timedelta(minutes=5)
MOST_TRIES = 3
ANSWERED = (RunStatus.DRAFT, RunStatus.PUBLISHED)


def ask_to_stop(*, run: Run, by: Any, now: datetime) -> None:
    """End what waits or is worked on: the best so far becomes a draft, what was not begun is put aside."""
    with transaction.atomic():
        held = Run.objects.select_for_update().get(pk=run.pk)
        if held.status == RunStatus.WAITING:
            move(held, "discard", by=by, now=now)
        elif held.status == RunStatus.WORKING or _wants_study(held):
            Run.objects.filter(pk=run.pk).update(stop_asked=True, study_asked=False)
            record(held, "ask to stop", by=by, now=now)


def ask_for_study(*, run: Run, by: Any, now: datetime) -> None:
    """Have it worked out what each decision of a draft costs."""
    with transaction.atomic():
        open_ones = Run.objects.filter(pk=run.pk, status__in=ANSWERED, study__isnull=True, study_asked=False)
        if open_ones.update(study_asked=True, stop_asked=False):
            record(run, "ask what decisions cost", by=by, now=now)


def work_on_next(*, clock: Clock) -> bool:
    """Take up the longest-waiting run, or what decisions of a draft cost; tell whether there was any work."""
    for run in Run.objects.filter(status=RunStatus.WAITING).order_by("pk"):
        if _take_up(run, now=clock()):
            _answer(run, clock)
            return True
    for run in Run.objects.filter(_study_waits(clock())).order_by("pk"):
        if _take_up_study(run, now=clock()):
            _work_out_study(run, clock)
            return True
    return False


def lay_back_abandoned(*, now: datetime) -> int:
    """Let others take up what a worker left behind, or give up; return how many runs there were."""
    found = 0
    for run in Run.objects.filter(status=RunStatus.WORKING, alive_at__lt=now - DEAD_AFTER):
        try:
            if run.tries < MOST_TRIES:
                move(run, "lay back", by=None, now=now)
            else:
                _give_up(run, [Reason("matching.fault.no_worker_managed", {"tries": run.tries})], now=now)
            found += 1
        except Overtaken:
            continue
    return found


def _take_up(run: Run, *, now: datetime) -> bool:
    """Claim the run; False when another worker was faster."""
    try:
        with transaction.atomic():
            move(run, "take up", by=None, now=now)
            run.alive_at, run.tries = now, run.tries + 1
            run.save(update_fields=["alive_at", "tries"])
    except Overtaken:
        return False
    return True


def _answer(run: Run, clock: Clock) -> None:
    """Answer a run that is claimed; whatever goes wrong, it does not stay as if somebody worked on it."""
    try:
        _end(run, clock)
    except Overtaken:
        log.info("run %s was ended by somebody else meanwhile", run.pk)


def _end(run: Run, clock: Clock) -> None:
    """Bring a run that is claimed to its draft, or to why there is none."""
    request, watch = request_of(run), _follow(run, clock, [RunStatus.WORKING])
    try:
        outcome = match(request.learners, request.teachers, request.policy, request.rulings, watch)
    except Contradiction as fault:
        _give_up(run, [Reason(one.key, dict(one.values)) for one in fault.reasons], now=clock())
    except Stopped:
        move(run, "discard", by=None, now=clock())
    else:
        keep_answer(run, outcome, by=None, now=clock())


@transaction.atomic
def _give_up(run: Run, reasons: list[Reason], *, now: datetime) -> None:
    move(run, "give up", by=None, now=now)
    run.faults = pack(reasons)
    run.save(update_fields=["faults"])


def _follow(run: Run, clock: Clock, statuses: Iterable[str]) -> Watch:
    """Return a watch that writes how far the run is, and says no once somebody asked for the end."""
    said = clock() - BREATH

    def watch(stage: str, done: int, of: int) -> bool:
        nonlocal said
        now = clock()
        if now - said < BREATH:
            return True
        said = now
        progress = {"stage": stage, "done": done, "of": of}
        rows = Run.objects.filter(pk=run.pk, status__in=statuses, stop_asked=False)
        return bool(rows.update(progress=progress, alive_at=now))

    return watch


# What decisions cost


def _study_waits(now: datetime) -> Q:
    """Return the condition for a study that was asked for and is worked on by nobody who lives."""
    nobody = Q(progress={}) | Q(alive_at__lt=now - DEAD_AFTER)
    return nobody & Q(status__in=ANSWERED, study_asked=True, study__isnull=True)


def _take_up_study(run: Run, *, now: datetime) -> bool:
    """Claim the study of a draft; False when another worker was faster."""
    rows = Run.objects.filter(_study_waits(now), pk=run.pk)
    return bool(rows.update(alive_at=now, progress={"stage": "study", "done": 0, "of": 1}))


def _wants_study(run: Run) -> bool:
    return run.study_asked and run.study is None


def work_on_study(*, run: Run, clock: Clock) -> bool:
    """Work out what each decision costs, if it was asked for and is soon done; tell whether it was."""
    request = request_of(run)
    if len(request.learners) * len(request.teachers) > AT_ONCE or not _take_up_study(run, now=clock()):
        return False
    _work_out_study(run, clock)
    return True


def _work_out_study(run: Run, clock: Clock) -> None:
    """Work out what each decision of a draft costs, and keep it; when it is stopped, nothing of it."""
    try:
        found = pack(study(request_of(run), _follow(run, clock, ANSWERED)))
    except Stopped:
        found = None
    Run.objects.filter(pk=run.pk).update(study=found, study_asked=False, progress={})
