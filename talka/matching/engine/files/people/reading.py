"""A table of people, read by a policy into what the engine is asked; or every fault of it at once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from talka.matching.engine.encode.validation import LONGEST_TEXT, refuse_nonsense
from talka.matching.engine.files.faults import Fault, FaultyTable
from talka.matching.engine.files.people import cells
from talka.matching.engine.files.people.others import Entry, name_others
from talka.matching.engine.files.people.policy import PolicyFile
from talka.matching.engine.files.people.rows import Codes, Row, headings_of, ordered, quoted
from talka.matching.engine.sealing import ask
from talka.matching.engine.values import Contradiction, Party, Policy, Reason, Request

RULES_BY_COLUMN = {
    "shares_a_topic": "needs",
    "common_language": "languages",
    "dates_overlap": "dates",
    "format_agrees": "formats",
    "not_avoided": "avoids",
}
WEIGHTS_BY_COLUMN = {
    "topic": ("needs", 3),
    "level": ("needs", 1),
    "language": ("languages", 2),
    "dates": ("dates", 1),
    "wish": ("wishes", 2),
}
"""What is asked and weighed without a policy: only what the table has a column for."""
FOLLOWING = ("people.no_name", "people.no_topic")
"""Faults of each line that only follow from a missing column."""


@dataclass(frozen=True)
class Asked:
    """What the engine is asked, what is behind its keys, and what of the table was left aside.

    `topics` and `formats` are as they are spelled, by key. `notes` tell of what was read and has no effect.
    """

    request: Request
    names: Mapping[str, str]
    lines: Mapping[str, int]
    topics: Mapping[str, str]
    formats: Mapping[str, str]
    policy: PolicyFile
    ignored: tuple[str, ...] = ()
    notes: tuple[Fault, ...] = ()


@dataclass
class _Table:
    """What a table is read by, and how topics and formats are spelled in it."""

    policy: PolicyFile
    codes: Codes
    topics: dict[str, set[str]] = field(default_factory=dict)
    formats: dict[str, set[str]] = field(default_factory=dict)


def read_people(
    file: str,
    headings: Sequence[str],
    lines: Sequence[tuple[int, Mapping[str, str]]],
    policy: PolicyFile | None,
    codes: Codes,
) -> Asked:
    """Read the lines of a table. Raises FaultyTable with every fault, each with its line and column."""
    if not lines:
        raise FaultyTable([Fault(file, 1, "", Reason("people.no_rows"))])
    found, ignored = headings_of(headings, policy.columns if policy else {})
    columns = {heading.column for heading in found}
    table = _Table(policy or PolicyFile(default_policy(columns)), codes)
    missing = _missing_columns(file, columns)
    rows = [Row(file, line, given, found, table.policy.words) for line, given in lines]
    entries = [_entry(table, row) for row in rows]
    _look_for_twins(entries)
    others = name_others(entries)
    faults = [fault for row in rows for fault in row.faults]
    if missing:
        faults = [*missing, *(fault for fault in faults if fault.reason.key not in FOLLOWING)]
    request = ask(others.learners, others.teachers, table.policy.policy, others.rulings)
    lines_of = {entry.party.key: entry.row.line for entry in entries}
    faults = faults or _faults_of_whole(file, request, lines_of)
    if faults:
        raise FaultyTable(ordered(faults, headings))
    return Asked(
        request,
        _told_apart(entries),
        lines_of,
        {key: min(spellings) for key, spellings in table.topics.items()},
        {key: min(spellings) for key, spellings in table.formats.items()},
        table.policy,
        ignored,
        tuple(ordered(others.notes, headings)),
    )


def default_policy(columns: set[str]) -> Policy:
    """Return the policy of who gives none: it asks and weighs what there are columns for."""
    said = columns | ({"dates"} if "first_day" in columns else set())
    return Policy(
        hard=tuple(rule for rule, column in RULES_BY_COLUMN.items() if column in said),
        weights={part: weight for part, (column, weight) in WEIGHTS_BY_COLUMN.items() if column in said},
    )


def _missing_columns(file: str, columns: set[str]) -> list[Fault]:
    """Return the columns without which there is nothing to match."""
    wanted = (("name", {"name", "id"}), ("needs", {"needs"}), ("offers", {"offers"}))
    return [
        Fault(file, 1, name, Reason("people.column_missing", {"column": name}))
        for name, enough in wanted
        if not columns & enough
    ]


def _entry(table: _Table, row: Row) -> Entry:
    """Return who a line is about; whom they name is found later."""
    policy, codes = table.policy, table.codes
    role = cells.read_role(row)
    hours = cells.read_hours(row)
    fewest, most = cells.read_places(row)
    country = row.text("country")
    party = Party(
        key=row.text("id") or str(row.line),
        needs=cells.read_topics(row, "needs", policy.levels, policy.capacities, table.topics),
        offers=cells.read_topics(row, "offers", policy.levels, policy.capacities, table.topics),
        languages=cells.read_languages(row, policy.levels, codes.language),
        windows=cells.read_dates(row),
        formats=cells.read_formats(row, policy.formats, table.formats),
        country=codes.country(country) or country,
        region=row.text("region"),
        places=most,
        priority=cells.read_priority(row),
        newcomer=cells.read_truth(row, "newcomer"),
        fewest=fewest,
        hours=hours,
        zone=cells.read_zone(row, is_needed=hours is not None),
        kind=row.text("kind"),
    )
    name = row.text("name") or row.text("id")
    if not name:
        row.blame(row.heading("name"), "people.no_name")
    if cells.MADE_A_DATE.fullmatch(name):
        row.blame(row.heading("name"), "people.name_a_date", text=quoted(name))
    for column in ("id", "name", "country", "region", "kind"):
        if len(row.text(column)) > LONGEST_TEXT:
            row.blame(row.heading(column), "people.too_long", most=LONGEST_TEXT)
    return Entry(row, role, party, name)


def _look_for_twins(entries: Sequence[Entry]) -> None:
    """Note ids that are there twice."""
    first: dict[str, int] = {}
    for entry in entries:
        key, row = entry.party.key, entry.row
        if key in first:
            row.blame(row.heading("id"), "people.id_twice", text=quoted(key), first=first[key])
        first.setdefault(key, row.line)


def _faults_of_whole(file: str, request: Request, lines: Mapping[str, int]) -> list[Fault]:
    """Return what the engine refuses besides: what is true of no single cell."""
    try:
        refuse_nonsense(request)
    except Contradiction as contradiction:
        return [
            Fault(file, lines.get(str(reason.values.get("key")), 0), "", reason)
            for reason in contradiction.reasons
            if {"key", "learner"} & set(reason.values)  # What is wrong with the policy was told there.
        ]
    return []


def _told_apart(entries: Sequence[Entry]) -> dict[str, str]:
    """Return the names by key, with the id beside those that several people have."""
    often = Counter(entry.name for entry in entries)
    return {
        entry.party.key: f"{entry.name} ({entry.party.key})" if often[entry.name] > 1 else entry.name
        for entry in entries
    }
