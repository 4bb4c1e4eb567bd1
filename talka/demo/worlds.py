"""Named worlds: a cycle of a programme at each stage, made through the actions as people would.

Each world goes on from the one before it. Tests ask for one by name; `talka demo` makes one cycle of
every kind side by side, dated so that each stands today where its name says.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from talka.demo.applying import (
    WISHES,
    apply_as_mentee,
    apply_as_mentor,
    confirm_as_partner,
    draft_wish,
)
from talka.demo.cast import introduce_everybody
from talka.demo.cohorts import HALF, half_way
from talka.demo.exchanging import (
    accept_reports,
    agree,
    approve_and_book,
    close,
    go_and_return,
    propose_matches,
    publish,
    report,
    write_plan,
)
from talka.demo.scene import CALENDAR, COHORT_CALENDAR, ZONE, Scene, open_scene, publish_programme
from talka.demo.screening import decide_together, review_and_prepare
from talka.kernel.wording import Wording
from talka.programmes.models import Programme


def open_call(scene: Scene) -> None:
    """People apply: one has handed in and named a partner, one is refused, one is still writing."""
    apply_as_mentee(scene, "ada", day=4)
    confirm_as_partner(scene, "bo", day=5)
    apply_as_mentor(scene, "bo", day=6)
    apply_as_mentee(scene, "hugo", day=7)
    apply_as_mentor(scene, "greta", day=8)
    scene.applications["eva"] = draft_wish(scene, WISHES["eva"], day=9)


def screened(scene: Scene) -> None:
    """Everybody has applied, reviewers have read, and the decisions are released."""
    open_call(scene)
    apply_as_mentee(scene, "eva", day=12)
    apply_as_mentee(scene, "filip", day=14)
    apply_as_mentor(scene, "jan", day=16)
    review_and_prepare(scene, day=32)
    decide_together(scene, day=33)


def matched(scene: Scene) -> None:
    """Two pairs are published: one agreed beforehand, one suggested, and both have said yes."""
    screened(scene)
    propose_matches(scene, day=36)
    agree(scene, day=38)


def planned(scene: Scene) -> None:
    """The plans are signed by both sides; the first is approved and booked."""
    matched(scene)
    write_plan(scene, "ada", day=60)
    write_plan(scene, "eva", day=62)
    approve_and_book(scene, "ada", day=64)


def visited(scene: Scene) -> None:
    """Both visits are done, and the reports are due."""
    planned(scene)
    approve_and_book(scene, "eva", day=66)
    go_and_return(scene, "ada")
    go_and_return(scene, "eva")


def reported(scene: Scene) -> None:
    """All reports are handed in; those of the first pair are accepted."""
    visited(scene)
    report(scene, "ada", day=110)
    report(scene, "eva", day=115)
    accept_reports(scene, "ada", day=117)


def closed(scene: Scene) -> None:
    """Every exchange is closed, and the impact report is public."""
    reported(scene)
    accept_reports(scene, "eva", day=120)
    close(scene, "ada", day=175)
    close(scene, "eva", day=176)
    publish(scene, day=188)


@dataclass(frozen=True)
class World:
    """How a world is made, the day on which it stands, and what the demonstration calls its cycle."""

    make: Callable[[Scene], None]
    day: int
    label: Wording
    programme: str = "visit_exchange"


WORLDS: Mapping[str, World] = {
    "open_call": World(open_call, 12, {"en": "Demo: call open", "ar": "تجربة: الدعوة مفتوحة"}),
    "screened": World(screened, 34, {"en": "Demo: screened", "ar": "تجربة: بعد الفرز"}),
    "matched": World(matched, 52, {"en": "Demo: matched", "ar": "تجربة: بعد اختيار الشركاء"}),
    "planned": World(planned, 70, {"en": "Demo: planned", "ar": "تجربة: بعد التخطيط"}),
    "visited": World(visited, 104, {"en": "Demo: visited", "ar": "تجربة: بعد الزيارات"}),
    "reported": World(reported, 118, {"en": "Demo: reported", "ar": "تجربة: بعد التقارير"}),
    "closed": World(closed, 190, {"en": "Demo: closed", "ar": "تجربة: مكتملة"}),
    "half_way": World(half_way, HALF, {"en": "Demo: half way", "ar": "تجربة: في منتصف الطريق"}, "mentorship"),
}

PROGRAMMES: Mapping[str, tuple[str, Mapping[str, tuple[int, int]]]] = {
    # The address of the programme made from a blueprint, and when the stages of its cycles are.
    "visit_exchange": ("peer-learning-exchange", CALENDAR),
    "mentorship": ("education-mentorship", COHORT_CALENDAR),
}


def first_day_of(name: str, *, now: datetime) -> datetime:
    """Return the first day of a world's cycle, so that today is the day on which the world stands."""
    return now.astimezone(ZoneInfo(ZONE)) - timedelta(days=WORLDS[name].day)


def build_world(name: str, *, now: datetime) -> Scene:
    """Make one world in an empty database, and return it."""
    return build_worlds((name,), now=now)[name]


def build_worlds(names: tuple[str, ...], *, now: datetime) -> dict[str, Scene]:
    """Make worlds side by side in an empty database: the cast and each programme once, a cycle a name."""
    founded_at = min(first_day_of(name, now=now) for name in names) - timedelta(days=60)
    everybody = introduce_everybody(now=founded_at)
    founded: dict[str, Programme] = {}
    scenes = {}
    for name in names:
        world = WORLDS[name]
        slug, calendar = PROGRAMMES[world.programme]
        if world.programme not in founded:
            made = publish_programme(world.programme, slug, everybody, now=founded_at)
            founded[world.programme] = made
        scene = open_scene(
            founded[world.programme],
            everybody,
            slug=name.replace("_", "-"),
            label=world.label,
            first_day=first_day_of(name, now=now).date(),
            calendar=calendar,
        )
        world.make(scene)
        scenes[name] = scene
    return scenes
