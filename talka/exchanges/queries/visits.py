"""Reads that span an exchange: its people, its plan's facts, where it stands, and its visit in a calendar."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from talka.applications.models import Application
from talka.exchanges.lifecycle import ExchangeStatus, PlanStatus
from talka.exchanges.models import Exchange, Material, MaterialAudience, Plan, Signature, Traveller
from talka.exchanges.rules import (
    PlanFacts,
    PlanLimits,
    emergency_contact_goes_at,
    missing,
    oddities,
    shows_emergency_contact,
)
from talka.kernel.reasons import Reason
from talka.matching.models import Seat
from talka.papers.calendars import Event
from talka.people.models import Account, Community
from talka.programmes.models import Cycle, Post

SIDE = ("seat__application__community", "seat__application__person")
"""What names the side of a record that has a seat."""

VISITS = "visits"
"""The key of the stage in which visits take place."""


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


def seats_held_by(exchange: Exchange, account: Any) -> list[Seat]:
    """Return the sides that the person acts for: usually one, or none for a coordinator."""
    mine = set(Seat.objects.held_by(account).filter(match=exchange.match_id).values_list("pk", flat=True))
    return [seat for seat in exchange.match.seats.all() if seat.pk in mine]


def limits_of(cycle: Cycle) -> PlanLimits:
    """Return what the cycle asks of a plan, with the days of its visits."""
    asked = cycle.plan.visit
    if asked is None:
        raise LookupError(f"the blueprint of cycle {cycle.pk} has no visits")
    stage = next((stage for stage in cycle.stages.all() if stage.key == VISITS), None)
    return PlanLimits(
        min_days=asked.min_days,
        max_days=asked.max_days,
        questions_min=asked.questions_min,
        questions_max=asked.questions_max,
        visits_from=stage.starts_on if stage else None,
        visits_until=stage.ends_on if stage else None,
    )


def facts_of(plan: Plan) -> PlanFacts:
    """Return what the rules ask about a plan."""
    return PlanFacts(
        goals=plan.goals,
        project=plan.project,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        city=plan.city,
        place=plan.place,
        item_days=tuple(item.day for item in plan.items.all()),
        question_count=len(plan.questions.all()),
        traveller_count=len(plan.exchange.travellers.all()),
    )


def lacks_of(plan: Plan, *, today: date) -> tuple[Reason, ...]:
    """List what the plan lacks before it can be signed."""
    return missing(facts_of(plan), limits_of(plan.exchange.match.cycle), today=today)


def oddities_of(plan: Plan) -> tuple[Reason, ...]:
    """List what both sides should look at again."""
    return oddities(facts_of(plan), limits_of(plan.exchange.match.cycle))


def signatures_that_count(plan: Plan) -> dict[int, Signature]:
    """Return the signatures of the plan as it stands, by the side that signed."""
    return {
        signature.seat_id: signature
        for signature in plan.signatures.all()
        if signature.plan_version == plan.version
    }


def materials_seen_by(plan: Plan, account: Any) -> list[Material]:
    """List the materials that the person may see: shared ones, and those of their own side."""
    own = [seat.pk for seat in seats_held_by(plan.exchange, account)]
    shared = ~Q(audience=MaterialAudience.OWN)
    found = plan.materials.filter(shared | Q(seat__in=own))
    return list(found.select_related(*SIDE, "upload").order_by("pk"))


def emergency_contacts_go_at(exchange: Exchange) -> datetime | None:
    """Return when the emergency contacts of an exchange are deleted.

    As long as the plan has no days, the last day of the cycle's visits stands in for them.
    """
    plan = exchange.plan
    last = plan.ends_on or limits_of(exchange.match.cycle).visits_until
    return emergency_contact_goes_at(last, plan.zone) if last else None


def emergency_contact_is_shown(traveller: Traveller, *, now: datetime) -> bool:
    """Tell whether hosts and coordinators may see the contact now."""
    exchange = traveller.exchange
    goes_at = emergency_contacts_go_at(exchange)
    is_approved = exchange.plan.status == PlanStatus.APPROVED and exchange.status != ExchangeStatus.CANCELLED
    return goes_at is not None and shows_emergency_contact(is_approved=is_approved, goes_at=goes_at, now=now)


def has_calendar(exchange: Exchange) -> bool:
    """Tell whether the visit has days that calendars may show: agreed ones, or cancelled ones."""
    return exchange.status != ExchangeStatus.PLANNING and exchange.plan.days > 0


def visit_event(exchange: Exchange, *, now: datetime) -> Event:
    """Describe the days on site for a calendar; a change has the same name and a higher number."""
    plan = exchange.plan
    host = urlsplit(settings.SITE_ADDRESS).hostname or "localhost"
    return Event(
        uid=f"exchange-{exchange.pk}@{host}",
        # Translators: the visit in a calendar, with the names of both communities.
        title=_("Visit: %(mentee)s and %(mentor)s") % {"mentee": exchange.mentee, "mentor": exchange.mentor},
        stamped_at=now,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        zone=plan.zone,
        place=", ".join(part for part in (plan.place, plan.city) if part),
        description=plan.project,
        url=f"{settings.SITE_ADDRESS}{exchange.get_absolute_url()}",
        sequence=exchange.calendar_sequence,
        cancelled=exchange.status == ExchangeStatus.CANCELLED,
    )
