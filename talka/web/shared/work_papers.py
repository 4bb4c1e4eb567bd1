"""A report about work as it leaves: PDF and wikitext, from what was published."""

from typing import Any

from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from talka.impact.models import WorkReport
from talka.papers.pdf import FONTS, write_pdf
from talka.papers.wikitext import escape, heading, table
from talka.web.shared.work_words import ShownPart, shown_parts
from talka.web.templatetags.words import day


def _period(report: WorkReport) -> str:
    # Translators: the first and the last day of a report.
    return _("%(first)s – %(last)s") % {"first": day(report.starts_on), "last": day(report.ends_on)}


def _sealed(report: WorkReport) -> str:
    return _("Seal of what was published (SHA-256): %(seal)s") % {"seal": report.seal}


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def _told(report: WorkReport) -> list[ShownPart]:
    """Return the parts in which there is a figure or a word."""
    parts = shown_parts(report.figures, report.words)
    return [part for part in parts if part.words or any(count for _name, count in part.facts)]


def as_pdf(report: WorkReport) -> bytes:
    """Write a report as a tagged PDF in the reader's language."""
    parts = _told(report)
    data: dict[str, Any] = {
        "lang": get_language() or "en",
        "dir": "rtl" if get_language_bidi() else "ltr",
        "title": report.title,
        "period": _period(report),
        "publisher": str(report.programme),
        "summary": _paragraphs(report.words.get("introduction", "")),
        "parts": [
            {
                "title": str(part.heading),
                "paragraphs": _paragraphs(part.words),
                "header": [_("What"), _("How many")],
                "rows": [[str(name), str(count)] for name, count in part.facts if count],
            }
            for part in parts
        ],
        "notes": [_sealed(report)],
    }
    return write_pdf("work_report", data=data, font_folder=FONTS)


def as_wikitext(report: WorkReport) -> str:
    """Write a report as wikitext, to be put on a page of Meta."""
    above = [_period(report), *_paragraphs(report.words.get("introduction", ""))]
    parts = [f"{escape(words)}\n" for words in above]
    for part in _told(report):
        parts.append(heading(part.heading))
        parts += [f"{escape(words)}\n" for words in _paragraphs(part.words)]
        rows = [(name, count) for name, count in part.facts if count]
        if rows:
            parts.append(table([_("What"), _("How many")], rows, caption=part.heading))
    return "\n".join([*parts, f"{escape(_sealed(report))}\n"])
