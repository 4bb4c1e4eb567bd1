"""Draft runs: asked of the engine, changed by hand, thrown away."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from talka.applications.models import Application
from talka.kernel.ledger import move, record
from talka.kernel.reasons import Reason
from talka.matching.engine import ENGINE_VERSION, Contradiction, Outcome, Pair, match, pack, seal_of
from talka.matching.lifecycle import RunStatus
from talka.matching.models import DraftPair, PairRuling, RulingKind, Run
from talka.matching.queries.drafts import key_in
from talka.matching.queries.encoding import Asked, encode_cycle
from talka.matching.queries.reasons import Refused, refuse
from talka.matching.queries.weighing import broken, weigh
from talka.programmes.models import Cycle

AT_ONCE = 5_000
"""With so many possible pairs the engine answers while a person waits: in a fifth of a second."""


def draft_run(*, cycle: Cycle, name: str = "", by: Any, now: datetime) -> Run:
    """Ask the engine whom to bring together, and keep question and answer, sealed. Raises Refused.

    The database is not held while the engine thinks. A question too large to wait for is left to a worker.
    """
    asked = encode_cycle(cycle)
    request = asked.request
    if not request.learners and not request.teachers:
        raise refuse("nobody_waits")
    if len(request.learners) * len(request.teachers) > AT_ONCE:
        return ask_run(cycle=cycle, name=name, asked=asked, by=by, now=now)
    try:
        outcome = match(request.learners, request.teachers, request.policy, request.rulings)
    except Contradiction as fault:
        raise Refused(*_named(fault.reasons, asked)) from None
    with transaction.atomic():
        run = ask_run(cycle=cycle, name=name, asked=asked, by=by, now=now)
        move(run, "take up", by=by, now=now)
        keep_answer(run, outcome, by=by, now=now)
    return run


@transaction.atomic
def ask_run(*, cycle: Cycle, name: str = "", asked: Asked, by: Any, now: datetime) -> Run:
    """Keep a question, sealed; it waits for the worker who takes it up."""
    # Translators: the name of a draft of a matching, when nobody gave it one.
    standard = _("Draft %(number)d") % {"number": Run.objects.filter(cycle=cycle).count() + 1}
    run = Run.objects.create(
        cycle=cycle,
        name=(name.strip() or standard)[:80],
        sealed_input=pack(asked.request),
        seal=seal_of(asked.request),
        engine_version=ENGINE_VERSION,
        who=dict(asked.who),
        made_by=by,
        made_at=now,
    )
    record(run, "draft", by=by, now=now)
    return run


@transaction.atomic
def keep_answer(run: Run, outcome: Outcome, *, by: Any, now: datetime) -> None:
    """Keep the engine's answer, sealed, with its pairs. Raises Overtaken when the run is no longer worked
    on.
    """
    move(run, "answer", by=by, now=now)
    run.sealed_outcome, run.engine_version, run.progress = pack(outcome), outcome.engine_version, {}
    run.save(update_fields=["sealed_outcome", "engine_version", "progress"])
    DraftPair.objects.bulk_create(
        _draft_pair(run, pair, run.who[pair.learner], run.who[pair.teacher]) for pair in outcome.pairs
    )


def _named(reasons: tuple[Any, ...], asked: Asked) -> list[Reason]:
    """Say the engine's faults with names in the place of pseudonyms."""
    names = {one.pk: str(one) for one in Application.objects.filter(pk__in=asked.who.values())}
    called = {key: names[pk] for key, pk in asked.who.items()}
    return [
        Reason(
            reason.key,
            {name: called.get(value, value) for name, value in reason.values.items()},
        )
        for reason in reasons
    ]


def _draft_pair(run: Run, pair: Pair, learner: int, teacher: int, *, by_hand: bool = False) -> DraftPair:
    return DraftPair(
        run=run,
        learner_id=learner,
        teacher_id=teacher,
        score=pair.score,
        parts=pack(pair.parts),
        is_by_hand=by_hand,
        warnings=broken(pair),
    )


@transaction.atomic
def add_pair(*, run: Run, learner: Application, teacher: Application, by: Any, now: datetime) -> DraftPair:
    """Bring two together by hand; the rules they break are kept as warnings.

    Raises Refused where a place is missing, a ruling forbids it, or one took no part in the run.
    """
    _demand_draft(run)
    pair = _draft_pair(run, weigh(run, learner, teacher), learner.pk, teacher.pk, by_hand=True)
    both = {"learner": str(learner), "teacher": str(teacher)}
    if run.pairs.filter(learner=learner, teacher=teacher).exists():
        raise refuse("already_paired", **both)
    if PairRuling.objects.filter(learner=learner, teacher=teacher, kind=RulingKind.BAN).exists():
        raise refuse("is_banned", **both)
    for one, places in ((learner, _places(run, learner)), (teacher, _places(run, teacher))):
        taken = run.pairs.filter(learner=one).count() + run.pairs.filter(teacher=one).count()
        if taken >= places:
            raise refuse("is_taken", name=str(one))
    pair.save()
    record(run, "add a pair", by=by, now=now)
    return pair


@transaction.atomic
def remove_pair(*, pair: DraftPair, by: Any, now: datetime) -> None:
    """Take a pair out of a draft. Raises Refused when the two are to stay together."""
    _demand_draft(pair.run)
    if PairRuling.objects.filter(
        learner=pair.learner_id, teacher=pair.teacher_id, kind=RulingKind.LOCK
    ).exists():
        raise refuse("is_locked", learner=str(pair.learner), teacher=str(pair.teacher))
    record(pair.run, "take a pair out", by=by, now=now)
    pair.delete()


@transaction.atomic
def discard_run(*, run: Run, by: Any, now: datetime) -> None:
    """Put a draft aside; what it said stays readable."""
    move(run, "discard", by=by, now=now)


def _demand_draft(run: Run) -> None:
    """Raise Refused unless the run is still a draft; holds it until the transaction is over."""
    status = Run.objects.select_for_update().values_list("status", flat=True).get(pk=run.pk)
    if status != RunStatus.DRAFT:
        raise refuse("not_a_draft")


def _places(run: Run, application: Application) -> int:
    key = key_in(run, application.pk)
    rows = [*run.sealed_input["learners"], *run.sealed_input["teachers"]]
    return next((row["places"] for row in rows if row["key"] == key), 0)
