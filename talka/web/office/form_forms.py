"""The forms of the form editor: a section, and a question with everything it can have."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, get_args

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from talka.blueprints.mistakes import WORDS, Mistakes
from talka.blueprints.questions import Audience, Kind, check_form
from talka.kernel.speech import noted
from talka.kernel.wording import say
from talka.web.office.form_words import AUDIENCES, KINDS
from talka.web.shared.fields import offer
from talka.web.shared.overtaken import VersionField
from talka.web.shared.words_forms import LONG, SHORT, WordsForm

WHOLE = re.compile(r"sections\.0\.questions\.0\.(\w+)")
LIMITS = ("max_length", "minimum", "maximum", "most")
LARGEST = 10**9


class SectionForm(WordsForm):
    """The title and the help of a section."""

    wordings = (("title", _("Title"), SHORT, True), ("help", _("Help"), LONG - 1, False))
    version = VersionField()


class QuestionForm(WordsForm):
    """A question: its words, its kind, who reads the answer, and until when it is kept."""

    wordings = (
        ("label", _("Question"), SHORT, True),
        ("help", _("Help"), 2_000, False),
        ("purpose", _("Why it is asked"), 1_000, False),
        ("options", _("Options, one a line"), 5_000, False),
    )
    kind = forms.ChoiceField(label=_("Kind of answer"), choices=[(key, KINDS[key]) for key in get_args(Kind)])
    key = forms.CharField(
        label=_("Key"),
        max_length=40,
        help_text=_("The name in tables that are exported: small letters, digits and underscores."),
    )
    required = forms.BooleanField(label=_("An answer is required to hand in"), required=False)
    required_after = forms.ChoiceField(label=_("Required later, once this is over"), required=False)
    freeze_after = forms.ChoiceField(label=_("Cannot be changed once this is over"), required=False)
    audience = forms.MultipleChoiceField(
        label=_("Who reads the answer, besides the coordinators"),
        choices=[(key, AUDIENCES[key]) for key in get_args(Audience) if key != "applicant"],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    delete_after_days = forms.IntegerField(
        label=_("Deleted how many days after the end of the cycle"),
        help_text=_("Empty keeps it as long as the programme."),
        required=False,
        min_value=0,
        max_value=36_500,
    )
    max_length = forms.IntegerField(
        label=_("Most characters (texts)"), required=False, min_value=1, max_value=10_000
    )
    minimum = forms.IntegerField(
        label=_("Smallest (numbers)"), required=False, min_value=-LARGEST, max_value=LARGEST
    )
    maximum = forms.IntegerField(
        label=_("Largest (numbers)"), required=False, min_value=-LARGEST, max_value=LARGEST
    )
    most = forms.IntegerField(
        label=_("How many at most (several answers or rows)"), required=False, min_value=1, max_value=100
    )
    version = VersionField()

    def __init__(
        self,
        data: Any,
        *,
        question: Mapping[str, Any],
        stages: Iterable[tuple[str, str]],
        languages: Iterable[str],
        version: int,
    ) -> None:
        texts = {**question, "options": _option_lines(question.get("options") or [])}
        plain = {name: question.get(name) for name in self.base_fields if name in question}
        initial = {"audience": ["reviewer"], **plain, "version": version}
        super().__init__(data, initial=initial, languages=languages, texts=texts)
        choices = [("", _("No stage")), *stages]
        for name in ("required_after", "freeze_after"):
            offer(self, name, choices)
        for name, field in self.fields.items():
            if name.startswith("options__"):
                field.help_text = _("Write “key | text”; the key stays the same in every language.")

    def clean(self) -> dict[str, Any]:
        """Put the question together and ask the house's own rules about it."""
        cleaned = super().clean()
        if not self.errors:
            try:
                draft = check_form(
                    {"sections": [{"title": {"en": "-"}, "questions": [self._gathered(cleaned)]}]}
                )
            except Mistakes as mistakes:
                for mistake in mistakes.all:
                    self._tell(mistake.path, str(WORDS[mistake.reason.key] % mistake.reason.values))
            else:
                cleaned["question"] = draft.questions[0].model_dump(mode="json")
        return cleaned

    def _gathered(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        question = {name: cleaned[name] for name in ("key", "kind", "label", "help", "purpose", "required")}
        optional = ("required_after", "freeze_after", "delete_after_days", *LIMITS)
        question |= {name: cleaned[name] for name in optional if cleaned.get(name) not in (None, "")}
        question["audience"] = ["applicant", *cleaned["audience"]]
        question["options"] = _options(cleaned["options"])
        return question

    def _tell(self, path: str, words: str) -> None:
        found = WHOLE.match(path)
        name = found[1] if found else ""
        own = next((field for field in self.fields if field == name or field.startswith(f"{name}__")), None)
        self.add_error(own if name else None, words)


def _option_lines(options: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Write options as lines, a text for each language."""
    languages = list(dict.fromkeys(code for option in options for code in option["label"]))
    return {
        code: "\n".join(
            f"{option['key']} | {option['label'][code]}" for option in options if option["label"].get(code)
        )
        for code in languages
    }


def _options(texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """Read options from lines; a line without a key gets one from its text."""
    found: dict[str, dict[str, str]] = {}
    for code, text in texts.items():
        for number, line in enumerate(text.splitlines(), start=1):
            if not line.strip():
                continue
            key, bar, label = line.partition("|")
            if not bar:
                key, label = slugify(line)[:40].replace("-", "_") or f"option_{number}", line
                key = key if key[0].isalpha() else f"option_{key}"[:40]
            found.setdefault(key.strip(), {})[code] = label.strip()
    return [{"key": key, "label": label} for key, label in found.items()]


def stage_choices(stages: Iterable[Any], language: str) -> list[tuple[str, str]]:
    """Return the stages of a cycle as choices."""
    return [(stage.key, noted(say(stage.name, language))) for stage in stages]
