"""A cohort of mentorships on its way: people apply, are matched, and work together."""

from talka.demo.exchanging import agree
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
    """The pairs have worked together for three months."""
    paired(scene)
