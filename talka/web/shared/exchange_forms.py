"""Fields and forms that participants and coordinators share: texts, days, why an exchange is called off."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.web.shared.fields import DateInput
from talka.web.shared.words_forms import LONG, SHORT, plain_characters

LAST_YEAR = 2100


class LinesField(forms.CharField):
    """Several lines of text, with line ends as we keep them and not as browsers send them."""

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        options.setdefault("max_length", LONG)
        super().__init__(widget=forms.Textarea({"rows": rows}), validators=[plain_characters], **options)

    def to_python(self, value: Any) -> str:
        """Return the text; the same text that was shown comes back the same."""
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


def text_field(**options: Any) -> forms.CharField:
    """Make a field for a line of text."""
    options.setdefault("max_length", SHORT)
    return forms.CharField(validators=[plain_characters], **options)


def not_far_off(day: date) -> None:
    """Refuse a year that can only be a slip of the finger."""
    if not 2000 <= day.year <= LAST_YEAR:
        raise forms.ValidationError(_("Look at the year again."))


def day_field(**options: Any) -> forms.DateField:
    """Make a field for a day."""
    return forms.DateField(widget=DateInput(), validators=[not_far_off], **options)


class CancelForm(forms.Form):
    """Asks why the exchange will not take place."""

    reason = LinesField(
        label=_("Why will it not take place?"),
        help_text=_("Both sides and the coordinators read it."),
        max_length=2000,
    )
