"""Forms that participants and coordinators share: the reason why an exchange is called off."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.web.shared.words_forms import LONG, plain_characters


class LinesField(forms.CharField):
    """Several lines of text, with line ends as we keep them and not as browsers send them."""

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        options.setdefault("max_length", LONG)
        super().__init__(widget=forms.Textarea({"rows": rows}), validators=[plain_characters], **options)

    def to_python(self, value: Any) -> str:
        """Return the text; the same text that was shown comes back the same."""
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class CancelForm(forms.Form):
    """Asks why the exchange will not take place."""

    reason = LinesField(
        label=_("Why will it not take place?"),
        help_text=_("Both sides and the coordinators read it."),
        max_length=2000,
    )
