"""Answers to any version of a form, put into words for whoever may read them; and what is still missing."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date
from django.utils import translation
from django.utils.translation import gettext as _

from talka.blueprints.questions import FormDraft, Question
from talka.capacities.models import Capacity
from talka.files.models import Upload
from talka.forms.fields import is_needed
from talka.forms.kinds import CAPACITY_LEVELS, LANGUAGE_LEVELS, WEEK
from talka.forms.merging import EMPTY
from talka.forms.models import Sheet
from talka.kernel.locales import locale_of
from talka.kernel.wording import Said, Wording, say
from talka.people.codes import countries, language_in_words
from talka.people.models import Community

# The applicant and the coordinators may always read what the applicant wrote.
READ_EVERYTHING = ("applicant", "coordinator")


@dataclass(frozen=True)
class ReadAnswer:
    """A question with its answer in words: one line, or several. Files are links of their own."""

    key: str
    label: Wording
    lines: tuple[str, ...] = ()
    files: tuple[Upload, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was answered."""
        return not self.lines and not self.files


@dataclass(frozen=True)
class ReadSection:
    """The answers of one section."""

    title: Wording
    answers: tuple[ReadAnswer, ...]


@dataclass(frozen=True)
class _Names:
    """What the numbers and keys in answers stand for."""

    capacities: Mapping[str, str]
    communities: Mapping[int, str]
    uploads: Mapping[int, Upload]


def answers_for(sheet: Sheet, *, audience: str, language: str) -> list[ReadSection]:
    """Put a sheet into words of the language, as far as the audience may read it.

    The audience is applicant, coordinator, reviewer, partner or public. A question that the audience may
    not read is left out whole, and so is a section without any.
    """
    return draft_answers_for(sheet.form_version.draft, sheet.answers, audience=audience, language=language)


def draft_answers_for(
    draft: FormDraft, answers: Mapping[str, Any], *, audience: str, language: str
) -> list[ReadSection]:
    """Put answers to the questions of a draft into words, as `answers_for` does."""
    read = [question for question in draft.questions if may_read(question, audience)]
    names = _gather_names(read, answers)
    with translation.override(language):
        sections = [
            ReadSection(
                section.title,
                tuple(
                    _read(question, answers.get(question.key), names)
                    for question in section.questions
                    if question in read
                ),
            )
            for section in draft.sections
        ]
    return [section for section in sections if section.answers]


def may_read(question: Question, audience: str) -> bool:
    """Tell whether the audience may read answers to the question."""
    return audience in READ_EVERYTHING or audience in question.audience or "public" in question.audience


def missing(sheet: Sheet, stages_over: Container[str] = ()) -> list[Question]:
    """List the questions that need an answer now and have none."""
    return missing_answers(sheet.form_version.draft, sheet.answers, stages_over)


def missing_answers(
    draft: FormDraft, answers: Mapping[str, Any], stages_over: Container[str] = ()
) -> list[Question]:
    """List the questions of a draft that need an answer now and have none."""
    return [
        question
        for question in draft.questions
        if is_needed(question, stages_over) and answers.get(question.key) in EMPTY
    ]


def _rows(questions: Iterable[Question], answers: Mapping[str, Any], kind: str) -> list[Any]:
    """Collect the answers to questions of a kind, those with several rows flattened."""
    found: list[Any] = []
    for question in questions:
        value = answers.get(question.key)
        if question.kind == kind and value not in EMPTY:
            found += value if isinstance(value, list) else [value]
    return found


def _gather_names(questions: list[Question], answers: Mapping[str, Any]) -> _Names:
    keys = [row["capacity"] for row in _rows(questions, answers, "capacity")]
    communities = _rows(questions, answers, "community")
    uploads = _rows(questions, answers, "file")
    return _Names(
        capacities={one.key: str(one) for one in Capacity.objects.filter(key__in=keys)} if keys else {},
        communities=dict(Community.objects.filter(pk__in=communities).values_list("pk", "name"))
        if communities
        else {},
        uploads=Upload.objects.in_bulk(uploads) if uploads else {},
    )


def _read(question: Question, value: Any, names: _Names) -> ReadAnswer:
    if value in EMPTY:
        return ReadAnswer(question.key, question.label)
    if question.kind == "file":
        found = tuple(names.uploads[pk] for pk in value if pk in names.uploads)
        return ReadAnswer(question.key, question.label, files=found)
    return ReadAnswer(question.key, question.label, tuple(_lines(question, value, names)))


def _lines(question: Question, value: Any, names: _Names) -> Iterable[str]:
    language = translation.get_language() or "en"
    match question.kind:
        case "yes_no":
            return [_("Yes") if value else _("No")]
        case "date":
            return [_day(value)]
        case "one_of":
            return [_option(question, value, language)]
        case "several_of":
            return [_option(question, key, language) for key in value]
        case "capacity":
            levels = dict(CAPACITY_LEVELS)
            return [
                f"{names.capacities.get(row['capacity'], row['capacity'])}: {levels.get(row['level'], '')}"
                for row in value
            ]
        case "language":
            levels = dict(LANGUAGE_LEVELS)
            return [
                f"{language_in_words(row['language'], language)}: {levels.get(row['level'], '')}"
                for row in value
            ]
        case "travel_dates":
            return [f"{_day(row['starts_on'])} – {_day(row['ends_on'])}" for row in value]
        case "country":
            return [countries(language).get(value, value)]
        case "hours":
            days = dict(WEEK)
            return [f"{days.get(row['day'], row['day'])}: {row['starts']} – {row['ends']}" for row in value]
        case "community":
            return [names.communities.get(value, "")]
    return [str(value)]


def _option(question: Question, key: str, language: str) -> Said:
    """Say an option; one that the question no longer has is shown by its key."""
    labels = {option.key: option.label for option in question.options}
    return say(labels[key], language) if key in labels else Said(key, language)


def _day(text: str) -> str:
    return format_date(date.fromisoformat(text), "long", locale=locale_of(translation.get_language() or "en"))
