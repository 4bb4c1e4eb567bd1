"""Initiatives of the demonstration: one that grew and went back a step, and one that has just begun."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from talka.exchanges.models import Exchange
from talka.initiatives.actions import (
    accept_invitation,
    add_initiative_material,
    add_material_version,
    answer_feedback,
    correct_feedback,
    create_initiative,
    give_feedback,
    invite_member,
    publish_feedback,
    publish_initiative,
    share_initiative_material,
    tell_stage,
)
from talka.initiatives.models import Initiative, MemberPart
from talka.programmes.models import Programme

A_DAY = timedelta(days=1)

SCHOOLS = {
    "name": "Wikipedia in the schools of Ruritania",
    "model": "school",
    "country": "SK",
    "partners": "The town library of Streslau\nTwo grammar schools",
    "about": (
        "Pupils of fifteen write about their town: "
        "a teacher and a librarian work with each class for a term.\n\n"
        "We want that the teachers go on without us in the third year."
    ),
    "languages": ["sk", "en"],
}
CLUB = {
    "name": "Fan club of the history faculty",
    "model": "club",
    "country": "MK",
    "about": "Students meet once a month and write about what they study.",
    "languages": ["mk"],
}

# Days before now, the stage, and what became of it.
ROAD = (
    (400, "planned", "Two schools want to take part, and the library gives a room."),
    (250, "pilot", "Two classes write."),
    (130, "running", "Four classes write; two teachers do it alone."),
    (40, "pilot", "One school has a new head and pauses. We begin again with the other."),
)


def build_initiatives(
    programme: Programme, people: Mapping[str, Any], now: datetime, exchange: Exchange | None = None
) -> list[Initiative]:
    """Let Ada have an initiative with a history, and Eva one that is new; return them.

    `people` are accounts by the first name: Cleo coordinates, Bo evaluates, and Greta builds with Ada, as
    far as they are there. The first initiative came from the exchange, where one is given.
    """
    schools = _begun(programme, people["ada"], SCHOOLS, "idea", now - 500 * A_DAY, exchange)
    for days, stage, words in ROAD:
        at = now - days * A_DAY
        tell_stage(
            initiative=schools,
            stage=stage,
            on=at.date(),
            words=words,
            version=schools.version,
            by=people["ada"],
            now=at,
        )
    publish_initiative(initiative=schools, by=people["ada"], now=now - 240 * A_DAY)
    _ask(schools, people, "greta", MemberPart.TEAM, by=people["ada"], now=now - 200 * A_DAY)
    _ask(schools, people, "bo", MemberPart.HELPER, by=people["cleo"], now=now - 200 * A_DAY)
    if "bo" in people:
        _evaluate(schools, people, now)
    _work(schools, people["ada"], now)
    found = [schools]
    if "eva" in people:
        found.append(_begun(programme, people["eva"], CLUB, "idea", now - 10 * A_DAY, None))
    return found


def _begun(
    programme: Programme, person: Any, facts: Mapping[str, Any], stage: str, at: datetime, exchange: Any
) -> Initiative:
    return create_initiative(
        programme=programme, facts=facts, stage=stage, person=person, exchange=exchange, by=person, now=at
    )


def _ask(
    initiative: Initiative, people: Mapping[str, Any], name: str, part: str, *, by: Any, now: datetime
) -> None:
    """Ask somebody who is there, and let them say yes."""
    if name in people:
        address = people[name].email
        member = invite_member(initiative=initiative, email=address, part=part, by=by, now=now)
        accept_invitation(member=member, by=people[name], now=now)


def _evaluate(initiative: Initiative, people: Mapping[str, Any], now: datetime) -> None:
    """Let Bo say how it develops: a text that is public, and one that he corrected."""
    at = now - 120 * A_DAY
    text = (
        "The goals are clear and the teachers own them. What is counted does not show it yet: count teachers."
    )
    first = give_feedback(initiative=initiative, text=text, on=at.date(), by=people["bo"], now=at)
    thanks = "Thank you. From next term on we count teachers who go on alone."
    answer_feedback(feedback=first, answer=thanks, version=first.version, by=people["ada"], now=at + A_DAY)
    publish_feedback(feedback=first, by=people["ada"], now=at + A_DAY)
    later = now - 30 * A_DAY
    hasty = give_feedback(
        initiative=initiative,
        text="The school left because nobody spoke with its head.",
        on=later.date(),
        by=people["bo"],
        now=later,
    )
    correct_feedback(
        feedback=hasty,
        text="The school paused when its head changed. Speak with the new one before the term begins.",
        on=later.date(),
        by=people["bo"],
        now=later + A_DAY,
    )


def _work(initiative: Initiative, by: Any, now: datetime) -> None:
    """Add a plan in two versions, the newest of which is public."""
    plan = add_initiative_material(
        initiative=initiative,
        title="Lesson plan for eight weeks",
        note="First draft",
        link="https://meta.wikimedia.org/wiki/Education/Lesson_plan",
        by=by,
        now=now - 100 * A_DAY,
    )
    add_material_version(
        material=plan,
        note="Shorter: a class has 45 minutes",
        link="https://meta.wikimedia.org/wiki/Education/Lesson_plan_2",
        by=by,
        now=now - 60 * A_DAY,
    )
    share_initiative_material(
        material=plan,
        title=plan.title,
        is_public=True,
        licence="cc-by-sa-4.0",
        version=plan.version,
        by=by,
        now=now - 60 * A_DAY,
    )
