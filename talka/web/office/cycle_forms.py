"""What coordinators fill in about a cycle."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from talka.gatherings.models import Gathering
from talka.kernel.windows import zone
from talka.programmes.models import Stage
from talka.web.shared.fields import DateInput, LocalDateTimeInput
from talka.web.shared.overtaken import VersionField
from talka.web.shared.words_forms import SHORT, WordsForm, zone_field

FIRST_YEAR, LAST_YEAR = 2000, 2100


def _year_in_range(day: date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise forms.ValidationError(_("The year must lie between 2000 and 2100."))


class CurrencyField(forms.RegexField):
    """Three capital letters."""

    def __init__(self, **kwargs: Any) -> None:
        wrong = _("A currency is three capital letters, such as EUR.")
        super().__init__(r"^[A-Z]{3}$", error_messages={"invalid": wrong}, max_length=3, **kwargs)


class OpenCycleForm(WordsForm):
    """Asks for a new cycle's year, label and budget."""

    wordings = (("label", _("Label"), SHORT, True),)
    year = forms.IntegerField(
        label=_("Year"),
        help_text=_("The first stage starts in this year. You can move every date afterwards."),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
    )
    slug = forms.SlugField(
        label=_("Address"),
        help_text=_("The last part of the cycle's web address, such as 2027."),
        max_length=60,
    )


class OpenFirstCycleForm(OpenCycleForm):
    """Asks for the budget too; a copy takes it over."""

    budget = forms.DecimalField(
        label=_("Budget"),
        help_text=_("For travel, stay and insurance. It can be changed later; 0 means that none is set."),
        min_value=0,
        max_digits=12,
        decimal_places=2,
        initial=0,
    )
    currency = CurrencyField(label=_("Currency"))


class CycleForm(WordsForm):
    """Asks for the label and the budget."""

    wordings = (("label", _("Label"), SHORT, True),)
    budget = forms.DecimalField(label=_("Budget"), min_value=0, max_digits=12, decimal_places=2)
    currency = CurrencyField(label=_("Currency"))
    version = VersionField()


class StagesForm(forms.Form):
    """Asks for the first and the last day of each stage."""

    version = VersionField()

    def __init__(self, *args: Any, stages: Sequence[Stage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stages = stages
        for stage in stages:
            for end, value in (("starts_on", stage.starts_on), ("ends_on", stage.ends_on)):
                self.fields[f"{stage.key}__{end}"] = forms.DateField(
                    label=_("First day") if end == "starts_on" else _("Last day"),
                    initial=value,
                    widget=DateInput(),
                    validators=[_year_in_range],
                )

    def clean(self) -> dict[str, Any]:
        """Pair the days by stage, under "days"."""
        cleaned = super().clean() or self.cleaned_data
        days = {}
        for stage in self.stages:
            first, last = (
                cleaned.pop(f"{stage.key}__starts_on", None),
                cleaned.pop(f"{stage.key}__ends_on", None),
            )
            if first and last and last < first:
                self.add_error(f"{stage.key}__ends_on", _("The last day is before the first."))
            elif first and last:
                days[stage.key] = (first, last)
        cleaned["days"] = days
        return cleaned


class WallClockField(forms.DateTimeField):
    """A date and a time of day as they were typed: the zone is another field's matter."""

    def to_python(self, value: Any) -> datetime | None:
        """Read the time without a zone, whichever zone the reader is in."""
        with timezone.override("UTC"):
            found = super().to_python(value)
        return found.replace(tzinfo=None) if found else None


class GatheringForm(WordsForm):
    """Asks for an introductory meeting."""

    wordings = (("title", _("Title"), SHORT, True), ("description", _("What it is about"), 5_000, False))
    starts_at = WallClockField(
        label=_("Starts"), help_text=_("On the clock of the time zone below."), widget=LocalDateTimeInput()
    )
    ends_at = WallClockField(label=_("Ends"), widget=LocalDateTimeInput())
    zone = zone_field()
    link = forms.URLField(
        label=_("Address of the meeting"),
        help_text=_("Sent to those who sign up; it is not on the public page."),
        max_length=400,
        required=False,
        assume_scheme="https",
    )
    version = VersionField(required=False)

    def clean(self) -> dict[str, Any]:
        """Read both times on the clock of the zone."""
        cleaned = super().clean()
        if all(cleaned.get(name) for name in ("starts_at", "ends_at", "zone")):
            for name in ("starts_at", "ends_at"):
                cleaned[name] = self._on_clock(name, cleaned[name], cleaned["zone"])
            if not self.errors and cleaned["ends_at"] <= cleaned["starts_at"]:
                self.add_error("ends_at", _("It ends before it starts."))
        return cleaned

    def _on_clock(self, name: str, typed: datetime, zone_name: str) -> datetime:
        """Put what was typed on the clock of the zone. An hour that the clocks jump over is refused."""
        if not FIRST_YEAR <= typed.year <= LAST_YEAR:
            self.add_error(name, _("The year must lie between 2000 and 2100."))
            return typed.replace(tzinfo=UTC)
        local = typed.replace(tzinfo=zone(zone_name))
        if local.astimezone(UTC).astimezone(zone(zone_name)).replace(tzinfo=None) != typed:
            self.add_error(name, _("The clocks are put forward at that time: this hour does not exist."))
        return local


def shown(gathering: Gathering) -> dict[str, Any]:
    """Return a gathering's values as its form shows them: on the organisers' clock."""
    clock = zone(gathering.zone)
    return {
        "starts_at": gathering.starts_at.astimezone(clock).replace(tzinfo=None),
        "ends_at": gathering.ends_at.astimezone(clock).replace(tzinfo=None),
        "zone": gathering.zone,
        "link": gathering.link,
        "version": gathering.version,
    }
