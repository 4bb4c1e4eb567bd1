"""The search itself: block by block through the stages, and a heap of the best."""

from typing import Any

from talka.matching.engine.compiled import compiled, inlined
from talka.matching.engine.encode.scan import (
    ABOVE,
    BIT_MASK,
    BLOCK,
    FIRST_BLOCK,
    FIT_MASK,
    SHARE_MASK,
    SUM,
    WORD_BITS,
    Pairs,
    Sheets,
    Space,
    by_dates,
    by_hours,
    by_tables,
    by_talk,
    meet,
    reach,
)
from talka.matching.engine.encode.ties import tie_of


@compiled
def search(sheets: Sheets, space: Space, learner: int, wanted: int) -> int:
    """Leave in the heap the best teachers of the learner, at most so many, and return how many there are.

    Better is a higher score, then a higher tie, then a lower row. Nobody is there for a score of 0 or less.
    """
    most, block, bounds, marks = sheets.most, space.block, space.bounds, sheets.teacher_marks
    scores, ties, best, mark = space.scores, space.ties, space.teachers, sheets.learner_marks[learner]
    count = meet(sheets.topics, learner, space.sums, space.met)
    teachers = sheets.everyone
    if sheets.needs_topic:
        teachers = space.met[:count]
    spread(sheets.pairs, learner, space.extra, True)
    if len(sheets.talks.points):
        reach(sheets.talks, learner, space.reached, space.other)
    size, least, first, width = 0, 1, 0, FIRST_BLOCK
    while first < len(teachers):
        left = begin(sheets, space, learner, teachers[first : first + width], least)
        first, width = first + width, min(2 * width, BLOCK)
        if len(sheets.tables.widths):
            left = by_tables(sheets.tables, most.tables[learner], learner, space, left, least)
        if len(sheets.talks.points):
            left = by_talk(sheets.talks, most.talks[learner], learner, space, left, least)
        if len(sheets.dates.points):
            left = by_dates(sheets.dates, most.dates[learner], learner, space, left, least)
        if len(sheets.hours.points):
            left = by_hours(sheets.hours, most.hours[learner], learner, space, left, least)
        for place in range(left):
            tie = tie_of(mark, marks[block[place]])
            size = keep(scores, ties, best, size, wanted, bounds[place], tie, block[place])
        if size == wanted:
            least = scores[0]
    spread(sheets.pairs, learner, space.extra, False)
    return size


@compiled
def spread(pairs: Pairs, learner: int, extra: Any, is_start: bool) -> None:
    """Lay out the points of single pairs by teacher, or take them away again."""
    for place in range(pairs.firsts[learner], pairs.firsts[learner + 1]):
        extra[pairs.teachers[place]] = pairs.points[place] if is_start else 0


@compiled
def begin(sheets: Sheets, space: Space, learner: int, teachers: Any, least: int) -> int:
    """Put into the block who may reach the least with the most of everything beside topics and pairs."""
    sums, extra, block, bounds, inverses = space.sums, space.extra, space.block, space.bounds, sheets.inverses
    near, level, whole = sheets.near, sheets.level, sheets.topics.wholes[learner]
    most = sheets.most
    rest = most.always[learner] + most.tables[learner] + most.talks[learner]
    rest += most.dates[learner] + most.hours[learner]
    highest, rate, floor = rest + most.pairs[learner] + 1, near / whole, 1 if sheets.needs_above else 0
    reached, must = space.reached[sheets.talks.lowest], sheets.talks.is_hard
    left = 0
    for teacher in teachers:
        said = sums[teacher]
        sums[teacher] = 0
        shares = said >> 2 * SUM & SHARE_MASK
        levels = said >> SUM & FIT_MASK
        # A little above what the integers below will say: enough to leave most without a division.
        bound = (said & FIT_MASK) * rate + levels * inverses[shares] * level + highest
        is_mute = must and not reached[teacher >> WORD_BITS] >> (teacher & BIT_MASK) & 1
        if is_mute | (bound < least) | (said >> ABOVE < floor):
            continue
        points = rest + extra[teacher] + near * ((said & FIT_MASK) // whole)
        if shares:
            points += level * (levels // shares)
        block[left] = teacher
        bounds[left] = points
        if points >= least:
            left += 1
    return left


@inlined
def keep(
    scores: Any, ties: Any, teachers: Any, size: int, most: int, score: int, tie: int, teacher: int
) -> int:
    """Put a teacher into the heap, the worst on top, and return how many are in it: at most so many."""
    if size == most:
        if not is_worse(score, tie, teacher, scores[0], ties[0], teachers[0]):
            sink(scores, ties, teachers, size, score, tie, teacher)
        return size
    place = size
    while place > 0:
        above = (place - 1) >> 1
        if not is_worse(score, tie, teacher, scores[above], ties[above], teachers[above]):
            break
        scores[place], ties[place], teachers[place] = scores[above], ties[above], teachers[above]
        place = above
    scores[place], ties[place], teachers[place] = score, tie, teacher
    return size + 1


@inlined
def sink(scores: Any, ties: Any, teachers: Any, size: int, score: int, tie: int, teacher: int) -> None:
    """Put a teacher in the place of the worst, and let it sink to where it belongs."""
    place = 0
    while 2 * place + 1 < size:
        below = 2 * place + 1
        other = below + 1
        if other < size and is_worse(
            scores[other], ties[other], teachers[other], scores[below], ties[below], teachers[below]
        ):
            below = other
        if is_worse(score, tie, teacher, scores[below], ties[below], teachers[below]):
            break
        scores[place], ties[place], teachers[place] = scores[below], ties[below], teachers[below]
        place = below
    scores[place], ties[place], teachers[place] = score, tie, teacher


@inlined
def is_worse(score: int, tie: int, teacher: int, other_score: int, other_tie: int, other: int) -> bool:
    """Tell whether a teacher is worse than another."""
    if score != other_score:
        return score < other_score
    if tie != other_tie:
        return tie < other_tie
    return teacher > other


@compiled
def search_all(
    sheets: Sheets, space: Space, learners: Any, most: int, counts: Any, cut: Any, teachers: Any, scores: Any
) -> None:
    """Search for each of the learners: write how many, the best score that was cut, and the list, best first.

    One more than `most` is looked for, so that what is cut is known: 0 if nothing was.
    """
    heap, heap_ties, heap_teachers = space.scores, space.ties, space.teachers
    for number in range(len(learners)):
        size = search(sheets, space, learners[number], most + 1)
        counts[number], cut[number] = min(size, most), heap[0] if size > most else 0
        while size:
            size -= 1
            if size < most:
                teachers[number * most + size] = heap_teachers[0]
                scores[number * most + size] = heap[0]
            sink(heap, heap_ties, heap_teachers, size, heap[size], heap_ties[size], heap_teachers[size])
