"""Who stands behind a request or an offer, and who answers for a programme."""

from talka.capacities.models import Need, Offer
from talka.people.models import Account, Community
from talka.programmes.models import Post, Programme


def people_of(record: Need | Offer) -> list[Account]:
    """List the people to whom letters about a request or an offer go."""
    return [record.person] if record.person else representing(record.community)


def representing(community: Community | None) -> list[Account]:
    """List the accounts that act for a community."""
    found = Account.objects.filter(
        representations__community=community, representations__status="accepted", is_active=True
    )
    return list(found.distinct().order_by("pk"))


def coordinators_of(programme: Programme) -> list[Account]:
    """List who coordinates a programme now."""
    held = {"programme": programme, "post": Post.COORDINATOR, "ended_at__isnull": True}
    found = Account.objects.filter(
        is_active=True, **{f"appointments__{name}": value for name, value in held.items()}
    )
    return list(found.distinct().order_by("pk"))
