"""What a draft run says: its pairs, who is left out and why, and how it differs from other drafts."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from talka.applications.lifecycle import ApplicationStatus
from talka.applications.models import Application
from talka.applications.queries import readers_of
from talka.kernel.reasons import Reason
from talka.matching.engine import Outcome, Request, unpack
from talka.matching.engine.lens import Share, shares_of
from talka.matching.engine.study import Study
from talka.matching.models import DraftPair, PairRuling, RulingKind, Run
from talka.matching.queries.cohort import LEARNS, TEACHES, places_left, standing_pairs
from talka.matching.queries.post import Post, posts_of_one, posts_of_pair
from talka.matching.queries.words import Names, names_of


@dataclass(frozen=True)
class LeftOut:
    """Somebody of a draft without a partner, why, and what would change it."""

    application: Application
    part: str
    reason: Any
    change: Any = None
    funnel: tuple[Any, ...] = ()

    @property
    def change_told(self) -> Any:
        """Return what the applicant may be told would change it: nothing that names somebody else."""
        return self.change if self.change is not None and "teacher" not in self.change.values else None


@dataclass(frozen=True)
class Publication:
    """What publishing a draft would do: propose pairs, tell the left-out; or why it cannot be."""

    pairs: tuple[DraftPair, ...]
    left_out: tuple[LeftOut, ...]
    posts: tuple[Post, ...]
    unreachable: tuple[Application, ...]
    faults: tuple[Reason, ...]


@dataclass(frozen=True)
class ComparedRow:
    """One who learns, with the partners in each draft; `moved` when the drafts disagree.

    `gain` is by how much the last draft scores more for them than the first.
    """

    learner: Application
    partners: tuple[tuple[str, ...], ...]
    moved: bool
    gain: int


@dataclass(frozen=True)
class Totals:
    """The figures of one draft."""

    matched: int
    score: int
    weakest: int
    by_hand: int


def outcome_of(run: Run) -> Outcome:
    """Read the sealed answer of the engine."""
    return unpack(Outcome, run.sealed_outcome)


def request_of(run: Run) -> Request:
    """Read the sealed question to the engine."""
    return unpack(Request, run.sealed_input)


def study_of(run: Run) -> Study | None:
    """Read what each decision of the draft costs, if that was worked out."""
    return None if run.study is None else unpack(Study, run.study)


def shares_of_draft(run: Run) -> tuple[Share, ...]:
    """Look at the draft as it stands through the equity lens, edits by hand included."""
    keys = {pk: key for key, pk in run.who.items()}
    pairs = run.pairs.values_list("learner_id", "teacher_id")
    return shares_of(request_of(run), {keys[pk] for pair in pairs for pk in pair if pk in keys})


def key_in(run: Run, application_pk: int) -> str | None:
    """Return the pseudonym of the application in the run, or None if it took no part."""
    return next((key for key, pk in run.who.items() if pk == application_pk), None)


def parties_of(run: Run) -> dict[str, list[Application]]:
    """Return the applications of the run by their part, in the order of their names."""
    found = Application.objects.select_related(
        "call", "community", "person", "sheet__form_version", "partner__community"
    ).in_bulk(list(run.who.values()))
    sides = {LEARNS: run.sealed_input["learners"], TEACHES: run.sealed_input["teachers"]}
    return {
        part: sorted(
            (found[run.who[row["key"]]] for row in rows if run.who.get(row["key"]) in found), key=str
        )
        for part, rows in sides.items()
    }


def pairs_of(run: Run) -> list[DraftPair]:
    """Return the pairs of the run, in the order of the learners' names."""
    found = run.pairs.select_related(
        "learner__community", "learner__person", "teacher__community", "teacher__person"
    )
    return sorted(found, key=lambda pair: (str(pair.learner), str(pair.teacher)))


def left_out_of(
    run: Run, pairs: Iterable[DraftPair], parties: Mapping[str, Iterable[Application]]
) -> list[LeftOut]:
    """List who has no pair in the draft as it stands, edits by hand included."""
    paired = {pk for pair in pairs for pk in (pair.learner_id, pair.teacher_id)}
    known = {run.who.get(one.key): one for one in outcome_of(run).unmatched}
    found = []
    for part, applications in parties.items():
        for application in applications:
            if application.pk in paired:
                continue
            said = known.get(application.pk)
            if said is None:
                found.append(LeftOut(application, part, Reason("matching.removed_by_hand")))
            else:
                found.append(LeftOut(application, part, said.reason, said.smallest_change, said.funnel))
    return found


def publication_of(run: Run, *, waiting: Iterable[int] = (), **letter: Any) -> Publication:
    """Return what publishing the run would do; `letter` holds what the letters say of the deadline."""
    pairs, parties = pairs_of(run), parties_of(run)
    standing = standing_pairs(run.cycle)
    busy = {pk for pair in standing for pk in pair}
    coming = [pair for pair in pairs if (pair.learner_id, pair.teacher_id) not in standing]
    left_out = [
        one
        for one in left_out_of(run, pairs, parties)
        if one.application.pk not in busy and one.application.status == ApplicationStatus.ACCEPTED
    ]
    concerned = [application for pair in coming for application in (pair.learner, pair.teacher)]
    concerned += [one.application for one in left_out]
    readers = readers_of(concerned)
    names = names_of(run.cycle, run)
    posts: list[Post] = []
    for pair in coming:
        posts += posts_of_pair(
            "match_proposed",
            pair.learner,
            pair.teacher,
            cycle=run.cycle,
            readers=readers,
            names=names,
            parts=pair.parts,
            **letter,
        )
    for one in left_out:
        posts += unmatched_posts(run, one, readers, names, waits=one.application.pk in set(waiting))
    return Publication(
        pairs=tuple(coming),
        left_out=tuple(left_out),
        posts=tuple(posts),
        unreachable=tuple(one for one in concerned if not readers.get(one.pk)),
        faults=tuple(faults_of(run, coming, left_out, parties)),
    )


def unmatched_posts(
    run: Run, one: LeftOut, readers: Mapping[int, list[Any]], names: Names, *, waits: bool
) -> list[Post]:
    """Address the letter to somebody who is left out. What would change it is said without naming anybody."""
    return posts_of_one(
        "unmatched",
        one.application,
        cycle=run.cycle,
        accounts=readers.get(one.application.pk, []),
        why=[one.reason],
        change=one.change_told,
        names=names,
        waits=waits,
        part=one.part,
    )


def faults_of(
    run: Run,
    pairs: Sequence[DraftPair],
    left_out: Sequence[LeftOut],
    parties: Mapping[str, Sequence[Application]],
) -> list[Reason]:
    """List what keeps the draft from being published: it may be older than the facts."""
    if not pairs and not left_out:
        return [Reason("matching.refused.nothing_to_publish")]
    everybody = {one.pk: one for side in parties.values() for one in side}
    left = places_left(everybody.values())
    faults = []
    for pk, one in everybody.items():
        asked = sum(pk in (pair.learner_id, pair.teacher_id) for pair in pairs)
        if asked and one.status != ApplicationStatus.ACCEPTED:
            faults.append(Reason("matching.refused.no_longer_accepted", {"name": str(one)}))
        elif asked > left[pk]:
            faults.append(Reason("matching.refused.matched_meanwhile", {"name": str(one)}))
    return [*faults, *_faults_of_rulings(run, pairs, everybody)]


def _faults_of_rulings(
    run: Run, pairs: Sequence[DraftPair], everybody: Mapping[int, Application]
) -> Iterable[Reason]:
    standing = standing_pairs(run.cycle)
    here = {(pair.learner_id, pair.teacher_id) for pair in pairs} | standing
    for ruling in PairRuling.objects.filter(cycle=run.cycle).order_by("pk"):
        pair = ruling.learner_id, ruling.teacher_id
        if not set(pair) <= set(everybody):
            continue
        values = {"learner": str(everybody[pair[0]]), "teacher": str(everybody[pair[1]])}
        if ruling.kind == RulingKind.BAN and pair in here - standing:
            yield Reason("matching.refused.ruled_out", values)
        if ruling.kind == RulingKind.LOCK and pair not in here:
            yield Reason("matching.refused.lock_missing", values)


def compare(runs: Sequence[Run]) -> list[ComparedRow]:
    """Put drafts side by side: a row for everybody who learns, with the partners in each draft."""
    learners: dict[int, Application] = {}
    partners: list[dict[int, list[str]]] = []
    scores: list[Counter[int]] = []
    for run in runs:
        learners.update({one.pk: one for one in parties_of(run)[LEARNS]})
        column: dict[int, list[str]] = {}
        points: Counter[int] = Counter()
        for pair in pairs_of(run):
            column.setdefault(pair.learner_id, []).append(str(pair.teacher))
            points[pair.learner_id] += pair.score
        partners.append(column)
        scores.append(points)
    rows = []
    for pk, learner in sorted(learners.items(), key=lambda item: str(item[1])):
        cells = tuple(tuple(column.get(pk, ())) for column in partners)
        gain = scores[-1][pk] - scores[0][pk] if scores else 0
        rows.append(ComparedRow(learner, cells, moved=len(set(cells)) > 1, gain=gain))
    return rows


def totals_of(run: Run) -> Totals:
    """Return the figures of one draft, edits by hand included."""
    pairs = list(run.pairs.all())
    scores = [pair.score for pair in pairs]
    return Totals(
        matched=len({pair.learner_id for pair in pairs}),
        score=sum(scores),
        weakest=min(scores, default=0),
        by_hand=sum(pair.is_by_hand for pair in pairs),
    )
