"""What is wrong with a blueprint or a form: every mistake at once, each with its place and its reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from talka.kernel.reasons import Reason


def gettext_noop(text: str) -> str:
    """Mark words for translation where they are shown: this room knows no Django."""
    return text


WORDS: Mapping[str, str] = {
    # Translators: each of these stands beside one field of a programme or a form that is being edited.
    "blueprint.missing": gettext_noop("This is missing."),
    "blueprint.extra_forbidden": gettext_noop("Nothing has this name here. Is it a typing mistake?"),
    "blueprint.too_short": gettext_noop("There must be at least one of these."),
    "blueprint.literal_error": gettext_noop("This must be one of: %(expected)s."),
    "blueprint.greater_than_equal": gettext_noop("This must be %(ge)s or more."),
    "blueprint.less_than_equal": gettext_noop("This must be %(le)s or less."),
    "blueprint.empty_words": gettext_noop("Give the text in at least one language."),
    "blueprint.empty_text": gettext_noop("This text is empty."),
    "blueprint.control_characters": gettext_noop("This text has characters that cannot be shown."),
    "blueprint.not_a_key": gettext_noop(
        "A key has small letters, digits and underscores, and begins with a letter."
    ),
    "blueprint.not_a_language": gettext_noop("“%(name)s” is not the code of a language."),
    "blueprint.not_a_currency": gettext_noop("A currency is three capital letters, such as EUR."),
    "blueprint.not_an_address": gettext_noop("An address begins with https:// or http://."),
    "blueprint.not_a_parameter": gettext_noop(
        "A parameter is a text, a whole number, yes or no, or a list of texts."
    ),
    "blueprint.not_a_day": gettext_noop("A day is written MM-DD and must exist in every year."),
    "blueprint.day_or_after": gettext_noop("Give either a day or the stage that comes before, not both."),
    "blueprint.days_or_months": gettext_noop("Give the length either in days or in months."),
    "blueprint.too_few_options": gettext_noop("A choice needs at least two options."),
    "blueprint.no_options_here": gettext_noop("This kind of question has no options."),
    "blueprint.not_for_this_kind": gettext_noop("This kind of question has no such limit."),
    "blueprint.more_than_options": gettext_noop("There are only %(count)s options to choose from."),
    "blueprint.ends_before_start": gettext_noop("This is less than the lowest, %(least)s."),
    "blueprint.twice": gettext_noop("“%(name)s” is there twice."),
    "blueprint.unknown_role": gettext_noop("No role is called “%(name)s”."),
    "blueprint.unknown_stage": gettext_noop("No stage is called “%(name)s”."),
    "blueprint.not_an_earlier_stage": gettext_noop("“%(name)s” is not a stage listed before this one."),
    "blueprint.unknown_form": gettext_noop("No form is called “%(name)s”."),
    "blueprint.unknown_evaluation": gettext_noop("No evaluation is called “%(name)s”."),
    "blueprint.taken_key": gettext_noop("“%(name)s” is the key of the report on a visit: choose another."),
    "blueprint.unknown_criterion": gettext_noop("Nobody knows an eligibility rule called “%(name)s”."),
    "blueprint.unknown_hard_rule": gettext_noop("Nobody knows a matching rule called “%(name)s”."),
    "blueprint.unknown_weight": gettext_noop("Nobody knows a part of the fit called “%(name)s”."),
    "blueprint.unlisted_hard_rule": gettext_noop("“%(name)s” is not among the hard rules."),
    "blueprint.unknown_letter": gettext_noop("No letter is called “%(name)s”."),
    "blueprint.unknown_parent": gettext_noop("No capacity listed before this one is called “%(name)s”."),
    "blueprint.syntax": gettext_noop("This is not TOML: %(message)s"),
    "blueprint.other": gettext_noop("%(message)s"),
}
"""Message key to its words, with places for the values of the reason."""


KINDS_OF_EXCHANGE = (["visit"], ["mentorship"])


@dataclass(frozen=True)
class Mistake:
    """One thing to put right: where it is, such as "stages.2.starts.after", and why it is wrong."""

    path: str
    reason: Reason

    def __str__(self) -> str:
        return f"{self.path}: {WORDS[self.reason.key] % self.reason.values}"


@dataclass(eq=False)
class Mistakes(Exception):
    """A blueprint, a form or a list of capacities cannot be used; lists every mistake in it."""

    all: tuple[Mistake, ...]

    def __str__(self) -> str:
        return "\n".join(str(mistake) for mistake in self.all)


def mistake(path: Iterable[Any], key: str, **values: Any) -> Mistake:
    """Build a mistake from the steps that lead to it and the short key of its reason."""
    return Mistake(".".join(str(step) for step in path), Reason(f"blueprint.{key}", values))


def mistakes_of(error: ValidationError) -> list[Mistake]:
    """Put pydantic's complaints into our words, in the order it found them."""
    complaints = error.errors(include_url=False)
    return [_translated(found) for found in complaints if not _is_echo(found, complaints)]


def _is_echo(found: Any, complaints: list[Any]) -> bool:
    """Tell whether a list is called too short only because its wrong parts were not counted."""
    depth = len(found["loc"])
    return found["type"] == "too_short" and any(
        len(other["loc"]) > depth and other["loc"][:depth] == found["loc"] for other in complaints
    )


def _translated(found: Any) -> Mistake:
    path = [step for step in found["loc"] if step != "[key]"]
    values = found.get("ctx", {})
    if found["type"] == "union_tag_invalid":
        return mistake((*path, "kind"), "literal_error", expected=values["expected_tags"])
    if found["type"] == "union_tag_not_found":
        return mistake((*path, "kind"), "missing")
    if path[:1] == ["exchange"] and path[1:2] in KINDS_OF_EXCHANGE:
        # pydantic names the kind it read the rest by; nobody wrote it there.
        del path[1]
    if f"blueprint.{found['type']}" in WORDS:
        return mistake(path, found["type"], **values)
    return mistake(path, "other", message=found["msg"])
