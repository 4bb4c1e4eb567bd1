"""What is asked of those who answer a suggestion."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.web.shared.exchange_forms import LinesField


class AnswerForm(forms.Form):
    """Whether the change is made, and why not."""

    verdict = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("take_up", _("Taken up: it is changed, or will be")), ("set_aside", _("Set aside"))],
        widget=forms.RadioSelect,
    )
    answer = LinesField(
        label=_("In words"),
        help_text=_("Whoever suggested it gets this by mail. Needed where it is set aside: say why."),
        max_length=4000,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where a suggestion is set aside."""
        given = super().clean() or self.cleaned_data
        if given.get("verdict") == "set_aside" and not given.get("answer") and "answer" not in self.errors:
            self.add_error("answer", _("Say in a few words why it is not changed."))
        return given
