"""What coordinators fill in about meetings and their series."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from talka.gatherings.models import Gathering, GatheringKind, Rhythm, Series
from talka.kernel.windows import zone
from talka.programmes.models import Cycle
from talka.web.office.cycle_forms import FIRST_YEAR, LAST_YEAR, year_in_range
from talka.web.shared.fields import DateInput, LocalDateTimeInput, offer
from talka.web.shared.overtaken import VersionField
from talka.web.shared.words_forms import SHORT, WordsForm, zone_field


class WallClockField(forms.DateTimeField):
    """A date and a time of day as they were typed: the zone is another field's matter."""

    def to_python(self, value: Any) -> datetime | None:
        """Read the time without a zone, whichever zone the reader is in."""
        with timezone.override("UTC"):
            found = super().to_python(value)
        return found.replace(tzinfo=None) if found else None


def link_field() -> forms.URLField:
    """Make the field for the address of a meeting."""
    return forms.URLField(
        label=_("Address of the meeting"),
        help_text=_("Sent to those who sign up; it is not on the public page."),
        max_length=400,
        required=False,
        assume_scheme="https",
    )


def places_field() -> forms.IntegerField:
    """Make the field for how many people can come."""
    return forms.IntegerField(
        label=_("Places"),
        help_text=_("Leave it empty where everybody can come."),
        min_value=1,
        max_value=10_000,
        required=False,
    )


class GatheringForm(WordsForm):
    """Asks for a meeting."""

    wordings = (("title", _("Title"), SHORT, True), ("description", _("What it is about"), 5_000, False))
    starts_at = WallClockField(
        label=_("Starts"), help_text=_("On the clock of the time zone below."), widget=LocalDateTimeInput()
    )
    ends_at = WallClockField(label=_("Ends"), widget=LocalDateTimeInput())
    zone = zone_field()
    link = link_field()
    places = places_field()
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


class CycleGatheringForm(GatheringForm):
    """Asks which kind of meeting of the cycle it is."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", _kinds(GatheringKind.INTRODUCTORY, GatheringKind.CHECK_IN, GatheringKind.MEETING))
        self.order_fields(["kind"])

    def clean_kind(self) -> str:
        """Take it for an introductory meeting where nothing is said."""
        return self.cleaned_data["kind"] or GatheringKind.INTRODUCTORY


def _kinds(*kinds: GatheringKind) -> list[tuple[str, Any]]:
    return [(kind.value, kind.label) for kind in kinds]


class OfProgramme(WordsForm):
    """Asks of which kind something of a programme is, and of which cycle."""

    wordings = (("title", _("Title"), SHORT, True), ("description", _("What it is about"), 5_000, False))
    kind = forms.ChoiceField(
        label=_("Kind"),
        help_text=_(
            "A check-in is seen only by those who were accepted in its cycle; other meetings by everybody."
        ),
    )
    cycle = forms.ChoiceField(label=_("Of which cycle"), required=False)

    def __init__(self, *args: Any, cycles: Iterable[Cycle], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cycles = {str(cycle.pk): cycle for cycle in cycles}
        offer(self, "kind", _kinds(GatheringKind.MEETING, GatheringKind.CHECK_IN, GatheringKind.INTRODUCTORY))
        # Translators: beside the names of cycles, for a meeting that belongs to none of them.
        everybody = ("", _("The programme as a whole"))
        offer(self, "cycle", [everybody, *((key, str(cycle)) for key, cycle in self.cycles.items())])
        self.order_fields(["kind", "cycle"])

    def clean(self) -> dict[str, Any]:
        """Find the cycle. A check-in without one would be seen by nobody."""
        cleaned = super().clean()
        cleaned["cycle"] = self.cycles.get(cleaned.get("cycle") or "")
        if cleaned.get("kind") == GatheringKind.CHECK_IN and cleaned["cycle"] is None:
            self.add_error("cycle", _("A check-in is for the people of a cycle: choose which."))
        return cleaned


class ProgrammeGatheringForm(OfProgramme, GatheringForm):
    """Asks for a meeting of a programme or of one of its cycles."""


class SeriesFields(WordsForm):
    """Asks how a series goes on."""

    wordings = (("title", _("Title"), SHORT, True), ("description", _("What it is about"), 5_000, False))
    first_on = forms.DateField(
        label=_("First day"),
        help_text=_("The weekday, or the day of the month, that the series keeps."),
        widget=DateInput(),
        validators=[year_in_range],
    )
    starts_time = forms.TimeField(
        label=_("Starts"),
        help_text=_("On the clock of the time zone below, in summer and in winter."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    length_minutes = forms.IntegerField(label=_("How many minutes it takes"), min_value=5, max_value=1440)
    zone = zone_field()
    rhythm = forms.ChoiceField(label=_("How often"), choices=Rhythm.choices)
    every = forms.IntegerField(
        label=_("Every how many weeks or months"), min_value=1, max_value=24, initial=1
    )
    until_on = forms.DateField(
        label=_("Last day"),
        help_text=_("Give a last day, or how many meetings, or neither where it has no end."),
        widget=DateInput(),
        validators=[year_in_range],
        required=False,
    )
    count = forms.IntegerField(label=_("How many meetings"), min_value=1, max_value=500, required=False)
    link = link_field()
    places = places_field()

    def clean(self) -> dict[str, Any]:
        """Refuse two ends, and an end before the beginning."""
        cleaned = super().clean()
        first, last = cleaned.get("first_on"), cleaned.get("until_on")
        if last and cleaned.get("count"):
            self.add_error("count", _("There is a last day already: leave one of the two empty."))
        if first and last and last < first:
            self.add_error("until_on", _("The last day is before the first."))
        return cleaned


class NewSeriesForm(OfProgramme, SeriesFields):
    """Asks for a new series."""


class SeriesForm(SeriesFields):
    """Asks what changes about a series; `agreed` says that the reader has seen who is told."""

    version = VersionField()
    agreed = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)


def shown(gathering: Gathering) -> dict[str, Any]:
    """Return a gathering's values as its form shows them: on the organisers' clock."""
    clock = zone(gathering.zone)
    return {
        "starts_at": gathering.starts_at.astimezone(clock).replace(tzinfo=None),
        "ends_at": gathering.ends_at.astimezone(clock).replace(tzinfo=None),
        "zone": gathering.zone,
        "link": gathering.link,
        "places": gathering.places,
        "version": gathering.version,
    }


def series_shown(series: Series, fields: Sequence[str]) -> dict[str, Any]:
    """Return a series' values as its form shows them."""
    return {name: getattr(series, name) for name in fields} | {"version": series.version}
