"""A form for a section of a blueprint, made from the table of its values."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.people.models import Region
from talka.web.office.blueprint_values import Value, at, put
from talka.web.shared.overtaken import VersionField
from talka.web.shared.words_forms import SHORT, WordsForm, plain_characters

TEXTS = 2_000


class ValuesForm(WordsForm):
    """Asks for the values of one section; `data` of the blueprint says what they are now."""

    version = VersionField()

    def __init__(
        self,
        *args: Any,
        values: Sequence[Value],
        blueprint: dict[str, Any],
        languages: Iterable[str],
        **kwargs: Any,
    ):
        self.values = values
        spoken = [value for value in values if value.kind in ("words", "texts")]
        self.wordings = [
            (
                value.name,
                value.label,
                SHORT if value.kind == "words" else TEXTS,
                value.path[-1] not in ("help", "description"),
            )
            for value in spoken
        ]
        texts = {value.name: at(blueprint, value.path) for value in spoken}
        super().__init__(*args, languages=languages, texts=texts, **kwargs)
        for value in values:
            if value not in spoken:
                self.fields[value.name] = _field(value, at(blueprint, value.path))
        self.order_fields([name for value in values for name in self.fields if _belongs(name, value)])

    def write_into(self, blueprint: dict[str, Any]) -> None:
        """Write what was filled in over the values of a blueprint."""
        for value in self.values:
            put(blueprint, value.path, self.cleaned_data[value.name])


def _belongs(name: str, value: Value) -> bool:
    return name == value.name or name.startswith(f"{value.name}__")


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


class ListField(forms.CharField):
    """Several short texts, with commas between them."""

    def clean(self, value: Any) -> Any:
        """Take the text apart at its commas."""
        return _list(super().clean(value))


def _field(value: Value, now: Any) -> forms.Field:
    if value.kind == "tick":
        return forms.BooleanField(label=value.label, required=False, initial=now)
    if value.kind == "whole":
        return forms.IntegerField(label=value.label, initial=now, min_value=0, max_value=10_000)
    if value.kind == "regions":
        return forms.MultipleChoiceField(
            label=value.label, initial=now, choices=Region.choices, widget=forms.CheckboxSelectMultiple
        )
    if value.kind == "text":
        return forms.CharField(
            label=value.label, initial=now, max_length=SHORT, validators=[plain_characters]
        )
    return ListField(
        label=value.label,
        help_text=_("With commas between them."),
        initial=", ".join(now),
        max_length=SHORT,
        validators=[plain_characters],
    )
