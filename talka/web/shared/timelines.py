"""The timeline of a cycle as pages show it: a picture and a list, with "you are here"."""

from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_interval
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from talka.kernel.windows import zone
from talka.kernel.wording import Wording
from talka.papers import charts
from talka.programmes.models import Cycle, Stage
from talka.web.templatetags.words import locale, said

NARROW = 340
"""How wide the picture is on a phone, so that its words keep their size."""


@dataclass(frozen=True)
class Row:
    """A stage in the list beside the picture."""

    stage: Stage
    description: Wording
    is_now: bool


@dataclass(frozen=True)
class Timeline:
    """What the template `shared/timeline.html` draws."""

    wide: SafeString
    narrow: SafeString
    rows: tuple[Row, ...]


def today_in(zone_name: str, now: datetime) -> date:
    """Return the day it is in the zone."""
    return now.astimezone(zone(zone_name)).date()


def timeline_of(cycle: Cycle, *, now: datetime) -> Timeline | None:
    """Draw the stages of a cycle for the reader, or return None when it has none.

    Which day it is, is asked in the programme's own zone.
    """
    stages = sorted(cycle.stages.all(), key=lambda stage: stage.position)
    if not stages:
        return None
    today = today_in(cycle.programme.zone, now)
    described = {stage.key: stage.description for stage in cycle.plan.stages}
    rows = tuple(Row(stage, described.get(stage.key, {}), stage.is_on(today)) for stage in stages)
    wide, narrow = (_drawn(cycle, stages, today=today, width=width) for width in (charts.WIDTH, NARROW))
    return Timeline(wide, narrow, rows)


def _drawn(cycle: Cycle, stages: list[Stage], *, today: date, width: int) -> SafeString:
    drawing = charts.timeline(
        [charts.Stage(said(stage.name), stage.starts_on, stage.ends_on, span(stage)) for stage in stages],
        today=today,
        here=_("You are here"),
        title=_("Timeline: %(cycle)s") % {"cycle": cycle},
        description=_("The stages of the cycle, one below the other. The same dates are in the list."),
        key=f"timeline-{cycle.pk}-{width}",
        direction="rtl" if get_language_bidi() else "ltr",
        width=width,
    )
    return mark_safe(drawing)  # noqa: S308  (drawn by our own papers, texts escaped)


def span(stage: Stage) -> str:
    """Write the days of a stage in short, as the reader's language does: 1 – 28 Feb 2027."""
    return str(format_interval(stage.starts_on, stage.ends_on, "yMMMd", locale=locale()))
