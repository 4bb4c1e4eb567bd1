"""Languages, dates, hours and single pairs laid out for the search: bits, days, lanes and lists."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np

from talka.matching.engine.encode.hard import joined
from talka.matching.engine.encode.hours import calendar_of, expand, kinds_of_days
from talka.matching.engine.encode.index import Parties, counted, weight_of
from talka.matching.engine.encode.languages import NATIVE, spoken, understood
from talka.matching.engine.encode.scan import (
    LEVELS,
    NEVER,
    UNKNOWN,
    WEEK,
    WEEKDAYS,
    Dates,
    Hours,
    Pairs,
    Talks,
)
from talka.matching.engine.encode.soft import FULL, wish
from talka.matching.engine.values import Party, Policy, Request, Slot

WORD = 64
NUMBERS = np.zeros(0, dtype=np.int64)
"""What a policy that does not ask leaves empty."""


HALVING = (
    (1, 0x3333333333333333),
    (2, 0x0F0F0F0F0F0F0F0F),
    (4, 0x00FF00FF00FF00FF),
    (8, 0x0000FFFF0000FFFF),
    (16, 0x00000000FFFFFFFF),
)
"""How every second bit of a word moves together. (H. S. Warren, Hacker's Delight, 2002, chapter 7.)"""


def is_asked(policy: Policy, rule: str, part: str) -> bool:
    """Tell whether the policy has the rule, or gives weight to the part."""
    return rule in policy.hard or weight_of(policy, part) > 0


def points_by_amount(policy: Policy, rule: str, part: str, least: int, fits: Iterable[int]) -> np.ndarray:
    """Return the points by an amount from 0 on, and at the end those of an amount that is not known."""
    weight, is_hard = weight_of(policy, part), rule in policy.hard
    points = [NEVER if is_hard and amount < least else weight * fit for amount, fit in enumerate(fits)]
    unknown = NEVER if is_hard and policy.unknown.get(rule) != "pass" else 0
    return np.array([*points, unknown], dtype=np.int64)


def filling(wanted: int, least: int, possible: int) -> list[int]:
    """Return the fit by an amount: up to where it is full and enough for the rule, or all there can be."""
    amounts = range(min(max(wanted, least), possible) + 1)
    return [min(FULL, FULL * amount // max(1, wanted)) for amount in amounts]


def most_of(points: np.ndarray, parties: Parties) -> np.ndarray:
    """Return the most there is for each of the parties."""
    return np.full(len(parties), max(0, int(points.max(initial=0))), dtype=np.int64)


def talks_of(learners: Parties, teachers: Parties, policy: Policy) -> tuple[Talks, np.ndarray]:
    """Return the languages as bits, and the most that each learner gets from them."""
    if not is_asked(policy, "common_language", "language"):
        rows = 2 * (NUMBERS.reshape(0, 0),)
        return Talks(*4 * (NUMBERS,), *rows, 1, 0, NUMBERS), most_of(NUMBERS, learners)
    least = max(1, policy.minimum_language_level)
    fits = [FULL * level // NATIVE for level in range(LEVELS)]
    points = points_by_amount(policy, "common_language", "language", least, fits)
    theirs = [spoken(party) for party in teachers]
    heard = [understood(party, policy) for party in teachers] if policy.understands else theirs
    codes = {code: number for number, code in enumerate(sorted({"", *chain.from_iterable(heard)}))}
    they_speak = _rows_of_bits(theirs, codes)
    own = [list(_levels(party, policy, codes)) for party in learners]
    talks = Talks(
        firsts=counted(map(len, own)),
        codes=np.array([code for levels in own for code, _, _ in levels], dtype=np.int64),
        spoken=np.array([level for levels in own for _, level, _ in levels], dtype=np.int64),
        heard=np.array([level for levels in own for _, _, level in levels], dtype=np.int64),
        they_speak=they_speak,
        they_hear=they_speak if heard is theirs else _rows_of_bits(heard, codes),
        lowest=min(least, LEVELS - 1) if "common_language" in policy.hard else 1,
        is_hard=int(points[LEVELS] == NEVER),
        points=points,
    )
    best = np.maximum.accumulate(np.maximum(points[:LEVELS], 0))
    highest = [max((language.level for language in party.languages), default=0) for party in learners]
    return talks, best[np.array(highest, dtype=np.int64)]


def _levels(party: Party, policy: Policy, codes: dict[str, int]) -> Iterator[tuple[int, int, int]]:
    """Yield the languages of a learner that matter, with the levels spoken and understood."""
    if party.languages:
        # One that is none: so that who named any is known, whatever it was.
        yield codes[""], 0, 0
    own = spoken(party)
    for code, level in understood(party, policy).items():
        if code in codes:
            yield codes[code], own.get(code, 0), level


def _rows_of_bits(teachers: Sequence[dict[str, int]], codes: dict[str, int]) -> np.ndarray:
    """Return a row of bits, one a teacher, for each language and level; the first has all who named any."""
    words = -(-len(teachers) // WORD)
    rows = np.zeros((len(codes), LEVELS, words), dtype=np.uint64)
    said = [
        (row, codes[code], level)
        for row, levels in enumerate(teachers)
        for code, level in (("", 0), *levels.items())
        if levels
    ]
    row, code, highest = np.array(said, dtype=np.int64).reshape(-1, 3).T
    bit = np.left_shift(np.uint64(1), (row % WORD).astype(np.uint64))
    for level in range(LEVELS):
        reaches = (highest >= level) & ((code == 0) == (level == 0))
        np.bitwise_or.at(rows, (code[reaches], level, row[reaches] // WORD), bit[reaches])
    return rows.view(np.int64).reshape(len(codes) * LEVELS, words)


def dates_of(learners: Parties, teachers: Parties, policy: Policy) -> tuple[Dates, np.ndarray]:
    """Return the windows as days, and the most that each learner gets from them."""
    if not is_asked(policy, "dates_overlap", "dates"):
        return Dates(NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS), most_of(NUMBERS, learners)
    mine, yours = [_days(party) for party in learners], [_days(party) for party in teachers]
    longest = max((end - start + 1 for spans in mine for start, end in spans), default=0)
    least = max(1, policy.fewest_days)
    fits = filling(policy.days_wanted, least, longest)
    points = points_by_amount(policy, "dates_overlap", "dates", least, fits)
    dates = Dates(
        learner_firsts=counted(2 * len(spans) for spans in mine),
        learner_days=_flat(mine),
        teacher_firsts=counted(2 * len(spans) for spans in yours),
        teacher_days=_flat(yours),
        points=points,
    )
    return dates, most_of(points, learners)


def _days(party: Party) -> list[tuple[int, int]]:
    """Return the windows of a party as numbers of days, first and last; one of UNKNOWN if it did not say."""
    if party.windows is None:
        return [(UNKNOWN, UNKNOWN)]
    return [(start.toordinal(), end.toordinal()) for start, end in joined(party.windows)]


def _flat(spans: list[list[tuple[int, int]]]) -> np.ndarray:
    """Return all days of all spans one after the other."""
    return np.fromiter(chain.from_iterable(chain.from_iterable(spans)), dtype=np.int64)


def hours_of(learners: Parties, teachers: Parties, policy: Policy) -> tuple[Hours, np.ndarray]:
    """Return where meetings can begin as lanes of bits, and the most that each learner gets from them."""
    calendar = calendar_of(policy)
    if calendar is None or not is_asked(policy, "hours_overlap", "hours"):
        return Hours(*8 * (NUMBERS,)), most_of(NUMBERS, learners)
    numbers: dict[tuple[tuple[Slot, ...], str], int] = {}
    my_codes, your_codes = (
        np.array([_code_of_hours(party, numbers) for party in side], dtype=np.int64)
        for side in (learners, teachers)
    )
    days, counts = kinds_of_days(calendar, {zone for _, zone in numbers})
    expanded = bytearray().join(expand(slots, zone, calendar, days) for slots, zone in numbers)
    lanes = np.frombuffer(expanded, dtype=np.int64)
    weeks = _weeks(lanes.reshape(len(numbers), len(days), 2), days)
    least = max(1, policy.fewest_meetings)
    fits = filling(policy.meetings_wanted, least, sum(counts))
    points = points_by_amount(policy, "hours_overlap", "hours", least, fits)
    hours = Hours(
        counts=np.array(counts, dtype=np.int64),
        lanes=lanes,
        learner_codes=my_codes,
        teacher_codes=your_codes,
        week_counts=np.bincount(np.array(days) % WEEKDAYS, counts, WEEKDAYS).astype(np.int64),
        learner_weeks=weeks[my_codes].ravel(),
        teacher_weeks=weeks[your_codes].ravel(),
        points=points,
    )
    return hours, most_of(points, learners)


def _weeks(lanes: np.ndarray, days: list[int]) -> np.ndarray:
    """Return the words of a week by half hours; the last row is of those who did not say."""
    weeks = np.zeros((len(lanes) + 1, WEEK), dtype=np.int64)
    weeks[:-1, WEEKDAYS:] = -1
    for number, day in enumerate(days):
        words = lanes[:, number].view(np.uint64)
        after = words >> np.uint64(1)
        weeks[:-1, day % WEEKDAYS] |= _halved(words | after)
        weeks[:-1, WEEKDAYS + day % WEEKDAYS] &= _halved(words & after)
    return weeks


def _halved(words: np.ndarray) -> np.ndarray:
    """Return every second bit of two words as one."""
    words = words & np.uint64(0x5555555555555555)
    for shift, mask in HALVING:
        words = (words | words >> np.uint64(shift)) & np.uint64(mask)
    return (words[:, 0] | words[:, 1] << np.uint64(32)).view(np.int64)


def _code_of_hours(party: Party, numbers: dict[tuple[tuple[Slot, ...], str], int]) -> int:
    """Return the number of a party's hours and zone, a new one if nobody had them yet."""
    if party.hours is None or not party.zone:
        return UNKNOWN
    return numbers.setdefault((party.hours, party.zone), len(numbers))


def pairs_of(request: Request) -> tuple[Pairs, np.ndarray]:
    """Return the points of single pairs, and the most that each learner gets from one."""
    policy = request.policy
    rows = {party.key: row for row, party in enumerate(request.learners)}
    columns = {party.key: row for row, party in enumerate(request.teachers)}
    points: dict[tuple[int, int], int] = {}
    fresh, wished = weight_of(policy, "fresh"), weight_of(policy, "wish")
    for row, column in _named(request, rows, columns, "wishes") if wished else ():
        points[row, column] = wished * wish(request.learners[row], request.teachers[column], policy)[0]
    for row, column in _named(request, rows, columns, "earlier"):
        points[row, column] = points.get((row, column), 0) - fresh * FULL
    never = [(rows[key], columns[key]) for key in rows.keys() & columns.keys()]
    never += [
        (rows[one.learner], columns[one.teacher]) for one in request.rulings if one.kind in ("lock", "ban")
    ]
    for rule, name in (("not_avoided", "avoids"), ("not_repeated", "earlier")):
        never += _named(request, rows, columns, name) if rule in policy.hard else ()
    points.update(dict.fromkeys(never, NEVER))
    ordered = sorted(points)
    firsts = np.searchsorted([row for row, _ in ordered], np.arange(len(rows) + 1)).astype(np.int64)
    most = np.zeros(len(rows), dtype=np.int64)
    for (row, _), given in points.items():
        most[row] = max(most[row], given)
    teachers = np.array([column for _, column in ordered], dtype=np.int64)
    return Pairs(firsts, teachers, np.array([points[pair] for pair in ordered], dtype=np.int64)), most


def _named(
    request: Request, rows: dict[str, int], columns: dict[str, int], name: str
) -> set[tuple[int, int]]:
    """Return the pairs of which one names the other among its wishes, earlier partners and so on."""
    mine = {
        (row, columns[key])
        for row, party in enumerate(request.learners)
        for key in getattr(party, name)
        if key in columns
    }
    yours = {
        (rows[key], column)
        for column, party in enumerate(request.teachers)
        for key in getattr(party, name)
        if key in rows
    }
    return mine | yours
