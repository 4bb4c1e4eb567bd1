"""What a matching found, in the reader's words: pairs with their parts, who is left out and why, figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from talka.matching.engine import Outcome, Pair, Side, Unmatched, pack
from talka.matching.engine.files.people import Asked
from talka.matching.queries.fits import STEPS, UNIT, Line, fit_of, lines_of
from talka.matching.queries.words import Names, speak


@dataclass(frozen=True)
class Found:
    """A pair in words: `fit` is of a hundred, points are whole."""

    learner: str
    learner_id: str
    mentor: str
    mentor_id: str
    fit: int
    points: float
    priority: int
    is_locked: bool
    broken: tuple[str, ...]
    lines: tuple[Line, ...]
    alternates: tuple["Found", ...] = ()


@dataclass(frozen=True)
class Left:
    """Somebody without a partner in words: why, what would help, and how possible partners became fewer.

    `fewer` is the funnel as far as there was anybody left.
    """

    name: str
    key: str
    learns: bool
    reason: str
    change: str
    funnel: tuple[tuple[str, int], ...]
    fewer: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Figures:
    """How many there are, how many are matched, and how good the pairs are, of a hundred."""

    learners: int
    learners_matched: int
    mentors: int
    mentors_matched: int
    pairs: int
    worst_fit: int
    middle_fit: int


@dataclass(frozen=True)
class Findings:
    """Everything a matching found."""

    figures: Figures
    pairs: tuple[Found, ...]
    left: tuple[Left, ...]


def names_of(asked: Asked) -> Names:
    """Return what topics, formats and people are called: as the table spells them, in whatever language."""
    language = get_language() or "en"
    return Names(
        capacities={key: {language: spelled} for key, spelled in asked.topics.items()},
        formats={key: {language: spelled} for key, spelled in asked.formats.items()},
        parties=asked.names,
        currency=asked.policy.currency,
    )


def findings_of(asked: Asked, outcome: Outcome) -> Findings:
    """Put an outcome into words, everybody by name."""
    names = names_of(asked)
    pairs = [_found(pair, outcome.alternates.get(pair.learner, ()), names) for pair in outcome.pairs]
    left = [_left(one, names) for one in outcome.unmatched]
    return Findings(
        _figures(asked, outcome, pairs),
        tuple(sorted(pairs, key=lambda pair: (pair.learner.casefold(), pair.learner_id, pair.mentor_id))),
        tuple(sorted(left, key=lambda one: (not one.learns, one.name.casefold(), one.key))),
    )


def _found(pair: Pair, alternates: Iterable[Pair], names: Names) -> Found:
    parts: list[Mapping[str, Any]] = pack(pair.parts)
    return Found(
        learner=names.parties[pair.learner],
        learner_id=pair.learner,
        mentor=names.parties[pair.teacher],
        mentor_id=pair.teacher,
        fit=fit_of(parts),
        points=pair.score / UNIT,
        priority=pair.priority,
        is_locked=pair.locked,
        broken=tuple(speak({"key": f"matching.broken.{rule}"}, names) for rule in pair.broken),
        lines=tuple(lines_of(parts, names)),
        alternates=tuple(_found(other, (), names) for other in alternates),
    )


def _left(one: Unmatched, names: Names) -> Left:
    funnel = tuple((str(STEPS[step.rule]), step.remaining) for step in one.funnel)
    nobody = next((at for at, (_step, count) in enumerate(funnel, start=1) if not count), len(funnel))
    return Left(
        name=names.parties[one.key],
        key=one.key,
        learns=one.side == Side.LEARNS,
        reason=speak(one.reason, names),
        change=speak(one.smallest_change, names) if one.smallest_change else "",
        funnel=funnel,
        fewer=funnel[:nobody],
    )


def _figures(asked: Asked, outcome: Outcome, pairs: list[Found]) -> Figures:
    fits = sorted(pair.fit for pair in pairs)
    return Figures(
        learners=len(asked.request.learners),
        learners_matched=len({pair.learner for pair in outcome.pairs}),
        mentors=len(asked.request.teachers),
        mentors_matched=len({pair.teacher for pair in outcome.pairs}),
        pairs=len(fits),
        worst_fit=fits[0] if fits else 0,
        middle_fit=fits[len(fits) // 2] if fits else 0,
    )
