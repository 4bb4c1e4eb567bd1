"""What a programme has beside its cycles, as links: on its public page, and in the office."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talka.blueprints.schema import Blueprint
from talka.programmes.models import Programme
from talka.programmes.queries import has_group


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


def every_programme(_plan: Blueprint) -> bool:
    """Say yes: introductory meetings belong to any programme, and no blueprint keeps people from meeting."""
    return True


def takes_requests(plan: Blueprint) -> bool:
    """Tell whether people can ask for help, and offer it, at any time."""
    return plan.requests is not None


PARTS: tuple[Part, ...] = (
    Part(_("The group and its members"), has_group, public="public:members"),
    Part(_("Meetings"), every_programme, public="public:meetings", office="office:meetings"),
    Part(_("Ask for help or offer it"), takes_requests, public="public:help"),
    Part(_("Requests and offers"), takes_requests, office="office:requests"),
    Part(_("Learning path"), lambda plan: bool(plan.modules), "public:modules", "office:modules"),
    Part(
        _("Initiatives"),
        lambda plan: plan.initiatives is not None,
        "public:initiatives",
        "office:initiatives",
    ),
    Part(_("What we have learnt"), lambda plan: plan.circles is not None, public="public:lessons"),
    Part(_("Opportunities"), takes_requests, public="public:opportunities"),
    Part(_("Notices of collaboration and funding"), has_group, "public:notices", "office:notices"),
    Part(_("Reports"), every_programme, public="public:work_reports"),
    Part(_("Record of the work and reports"), every_programme, office="office:record"),
    Part(_("Posts of the group"), lambda plan: bool(plan.posts), office="office:posts"),
    Part(_("The members’ roll"), lambda plan: plan.roll is not None, office="office:roll"),
    Part(_("Groups outside"), has_group, office="office:outside"),
    Part(_("Letters beside the cycles"), every_programme, office="office:programme_letters"),
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
