"""What a learner left out could change: each a changed party, what it costs, and how to say it.

Only what is theirs to change: never who avoids whom, and of the other only what the offer says.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from talka.matching.engine.encode.kinship import steps_between
from talka.matching.engine.values import Party, Policy, Reason, Speaks, Topic

ORDER = ("format_agrees", "dates_overlap", "place", "common_language", "shares_a_topic")
"""The smallest kind of change first: saying yes, a date, a favour of a teacher, a language, another topic."""
BEGINNER = 1
NO_KIN = 99


@dataclass(frozen=True)
class Change:
    """A party changed in one thing. The amount compares changes of one kind: days, levels or steps."""

    party: Party
    amount: int
    reason: Reason


def accept_format(learner: Party, teacher: Party, policy: Policy) -> Iterator[Change]:
    """Yield the learner accepting one more format."""
    for format_ in sorted(teacher.formats - learner.formats):
        changed = replace(learner, formats=learner.formats | {format_})
        yield Change(changed, 1, Reason("matching.change.format", {"format": format_}))


def add_dates(learner: Party, teacher: Party, policy: Policy) -> Iterator[Change]:
    """Yield the learner free for as many days as are needed, at either end of a window of the teacher."""
    length = timedelta(days=max(1, policy.fewest_days) - 1)
    for first, last in teacher.windows or ():
        if first + length > last:
            continue
        for start, end in ((first, first + length), (last - length, last)):
            away = [max((start - late).days, (early - end).days, 0) for early, late in learner.windows or ()]
            changed = replace(learner, windows=(*(learner.windows or ()), (start, end)))
            values = {"start": start.isoformat(), "end": end.isoformat()}
            yield Change(changed, min(away, default=0), Reason("matching.change.dates", values))


def learn_language(learner: Party, teacher: Party, policy: Policy) -> Iterator[Change]:
    """Yield the learner reaching the level wanted in a language of the teacher."""
    levels = {language.code: language.level for language in learner.languages}
    wanted = max(1, policy.minimum_language_level)
    for language in teacher.languages:
        if language.level >= wanted > levels.get(language.code, 0):
            others = tuple(spoken for spoken in learner.languages if spoken.code != language.code)
            changed = replace(learner, languages=(*others, Speaks(language.code, wanted)))
            reason = Reason("matching.change.language", {"code": language.code, "level": wanted})
            yield Change(changed, wanted - levels.get(language.code, 0), reason)


def add_topic(learner: Party, teacher: Party, policy: Policy) -> Iterator[Change]:
    """Yield the learner asking, as a beginner, for something the teacher offers."""
    last = max((need.priority for need in learner.needs), default=1)
    for offer in teacher.offers:
        steps = [steps_between(need.capacity, offer.capacity, policy.parents) for need in learner.needs]
        amount = min((step for step in steps if step is not None), default=NO_KIN)
        changed = replace(learner, needs=(*learner.needs, Topic(offer.capacity, BEGINNER, last)))
        yield Change(
            changed, amount, Reason("matching.change.topic", {"topic": offer.capacity, "priority": last})
        )


CHANGES: dict[str, Callable[[Party, Party, Policy], Iterator[Change]]] = {
    "format_agrees": accept_format,
    "dates_overlap": add_dates,
    "common_language": learn_language,
    "shares_a_topic": add_topic,
}
