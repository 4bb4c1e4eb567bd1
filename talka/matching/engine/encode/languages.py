"""How two can talk: in a language both speak, or each in their own that the other understands."""

from dataclasses import dataclass

from talka.matching.engine.values import Party, Policy

NATIVE = 6


@dataclass(frozen=True)
class Talk:
    """What the learner speaks and what the teacher speaks, the same or not, and the level they reach."""

    level: int = 0
    learner_speaks: str = ""
    teacher_speaks: str = ""


def spoken(party: Party) -> dict[str, int]:
    """Return the languages the party speaks, with levels."""
    levels: dict[str, int] = {}
    for language in party.languages:
        levels[language.code] = max(language.level, levels.get(language.code, 0))
    return levels


def understood(party: Party, policy: Policy) -> dict[str, int]:
    """Return the languages the party understands: those it speaks, and those near to its native ones."""
    own = spoken(party)
    levels = dict(own)
    for near, level in policy.understands.items():
        native, _, other = near.partition(">")
        if own.get(native) == NATIVE:
            levels[other] = max(level, levels.get(other, 0))
    return levels


def best_language(speaks: dict[str, int], hears: dict[str, int]) -> tuple[int, str]:
    """Return the level and code of what one says best to the other; (0, "") if nothing."""
    common = [(min(level, hears[code]), code) for code, level in speaks.items() if code in hears]
    return min(common, key=lambda found: (-found[0], found[1]), default=(0, ""))


def best_talk(learner: Party, teacher: Party, policy: Policy) -> Talk:
    """Return how the two talk best; one language is preferred to two that are no better."""
    learner_speaks, teacher_speaks = spoken(learner), spoken(teacher)
    level, code = best_language(learner_speaks, teacher_speaks)
    if policy.understands:
        to_teacher = best_language(learner_speaks, understood(teacher, policy))
        to_learner = best_language(teacher_speaks, understood(learner, policy))
        each = min(to_teacher[0], to_learner[0])
        if each > level:
            return Talk(each, to_teacher[1], to_learner[1])
    return Talk(level, code, code)
