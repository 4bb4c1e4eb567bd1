"""Questions, and the forms they make: what a call, a report or a closing asks."""

from typing import Any, Literal, Self

from pydantic import Field, ValidationError, ValidationInfo, field_validator

from talka.blueprints.mistakes import Mistakes, mistakes_of
from talka.blueprints.references import FORM_UNIQUE, repeats
from talka.blueprints.values import Frozen, Key, MoreWords, Words, wrong

Kind = Literal[
    "short",
    "long",
    "number",
    "date",
    "yes_no",
    "one_of",
    "several_of",
    "capacity",
    "language",
    "community",
    "travel_dates",
    "country",
    "hours",
    "file",
]
"""What an answer looks like. A capacity and a language come with a level, and there may be several.

Hours are times of every week on the clock of a zone, when somebody could meet.
"""

Audience = Literal["applicant", "reviewer", "partner", "public"]
"""Who may read an answer, besides the applicant and the coordinators, who always may read theirs."""

CHOICES = ("one_of", "several_of")
LIMITS = {
    "max_length": ("short", "long"),
    "minimum": ("number",),
    "maximum": ("number",),
    "most": ("several_of", "capacity", "language", "travel_dates", "hours", "file"),
}
"""A limit, and the kinds of question that have it."""


class Option(Frozen):
    """One answer to choose."""

    key: Key
    label: Words


class Question(Frozen):
    """What is asked, why, who reads the answer, and for how long it is kept.

    `required_after` and `freeze_after` are keys of stages: once the stage is
    over an answer is required, or may no longer be changed by the applicant.
    `delete_after_days` counts from the last day of the cycle.
    """

    key: Key
    kind: Kind
    label: Words
    help: MoreWords = {}
    purpose: MoreWords = {}
    required: bool = False
    required_after: Key | None = None
    freeze_after: Key | None = None
    audience: tuple[Audience, ...] = ("applicant", "reviewer")
    delete_after_days: int | None = Field(default=None, ge=0)
    options: tuple[Option, ...] = Field(default=(), validate_default=True)
    max_length: int | None = Field(default=None, ge=1)
    minimum: int | None = None
    maximum: int | None = None
    most: int | None = Field(default=None, ge=1)

    # One validator a field, so that every wrong field is reported and not only the first.
    @field_validator("options")
    @classmethod
    def _suit_the_kind(cls, options: tuple[Option, ...], info: ValidationInfo) -> tuple[Option, ...]:
        kind = info.data.get("kind")
        if kind in CHOICES and len(options) < 2:
            raise wrong("too_few_options")
        if kind and kind not in CHOICES and options:
            raise wrong("no_options_here")
        return options

    @field_validator(*LIMITS)
    @classmethod
    def _limit_the_right_kind(cls, limit: int | None, info: ValidationInfo) -> int | None:
        kind = info.data.get("kind")
        if limit is not None and kind and kind not in LIMITS[str(info.field_name)]:
            raise wrong("not_for_this_kind")
        return limit

    @field_validator("maximum")
    @classmethod
    def _not_below_minimum(cls, maximum: int | None, info: ValidationInfo) -> int | None:
        least = info.data.get("minimum")
        if maximum is not None and least is not None and maximum < least:
            raise wrong("ends_before_start", least=least)
        return maximum

    @field_validator("most")
    @classmethod
    def _not_more_than_options(cls, most: int | None, info: ValidationInfo) -> int | None:
        options = info.data.get("options")
        if most is not None and options and most > len(options):
            raise wrong("more_than_options", count=len(options))
        return most


class Section(Frozen):
    """Questions that belong together."""

    title: Words
    help: MoreWords = {}
    questions: tuple[Question, ...] = Field(min_length=1)


class FormDraft(Frozen):
    """A form as it is written, before it becomes a version that people answer."""

    sections: tuple[Section, ...] = Field(min_length=1)

    @property
    def questions(self: Self) -> tuple[Question, ...]:
        """List the questions of all sections, in order."""
        return tuple(question for section in self.sections for question in section.questions)


def check_form(data: Any) -> FormDraft:
    """Read a form from plain data. Raises Mistakes, which lists every mistake at once."""
    found = repeats(data, FORM_UNIQUE)
    try:
        form = FormDraft.model_validate(data)
    except ValidationError as error:
        raise Mistakes((*mistakes_of(error), *found)) from None
    if found:
        raise Mistakes(tuple(found))
    return form
