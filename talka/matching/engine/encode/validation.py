"""What is refused before anything is counted, with every fault at once and the party it is about."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import chain
from zoneinfo import available_timezones

from talka.matching.engine.encode.hard import RULES
from talka.matching.engine.encode.hours import LONGEST_MEETING, LONGEST_PERIOD, MINUTES_A_DAY, QUARTER
from talka.matching.engine.encode.soft import PARTS
from talka.matching.engine.encode.trips import TRAVELLERS
from talka.matching.engine.values import Contradiction, Party, Policy, Reason, Request, Side, Slot

LONGEST_TEXT = 200
"""Characters of a key, a code or a name."""
MOST_TOPICS = 100
MOST_OTHERS = 1000
"""How many languages, windows, slots, wishes and so on a party may have."""
MOST_PLACES = 1_000_000
HIGHEST_WEIGHT = 1_000_000
LANGUAGE = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*(?:-[a-wyz\d](?:-[a-z\d]{2,8})+)*(?:-x(?:-[a-z\d]{1,8})+)?"
    r"|x(?:-[a-z\d]{1,8})+",
    re.IGNORECASE | re.ASCII,
)
"""A well-formed tag by BCP 47 (RFC 5646, section 2.1), without the irregular ones of before 2006."""


def refuse_nonsense(request: Request) -> None:
    """Raise Contradiction, naming every fault, unless the request can be answered."""
    policy = request.policy
    faults = [*_faults_of_policy(policy), *_faults_of_meetings(policy), *_faults_of_travel(policy)]
    faults.extend(_faults_of_rulings(request))
    for side, parties in ((Side.LEARNS, request.learners), (Side.TEACHES, request.teachers)):
        for key, count in Counter(party.key for party in parties).items():
            if count > 1:
                faults.append(Reason("matching.fault.key_twice", {"key": short(key), "side": side.value}))
        for party in parties:
            faults.extend(_faults_of_party(party, policy))
    if faults:
        raise Contradiction(tuple(faults))


def short(text: str) -> str:
    """Return a text as a reason may carry it, however long it was."""
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"


def is_language(code: str) -> bool:
    """Tell whether a text is a well-formed tag of a language."""
    return len(code) <= LONGEST_TEXT and LANGUAGE.fullmatch(code) is not None


@cache
def zones() -> frozenset[str]:
    """Return the names of all zones there are."""
    return frozenset(available_timezones())


def _faults_of_policy(policy: Policy) -> Iterator[Reason]:
    """Yield unknown names, weights that cannot be and loops in the tree of capacities."""
    for rule in [*policy.hard, *policy.unknown]:
        if rule not in RULES:
            yield Reason("matching.fault.unknown_rule", {"rule": rule})
    for rule, verdict in policy.unknown.items():
        if verdict not in ("pass", "fail"):
            yield Reason("matching.fault.unknown_verdict", {"rule": rule, "verdict": verdict})
    for part, weight in policy.weights.items():
        if part not in PARTS:
            yield Reason("matching.fault.unknown_part", {"part": part})
        if weight < 0:
            yield Reason("matching.fault.negative_weight", {"part": part})
        if weight > HIGHEST_WEIGHT:
            yield Reason("matching.fault.weight_too_high", {"part": part, "highest": HIGHEST_WEIGHT})
    for capacity in policy.parents:
        seen, above = {capacity}, policy.parents[capacity]
        while above in policy.parents and above not in seen:
            seen.add(above)
            above = policy.parents[above]
        if above == capacity:
            yield Reason("matching.fault.loop_in_tree", {"capacity": capacity})
    for near, level in policy.understands.items():
        if not all(map(is_language, near.split(">"))) or near.count(">") != 1 or not 0 <= level <= 6:
            yield Reason("matching.fault.understanding", {"languages": short(near)})


def _faults_of_meetings(policy: Policy) -> Iterator[Reason]:
    """Yield a period, a zone and a length of meetings that cannot be."""
    if policy.zone not in zones():
        yield Reason("matching.fault.unknown_zone_of_policy", {"zone": short(policy.zone)})
    if not QUARTER <= policy.meeting_minutes <= LONGEST_MEETING:
        yield Reason("matching.fault.meeting_range", {"least": QUARTER, "most": LONGEST_MEETING})
    if policy.period is None:
        if "hours_overlap" in policy.hard or policy.weights.get("hours"):
            yield Reason("matching.fault.no_period")
    elif policy.period[1] < policy.period[0] or policy.period[0].year < 2000 or policy.period[1].year > 2199:
        yield Reason("matching.fault.period_backwards")
    elif (policy.period[1] - policy.period[0]).days >= LONGEST_PERIOD:
        yield Reason("matching.fault.period_too_long", {"most": LONGEST_PERIOD})


def _faults_of_travel(policy: Policy) -> Iterator[Reason]:
    """Yield trips that nobody can make and formats in which nobody knows who travels."""
    for format_, who in policy.travels.items():
        if who not in TRAVELLERS:
            yield Reason("matching.fault.unknown_traveller", {"format": format_})
    for ends, trip in policy.trips.items():
        if not re.fullmatch(r"[^>]+>[^>]+", ends) or trip.cost < 0:
            yield Reason("matching.fault.trip_range", {"trip": short(ends)})
    if policy.highest_cost < 1:
        yield Reason("matching.fault.highest_cost")


def _faults_of_party(party: Party, policy: Policy) -> Iterator[Reason]:
    """Yield levels, priorities, places, names and windows that cannot be."""
    key = short(party.key)
    for topic in (*party.needs, *party.offers):
        about = {"key": key, "capacity": short(topic.capacity)}
        if not 1 <= topic.level <= 5 or topic.priority < 1:
            yield Reason("matching.fault.topic_range", about)
        if policy.capacities and topic.capacity not in policy.capacities:
            yield Reason("matching.fault.unknown_capacity", about)
    for language in party.languages:
        about = {"key": key, "code": short(language.code)}
        if not 0 <= language.level <= 6:
            yield Reason("matching.fault.language_range", about)
        if not is_language(language.code) or (policy.languages and language.code not in policy.languages):
            yield Reason("matching.fault.unknown_language", about)
    if not 0 <= party.places <= MOST_PLACES or party.priority < 1 or party.fewest < 0:
        yield Reason("matching.fault.party_range", {"key": key})
    if party.fewest > max(party.places, 0):
        counts = {"fewest": party.fewest, "places": party.places}
        yield Reason("matching.fault.fewest_above_places", {"key": key, **counts})
    if any(end < start for start, end in party.windows or ()):
        yield Reason("matching.fault.window_backwards", {"key": key})
    yield from _faults_of_hours(party, key)
    yield from _faults_of_others(party, key)


def _faults_of_hours(party: Party, key: str) -> Iterator[Reason]:
    """Yield times of a week that no clock shows, and zones that nobody knows."""
    if not all(map(_is_time_of_a_week, party.hours or ())):
        yield Reason("matching.fault.slot_range", {"key": key})
    if party.zone and party.zone not in zones():
        yield Reason("matching.fault.unknown_zone", {"key": key, "zone": short(party.zone)})
    if party.hours and not party.zone:
        yield Reason("matching.fault.no_zone", {"key": key})


def _is_time_of_a_week(slot: Slot) -> bool:
    """Tell whether a slot lies between 0:00 and 24:00 of a day of the week, and is not empty."""
    day = 0 <= slot.weekday <= 6 and slot.starts != slot.ends
    return day and 0 <= slot.starts < MINUTES_A_DAY and 0 <= slot.ends <= MINUTES_A_DAY


def _faults_of_others(party: Party, key: str) -> Iterator[Reason]:
    """Yield what a party says of itself or against itself, and what is too much to be meant."""
    if party.key in party.avoids:
        yield Reason("matching.fault.avoids_itself", {"key": key})
    for wished in party.wishes:
        if wished in party.avoids:
            yield Reason("matching.fault.wishes_whom_it_avoids", {"key": key, "other": short(wished)})
    names = (party.formats, party.avoids, party.wishes, party.earlier)
    others = (party.languages, party.windows or (), party.hours or (), *names)
    if max(map(len, others)) > MOST_OTHERS or max(len(party.needs), len(party.offers)) > MOST_TOPICS:
        yield Reason("matching.fault.too_many", {"key": key})
    texts = [party.key, party.country, party.region, party.kind, party.zone]
    texts.extend(topic.capacity for topic in (*party.needs, *party.offers))
    texts.extend(language.code for language in party.languages)
    if max(map(len, chain(texts, *names))) > LONGEST_TEXT:
        yield Reason("matching.fault.text_too_long", {"key": key, "most": LONGEST_TEXT})


def _faults_of_rulings(request: Request) -> Iterator[Reason]:
    """Yield rulings about nobody, locks that are also bans, and more locks than places."""
    learners = {party.key: party for party in request.learners}
    teachers = {party.key: party for party in request.teachers}
    locks = {(ruling.learner, ruling.teacher) for ruling in request.rulings if ruling.kind == "lock"}
    bans = {(ruling.learner, ruling.teacher) for ruling in request.rulings if ruling.kind == "ban"}
    for ruling in request.rulings:
        about = {"learner": ruling.learner, "teacher": ruling.teacher}
        if ruling.kind not in ("lock", "ban", "keep"):
            yield Reason("matching.fault.unknown_ruling", {"kind": ruling.kind})
        if ruling.learner not in learners or ruling.teacher not in teachers:
            yield Reason("matching.fault.ruling_about_nobody", about)
    for learner, teacher in sorted(locks & bans):
        yield Reason("matching.fault.lock_and_ban", {"learner": learner, "teacher": teacher})
    for place, parties in ((0, learners), (1, teachers)):
        for key, count in sorted(Counter(lock[place] for lock in locks).items()):
            if key in parties and count > parties[key].places:
                yield Reason("matching.fault.more_locks_than_places", {"key": key, "locks": count})
