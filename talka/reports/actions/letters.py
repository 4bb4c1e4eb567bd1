"""Letters about a report, to everybody who acts for its side."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from talka.applications.queries import people_of
from talka.letters.outbox import write_letter
from talka.reports.models import FollowUp, Report
from talka.reports.queries import letter_values


def tell_side(
    key: str,
    report: Report,
    *,
    now: datetime,
    values: Mapping[str, Any] | None = None,
    about: FollowUp | None = None,
    once: str = "",
    due_at: datetime | None = None,
) -> int:
    """Write a letter to each of them, about the report unless it is about a follow-up; count the new ones."""
    said = {**letter_values(report), **(values or {})}
    written = [
        write_letter(key, to=person, values=said, about=about or report, now=now, once=once, due_at=due_at)
        for person in people_of([report.seat.application])
    ]
    return sum(letter is not None for letter in written)
