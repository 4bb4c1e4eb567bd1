"""Figures of a cycle in the reader's words: a list of facts, and tables with a chart each."""

from dataclasses import dataclass
from typing import Any, Literal

from babel.numbers import format_decimal
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _

from talka.impact.figures import Cell, Figures, Number, Table
from talka.kernel.speech import noted
from talka.kernel.wording import Said, say
from talka.papers.charts import WIDTH, Bar, bar_chart
from talka.reports.lifecycle import StepStatus
from talka.reports.models import GoalsMet
from talka.web.templatetags.words import country_name, locale, money

Words = str | Promise

# Narrow enough that a phone need not shrink its letters.
ON_A_PAGE = 400

NUMBERS: dict[str, Words] = {
    "applied": gettext_lazy("Communities that applied"),
    "took_part": gettext_lazy("Communities that took part"),
    "countries": gettext_lazy("Countries they come from"),
    "exchanges": gettext_lazy("Exchanges that took place"),
    "days": gettext_lazy("Days spent together on site"),
    "steps": gettext_lazy("Next steps promised"),
    "cost": gettext_lazy("Cost"),
}
TITLES: dict[str, tuple[Words, Words, Words]] = {
    # Title of the table, heading of its first column, heading of its second.
    "countries": (
        gettext_lazy("Where the communities are"),
        gettext_lazy("Country"),
        gettext_lazy("Communities"),
    ),
    "topics": (gettext_lazy("What was learnt"), gettext_lazy("Topic"), gettext_lazy("Exchanges")),
    "origins": (
        gettext_lazy("How the partners met"),
        gettext_lazy("How they met"),
        gettext_lazy("Exchanges"),
    ),
    "goals_met": (
        gettext_lazy("Were the learning goals met?"),
        gettext_lazy("In the coordinators' view"),
        gettext_lazy("Exchanges"),
    ),
    "steps": (
        gettext_lazy("What became of the next steps"),
        gettext_lazy("Status"),
        gettext_lazy("Next steps"),
    ),
    "outcomes": (
        gettext_lazy("How it went for those who applied"),
        gettext_lazy("In the end"),
        gettext_lazy("Communities"),
    ),
    "costs": (gettext_lazy("What it cost"), gettext_lazy("Kind of cost"), gettext_lazy("Amount")),
}
ANSWERS = (gettext_lazy("Answer"), gettext_lazy("Reports"))
OPTIONS: dict[str, Words] = {
    "took_part": gettext_lazy("Took part"),
    "accepted": gettext_lazy("Accepted, without an exchange"),
    "waiting": gettext_lazy("Waiting list"),
    "declined": gettext_lazy("Declined"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "undecided": gettext_lazy("Not decided"),
    "agreed_beforehand": gettext_lazy("Agreed beforehand"),
    "suggested": gettext_lazy("Suggested by the programme"),
    "yes": gettext_lazy("Yes"),
    "no": gettext_lazy("No"),
}


@dataclass(frozen=True)
class Fact:
    """A figure alone, in words."""

    key: str
    label: str
    text: str


@dataclass(frozen=True)
class Line:
    """A line of a table: what, how much in words, and how much to draw."""

    label: Said
    text: str
    value: float


@dataclass(frozen=True)
class Shown:
    """A table in words; without lines where there were too few answers."""

    key: str
    title: Said
    header: tuple[str, str]
    lines: tuple[Line, ...]
    note: str

    def chart(self, *, key: str = "", width: int = WIDTH) -> str:
        """Draw the table as bars, in the reading direction of the language."""
        direction: Literal["ltr", "rtl"] = "rtl" if get_language_bidi() else "ltr"
        bars = [Bar(noted(line.label), line.value, line.text) for line in self.lines]
        named = {"title": noted(self.title), "description": self.described, "key": key or self.key}
        return bar_chart(bars, **named, direction=direction, width=width)

    @property
    def described(self) -> str:
        """Tell the table in a sentence, for whoever does not see the chart."""
        return "; ".join(f"{noted(line.label)}: {line.text}" for line in self.lines)

    @property
    def drawing(self) -> SafeString:
        """Return the chart for a page: our own SVG, in which every text is escaped."""
        return mark_safe(self.chart(width=ON_A_PAGE))  # noqa: S308


def facts_of(figures: Figures) -> list[Fact]:
    """Put the numbers of the figures into words; what is hidden is left out."""
    told = [number for number in figures.numbers if number.value is not None]
    return [Fact(one.key, str(NUMBERS[one.key]), _number_text(one, figures)) for one in told]


def _number_text(number: Number, figures: Figures) -> str:
    if number.key == "cost":
        return money(number.value, figures.currency)
    text = _whole(number.value)
    # Translators: a number of communities, where a few more are not told.
    return _("at least %(number)s") % {"number": text} if number.at_least else text


def _whole(value: Any) -> str:
    return format_decimal(value, locale=locale())


def tables_of(figures: Figures) -> list[Shown]:
    """Put the tables of the figures into words; one with nothing to say is left out."""
    return [_shown(table, figures) for table in figures.tables if table.withheld or _says_something(table)]


def all_tables_of(figures: Figures) -> list[Shown]:
    """Put every table of the figures into words, also one in which nobody chose anything."""
    return [_shown(table, figures) for table in figures.tables]


def _says_something(table: Table) -> bool:
    return any(cell.value != 0 for cell in table.cells)


def _shown(table: Table, figures: Figures) -> Shown:
    language = get_language() or "en"
    if table.title is not None:
        title, header = say(table.title, language), tuple(str(words) for words in ANSWERS)
    else:
        words = TITLES[table.key]
        title, header = _ours(words[0]), (str(words[1]), str(words[2]))
    lines = tuple(_line(table, cell, figures) for cell in table.cells)
    return Shown(table.key, title, (header[0], header[1]), lines, _note(table))


def _note(table: Table) -> str:
    if table.withheld:
        return _(
            "There were too few answers to publish them: nobody's answer can be guessed from a small number."
        )
    if any(cell.value is None for cell in table.cells):
        return _("Small numbers are not told exactly, so that nobody's answer can be guessed.")
    return ""


def _line(table: Table, cell: Cell, figures: Figures) -> Line:
    label = say(cell.label, get_language() or "en") if cell.label else _ours(_label(table, cell))
    if cell.value is None:
        # Translators: instead of a small number, in a table of counts.
        return Line(label, _("fewer than %(number)s") % {"number": _whole(figures.per_option)}, 0)
    if table.key == "costs":
        return Line(label, money(cell.value, figures.currency), float(cell.value))
    return Line(label, _whole(cell.value), float(cell.value))


def _ours(words: Words) -> Said:
    """Say words of the house, which gettext has put into the reader's language."""
    return Said(str(words), get_language() or "en")


def _label(table: Table, cell: Cell) -> str:
    if table.key == "countries":
        return country_name(cell.key)
    if table.key == "goals_met":
        return str(GoalsMet(cell.key).label)
    if table.key == "steps":
        return str(StepStatus(cell.key).label)
    return str(OPTIONS.get(cell.key, cell.key))
