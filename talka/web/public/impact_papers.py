"""An impact report as it leaves: PDF, wikitext, CSV and JSON, from the same frozen figures."""

from typing import Any

from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from talka.impact.figures import canonical, read
from talka.impact.models import ImpactReport
from talka.kernel.locales import direction_of, language_called
from talka.kernel.speech import noted
from talka.kernel.wording import Said, say
from talka.papers.pdf import FONTS, write_pdf
from talka.papers.tables import write_csv
from talka.papers.wikitext import escape, heading, table
from talka.web.shared.impact_words import Shown, facts_of, tables_of
from talka.web.templatetags.words import day, fallback


def title_of(report: ImpactReport) -> str:
    """Return the title of a report, the same everywhere."""
    names = {"programme": report.cycle.programme, "cycle": report.cycle}
    return _("%(programme)s, %(cycle)s: what it has changed") % names


def _published(report: ImpactReport) -> str:
    names = {"number": report.number, "day": day(report.published_at.date())}
    return _("Impact report %(number)s, published on %(day)s") % names


def _introduction(report: ImpactReport) -> Said:
    return say(report.introduction, get_language() or "en")


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def _by_whom(story: dict[str, Any]) -> str:
    if not story["partner"]:
        return str(story["community"])
    names = {"community": story["community"], "partner": story["partner"]}
    return _("%(community)s, after the visit with %(partner)s") % names


def _sealed(report: ImpactReport) -> str:
    return _("Seal of the figures (SHA-256): %(seal)s") % {"seal": report.seal}


def as_pdf(report: ImpactReport) -> bytes:
    """Write a report as a tagged PDF in the reader's language."""
    figures = read(report.figures)
    introduction = _introduction(report)
    shown = [one for one in tables_of(figures) if one.lines]
    data = {
        "lang": get_language() or "en",
        "dir": "rtl" if get_language_bidi() else "ltr",
        "title": title_of(report),
        "period": _published(report),
        "publisher": str(report.cycle.programme),
        "summary_note": fallback(introduction),
        "summary": [_worded(introduction, part) for part in _paragraphs(introduction.text)],
        "figures": {
            "heading": _("In figures"),
            "header": [_("What"), _("How many")],
            "rows": [[fact.label, fact.text] for fact in facts_of(figures)],
        },
        "charts": [{"title": _worded(one.title), "svg": one.chart(), "alt": one.described} for one in shown],
        "tables": [_pdf_table(one) for one in shown],
        "stories": {
            "heading": _("Stories"),
            "items": [
                {
                    "title": story["community"],
                    "paragraphs": _paragraphs(story["text"]),
                    "attribution": _by_whom(story),
                }
                for story in report.stories
            ],
        },
        "notes": [*_withheld_notes(tables_of(figures)), _sealed(report)],
    }
    return write_pdf("impact_report", data=data, font_folder=FONTS)


def _worded(said: Said, part: str = "") -> str | dict[str, str]:
    """Write a text, or a part of it, for a paper; a fall-back with what the paper needs to mark it."""
    if not said.is_fallback:
        return part or said.text
    return {
        "text": part or said.text,
        "lang": said.language,
        "dir": direction_of(said.language),
        # Before the parts of a long text stands one sentence for all of them.
        "mark": "" if part else language_called(said.language, get_language() or "en"),
    }


def _pdf_table(shown: Shown) -> dict[str, Any]:
    rows = [[_worded(line.label), line.text] for line in shown.lines]
    return {
        "title": _worded(shown.title),
        "header": list(shown.header),
        "rows": rows,
        "numbers": [1],
        "note": shown.note,
    }


def _withheld_notes(tables: list[Shown]) -> list[str]:
    return [f"{noted(one.title)}: {one.note}" for one in tables if not one.lines]


def as_wikitext(report: ImpactReport) -> str:
    """Write a report as wikitext, to be put on a page of Meta."""
    figures = read(report.figures)
    facts = [(fact.label, fact.text) for fact in facts_of(figures)]
    introduction = _introduction(report)
    above = [_published(report), fallback(introduction), *_paragraphs(introduction.text)]
    parts = [f"{escape(words)}\n" for words in above if words]
    parts += [heading(_("In figures")), table([_("What"), _("How many")], facts, caption=title_of(report))]
    for one in tables_of(figures):
        parts.append(heading(noted(one.title), 3))
        if one.lines:
            rows = [(noted(line.label), line.text) for line in one.lines]
            parts.append(table(one.header, rows, caption=noted(one.title)))
        if one.note:
            parts.append(f"{escape(one.note)}\n")
    if report.stories:
        parts.append(heading(_("Stories")))
    for story in report.stories:
        parts.append(heading(_by_whom(story), 3))
        parts += [f"{escape(words)}\n" for words in _paragraphs(story["text"])]
    return "\n".join([*parts, f"{escape(_sealed(report))}\n"])


def as_csv(report: ImpactReport) -> bytes:
    """Write the figures as one table for spreadsheets; a hidden one says below what it lies."""
    figures = read(report.figures)
    rows: list[tuple[Any, ...]] = [
        ("numbers", one.key, one.value, "at least" if one.at_least else "")
        for one in figures.numbers
        if one.value is not None
    ]
    for one in figures.tables:
        if one.withheld:
            rows.append((one.key, "", None, "withheld"))
        for cell in one.cells:
            hidden = cell.value is None
            rows.append((one.key, cell.key, cell.value, f"fewer than {figures.per_option}" if hidden else ""))
    return write_csv(("table", "option", "value", "note"), rows)


def as_json(report: ImpactReport) -> str:
    """Write everything that was published, in the one way in which equal data gives equal text."""
    return canonical(
        {
            "programme": report.cycle.programme.slug,
            "cycle": report.cycle.slug,
            "number": report.number,
            "published_at": report.published_at.isoformat(),
            "introduction": report.introduction,
            "figures": report.figures,
            "stories": [
                {key: story[key] for key in ("community", "partner", "text")} for story in report.stories
            ],
            "seal": report.seal,
        }
    )
