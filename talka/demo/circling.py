"""Circles of the demonstration: drawn, begun, and with the first lessons written, answered and published."""

from datetime import datetime
from typing import Any

from talka.applications.queries import people_of
from talka.exchanges.actions import (
    publish_circles,
    publish_lesson,
    reply_to_lesson,
    write_lesson,
)
from talka.exchanges.models import Exchange, Lesson
from talka.exchanges.queries.circles import members_of
from talka.matching.actions import draft_circles
from talka.people.models import Account
from talka.programmes.models import Cycle

# What it is, its title and text, the country it is about, what somebody answers, whether it is published.
WRITTEN = (
    (
        "success",
        "Teachers came back because we wrote the lesson plan with them",
        "The first time we brought a finished plan, and nobody used it. The second time we sat down with "
        "**two teachers for an hour** and wrote it together. Eleven of fourteen classes finished.\n\n"
        "- Ask which lesson they would give anyway.\n- Leave the last third empty.",
        "SK",
        "We did the same, and let the teachers choose the articles. It helps.",
        True,
    ),
    (
        "failure",
        "A whole term without a single edit",
        "We agreed with the head of the school and not with the teachers. When the head changed, everything "
        "stopped. Next time we begin with the person who stands in the class.",
        "GH",
        "Thank you for writing this down. It happened to us, too.",
        True,
    ),
    (
        "question",
        "How do you get a school to pay for the hours of its teachers?",
        "The ministry says it is training, the school says it is a hobby. What did you call it?",
        "",
        "We called it media literacy, which is in the curriculum.",
        False,
    ),
)


def gather_circles(cycle: Cycle, by: Account, now: datetime) -> list[Exchange]:
    """Draw the circles of a cycle, begin them, and let the first one write; return them.

    Where too few are accepted for a circle, there is none. The others are silent, as circles are at first.
    """
    draft = draft_circles(cycle=cycle, by=by, now=now)
    if not draft.circles:
        return []
    begun = publish_circles(draft=draft, version=draft.version, by=by, now=now)
    _write(begun[0], now=now)
    return begun


def _write(circle: Exchange, *, now: datetime) -> None:
    people = people_of(seat.application for seat in members_of(circle))
    for place, (kind, title, text, country, answer, is_public) in enumerate(WRITTEN):
        author, other = people[place % len(people)], people[(place + 1) % len(people)]
        words = {"kind": kind, "title": title, "text": text, "country": country}
        lesson = _lesson(circle, author, words, now=now)
        reply_to_lesson(lesson=lesson, text=answer, by=other, now=now)
        if is_public:
            publish_lesson(lesson=lesson, shows_author=place == 0, version=lesson.version, by=author, now=now)


def _lesson(circle: Exchange, author: Any, words: dict[str, str], *, now: datetime) -> Lesson:
    values = {**words, "capacity": None, "language": "en"}
    return write_lesson(circle=circle, values=values, by=author, now=now)
