"""The form that a list of questions makes on a page, and the answers read back as plain data."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from babel.dates import format_date
from django import forms
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talka.blueprints.questions import FormDraft, Question
from talka.forms.kinds import MAKERS
from talka.forms.merging import marks
from talka.kernel.locales import locale_of
from talka.kernel.speech import marked, noted
from talka.kernel.wording import Said, say
from talka.people.models import Community

Maker = Callable[[Question], forms.Field]

READERS = {
    "reviewer": gettext_lazy("reviewers"),
    "partner": gettext_lazy("your partner"),
    "public": gettext_lazy("everyone"),
}


@dataclass(frozen=True)
class Setting:
    """What the questions stand in: which stages are over, how stages are called, when the cycle ends."""

    stages_over: Container[str] = ()
    stage_names: Mapping[str, Mapping[str, str]] | None = None
    ends_on: date | None = None


class DraftForm(forms.Form):
    """A form that takes what is there and demands nothing yet, and that two people may fill in at once."""

    use_required_attribute = False
    # The mark of each value that the page was drawn with, for merging what two people write.
    seen: Mapping[str, str] = {}
    # The fields that are needed in the end: the page marks the others as optional, in a draft too.
    needed: Container[str] = ()


class SheetForm(DraftForm):
    """A form made of questions. Only handing in demands everything."""

    draft: FormDraft

    def answers(self) -> dict[str, Any]:
        """Return the answers that were understood, as plain data; files are apart, in `uploads`."""
        asked = [question for question in self.draft.questions if question.kind != "file"]
        return {
            question.key: plain(self.cleaned_data[question.key])
            for question in asked
            if question.key in self.cleaned_data and not self.fields[question.key].disabled
        }

    def uploads(self) -> dict[str, Any]:
        """Return the file that was sent for each question that asks for files."""
        return {
            question.key: self.cleaned_data[question.key]
            for question in self.draft.questions
            if question.kind == "file" and self.cleaned_data.get(question.key)
        }

    def sections(self) -> list[tuple[Said, Said, list[forms.BoundField]]]:
        """Return the title, the help and the fields of each section, ready to be drawn."""
        language = translation.get_language() or "en"
        return [
            (
                say(section.title, language),
                say(section.help, language),
                [self[question.key] for question in section.questions if question.key in self.fields],
            )
            for section in self.draft.sections
        ]


def build_form(
    draft: FormDraft,
    *,
    language: str,
    answers: Mapping[str, Any],
    is_draft: bool = True,
    setting: Setting = Setting(),
    data: Any = None,
    files: Any = None,
    make: Mapping[str, Maker] | None = None,
    prefix: str | None = None,
) -> SheetForm:
    """Make the form in a language, filled with the answers given so far, or with what was sent.

    Questions frozen because their stage is over show their answer and take no other. `make` puts another
    field in place of the usual one for a kind of question.
    """
    with translation.override(language):
        fields = {
            question.key: _field(question, {**MAKERS, **(make or {})}, setting, is_draft)
            for question in draft.questions
        }
    made = type("QuestionsForm", (SheetForm,), {**fields, "draft": draft})
    asked = {question.key: answers.get(question.key) for question in draft.questions}
    shown = {question.key: _shown(question, asked[question.key]) for question in draft.questions}
    form = made(data, files, initial=shown, prefix=prefix)
    form.seen = marks(asked, asked)
    form.needed = [one.key for one in draft.questions if is_needed(one, setting.stages_over)]
    return form


def is_needed(question: Question, stages_over: Container[str]) -> bool:
    """Tell whether an answer is required now."""
    return question.required or (
        question.required_after is not None and question.required_after in stages_over
    )


def is_frozen(question: Question, stages_over: Container[str]) -> bool:
    """Tell whether the applicant may no longer change the answer."""
    return question.freeze_after is not None and question.freeze_after in stages_over


def plain(value: Any) -> Any:
    """Return a cleaned value as JSON holds it."""
    if isinstance(value, Community):
        return value.pk
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def _shown(question: Question, value: Any) -> Any:
    """Return an answer as the inputs take it."""
    if question.kind == "community" and value is not None:
        return Community.objects.filter(pk=value).first()
    if question.kind == "file":
        return None
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else value


def _field(question: Question, makers: Mapping[str, Maker], setting: Setting, is_draft: bool) -> forms.Field:
    field = makers[question.kind](question)
    # Whoever draws it marks a fall-back; in plain text it is only its words.
    field.label = say(question.label, translation.get_language() or "en")
    field.help_text = _help(question, setting)
    field.required = is_needed(question, setting.stages_over) and not is_draft
    field.disabled = is_frozen(question, setting.stages_over)
    return field


def _help(question: Question, setting: Setting) -> SafeString:
    language = translation.get_language() or "en"
    small = [marked(say(question.purpose, language)), *_facts(question, setting)]
    if is_frozen(question, setting.stages_over):
        small.append(_("This answer can no longer be changed."))
    lines = format_html_join(" ", "{}", ([text] for text in small if text))
    return format_html('{}<span class="talka-purpose">{}</span>', marked(say(question.help, language)), lines)


def _comma() -> str:
    # Translators: between the items of a list, such as "the coordinators, reviewers".
    return _(", ")


def _facts(question: Question, setting: Setting) -> list[str]:
    """Say who reads the answer, when it is needed and when it is deleted."""
    readers = [_("the coordinators")]
    readers += [str(READERS[audience]) for audience in question.audience if audience in READERS]
    # Translators: the readers of an answer, such as "the coordinators, reviewers".
    facts = [_("Read by: %(readers)s.") % {"readers": _comma().join(readers)}]
    if question.required_after and question.required_after not in setting.stages_over:
        name = say(
            (setting.stage_names or {}).get(question.required_after, {}), translation.get_language() or "en"
        )
        # Translators: the stage is such as "Matching".
        facts.append(
            _("Needed once this is over: %(stage)s.") % {"stage": noted(name) or question.required_after}
        )
    if question.delete_after_days is not None and setting.ends_on:
        deleted_on = setting.ends_on + timedelta(days=question.delete_after_days)
        facts.append(_("Deleted on %(day)s.") % {"day": _day(deleted_on)})
    return facts


def _day(day: date) -> str:
    return format_date(day, "long", locale=locale_of(translation.get_language() or "en"))
