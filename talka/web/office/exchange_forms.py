"""Forms of the office about exchanges: finding them, and asking about their plans."""

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.exchanges.lifecycle import ExchangeStatus
from talka.web.shared.exchange_forms import LinesField


class ExchangeSearchForm(forms.Form):
    """Finds exchanges by community and status."""

    q = forms.CharField(label=_("Community"), max_length=100, required=False)
    status = forms.ChoiceField(
        label=_("Status"), choices=[("", _("All")), *ExchangeStatus.choices], required=False
    )


class QuestionForm(forms.Form):
    """What the coordinators want to know before they approve."""

    question = LinesField(label=_("Your question to both sides"), max_length=2000)
