"""Do the names in a blueprint agree with each other? Tables of who names whom, read from plain data.

Plain data and not the finished model: a blueprint with a typing mistake in one
place must still be told of a role that does not exist in another.
"""

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from typing import Any

from talka.blueprints.mistakes import Mistake, mistake

REFERENCES = (
    ("criteria.*.role", "roles.*.key", "unknown_role"),
    ("commitments.*.roles.*", "roles.*.key", "unknown_role"),
    ("calls.*.role", "roles.*.key", "unknown_role"),
    ("calls.*.form", "forms.@", "unknown_form"),
    ("calls.*.stage", "stages.*.key", "unknown_stage"),
    ("forms.*.sections.*.questions.*.required_after", "stages.*.key", "unknown_stage"),
    ("forms.*.sections.*.questions.*.freeze_after", "stages.*.key", "unknown_stage"),
    ("closing.*.required_after", "stages.*.key", "unknown_stage"),
    ("closing.*.freeze_after", "stages.*.key", "unknown_stage"),
    ("exchange.formats.*.travels", "roles.*.key", "unknown_role"),
    ("matching.unknown.@", "matching.hard.*", "unlisted_hard_rule"),
    ("exchange.stage", "stages.*.key", "unknown_stage"),
    ("exchange.helpers.*", "roles.*.key", "unknown_role"),
    ("report.form", "forms.@", "unknown_form"),
    ("evaluations.*.form", "forms.@", "unknown_form"),
    ("certificates.*.role", "roles.*.key", "unknown_role"),
    ("certificates.*.evaluations.*", "evaluations.*.key", "unknown_evaluation"),
    ("circles.roles.*", "roles.*.key", "unknown_role"),
)
"""Where a name is used, where it must stand, and what to say when it does not."""

FORM_UNIQUE = (
    ("", "sections.*.questions.*.key"),
    ("sections.*.questions.*", "options.*.key"),
    ("sections.*.questions.*", "audience.*"),
)
"""Within what, and which names must differ, in a form."""

UNIQUE = (
    ("", "languages.*"),
    ("", "roles.*.key"),
    ("", "stages.*.key"),
    ("", "pages.*.key"),
    ("", "commitments.*.key"),
    ("", "calls.*.role"),
    ("", "scores.*.key"),
    ("", "costs.*.key"),
    ("", "closing.*.key"),
    ("", "exchange.formats.*.key"),
    ("", "exchange.stop_reasons.*.key"),
    ("", "exchange.helpers.*"),
    ("", "evaluations.*.key"),
    ("", "certificates.*.role"),
    ("", "circles.roles.*"),
    ("", "posts.*.key"),
    ("", "roll.contributions.*.key"),
    ("", "requests.models.*.key"),
    ("", "modules.*.key"),
    ("", "initiatives.models.*.key"),
    ("", "initiatives.stages.*.key"),
    ("", "matching.hard.*"),
    ("closing.*", "options.*.key"),
    *((f"forms.*.{scope}".rstrip("."), names) for scope, names in FORM_UNIQUE),
)
"""Within what, and which names must differ, in a blueprint."""

REGISTERED = (
    ("criteria.*.rule", "criteria", "unknown_criterion"),
    ("matching.hard.*", "hard_rules", "unknown_hard_rule"),
    ("matching.weights.@", "weights", "unknown_weight"),
    ("letters.@", "letters", "unknown_letter"),
)
"""Where a blueprint names a function or a letter of the house, and the list that has to know it."""

Found = tuple[tuple[Any, ...], Any]


def find(data: Any, pattern: str) -> Iterator[Found]:
    """Walk to everything at the pattern, with the path to it. What has another shape is passed over.

    In a pattern "*" stands for each element or value and "@" for each key of a mapping.
    """
    yield from _walk(data, pattern.split(".") if pattern else [], ())


def _walk(data: Any, steps: list[str], path: tuple[Any, ...]) -> Iterator[Found]:
    if not steps:
        yield path, data
        return
    step, rest = steps[0], steps[1:]
    if isinstance(data, Mapping):
        for key, value in data.items():
            if step == "@":
                yield (*path, key), key
            elif step in ("*", key):
                yield from _walk(value, rest, (*path, key))
    elif step == "*" and isinstance(data, list | tuple):
        for index, value in enumerate(data):
            yield from _walk(value, rest, (*path, index))


def disagreements(data: Any) -> list[Mistake]:
    """List the names in a blueprint that stand nowhere, stand twice, or come too early."""
    found = [*_unreferenced(data), *_late_stages(data), *_repeated_criteria(data), *_taken_keys(data)]
    return found + repeats(data, UNIQUE)


def repeats(data: Any, table: tuple[tuple[str, str], ...]) -> list[Mistake]:
    """List the names that are there a second time although the table says they must differ."""
    found = []
    for scope, names in table:
        for path, part in find(data, scope):
            seen: Counter[str] = Counter()
            for place, name in find(part, names):
                if isinstance(name, str):
                    seen[name] += 1
                    if seen[name] > 1:
                        found.append(mistake((*path, *place), "twice", name=name))
    return found


def unregistered(data: Any, known: Mapping[str, Container[str]]) -> list[Mistake]:
    """List the rules and letters that a blueprint names and nobody knows. Kinds absent from `known` pass."""
    return [
        mistake(path, key, name=name)
        for pattern, kind, key in REGISTERED
        if kind in known
        for path, name in find(data, pattern)
        if name not in known[kind]
    ]


def _unreferenced(data: Any) -> Iterator[Mistake]:
    for pattern, place, key in REFERENCES:
        names = [name for _, name in find(data, place)]
        for path, name in find(data, pattern):
            if isinstance(name, str) and name not in names:
                yield mistake(path, key, name=name)


def _late_stages(data: Any) -> Iterator[Mistake]:
    keys = {path[1]: key for path, key in find(data, "stages.*.key")}
    for path, name in find(data, "stages.*.starts.after"):
        if isinstance(name, str) and name not in [key for index, key in keys.items() if index < path[1]]:
            yield mistake(path, "not_an_earlier_stage", name=name)


def _repeated_criteria(data: Any) -> Iterator[Mistake]:
    """Find what a role is asked twice: an application has one verdict for each rule."""
    seen = set()
    for path, criterion in find(data, "criteria.*"):
        rule = [name for step in ("role", "rule") for _, name in find(criterion, step)]
        if len(rule) == 2 and str(rule) in seen:
            yield mistake((*path, "rule"), "twice", name=rule[1])
        seen.add(str(rule))


def _taken_keys(data: Any) -> Iterator[Mistake]:
    """Find evaluations that take the key under which the report on a visit is kept."""
    for path, name in find(data, "evaluations.*.key"):
        if name == "report":
            yield mistake(path, "taken_key", name=name)
