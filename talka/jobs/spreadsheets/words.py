"""Faults of tables in words, each with its file, line and column."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from talka.matching.engine.files.faults import Fault
from talka.papers.plain import one_line

SENTENCES: Mapping[str, Any] = {
    "table.column_missing": _("There is no column “%(column)s”."),
    "table.broken_line": _("This is no table in CSV from here on. Save it as “CSV UTF-8”."),
    "table.cell_empty": _("This cell is empty."),
    "table.not_a_number": _("“%(text)s” is not a number. Write it like 12 or 3.5."),
    "table.too_many_digits": _("“%(text)s” is too long. Give at most %(decimals)s digits after the point."),
    "table.not_a_count": _("“%(text)s” is not a whole number from 0."),
    "table.pair_twice": _("%(learner)s and %(mentor)s have a score already, in a line above."),
    "table.with_oneself": _("%(key)s cannot be with themselves."),
    "table.no_arcs": _("%(one)s and %(other)s have no scores in both directions."),
    "table.too_many_rings": _("There are more than %(most)s rings to choose from. Leave out low scores."),
    "table.row_twice": _("%(key)s has a line already, above."),
    "table.min_above_max": _("At least %(fewest)s cannot be more than at most %(most)s."),
    "table.minima": _("These cannot all have as many as they must: %(keys)s. Lower one of their minima."),
}
MOST_FAULTS_SHOWN = 50


def sentences(
    faults: Sequence[Fault], words: Mapping[str, Any] = SENTENCES, most: int = MOST_FAULTS_SHOWN
) -> list[str]:
    """Return a line of words for each fault, as many as anybody reads at once."""
    lines = [one_line(place_of(fault) + sentence(fault, words)) for fault in faults[:most]]
    if len(faults) > most:
        lines.append(say("… and %(count)d more.") % {"count": len(faults) - most})
    return lines


def to_mend(lines: Sequence[str]) -> str:
    """Say that nothing was done, and what to mend, a line for each."""
    return "\n".join([say("Nothing was done. Please mend this first:"), *lines])


def place_of(fault: Fault) -> str:
    """Say where a fault is, as far as it is anywhere."""
    if not fault.file:
        return ""
    # Translators: where a fault is: a file, a line of it, and perhaps the name of a column.
    where = say("%(file)s, line %(line)d") if fault.line else "%(file)s"
    column = f", {fault.column}" if fault.column else ""
    return where % {"file": fault.file, "line": fault.line} + column + ": "


def sentence(fault: Fault, words: Mapping[str, Any]) -> str:
    """Put what is wrong into words."""
    values = {
        name: ", ".join(value) if isinstance(value, tuple) else value
        for name, value in fault.reason.values.items()
    }
    return str(words[fault.reason.key]) % values
