"""The workbooks of a matching: who is matched with whom, and who with nobody."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from talka.jobs.spreadsheets.findings import Findings, Found
from talka.papers.tables import write_xlsx


def matches_book(findings: Findings) -> bytes:
    """Return the workbook of the pairs: one sheet with all that speaks for them, one with who comes next."""
    parts = [str(line.name) for line in findings.pairs[0].lines] if findings.pairs else []
    header = [
        *_ends(),
        _("Fit (of 100)"),
        _("Points"),
        _("Priority"),
        _("Decided by hand"),
        _("Rules it breaks"),
        # Translators: the points that a pair has for a part, such as "Language: points".
        *(_("%(part)s: points") % {"part": part} for part in parts),
        _("Why"),
    ]
    rows = [
        [
            *_people(pair),
            pair.fit,
            pair.points,
            pair.priority,
            _("yes") if pair.is_locked else "",
            " ".join(pair.broken),
            *_points(pair, parts),
            " ".join(line.words for line in pair.lines if line.points),
        ]
        for pair in findings.pairs
    ]
    return write_xlsx({_("Matches"): (header, rows), _("Alternates"): _alternates(findings)})


def _alternates(findings: Findings) -> tuple[list[str], list[list[object]]]:
    """Return the sheet of who could come in for a mentor who falls out."""
    # Translators: heading of a column: 1 for the first to ask, 2 for the second.
    header = [*_ends(), pgettext("alternates", "Order"), _("Fit (of 100)"), _("Why")]
    seen: dict[tuple[str, str], list[object]] = {}
    for pair in findings.pairs:
        for order, other in enumerate(pair.alternates, start=1):
            why = " ".join(line.words for line in other.lines if line.points)
            seen.setdefault((other.learner_id, other.mentor_id), [*_people(other), order, other.fit, why])
    return header, list(seen.values())


def unmatched_book(findings: Findings) -> bytes:
    """Return the workbook of who has no partner: why, what would help, and how the partners became fewer."""
    steps = [step for step, _count in findings.left[0].funnel] if findings.left else []
    header = [
        _("Name"),
        _("Id"),
        _("Role"),
        _("Why"),
        _("Smallest change"),
        # Translators: how many partners were left after each rule, such as "Left: and share a language".
        *(_("Left: %(step)s") % {"step": step} for step in steps),
    ]
    rows = [
        [
            one.name,
            one.key,
            _("learner") if one.learns else _("mentor"),
            one.reason,
            one.change,
            *(count for _step, count in one.funnel),
        ]
        for one in findings.left
    ]
    return write_xlsx({_("Unmatched"): (header, rows)})


def _ends() -> list[str]:
    return [_("Learner"), _("Id of the learner"), _("Mentor"), _("Id of the mentor")]


def _people(pair: Found) -> list[object]:
    return [pair.learner, pair.learner_id, pair.mentor, pair.mentor_id]


def _points(pair: Found, parts: list[str]) -> list[object]:
    points = {str(line.name): line.points for line in pair.lines}
    return [points.get(part, "") for part in parts]
