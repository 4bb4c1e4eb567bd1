"""A policy in TOML: what must hold, what counts, and what the words of a table mean."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from talka.matching.engine.encode.hard import RULES
from talka.matching.engine.encode.soft import PARTS
from talka.matching.engine.encode.validation import refuse_nonsense
from talka.matching.engine.files.faults import Fault, FaultyTable
from talka.matching.engine.files.people.rows import COLUMNS, SPREAD, Codes, nearest, quoted
from talka.matching.engine.sealing import ask
from talka.matching.engine.values import Contradiction, Policy, Reason, Trip

NUMBERS = (
    "minimum_language_level",
    "fewest_days",
    "days_wanted",
    "meeting_minutes",
    "fewest_meetings",
    "meetings_wanted",
    "highest_cost",
)
TEXTS = ("title", "currency", "tie_break_seed", "zone")
LISTED = ("hard", "period")
TABLES = (
    "weights",
    "unknown",
    "capacities",
    "understands",
    "travels",
    "trips",
    "columns",
    "levels",
    "words",
)
HIGHEST_NUMBER = 1_000_000
HIGHEST_LEVEL = 6
AT = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")


@dataclass(frozen=True)
class PolicyFile:
    """A policy with what is needed to read a table by it: headings, levels and words in small letters.

    `capacities` and `formats` are all there are, by small letters, as they are spelled; none means any.
    """

    policy: Policy
    title: str = ""
    currency: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    capacities: Mapping[str, str] = field(default_factory=dict)
    formats: Mapping[str, str] = field(default_factory=dict)


class _Reading:
    """A policy being read: its text, what it says, and what is wrong with it."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        self.faults: list[Fault] = []
        self.said: dict[str, Any] = {}

    def blame(self, where: tuple[str, ...], key: str, /, **values: str | int) -> None:
        """Note a fault of a setting, of an entry of a table, or of an item of a list."""
        line = line_of(self.text, *where)
        column = where[0] if where[0] in LISTED else ".".join(where)
        self.faults.append(Fault(self.file, line, column, Reason(key, values)))

    def get(self, name: str, kind: type, expected: str, otherwise: Any) -> Any:
        """Return a setting, noting when it is of another kind."""
        value = self.said.get(name, otherwise)
        if type(value) is kind:
            return value
        self.blame((name,), f"policy.kind.{expected}")
        return otherwise

    def table(self, name: str, kind: type, expected: str) -> dict[str, Any]:
        """Return a table whose entries are all of a kind, noting and leaving out those that are not."""
        found = self.get(name, dict, "table", {})
        for key in [key for key in found if type(found[key]) is not kind]:
            self.blame((name, key), f"policy.kind.{expected}")
        return {key: value for key, value in found.items() if type(value) is kind}


def read_policy(text: str, file: str, codes: Codes) -> tuple[PolicyFile, list[Fault]]:
    """Read a policy as far as it makes sense, and every fault of it with its line.

    Raises FaultyTable when it is no TOML: then nothing can be read by it.
    """
    reading = _Reading(text, file)
    try:
        reading.said = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # Also for a number of more digits than Python reads.
        at = AT.search(str(error))
        line = int(at["line"]) if at and at["line"] else len(text.splitlines())
        said = Reason("policy.toml", {"said": AT.sub("", str(error))})
        raise FaultyTable([Fault(file, line, "", said)]) from None
    for name in reading.said:
        if name not in (*NUMBERS, *TEXTS, *LISTED, *TABLES):
            _blame_name(reading, (name,), "policy.setting", name, (*NUMBERS, *TEXTS, *LISTED, *TABLES))
    found = _policy_file(reading, codes)
    return found, sorted(reading.faults, key=lambda fault: (fault.line, fault.column))


def _policy_file(reading: _Reading, codes: Codes) -> PolicyFile:
    """Return what is said, as far as it makes sense."""
    parents = reading.table("capacities", str, "text")
    spelled = {
        name.strip().casefold(): name.strip() for name in (*parents.values(), *parents) if name.strip()
    }
    travels = reading.table("travels", str, "text")
    policy = Policy(
        hard=_rules(reading),
        weights=_weights(reading),
        unknown=reading.table("unknown", str, "text"),
        tie_break_seed=reading.get("tie_break_seed", str, "text", ""),
        parents={
            child.strip().casefold(): up.strip().casefold() for child, up in parents.items() if up.strip()
        },
        understands=_understands(reading, codes),
        period=_period(reading),
        zone=reading.get("zone", str, "text", "UTC"),
        travels={name.casefold(): who for name, who in travels.items()},
        trips=_trips(reading, codes),
        capacities=frozenset(spelled),
        **_numbers(reading),
    )
    _look_over(reading, policy)
    return PolicyFile(
        policy,
        title=reading.get("title", str, "text", ""),
        currency=reading.get("currency", str, "text", ""),
        columns=_columns(reading),
        levels=_levels(reading),
        words=_words(reading),
        capacities=spelled,
        formats={name.casefold(): name for name in travels},
    )


def _rules(reading: _Reading) -> tuple[str, ...]:
    """Return the hard rules, noting those that nobody knows or that are there twice."""
    given = reading.get("hard", list, "list", [])
    for rule in given:
        if rule not in RULES:
            _blame_name(reading, ("hard", str(rule)), "policy.rule", str(rule), RULES)
    return tuple(dict.fromkeys(rule for rule in given if rule in RULES))


def _weights(reading: _Reading) -> dict[str, int]:
    """Return the weights of the parts, noting parts that nobody knows."""
    given = reading.table("weights", int, "number")
    for part in given:
        if part not in PARTS:
            _blame_name(reading, ("weights", part), "policy.part", part, PARTS)
    if not any(given.values()):
        reading.blame(("weights",), "policy.no_weight")
    return {part: weight for part, weight in given.items() if part in PARTS}


def _numbers(reading: _Reading) -> dict[str, Any]:
    """Return the settings that are whole numbers, the rest as the engine has them."""
    found = {}
    for name in NUMBERS:
        if name in reading.said:
            most = HIGHEST_LEVEL if name == "minimum_language_level" else HIGHEST_NUMBER
            number = reading.get(name, int, "number", 0)
            if 0 <= number <= most:
                found[name] = number
            else:
                reading.blame((name,), "policy.number", most=most)
    return found


def _period(reading: _Reading) -> tuple[date, date] | None:
    """Return the days between which meetings are planned."""
    given = reading.said.get("period")
    if given is None:
        return None
    try:
        first, last = given
        days = [day if type(day) is date else date.fromisoformat(day) for day in (first, last)]
    except (TypeError, ValueError):
        reading.blame(("period",), "policy.period")
        return None
    return days[0], days[1]


def _understands(reading: _Reading, codes: Codes) -> dict[str, int]:
    """Return who understands whom, by the codes that languages are found under."""
    found = {}
    for near, level in reading.table("understands", int, "number").items():
        ends = [codes.language(end.strip()) for end in near.split(">")]
        if len(ends) != 2 or None in ends or not 0 <= level <= HIGHEST_LEVEL:
            reading.blame(("understands", near), "policy.understands", text=quoted(near))
        else:
            found[f"{ends[0]}>{ends[1]}"] = level
    return found


def _trips(reading: _Reading, codes: Codes) -> dict[str, Trip]:
    """Return what trips between countries take."""
    found = {}
    for ends, trip in reading.table("trips", dict, "trip").items():
        cost, visa = trip.get("cost", 0), trip.get("visa", False)
        places = [codes.country(end.strip()) or end.strip() for end in ends.split(">")]
        right = type(cost) is int and type(visa) is bool and set(trip) <= {"cost", "visa"} and cost >= 0
        if not right or len(places) != 2 or not all(places):
            reading.blame(("trips", ends), "policy.trip", text=quoted(ends))
        else:
            found[">".join(places)] = Trip(cost, visa)
    return found


def _columns(reading: _Reading) -> dict[str, str]:
    """Return the columns that headings stand for."""
    found = reading.table("columns", str, "text")
    for heading, target in found.items():
        column, colon, about = (part.strip() for part in target.partition(":"))
        if column not in COLUMNS:
            _blame_name(reading, ("columns", heading), "policy.column", column, COLUMNS)
        elif colon and (column not in SPREAD or not about):
            reading.blame(("columns", heading), "policy.spread", text=quoted(target))
    return {" ".join(heading.split()).casefold(): target for heading, target in found.items()}


def _levels(reading: _Reading) -> dict[str, int]:
    """Return the levels that words stand for; 0 for "not at all"."""
    found = reading.table("levels", int, "number")
    for word, level in found.items():
        if not 0 <= level <= HIGHEST_LEVEL:
            reading.blame(("levels", word), "policy.number", most=HIGHEST_LEVEL)
    return {word.casefold(): level for word, level in found.items()}


def _words(reading: _Reading) -> dict[str, str]:
    """Return the words of ours that the words of a table stand for."""
    found = {}
    for word, meant in reading.get("words", dict, "table", {}).items():
        if type(meant) not in (str, bool, int):
            reading.blame(("words", word), "policy.kind.text")
        found[" ".join(word.split()).casefold()] = str(meant).lower() if type(meant) is bool else str(meant)
    return found


def _look_over(reading: _Reading, policy: Policy) -> None:
    """Note what the engine would refuse."""
    try:
        refuse_nonsense(ask((), (), policy))
    except Contradiction as contradiction:
        for reason in contradiction.reasons:
            table, name = _ABOUT.get(reason.key, ("", ""))
            entry = reason.values.get(name)
            where = tuple(part for part in (table, entry) if isinstance(part, str) and part)
            line = line_of(reading.text, *where)
            reading.faults.append(Fault(reading.file, line, ".".join(where), reason))


_ABOUT: Mapping[str, tuple[str, str]] = {
    "matching.fault.unknown_rule": ("unknown", "rule"),
    "matching.fault.unknown_verdict": ("unknown", "rule"),
    "matching.fault.negative_weight": ("weights", "part"),
    "matching.fault.weight_too_high": ("weights", "part"),
    "matching.fault.loop_in_tree": ("capacities", "capacity"),
    "matching.fault.unknown_zone_of_policy": ("zone", ""),
    "matching.fault.meeting_range": ("meeting_minutes", ""),
    "matching.fault.no_period": ("period", ""),
    "matching.fault.period_backwards": ("period", ""),
    "matching.fault.period_too_long": ("period", ""),
    "matching.fault.unknown_traveller": ("travels", "format"),
    "matching.fault.highest_cost": ("highest_cost", ""),
}


def _blame_name(reading: _Reading, where: tuple[str, ...], key: str, text: str, known: Any) -> None:
    """Note a name that nobody knows, and the one that may have been meant."""
    like = nearest(text, known)
    if like:
        reading.blame(where, f"{key}_like", text=quoted(text), like=like)
    else:
        reading.blame(where, key, text=quoted(text))


def line_of(text: str, table: str = "", entry: str = "") -> int:
    """Return the line of a setting, or of an entry of a table or a list; 0 where it is not found."""
    under, found = "", 0
    for number, line in enumerate(text.splitlines(), start=1):
        heading = re.match(r"\s*\[\s*([^\]=\"']+?)\s*\]\s*(?:#.*)?$", line)
        name = re.match(r"\s*(\"[^\"]*\"|'[^']*'|[\w-]+)\s*=", line)
        under = heading[1] if heading else under
        said = name[1].strip("\"'").casefold() if name else ""
        if (heading and under == table) or (said == table and not under):
            found = number
        if found and entry and (said == entry.casefold() or (not under and f'"{entry}"' in line)):
            return number
    return found
