"""When emergency contacts go, and a visit in a calendar."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from talka.exchanges.lifecycle import ExchangeStatus, PlanStatus
from talka.exchanges.models import Exchange, Traveller
from talka.exchanges.queries.plans import limits_of
from talka.exchanges.rules.visits import emergency_contact_goes_at, shows_emergency_contact
from talka.papers.calendars import Event


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
