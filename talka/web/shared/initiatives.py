"""Initiatives as pages of several audiences show them: search, names, and the picture of their stages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel.dates import format_interval
from django import forms
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _

from talka.initiatives.lifecycle import InitiativeStatus
from talka.initiatives.models import Initiative
from talka.initiatives.models.initiatives import InitiativeQuerySet
from talka.initiatives.queries import Names, Told, countries_of, found_initiatives, history_of, names_in
from talka.initiatives.rules import Reached, spans
from talka.kernel.wording import Wording
from talka.papers import charts
from talka.programmes.models import Programme
from talka.web.shared.fields import offer
from talka.web.shared.timelines import NARROW, today_in
from talka.web.templatetags.words import country_name, locale, said


class InitiativeSearchForm(forms.Form):
    """What a list of initiatives can be narrowed by; all of it optional."""

    q = forms.CharField(
        label=gettext_lazy("Words"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"type": "search"}),
    )
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    model = forms.ChoiceField(label=gettext_lazy("Model"), required=False)
    stage = forms.ChoiceField(label=gettext_lazy("Stage"), required=False)
    needed = ("q", "country", "model", "stage", "status")

    def __init__(self, *args: Any, names: Names, countries: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        everything = [("", _("All"))]
        in_order = sorted(((code, country_name(code)) for code in countries), key=lambda one: one[1])
        offer(self, "country", [*everything, *in_order])
        for field, named in (("model", names.models), ("stage", names.stages)):
            offer(self, field, [*everything, *((key, said(words)) for key, words in named.items())])
        if not names.models:
            del self.fields["model"]


class OfficeInitiativeSearchForm(InitiativeSearchForm):
    """Adds what coordinators look for."""

    status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        choices=[("", gettext_lazy("All")), *InitiativeStatus.choices],
        required=False,
    )


def searched(form: InitiativeSearchForm, among: InitiativeQuerySet) -> InitiativeQuerySet:
    """Find the initiatives that a form asks for; what it cannot read, it does not ask."""
    form.is_valid()
    asked = getattr(form, "cleaned_data", {})
    filters = {name: asked.get(name, "") for name in ("country", "model", "stage", "status")}
    return found_initiatives(among, words=asked.get("q", ""), **filters)


def search_in(
    data: Any, programme: Programme, among: InitiativeQuerySet, kind: type[InitiativeSearchForm]
) -> InitiativeSearchForm:
    """Make the search form over the initiatives of a programme, with the countries that there are."""
    return kind(data, names=names_in(programme), countries=countries_of(among))


@dataclass(frozen=True)
class Listed:
    """An initiative in a list, with the words for its stage and model."""

    initiative: Initiative
    stage: Wording
    model: Wording


def listed(initiatives: Any, names: Names) -> list[Listed]:
    """Add to each initiative the words for its stage and its model."""
    return [
        Listed(one, names.stage(one.stage), names.model(one.model) if one.model else {})
        for one in initiatives
    ]


@dataclass(frozen=True)
class Row:
    """A line of the table beside the picture."""

    told: Told
    name: Wording


@dataclass(frozen=True)
class Story:
    """What pages say of the stages of an initiative: drawn, and as a table, the newest first."""

    wide: SafeString
    narrow: SafeString
    rows: tuple[Row, ...]


def story_of(initiative: Initiative, *, now: datetime) -> Story:
    """Draw the stages that an initiative has been at, for the reader."""
    names = names_in(initiative.programme)
    history = history_of(initiative, names)
    today = today_in(initiative.programme.zone, now)
    rows = tuple(Row(told, names.stage(told.change.stage)) for told in reversed(history))
    wide, narrow = (
        _drawn(initiative, history, names, today=today, width=width) for width in (charts.WIDTH, NARROW)
    )
    return Story(wide, narrow, rows)


def _drawn(
    initiative: Initiative, history: Sequence[Told], names: Names, *, today: date, width: int
) -> SafeString:
    last = initiative.heard_on if initiative.status == InitiativeStatus.ENDED else today
    reached = [Reached(told.change.stage, told.change.reached_on) for told in history]
    drawing = charts.timeline(
        [
            charts.Stage(
                said(names.stage(one.stage)), one.starts_on, one.ends_on, _span(one.starts_on, one.ends_on)
            )
            for one in spans(reached, until=last)
        ],
        today=today,
        here=_("Today"),
        title=_("Stages: %(initiative)s") % {"initiative": initiative},
        description=_("At which stage it was, from when to when. The same is in the table."),
        key=f"stages-{initiative.pk}-{width}",
        direction="rtl" if get_language_bidi() else "ltr",
        width=width,
    )
    return mark_safe(drawing)  # noqa: S308  (drawn by our own papers, texts escaped)


def _span(first: date, last: date) -> str:
    return str(format_interval(first, last, "yMMMd", locale=locale()))


def facts_of(initiative: Initiative) -> dict[str, Any]:
    """Return what every page about an initiative says of it."""
    names = names_in(initiative.programme)
    return {
        "initiative": initiative,
        "programme": initiative.programme,
        "stage": names.stage(initiative.stage),
        "model": names.model(initiative.model) if initiative.model else {},
        "called": initiative.programme.plan.initiatives,
        "language": get_language() or "en",
    }
