"""Forms around modules that pages of several audiences carry."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.web.shared.exchange_forms import LinesField
from talka.web.shared.overtaken import VersionField
from talka.web.shared.words_forms import LONG, SHORT, WordsForm


class SuggestionForm(forms.Form):
    """Asks what somebody would change about a module."""

    text = LinesField(
        label=_("What would you change, and why?"),
        help_text=_("Who maintains the module and the coordinators read it, and answer you by mail."),
        max_length=4000,
    )


class ModuleWordsForm(WordsForm):
    """What a module says. Words of our own, a link, or both."""

    wordings: Iterable[tuple[str, Any, int, bool]] = (
        ("summary", _("In a sentence"), SHORT, False),
        ("body", _("Text"), LONG, False),
    )
    address = forms.URLField(
        label=_("Address of the module elsewhere"),
        help_text=_("Where the module is a page or a course of another site."),
        max_length=400,
        required=False,
        assume_scheme="https",
    )
    minutes = forms.IntegerField(
        label=_("Minutes that it takes"), min_value=0, max_value=10_000, initial=0, required=False
    )
    version = VersionField(required=False)

    def clean_minutes(self) -> int:
        """Take nothing for zero, which means that nobody said."""
        return self.cleaned_data["minutes"] or 0
