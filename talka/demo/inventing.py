"""Invented answers to the questions of any form: always the same ones for the same person and question."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from talka.blueprints.questions import FormDraft, Question
from talka.forms.kinds import LONGEST_LONG, LONGEST_SHORT
from talka.kernel.wording import say
from talka.people.codes import countries

NATIVE, WORKING = 6, 4
PERIODS = 3


@dataclass(frozen=True)
class Invented:
    """Somebody invented, as far as their answers depend on it."""

    seed: str
    # The community that applies; nobody else's can be named by somebody invented.
    community: int | None
    topics: tuple[tuple[str, int], ...]
    languages: tuple[str, ...]
    maturity: str
    first_day: date
    last_day: date


def draw(*words: object, below: int) -> int:
    """Return a number from 0 up to, not including, `below`: always the same one for the same words."""
    digest = hashlib.sha256("\x1f".join(str(word) for word in words).encode()).digest()
    return int.from_bytes(digest[:8], "big") % below


def answers_to(draft: FormDraft, who: Invented) -> dict[str, Any]:
    """Answer the questions of a form; what nobody has to answer is left out now and then. Files are apart."""
    left_out = {"file", *(["community"] if who.community is None else [])}
    return {
        question.key: INVENTORS[question.kind](question, who)
        for question in draft.questions
        if question.kind not in left_out and (question.required or draw(who.seed, question.key, "?", below=6))
    }


def _words(question: Question, who: Invented) -> str:
    return f"{who.seed} answers, invented, to: {say(question.label, 'en').text}"


def _short(question: Question, who: Invented) -> str:
    return _words(question, who)[: min(question.max_length or LONGEST_SHORT, LONGEST_SHORT)]


def _long(question: Question, who: Invented) -> str:
    return _words(question, who)[: min(question.max_length or LONGEST_LONG, LONGEST_LONG)]


def _number(question: Question, who: Invented) -> int:
    most = question.maximum
    least = question.minimum if question.minimum is not None else (1 if most is None else min(1, most))
    room = 2 if most is None else min(2, most - least + 1)
    return least + draw(who.seed, question.key, below=room)


def _day(question: Question, who: Invented) -> str:
    return who.first_day.isoformat()


def _yes_no(question: Question, who: Invented) -> bool:
    return bool(draw(who.seed, question.key, below=4))


def _one_of(question: Question, who: Invented) -> str:
    keys = [option.key for option in question.options]
    if who.maturity in keys:
        # What the office knows of the community, so that the two do not disagree.
        return who.maturity
    return keys[draw(who.seed, question.key, below=len(keys))]


def _several_of(question: Question, who: Invented) -> list[str]:
    return [option.key for option in question.options][: question.most]


def _capacities(question: Question, who: Invented) -> list[dict[str, Any]]:
    return [{"capacity": key, "level": level} for key, level in who.topics[: question.most]]


def _languages(question: Question, who: Invented) -> list[dict[str, Any]]:
    # The common language first: where only one may be given, partners still understand each other.
    common, *own = who.languages
    rows = [{"language": common, "level": WORKING}, *({"language": one, "level": NATIVE} for one in own)]
    return rows[: question.most]


def _travel_dates(question: Question, who: Invented) -> list[dict[str, str]]:
    third = (who.last_day - who.first_day).days // PERIODS
    late, early = (draw(who.seed, question.key, end, below=third + 1) for end in ("late", "early"))
    first, last = who.first_day + timedelta(days=late), who.last_day - timedelta(days=early)
    return [{"starts_on": first.isoformat(), "ends_on": last.isoformat()}]


def _hours(question: Question, who: Invented) -> list[dict[str, str]]:
    # Evenings, for most: that is when volunteers have time.
    starts = 15 + draw(who.seed, question.key, below=4)
    return [{"day": "weekdays", "starts": f"{starts}:00", "ends": f"{starts + 5}:00"}]


def _country(question: Question, who: Invented) -> str:
    codes = list(countries("en"))
    return codes[draw(who.seed, question.key, below=len(codes))]


INVENTORS: Mapping[str, Callable[[Question, Invented], Any]] = {
    "short": _short,
    "long": _long,
    "number": _number,
    "date": _day,
    "yes_no": _yes_no,
    "one_of": _one_of,
    "several_of": _several_of,
    "capacity": _capacities,
    "language": _languages,
    "community": lambda question, who: who.community,
    "travel_dates": _travel_dates,
    "country": _country,
    "hours": _hours,
}
"""What answers each kind of question."""
