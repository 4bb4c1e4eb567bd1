"""The forms of a call's page: its window, and an extension."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from talka.calls.models import Call
from talka.forms.kinds import TextField
from talka.kernel.windows import ANYWHERE_ON_EARTH, zone
from talka.web.shared.fields import LocalDateTimeInput, offer
from talka.web.shared.overtaken import VersionField
from talka.web.shared.words_forms import known_zone

FORMAT = "%Y-%m-%dT%H:%M"


def zone_of_a_call(name: str) -> None:
    """Refuse what is neither a time zone nor Anywhere on Earth."""
    if name != ANYWHERE_ON_EARTH:
        known_zone(name)


class WallClockField(forms.CharField):
    """A day and a time as they stand on a clock somewhere; which zone it is in, another field says."""

    widget = LocalDateTimeInput

    def to_python(self, value: Any) -> Any:
        """Read what the browser sends. Raises ValidationError."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            read = datetime.fromisoformat(text[:16])
        except ValueError:
            read = None
        if read is None or not 1990 <= read.year <= 2100:
            raise ValidationError(_("Write a day and a time, such as 2027-03-31T23:59."))
        return read


def on_the_clock(moment: datetime | None, zone_name: str) -> str:
    """Write a moment as the clock of the zone shows it."""
    return moment.astimezone(zone(zone_name)).strftime(FORMAT) if moment else ""


class CallForm(forms.Form):
    """From when to when, on whose clock, and with which questions."""

    zone = forms.CharField(
        label=_("Time zone"),
        help_text=_(
            "Such as Europe/Warsaw; or AoE, Anywhere on Earth: the day ends when it ends everywhere."
        ),
        max_length=60,
        validators=[zone_of_a_call],
    )
    opens = WallClockField(label=_("Opens"))
    closes = WallClockField(
        label=_("Closes"),
        required=False,
        help_text=_(
            "The first moment at which nothing is taken any more: for all of Sunday, write Monday 00:00. "
            "Leave it empty for a call that stays open."
        ),
    )
    form = forms.ChoiceField(
        label=_("Form"), help_text=_("Applications that were begun keep the form they have.")
    )
    version = VersionField()

    def __init__(self, data: Any, *, call: Call) -> None:
        initial = {
            "zone": call.zone,
            "opens": on_the_clock(call.opens_at, call.zone),
            "closes": on_the_clock(call.closes_at, call.zone),
            "form": call.form.key,
            "version": call.version,
        }
        super().__init__(data, initial=initial)
        self.forms = {form.key: form for form in call.cycle.forms.order_by("pk")}
        offer(self, "form", [(key, str(form)) for key, form in self.forms.items()])

    def values(self) -> Mapping[str, Any]:
        """Return what was chosen, as the action takes it."""
        given = self.cleaned_data
        place = zone(given["zone"])
        return {
            "zone": given["zone"],
            "opens_at": given["opens"].replace(tzinfo=place),
            "closes_at": given["closes"].replace(tzinfo=place) if given["closes"] else None,
            "form": self.forms[given["form"]],
            "version": given["version"],
        }


class ExtensionForm(forms.Form):
    """A later end, and why."""

    until = WallClockField(label=_("New end"), help_text=_("On the clock of the call’s time zone."))
    note = TextField(
        label=_("Why"),
        help_text=_("Everybody with a draft reads this in a letter, and it stays in the history."),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
