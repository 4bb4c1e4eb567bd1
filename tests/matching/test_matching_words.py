"""Every reason that matching can give has words, in any language, whatever its values."""

import re
from pathlib import Path

import pytest

from talka.kernel.registry import clockwork, letters, reasons
from talka.matching.apps import LETTERS
from talka.matching.engine import Reason
from talka.matching.engine.encode.hard import RULES
from talka.matching.engine.encode.soft import PARTS
from talka.matching.queries.fits import PART_NAMES, STEPS, fit_of, lines_of
from talka.matching.queries.reasons import REASONS
from talka.matching.queries.words import Names, speak

ENGINE = Path(__file__).parents[2] / "talka" / "matching" / "engine"
VALUES = {
    "before": 3,
    "format": "mentee_travels",
    "formats": ("mentee_travels",),
    "start": "2027-08-01",
    "end": "2027-08-03",
    "code": "en",
    "level": 6,
    "topic": "budgets",
    "topics": ("budgets", "venues"),
    "teacher": "a1",
    "learner": "b2",
    "key": "a1",
    "keys": ("a1", "b2"),
    "above": -1,
    "days": 1,
    "by": "both",
    "learner_speaks": "cs",
    "teacher_speaks": "sk",
    "meetings": 2,
    "weekday": 6,
    "starts": 1320,
    "ends": 1440,
    "cost": 1200,
    "fewest": 2,
    "places": 1,
    "most": 360,
    "least": 15,
    "highest": 1000,
    "locks": 2,
}


def test_every_key_of_the_engine_has_words():
    used = {
        key
        for path in ENGINE.rglob("*.py")
        for key in re.findall(r'"(matching\.[a-z_.]+)"', path.read_text())
    } | {f"matching.broken.{rule}" for rule in RULES}
    assert (len(used) > 40, used - set(REASONS)) == (True, set())


def test_every_reason_letter_and_job_is_registered():
    assert set(REASONS) <= set(reasons)
    assert set(LETTERS) <= set(letters)
    assert {"matching.lapse", "matching.remind"} <= set(clockwork)


@pytest.mark.parametrize("key", sorted(REASONS))
def test_the_words_use_only_values_they_are_given(key):
    places = set(re.findall(r"%\((\w+)\)", str(REASONS[key])))
    values = {place: VALUES.get(place, "x") for place in places}
    assert "%(" not in speak(Reason(key, values))


def test_codes_become_names():
    names = Names(
        capacities={"budgets": {"en": "Event budgets"}, "venues": {"en": "Venues"}}, parties={"a1": "Bo"}
    )
    assert speak(Reason("matching.part.topics", {"topics": ("budgets", "venues")}), names) == (
        "Teaches what is asked for: Event budgets and Venues."
    )
    assert speak({"key": "matching.change.one_more_place", "values": {"teacher": "a1"}}, names) == (
        "One more place at Bo would be enough."
    )
    assert speak(Reason("matching.change.language", {"code": "pl", "level": 6})) == (
        "Somebody who speaks Polish at level N (native) would be enough."
    )
    assert [speak(Reason("matching.part.language", {"code": "pl", "level": level})) for level in (3, 6)] == [
        "Both speak Polish (level 3 or better).",
        "Both speak Polish (as native speakers).",
    ]
    assert [speak(Reason("matching.part.levels", {"above": above})) for above in (2, 0, -1)] == [
        "The mentor is 2 levels more experienced.",
        "The mentor is as experienced as the mentee.",
        "The mentor is less experienced.",
    ]
    names = Names(currency="EUR", parties={"a1": "Bo"})
    assert speak(Reason("matching.part.cost", {"cost": 1200}), names) == "The trip costs about 1,200 EUR."
    assert speak(Reason("matching.part.hours", {"meetings": 1})) == "Time in common for 1 meeting."
    assert speak(Reason("matching.change.hours", {"weekday": 6, "starts": 1320, "ends": 30})) == (
        "Being free every Sunday from 22:00 to 00:30, local time, would be enough."
    )
    both = {"learner_speaks": "cs", "teacher_speaks": "sk", "level": 3}
    assert speak(Reason("matching.part.languages_understood", both)) == (
        "One speaks Czech, the other Slovak, and they understand each other (level 3 or better)."
    )
    assert speak(Reason("matching.fault.minima", {"keys": ("a1", "c3")}), names) == (
        "These cannot all have as many partners as they must: Bo and c3. Let one of them do with fewer, or "
        "allow more pairs."
    )


def test_every_part_has_a_name_and_its_share():
    assert set(PART_NAMES) == set(PARTS)
    assert set(STEPS) == {"all", *RULES, "not_banned", "fits", "free"}
    reason = {"key": "matching.part.any_format", "values": {}}
    parts = [
        {"name": "format", "points": 5000, "of": 5000, "reason": reason},
        {"name": "topic", "points": 7000, "of": 15000, "reason": reason},
        {"name": "near", "points": 0, "of": 0, "reason": reason},
    ]
    assert [(str(line.name), line.points, line.of) for line in lines_of(parts, Names())] == [
        ("Topic", 7, 15),
        ("Format", 5, 5),
    ]
    assert (fit_of(parts), fit_of([])) == (60, 0)
