"""A cohort of mentorships on its way: people apply, are matched, and work together."""

from talka.demo.asking import ask_and_offer
from talka.demo.certifying import look_back
from talka.demo.circling import gather_circles
from talka.demo.exchanging import agree
from talka.demo.group import fill_group
from talka.demo.initiating import build_initiatives
from talka.demo.learning_path import walk_learning_path
from talka.demo.meetings import hold_meetings
from talka.demo.mentoring import lead_pairs
from talka.demo.people_applying import (
    GIVERS,
    MENTEES,
    accept_everybody,
    apply_to_give,
    apply_to_learn,
    introduce_people,
)
from talka.demo.scene import Scene
from talka.matching.actions import draft_run, publish_run

HALF = 140
"""The day of a cohort that is half way, counted from the first on which one can apply."""


def applied(scene: Scene) -> None:
    """Everybody has handed in an application."""
    introduce_people(scene, day=1)
    for place, wish in enumerate(MENTEES):
        apply_to_learn(scene, wish, day=3 + place)
    for place, giver in enumerate(GIVERS):
        apply_to_give(scene, giver, day=4 + place)


def paired(scene: Scene) -> None:
    """The engine's pairs are published, and everybody has said yes."""
    applied(scene)
    accept_everybody(scene, day=33)
    now = scene.at(35)
    run = draft_run(cycle=scene.cycle, name="First draft", by=scene.cleo, now=now)
    publish_run(run=run, by=scene.cleo, now=now)
    agree(scene, day=38)


def half_way(scene: Scene) -> None:
    """The pairs have worked together for three months, and the group around them is busy."""
    paired(scene)
    gather_circles(scene.cycle, scene.cleo, scene.at(50))
    lead_pairs(scene.cycle, scene.at(HALF))
    look_back(scene.cycle, scene.at(HALF))
    surround(scene, day=HALF)


def surround(scene: Scene, *, day: int) -> None:
    """Let the group around a cohort live: members, requests, meetings, modules, and what people build."""
    programme, now = scene.cycle.programme, scene.at(day)
    fill_group(programme, scene.everybody, now)
    ask_and_offer(programme, scene.everybody, now)
    walk_learning_path(programme, scene.everybody, now)
    build_initiatives(programme, scene.everybody, now)
    people = [scene.everybody[who] for who in ("ada", "kofi", "leila", "bo")]
    hold_meetings(programme, scene.cycle, people, now)
