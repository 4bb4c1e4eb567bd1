"""Whose an exchange is: its sides and their people, and the coordinators of its cycle."""

from typing import Any

from django.urls import reverse

from talka.applications.models import Application
from talka.applications.queries import people_of
from talka.exchanges.lifecycle import ExchangeStatus
from talka.exchanges.models import Exchange, ExchangeKind
from talka.matching.models import Seat
from talka.people.models import Account, Community
from talka.programmes.models import Cycle, Post

SIDE = ("seat__application__community", "seat__application__person")
"""What names the side of a record that has a seat."""


def coordinators_of(cycle: Cycle) -> list[Account]:
    """List the people who coordinate the cycle's programme now."""
    found = Account.objects.filter(
        appointments__programme=cycle.programme_id,
        appointments__post=Post.COORDINATOR,
        appointments__ended_at__isnull=True,
    )
    return list(found.distinct().order_by("name", "pk"))


def sides_of(exchange: Exchange) -> list[Application]:
    """Return both sides: the one that learns, then the one that teaches."""
    return [exchange.mentee, exchange.mentor]


def seats_held_by(exchange: Exchange, account: Any) -> list[Seat]:
    """Return the sides that the person acts for: usually one, or none for a coordinator or a helper."""
    mine = set(Seat.objects.held_by(account).filter(match=exchange.match_id).values_list("pk", flat=True))
    return [seat for seat in exchange.match.sides if seat.pk in mine]


def finished_exchanges(community: Community) -> list[tuple[Exchange, Community, bool]]:
    """List what anyone may know of the visits of a community, the newest cycle first.

    Each comes with the partner, and whether the community learned. Days and places stay with the two.
    """
    public = Cycle.objects.public()
    mine = Exchange.objects.filter(status=ExchangeStatus.CLOSED, match__cycle__in=public)
    mine = mine.filter(match__seats__application__community=community).took_place().with_sides()
    return [
        (one, side.community, one.mentee.community_id == community.pk)
        for one in mine.order_by("-match__cycle_id", "pk")
        for side in sides_of(one)
        if side.community is not None and side.community_id != community.pk
    ]


def office_address(exchange: Exchange) -> str:
    """Return the address of the exchange's page for coordinators, which follows from its kind."""
    pages = {ExchangeKind.MENTORSHIP: "office:mentorship", ExchangeKind.CIRCLE: "office:circle"}
    return reverse(pages.get(ExchangeKind(exchange.kind), "office:exchange"), args=[exchange.pk])


def parts_of(exchange: Exchange, account: Any) -> set[str]:
    """Return the parts of the sides that the person acts for: "learns", "teaches"."""
    return {seat.part for seat in seats_held_by(exchange, account)}


def coordinators_apart(exchange: Exchange) -> list[Account]:
    """List the coordinators who are on no side: what is private to coordinators is private from the two."""
    sides = set(people_of(sides_of(exchange)))
    return [account for account in coordinators_of(exchange.match.cycle) if account not in sides]
