"""A cycle of the demonstration on its way: who is in it, and the days on which things happen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from talka.applications.models import Application
from talka.blueprints.reading import shipped
from talka.calls.actions import edit_call, prepare_cycle
from talka.demo.cast import introduce_everybody
from talka.kernel.windows import end_of, start_of
from talka.programmes.actions import announce_cycle, appoint, create_programme, edit_programme, edit_stages
from talka.programmes.models import Cycle, Post, Programme

ZONE = "Europe/Warsaw"
BUDGET = 12_000

# The first day of each stage, counted from the first day on which one can apply, and how long it lasts.
CALENDAR = {
    "outreach": (-28, 28),
    "applications": (0, 30),
    "matching": (30, 21),
    "planning": (51, 30),
    "visits": (81, 60),
    "reporting": (141, 31),
    "review": (172, 14),
    "impact": (186, 30),
}


@dataclass
class Scene:
    """One cycle with its cast, and its first day; `at(n)` is noon of the n-th day after it."""

    cycle: Cycle
    everybody: Mapping[str, Any]
    first_day: date
    applications: dict[str, Application] = field(default_factory=dict)

    def at(self, day: int, hour: int = 12) -> datetime:
        """Return a moment of the cycle."""
        return datetime.combine(self.day(day), time(hour), tzinfo=ZoneInfo(ZONE))

    def day(self, day: int) -> date:
        """Return a day of the cycle."""
        return self.first_day + timedelta(days=day)

    @property
    def cleo(self) -> Any:
        """Return who coordinates."""
        return self.everybody["cleo"]


# The same of a cohort of mentorships.
COHORT_CALENDAR = {
    "applications": (0, 31),
    "matching": (31, 14),
    "mentorship": (45, 184),
    "evaluation": (229, 30),
    "impact": (259, 30),
}


def found_programme(*, now: datetime) -> tuple[Programme, Mapping[str, Any]]:
    """Make the cast and the programme in which communities visit each other."""
    everybody = introduce_everybody(now=now)
    return publish_programme("visit_exchange", "peer-learning-exchange", everybody, now=now), everybody


def publish_programme(key: str, slug: str, everybody: Mapping[str, Any], *, now: datetime) -> Programme:
    """Make a programme from a blueprint that comes with Talka; Cleo coordinates it, and Rosa reviews."""
    cleo, blueprint = everybody["cleo"], shipped()[key]
    programme = create_programme(slug=slug, blueprint=blueprint, zone=ZONE, by=cleo, now=now)
    edit_programme(
        programme=programme,
        name=programme.name,
        summary=programme.summary,
        zone=ZONE,
        is_published=True,
        version=programme.version,
        by=cleo,
        now=now,
    )
    appoint(programme=programme, account=everybody["rosa"], post=Post.REVIEWER, by=cleo, now=now)
    return programme


def open_scene(
    programme: Programme,
    everybody: Mapping[str, Any],
    *,
    slug: str,
    label: Mapping[str, str],
    first_day: date,
    calendar: Mapping[str, tuple[int, int]] = MappingProxyType(CALENDAR),
) -> Scene:
    """Open and announce a cycle whose applications begin on the day."""
    cleo = everybody["cleo"]
    start = datetime.combine(first_day - timedelta(days=40), time(9), tzinfo=ZoneInfo(ZONE))
    budget = BUDGET if programme.plan.costs else 0
    cycle = prepare_cycle(
        programme=programme, slug=slug, label=label, year=first_day.year, by=cleo, now=start, budget=budget
    )
    scene = Scene(cycle, everybody, first_day)
    days = {
        key: (scene.day(first), scene.day(first + length - 1)) for key, (first, length) in calendar.items()
    }
    edit_stages(cycle=cycle, days=days, version=cycle.version, by=cleo, now=start)
    opens_on, closes_on = days["applications"]
    for call in cycle.calls.select_related("form"):
        edit_call(
            call=call,
            opens_at=start_of(opens_on, ZONE),
            closes_at=end_of(closes_on, "AoE"),
            zone="AoE",
            form=call.form,
            version=call.version,
            by=cleo,
            now=start,
        )
    announce_cycle(cycle=cycle, by=cleo, now=start)
    return scene
