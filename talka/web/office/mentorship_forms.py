"""Forms of the office about mentorships: finding pairs and hours, and what was seen to."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.exchanges.lifecycle import ExchangeStatus, HoursStatus
from talka.web.shared.exchange_forms import LinesField, day_field
from talka.web.shared.fields import offer

SHOWN = [
    ("", _("All")),
    ("quiet", _("Quiet")),
    ("unhappy", _("Not going well")),
    ("no_plan", _("Without a signed plan")),
    ("few_hours", _("Behind with hours")),
    ("paused", _("Paused")),
    ("over", _("Completed or ended")),
]
SORTED = [
    ("pair", _("By name")),
    ("quiet", _("Quietest first")),
    ("hours", _("Fewest hours first")),
    ("end", _("Nearest end first")),
]


class PairSearchForm(forms.Form):
    """Finds pairs of a cohort by name and by what is the matter, and puts them in order."""

    q = forms.CharField(label=_("Name"), max_length=100, required=False)
    show = forms.ChoiceField(label=_("Show"), choices=SHOWN, required=False)
    sort = forms.ChoiceField(label=_("Order"), choices=SORTED, required=False)


class HoursSearchForm(forms.Form):
    """Finds hours of a cohort by name and status."""

    q = forms.CharField(label=_("Name"), max_length=100, required=False)
    status = forms.ChoiceField(
        label=_("Status"), choices=[("", _("All")), *HoursStatus.choices], required=False
    )


class SeenForm(forms.Form):
    """A note of what was done about a mood; the moment at which it was said comes along unseen."""

    note = LinesField(
        label=_("What you did"),
        help_text=_("Other coordinators read it; the two do not."),
        max_length=1000,
        required=False,
        rows=2,
    )
    given_at = forms.DateTimeField(widget=forms.HiddenInput)


class OfficePauseForm(forms.Form):
    """Until when nothing is asked of the two."""

    until = day_field(label=_("Last day of the pause"), required=False)


class OfficeStopForm(forms.Form):
    """Why a coordinator ends a mentorship early."""

    reason = forms.ChoiceField(label=_("What comes closest?"), widget=forms.RadioSelect)
    words = LinesField(
        label=_("What the coordinators should know"),
        help_text=_("The two read neither this nor the reason."),
        max_length=2000,
        required=False,
    )

    def __init__(self, *args: Any, reasons: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "reason", reasons)


OVER = (ExchangeStatus.COMPLETED, ExchangeStatus.STOPPED, ExchangeStatus.CLOSED)
