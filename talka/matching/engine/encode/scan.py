"""The best teachers for each learner, without looking at all of them closely.

For every capacity a learner needs there is a list of who answers it and how well. What the lists say of a
teacher is added up; the rest of the score is at first taken to be as high as it can be. Then one rule and
part after the other is judged, and the bound falls. A teacher whose bound falls below the worst of the best
so far is left; whoever is not has a bound that is the score.

This is done with a block of teachers at a time, which each stage makes shorter. The loops index, add and
compare, nothing else, so that the same source runs on lists of Python integers and, compiled, on arrays.
"""

from typing import Any, NamedTuple

from talka.matching.engine.compiled import compiled

NEVER = -(1 << 60)
"""Points of a pair that breaks a hard rule: no score makes up for them."""
GRADES = 75
"""How an offer answers a need: one of 3 nearnesses, 5 levels, and 5 levels of the highest of the offers."""
SUM, SHARES = 20, 10
"""Bits of a sum of fits (at most 600 shares of 1000), and of a sum of shares."""
FIT_MASK, SHARE_MASK = (1 << SUM) - 1, (1 << SHARES) - 1
ABOVE = 2 * SUM + SHARES
LEVELS = 7
WORD_BITS, BIT_MASK = 6, 63
"""A word has 64 bits."""
FIRST_BLOCK, BLOCK = 128, 2048
"""Teachers judged before the first look at the worst of the best, and at most between two."""
UNKNOWN = -1
WEEKDAYS = 7
WEEK = 2 * WEEKDAYS + 2
"""Words of a week: an even sixteen, so that none is apart from the others in memory."""


class Topics(NamedTuple):
    """What learners need, and who answers it. Need `n` is of a kind and has the list `wanted[n]`."""

    firsts: Any
    kinds: Any
    wanted: Any
    wholes: Any
    starts: Any
    who: Any
    grades: Any
    worths: Any


class Tables(NamedTuple):
    """Points that depend on little: one table each, by the codes of learner and teacher."""

    points: Any
    firsts: Any
    widths: Any
    learner_codes: Any
    teacher_codes: Any


class Talks(NamedTuple):
    """Languages. A learner has codes with a level spoken and a level understood, from `firsts` on; a teacher
    has a bit in a row for each code and level. The first row has all who said any.

    `points` are by level, the last if unknown. Below `lowest` no level matters; if `is_hard`, nobody does.
    """

    firsts: Any
    codes: Any
    spoken: Any
    heard: Any
    they_speak: Any
    they_hear: Any
    lowest: int
    is_hard: int
    points: Any


class Dates(NamedTuple):
    """Windows as days; `points` by days in a row, the last if unknown. An empty row of UNKNOWN is unknown."""

    learner_firsts: Any
    learner_days: Any
    teacher_firsts: Any
    teacher_days: Any
    points: Any


class Hours(NamedTuple):
    """Lanes of the kinds of days, by the code of a party, and how many days of each kind there are.

    In `weeks` each party has for each weekday a word of when it can on any such day, and one of when it can
    on every such day; at the end a word that is 0 if it did not say. `points` by days, the last if unknown.
    """

    counts: Any
    lanes: Any
    learner_codes: Any
    teacher_codes: Any
    week_counts: Any
    learner_weeks: Any
    teacher_weeks: Any
    points: Any


class Pairs(NamedTuple):
    """Points of single pairs, by learner: wishes, earlier partners, bans."""

    firsts: Any
    teachers: Any
    points: Any


class Most(NamedTuple):
    """The most that each learner can get from a stage, and what is theirs whoever the teacher is."""

    always: Any
    pairs: Any
    tables: Any
    talks: Any
    dates: Any
    hours: Any


class Sheets(NamedTuple):
    """All of it. `everyone` are the teachers to look at; `near` and `level` are the weights of the topics."""

    topics: Topics
    tables: Tables
    talks: Talks
    dates: Dates
    hours: Hours
    pairs: Pairs
    most: Most
    learner_marks: Any
    teacher_marks: Any
    everyone: Any
    inverses: Any
    near: int
    level: int
    needs_topic: int
    needs_above: int


class Space(NamedTuple):
    """Where a search writes: sums and points by teacher, who was met, a block of them with bounds, whom one
    can talk with at each level, and the heap."""

    sums: Any
    extra: Any
    met: Any
    block: Any
    bounds: Any
    reached: Any
    other: Any
    scores: Any
    ties: Any
    teachers: Any


@compiled
def meet(topics: Topics, learner: int, sums: Any, met: Any) -> int:
    """Add up how well each teacher answers the needs of the learner, and return how many were met."""
    starts, who, grades, worths = topics.starts, topics.who, topics.grades, topics.worths
    count = 0
    for need in range(topics.firsts[learner], topics.firsts[learner + 1]):
        kind, wanted = topics.kinds[need] * GRADES, topics.wanted[need]
        for place in range(starts[wanted], starts[wanted + 1]):
            teacher = who[place]
            before = sums[teacher]
            met[count] = teacher
            if before == 0:
                count += 1
            sums[teacher] = before + worths[kind + grades[place]]
    return count


@compiled
def by_tables(tables: Tables, most: int, learner: int, space: Space, count: int, least: int) -> int:
    """Let the bounds of a block fall by what the tables say, and return how many remain."""
    block, bounds = space.block, space.bounds
    points, firsts, widths = tables.points, tables.firsts, tables.widths
    mine, yours = tables.learner_codes, tables.teacher_codes
    kinds = len(widths)
    left = 0
    for place in range(count):
        teacher = block[place]
        bound = bounds[place] - most
        for table in range(kinds):
            row = firsts[table] + mine[learner * kinds + table] * widths[table]
            bound += points[row + yours[teacher * kinds + table]]
        block[left] = teacher
        bounds[left] = bound
        if bound >= least:
            left += 1
    return left


@compiled
def reach(talks: Talks, learner: int, reached: Any, other: Any) -> None:
    """Mark whom the learner can talk with at each level: both understand what the other speaks."""
    they_speak, they_hear = talks.they_speak, talks.they_hear
    clear(reached[0])
    join(reached[0], they_speak[0])
    for level in range(talks.lowest, LEVELS):
        clear(reached[level])
        clear(other)
        for place in range(talks.firsts[learner], talks.firsts[learner + 1]):
            row = talks.codes[place] * LEVELS + level
            if talks.spoken[place] >= level:
                join(reached[level], they_hear[row])
            if talks.heard[place] >= level:
                join(other, they_speak[row])
        keep_common(reached[level], other)


@compiled
def clear(row: Any) -> None:
    """Set no bit of a row."""
    for word in range(len(row)):
        row[word] = 0


@compiled
def join(row: Any, other: Any) -> None:
    """Set the bits of a row that another has, beside its own."""
    for word in range(len(row)):
        row[word] |= other[word]


@compiled
def keep_common(row: Any, other: Any) -> None:
    """Leave the bits of a row that another has too."""
    for word in range(len(row)):
        row[word] &= other[word]


@compiled
def by_talk(talks: Talks, most: int, learner: int, space: Space, count: int, least: int) -> int:
    """Let the bounds of a block fall by the level at which each understands what the other speaks."""
    points, lowest = talks.points, talks.lowest
    block, bounds, reached = space.block, space.bounds, space.reached
    is_known = talks.firsts[learner] < talks.firsts[learner + 1]
    left = 0
    for place in range(count):
        teacher = block[place]
        word, bit = teacher >> WORD_BITS, teacher & BIT_MASK
        level = LEVELS
        if is_known and reached[0][word] >> bit & 1:
            level -= 1
            while level >= lowest and not reached[level][word] >> bit & 1:
                level -= 1
            if level < lowest:
                level = 0
        bound = bounds[place] - most + points[level]
        block[left] = teacher
        bounds[left] = bound
        if bound >= least:
            left += 1
    return left


@compiled
def by_dates(dates: Dates, most: int, learner: int, space: Space, count: int, least: int) -> int:
    """Let the bounds of a block fall by the longest run of days both are free."""
    block, bounds = space.block, space.bounds
    points, days, firsts = dates.points, dates.teacher_days, dates.teacher_firsts
    first, end, own = dates.learner_firsts[learner], dates.learner_firsts[learner + 1], dates.learner_days
    unknown = len(points) - 1
    left = 0
    for place in range(count):
        teacher = block[place]
        yours, your_end = firsts[teacher], firsts[teacher + 1]
        if (first < end and own[first] == UNKNOWN) or (yours < your_end and days[yours] == UNKNOWN):
            amount = unknown
        else:
            amount = min(longest_run(own, first, end, days, yours, your_end), unknown - 1)
        bound = bounds[place] - most + points[amount]
        block[left] = teacher
        bounds[left] = bound
        if bound >= least:
            left += 1
    return left


@compiled
def longest_run(days: Any, mine: int, my_end: int, others: Any, yours: int, your_end: int) -> int:
    """Return the longest run of days within two rows of windows, each in order."""
    longest = 0
    while mine < my_end and yours < your_end:
        last, other = days[mine + 1], others[yours + 1]
        longest = max(longest, min(last, other) - max(days[mine], others[yours]) + 1)
        if last < other:
            mine += 2
        else:
            yours += 2
    return longest


@compiled
def by_hours(hours: Hours, most: int, learner: int, space: Space, count: int, least: int) -> int:
    """Let the bounds of a block fall by the days on which both can begin a meeting.

    Mostly a look at the weeks of both is enough: at most so many, at least so many. Else they are counted.
    """
    points, lanes, counts, codes = hours.points, hours.lanes, hours.counts, hours.teacher_codes
    own, weeks, week_counts = hours.learner_weeks, hours.teacher_weeks, hours.week_counts
    block, bounds, unknown = space.block, space.bounds, len(points) - 1
    mine, width = learner * WEEK, 2 * len(counts)
    lane = hours.learner_codes[learner] * width
    left = 0
    for place in range(count):
        teacher = block[place]
        yours = teacher * WEEK
        bound = bounds[place] - most
        gain = points[unknown]
        if own[mine + WEEK - 1] & weeks[yours + WEEK - 1]:
            days = common_days(own, mine, weeks, yours, week_counts, 1)
            gain = points[min(days, unknown - 1)]
            if bound + gain >= least:
                days = common_days(own, mine + WEEKDAYS, weeks, yours + WEEKDAYS, week_counts, 1)
                if points[min(days, unknown - 1)] != gain:
                    days = common_days(lanes, lane, lanes, codes[teacher] * width, counts, 2)
                    gain = points[min(days, unknown - 1)]
        block[left] = teacher
        bounds[left] = bound + gain
        if bound + gain >= least:
            left += 1
    return left


@compiled
def common_days(lanes: Any, mine: int, others: Any, yours: int, counts: Any, words: int) -> int:
    """Return how many days there are of the kinds whose lanes, of one or two words, have a bit in common."""
    days = 0
    for kind in range(len(counts)):
        both = lanes[mine + kind * words] & others[yours + kind * words]
        if words > 1:
            both |= lanes[mine + kind * words + 1] & others[yours + kind * words + 1]
        days += counts[kind] if both else 0
    return days
