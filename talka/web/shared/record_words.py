"""The lines of a programme's record, as sentences."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import ngettext, ngettext_lazy

from talka.impact.queries.record import Line

# Translators: lines of the record of a programme's work. %(name)s is a cohort, a meeting, a report.
SENTENCES: dict[str, Promise] = {
    "cycle_announce": ngettext_lazy("Announced: %(name)s", "Announced: %(name)s", "count"),
    "cycle_close": ngettext_lazy("Closed: %(name)s", "Closed: %(name)s", "count"),
    "agreed": ngettext_lazy(
        "%(count)s pair agreed to work together in %(name)s",
        "%(count)s pairs agreed to work together in %(name)s",
        "count",
    ),
    "joined": ngettext_lazy("%(count)s person joined", "%(count)s people joined", "count"),
    "asked": ngettext_lazy("%(count)s request for help", "%(count)s requests for help", "count"),
    "answered": ngettext_lazy(
        "%(count)s request for help was answered", "%(count)s requests for help were answered", "count"
    ),
    "meeting": ngettext_lazy(
        "%(name)s: %(count)s person was there", "%(name)s: %(count)s people were there", "count"
    ),
    "check_in_led": ngettext_lazy(
        "Check-in, %(name)s: %(count)s person was there",
        "Check-in, %(name)s: %(count)s people were there",
        "count",
    ),
    "begun": ngettext_lazy(
        "%(count)s pair of %(name)s agreed on a plan", "%(count)s pairs of %(name)s agreed on a plan", "count"
    ),
    "visit": ngettext_lazy("%(count)s visit of %(name)s", "%(count)s visits of %(name)s", "count"),
    "completed": ngettext_lazy(
        "%(count)s pair of %(name)s completed it", "%(count)s pairs of %(name)s completed it", "count"
    ),
    "certificate": ngettext_lazy(
        "%(count)s certificate issued in %(name)s", "%(count)s certificates issued in %(name)s", "count"
    ),
    "lesson": ngettext_lazy("Lesson published: %(name)s", "Lesson published: %(name)s", "count"),
    "stage": ngettext_lazy(
        "Initiative a stage further: %(name)s", "Initiative a stage further: %(name)s", "count"
    ),
    "impact_report": ngettext_lazy(
        "Impact report published: %(name)s", "Impact report published: %(name)s", "count"
    ),
    "work_report": ngettext_lazy("Report published: %(name)s", "Report published: %(name)s", "count"),
}


class Told(NamedTuple):
    """A line in words."""

    on: date
    words: Any
    address: str


def told(lines: Iterable[Line]) -> list[Told]:
    """Put lines of a record into sentences."""
    return [
        Told(line.on, SENTENCES[line.kind] % {"name": line.name, "count": line.count}, line.address)
        for line in lines
    ]


def counted(count: int) -> str:
    """Say how many lines a record has."""
    return ngettext("%(count)s line", "%(count)s lines", count) % {"count": count}
