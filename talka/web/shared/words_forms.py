"""Fields for text in several languages: one input a language, gathered into one wording."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talka.web.templatetags.words import language_name

SHORT, LONG = 300, 10_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def plain_characters(text: str) -> None:
    """Refuse characters that cannot be shown and that not every database keeps."""
    if _CONTROL.search(text):
        raise ValidationError(_("This text has characters that cannot be shown."))


def known_zone(name: str) -> None:
    """Refuse what is not the name of a time zone."""
    if name not in available_timezones():
        raise ValidationError(_("Nobody knows this time zone. Write it like Europe/Vilnius or UTC."))


def zone_field(**options: Any) -> forms.CharField:
    """Make the field for a time zone."""
    return forms.CharField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy(
            "Where the organisers are, such as Europe/Vilnius. Dates and times are meant there."
        ),
        max_length=60,
        validators=[known_zone],
        **options,
    )


class WordsForm(forms.Form):
    """A form with texts in several languages. At least one language of a required text is needed.

    `wordings` names each text with its label, its longest length and whether it may be left out.
    """

    wordings: Iterable[tuple[str, Any, int, bool]] = ()

    def __init__(
        self, *args: Any, languages: Iterable[str], texts: Mapping[str, Any] | None = None, **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self.languages = tuple(languages)
        self.texts = {name: (texts or {}).get(name) or {} for name, *_rest in self.wordings}
        fields, needed = {}, []
        for name, label, length, is_required in self.wordings:
            for code in self._codes(name):
                fields[f"{name}__{code}"] = _input(label, code, length, self.texts[name].get(code, ""))
            if is_required:
                needed.append(f"{name}__{self._codes(name)[0]}")
        # The page calls the others optional: one language of a text is enough.
        self.needed = needed
        # Texts come first: they are what the record is called.
        self.fields = fields | self.fields

    def _codes(self, name: str) -> list[str]:
        """List the languages of a text: those that are offered, then any other that it has."""
        return list(dict.fromkeys([*self.languages, *sorted(self.texts[name])]))

    def clean(self) -> dict[str, Any]:
        """Gather the inputs of each text into a wording."""
        cleaned = super().clean() or self.cleaned_data
        for name, _label, _length, is_required in self.wordings:
            given = {code: cleaned.pop(f"{name}__{code}", "") for code in self._codes(name)}
            cleaned[name] = {code: text.replace("\r\n", "\n") for code, text in given.items() if text}
            first = f"{name}__{self._codes(name)[0]}"
            if is_required and not cleaned[name] and first not in self.errors:
                self.add_error(first, _("Give the text in at least one language."))
        return cleaned


def _input(label: Any, code: str, length: int, initial: str) -> forms.CharField:
    attrs: dict[str, Any] = {"lang": code, "dir": "auto"}
    is_long = length > SHORT
    return forms.CharField(
        # Translators: the name of a field and the language it is to be filled in, such as "Title (Arabic)".
        label=_("%(label)s (%(language)s)") % {"label": label, "language": language_name(code)},
        max_length=length,
        required=False,
        initial=initial,
        validators=[plain_characters],
        widget=forms.Textarea(attrs | {"rows": 12 if length == LONG else 4})
        if is_long
        else forms.TextInput(attrs),
    )
