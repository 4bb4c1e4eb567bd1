"""What a programme has beside its cycles, as links: on its public page, and in the office."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talka.blueprints.schema import Blueprint
from talka.programmes.models import Programme


@dataclass(frozen=True)
class Part:
    """A part that the blueprint may have: its words, and the pages about it for anyone and for the office.

    `public` and `office` are names of addresses that take the programme's slug; an empty one is no page.
    """

    words: Any
    is_there: Callable[[Blueprint], bool]
    public: str = ""
    office: str = ""


@dataclass(frozen=True)
class Link:
    """One link: what it is called, and where it leads."""

    words: Any
    address: str


PARTS: tuple[Part, ...] = (
    Part(_("What we have learnt"), lambda plan: plan.circles is not None, public="public:lessons"),
)
"""In the order in which somebody who is new to the programme would read them."""


def public_parts(programme: Programme) -> list[Link]:
    """List the pages for anyone about the parts that the programme has."""
    plan = programme.plan
    return [
        Link(part.words, reverse(part.public, args=[programme.slug]))
        for part in PARTS
        if part.public and part.is_there(plan)
    ]


def office_parts(programme: Programme) -> list[Link]:
    """List the office's pages about the parts that the programme has."""
    plan = programme.plan
    return [
        Link(part.words, reverse(part.office, args=[programme.slug]))
        for part in PARTS
        if part.office and part.is_there(plan)
    ]
