"""A programme written down as it is now, and its cycle that matters today."""

from datetime import date
from typing import Any

from django.db.models import Max

from talka.blueprints.reading import pack, unpack
from talka.blueprints.schema import Blueprint
from talka.kernel.reasons import Reason
from talka.people.models import Account
from talka.programmes.lifecycle import CycleStatus
from talka.programmes.models import Cycle, Post, Programme
from talka.programmes.rules import DatedStage, disorder


def blueprint_of(programme: Programme) -> Blueprint:
    """Return the programme written down as it is now: its blueprint with its own name, summary and pages.

    A page without a text cannot stand in a blueprint and is left out.
    """
    pages = programme.pages.order_by("position", "key")
    written = pack(programme.plan) | {
        "name": programme.name,
        "pages": [{"key": page.key, "title": page.title, "body": page.body} for page in pages if page.body],
    }
    if programme.summary:
        written["summary"] = programme.summary
    return unpack(written)


def coordinators_of_programme(programme: Programme) -> list[Account]:
    """List the people who coordinate the programme now, by name."""
    found = Account.objects.filter(
        appointments__programme=programme,
        appointments__post=Post.COORDINATOR,
        appointments__ended_at__isnull=True,
    )
    return list(found.distinct().order_by("name", "pk"))


def current_cycle(programme: Programme, *, today: date) -> Cycle | None:
    """Return the announced cycle that matters today: one that invites now, or the first that is not over.

    Where every one is over, it is the one that ended last.
    """
    announced = programme.cycles.exclude(status=CycleStatus.DRAFT).annotate(last_on=Max("stages__ends_on"))
    dated = announced.filter(last_on__isnull=False).prefetch_related("stages")
    running = list(dated.filter(last_on__gte=today, status=CycleStatus.ANNOUNCED).order_by("last_on", "pk"))
    inviting = [cycle for cycle in running if _invites(cycle, today)]
    return next(iter(inviting or running), None) or dated.order_by("-last_on", "-pk").first()


def _invites(cycle: Cycle, today: date) -> bool:
    """Tell whether a stage in which the blueprint calls for applications is on."""
    inviting = {call.stage for call in cycle.plan.calls}
    return any(stage.key in inviting and stage.is_on(today) for stage in cycle.stages.all())


def disorder_of(cycle: Cycle) -> list[Reason]:
    """Say what looks wrong about the dates of a cycle's stages."""
    after: dict[str, Any] = {
        stage.key: stage.starts.after for stage in cycle.plan.stages if stage.starts.after
    }
    stages = cycle.stages.order_by("position")
    return disorder(
        [DatedStage(stage.key, stage.name, stage.starts_on, stage.ends_on) for stage in stages], after
    )
