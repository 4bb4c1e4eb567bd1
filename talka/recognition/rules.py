"""Who gets a certificate, and what keeps others from it: each condition with its reason. No Django here."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from talka.blueprints.exchanges import Certificate
from talka.exchanges.rules.hours import AN_HOUR, in_hours
from talka.kernel.reasons import Reason
from talka.kernel.wording import Wording

_PLACES = re.compile(r"%\((name|programme|cycle|hours|address)\)s")


@dataclass(frozen=True)
class Facts:
    """What is known of an applicant in a cycle.

    Minutes are those of all its mentorships there; the goals are those of its newest plan, and one is
    reached when both sides say so. A mentorship is over when it was completed or ended, or its last day has
    passed.
    """

    confirmed_minutes: int = 0
    waiting_minutes: int = 0
    goals_reached: int = 0
    goals_judged: int = 0
    goals: int = 0
    led_check_ins: int = 0
    evaluations: frozenset[str] = frozenset()
    is_over: bool = False
    last_day: date | None = None


@dataclass(frozen=True)
class Condition:
    """One thing that is asked: whether it is there, in words why, and what would still help."""

    key: str
    is_met: bool
    reason: Reason
    help: Reason | None = None


@dataclass(frozen=True)
class Verdict:
    """Everything that is asked for a certificate."""

    conditions: tuple[Condition, ...] = field(default=())

    @property
    def is_met(self) -> bool:
        """Tell whether nothing is missing."""
        return all(one.is_met for one in self.conditions)

    @property
    def missing(self) -> tuple[Condition, ...]:
        """Return what keeps the applicant from a certificate."""
        return tuple(one for one in self.conditions if not one.is_met)


def judge(facts: Facts, asked: Certificate, names: Mapping[str, Wording]) -> Verdict:
    """Hold the facts against what the blueprint asks; `names` are those of the evaluations, by key."""
    found = [_hours(facts, asked)] if asked.hours_min else []
    if asked.goals_met:
        found.append(_goals(facts))
    if asked.led_check_ins_min:
        found.append(_led_check_ins(facts, asked.led_check_ins_min))
    return Verdict((*found, *_evaluations(facts, asked, names), _end(facts)))


def _hours(facts: Facts, asked: Certificate) -> Condition:
    needed = asked.hours_min * AN_HOUR
    lacking = needed - facts.confirmed_minutes
    values = {"confirmed": in_hours(facts.confirmed_minutes), "needed": in_hours(needed)}
    if lacking <= 0:
        return Condition("hours", True, Reason("recognition.hours_there", values))
    reason = Reason("recognition.hours_missing", {**values, "missing": in_hours(lacking)})
    return Condition("hours", False, reason, _help_with_hours(facts, lacking))


def _help_with_hours(facts: Facts, lacking: int) -> Reason:
    waiting = {"waiting": in_hours(facts.waiting_minutes)}
    if facts.waiting_minutes >= lacking:
        return Reason("recognition.confirm_hours", waiting)
    if facts.waiting_minutes:
        return Reason("recognition.confirm_and_write_hours", waiting)
    return Reason("recognition.write_hours")


def _goals(facts: Facts) -> Condition:
    values = {"reached": facts.goals_reached, "goals": facts.goals}
    if not facts.goals:
        return Condition("goals", False, Reason("recognition.no_goals"), Reason("recognition.agree_on_goals"))
    if facts.goals_reached >= facts.goals:
        return Condition("goals", True, Reason("recognition.goals_there", values))
    unjudged = facts.goals_judged < facts.goals
    helps = Reason("recognition.judge_goals" if unjudged else "recognition.reach_goals")
    return Condition("goals", False, Reason("recognition.goals_missing", values), helps)


def _led_check_ins(facts: Facts, needed: int) -> Condition:
    values = {"attended": facts.led_check_ins, "needed": needed}
    if facts.led_check_ins >= needed:
        return Condition("led_check_ins", True, Reason("recognition.led_check_ins_there", values))
    return Condition(
        "led_check_ins",
        False,
        Reason("recognition.led_check_ins_missing", values),
        Reason("recognition.sign_up_for_check_in"),
    )


def _evaluations(facts: Facts, asked: Certificate, names: Mapping[str, Wording]) -> Iterator[Condition]:
    for key in asked.evaluations:
        values = {"evaluation": dict(names.get(key, {"en": key}))}
        if key in facts.evaluations:
            yield Condition(f"evaluation_{key}", True, Reason("recognition.evaluation_there", values))
        else:
            yield Condition(
                f"evaluation_{key}",
                False,
                Reason("recognition.evaluation_missing", values),
                Reason("recognition.answer_evaluation"),
            )


def _end(facts: Facts) -> Condition:
    if facts.is_over:
        return Condition("end", True, Reason("recognition.over"))
    if facts.last_day is None:
        return Condition("end", False, Reason("recognition.not_begun"))
    return Condition("end", False, Reason("recognition.not_over", {"day": facts.last_day.isoformat()}))


def seal_of(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what a certificate says, in a form that no database changes."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def fill(template: str, values: Mapping[str, str]) -> str:
    """Put values into the places of a text, once: a value that looks like a place stays as it is."""
    return _PLACES.sub(lambda place: values[place[1]], template)
