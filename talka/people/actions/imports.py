"""Communities out of somebody's table: first a preview that changes nothing, then all of it or nothing."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from talka.kernel.ledger import record
from talka.kernel.models import Overtaken
from talka.kernel.reasons import Reason
from talka.papers.tables import Row
from talka.people.models import Community, MeetingAttendance, SupportPeriod
from talka.people.reading import COLUMNS, Facts, Meeting, Period, Problem, heading, name_key, read_row

FIELDS = COLUMNS[1:10]


class ImportRefused(Exception):
    """The table has errors: nothing of it is taken over before they are mended."""


@dataclass(frozen=True)
class Change:
    """One fact as it is and as it would be, both as plain text."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Planned:
    """What one line would do. A new community has no key and no version yet."""

    line: int
    name: str
    facts: Facts
    changes: tuple[Change, ...]
    community: int | None = None
    version: int = 0

    @property
    def mended_from(self) -> str:
        """Return the name as the table writes it, where it was mended; nothing where it was not."""
        return self.facts.written if self.facts.written != self.facts.values["name"] else ""


@dataclass(frozen=True)
class Preview:
    """What a table would do, told before it is done."""

    new: tuple[Planned, ...] = ()
    changed: tuple[Planned, ...] = ()
    same: tuple[Planned, ...] = ()
    errors: tuple[Problem, ...] = ()
    ignored: tuple[str, ...] = ()

    @property
    def can_apply(self) -> bool:
        """Tell whether there is something to do and nothing to mend."""
        return not self.errors and bool(self.new or self.changed)

    @property
    def mark(self) -> str:
        """Return a fingerprint: two previews that would do the same have the same."""
        plain = json.dumps([_plain(planned) for planned in (*self.new, *self.changed)], ensure_ascii=True)
        return hashlib.sha256(plain.encode()).hexdigest()[:32]


def _plain(planned: Planned) -> list[Any]:
    changes = [[change.field, change.before, change.after] for change in planned.changes]
    return [planned.line, planned.community, planned.name, changes]


def read_communities(rows: Sequence[Row]) -> Preview:
    """Compare the rows of a table with the communities that are here, and write nothing.

    An empty cell never overwrites a fact; a name is compared whatever its capitals and quotation marks,
    and never changed.
    """
    if rows and "name" not in {heading(name) for name in rows[0].cells}:
        return Preview(errors=(Problem(1, "name", Reason("import.no_name_column")),))
    known = {
        name_key(community.name): community
        for community in Community.objects.prefetch_related("support_periods", "meetings_attended")
    }
    planned: list[Planned] = []
    errors: list[Problem] = []
    lines: dict[str, int] = {}
    for row in rows:
        cells = {heading(name): cell for name, cell in row.cells.items()}
        facts, problems = read_row(row.line, cells)
        if name := facts.values.get("name"):
            key = name_key(name)
            if key not in known and not cells.get("kind", "").strip():
                problems.append(Problem(row.line, "kind", Reason("import.no_kind")))
            if (first := lines.setdefault(key, row.line)) != row.line:
                problems.append(Problem(row.line, "name", Reason("import.twice", {"line": first})))
            plan, found = _compare(facts, known.get(key))
            planned.append(plan)
            problems += found
        errors += problems
    return Preview(
        new=tuple(plan for plan in planned if plan.community is None),
        changed=tuple(plan for plan in planned if plan.community and plan.changes),
        same=tuple(plan for plan in planned if plan.community and not plan.changes),
        errors=tuple(errors),
        ignored=tuple(name for name in (rows[0].cells if rows else ()) if heading(name) not in COLUMNS),
    )


def _compare(facts: Facts, community: Community | None) -> tuple[Planned, list[Problem]]:
    name = facts.values["name"] if community is None else community.name
    periods = list(community.support_periods.all()) if community else []
    meetings = list(community.meetings_attended.all()) if community else []
    changes = [
        Change(field, as_plain(before), as_plain(facts.values[field]))
        for field in FIELDS
        if facts.values.get(field) and (before := getattr(community, field, "")) != facts.values[field]
    ]
    problems = []
    for period in facts.periods:
        change, problem = _compare_period(facts.line, period, periods)
        changes += [change] if change else []
        problems += [problem] if problem else []
    changes += filter(None, (_compare_meeting(meeting, meetings) for meeting in facts.meetings))
    planned = Planned(facts.line, name, facts, tuple(changes))
    if community is not None:
        planned = replace(planned, community=community.pk, version=community.version)
    return planned, problems


def _compare_period(
    line: int, period: Period, known: Iterable[SupportPeriod]
) -> tuple[Change | None, Problem | None]:
    others = [one for one in known if one.kind == period.kind]
    before = next((one for one in others if one.starts_on == period.starts_on), None)
    if before and period.ends_on in (None, before.ends_on):
        return None, None
    for other in others:
        if other is not before and overlap(period, other):
            reason = Reason("import.period_overlaps", {"starts_on": other.starts_on.isoformat()})
            column = "recognised_from" if period.kind == "recognition" else "gsf_from"
            return None, Problem(line, column, reason)
    return Change(period.kind, _span(before), _span(period)), None


def _compare_meeting(meeting: Meeting, known: Iterable[MeetingAttendance]) -> Change | None:
    before = next((one for one in known if one.meeting == meeting.meeting), None)
    if before and before.ended_on == meeting.ended_on:
        return None
    was = f"{before.meeting} {before.ended_on}" if before else ""
    return Change("cee_meetings", was, f"{meeting.meeting} {meeting.ended_on}")


def overlap(one: Any, other: Any) -> bool:
    """Tell whether two periods have a day in common."""
    return one.starts_on <= (other.ends_on or date.max) and other.starts_on <= (one.ends_on or date.max)


def _span(period: Any) -> str:
    return f"{period.starts_on} – {period.ends_on or ''}".strip() if period else ""


def as_plain(value: Any) -> str:
    """Write a fact as one text, as a table holds it."""
    return ", ".join(value) if isinstance(value, list) else str(value or "")


def apply_import(*, preview: Preview, by: Any, now: datetime) -> int:
    """Do what the preview says, all of it or nothing; return how many communities are new or changed.

    Raises ImportRefused when the table has errors, and Overtaken when something
    changed since it was read.
    """
    if preview.errors:
        raise ImportRefused
    try:
        with transaction.atomic():
            for planned in (*preview.new, *preview.changed):
                _take_over(planned, by=by, now=now)
    except IntegrityError as error:
        raise Overtaken("a community or period of the table is already here") from error
    return len(preview.new) + len(preview.changed)


def _take_over(planned: Planned, *, by: Any, now: datetime) -> None:
    changed: Mapping[str, Any] = {
        change.field: planned.facts.values[change.field]
        for change in planned.changes
        if change.field in FIELDS
    }
    if planned.community is None:
        community = Community.objects.create(name=planned.name, **changed)
    else:
        community = Community(pk=planned.community, **changed)
        community.save_version(planned.version, list(changed))
    for period in planned.facts.periods:
        ends = {"ends_on": period.ends_on} if period.ends_on else {}
        community.support_periods.update_or_create(
            kind=period.kind, starts_on=period.starts_on, defaults=ends
        )
    for meeting in planned.facts.meetings:
        community.meetings_attended.update_or_create(
            meeting=meeting.meeting, defaults={"ended_on": meeting.ended_on}
        )
    record(community, "import", by=by, now=now)
