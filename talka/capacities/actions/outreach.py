"""Reaching communities that have not heard of a programme."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse

from talka.capacities.actions.letters import write_to_all
from talka.capacities.actions.refusals import NeedRefused, refuse_invented
from talka.capacities.models import Outreach, Way
from talka.capacities.queries.people import representing
from talka.kernel.ledger import record
from talka.kernel.windows import zone
from talka.people.models import Community
from talka.programmes.models import Programme

BETWEEN = timedelta(days=90)


@transaction.atomic
def reach_out(
    *, programme: Programme, community: Community, way: str, words: str, by: Any, now: datetime
) -> Outreach:
    """Invite a community to a programme: by a letter to those who represent it, or on its talk page.

    The talk page is written by hand; that it was is what is kept here. Raises NeedRefused within ninety days
    of the last invitation, and for a letter that would reach nobody.
    """
    refuse_invented(programme, person=None, community=community)
    # The community's row stands for its invitations: of two coordinators one invites.
    Community.objects.select_for_update().get(pk=community.pk)
    earlier = Outreach.objects.filter(programme=programme, community=community)
    last = earlier.order_by("-invited_at").first()
    if last is not None and now < last.invited_at + BETWEEN:
        day = last.invited_at.astimezone(zone(programme.zone)).date()
        raise NeedRefused("outreach.too_early", {"day": day.isoformat()})
    people = representing(community) if way == Way.LETTER else []
    if way == Way.LETTER and not people:
        raise NeedRefused("outreach.nobody")
    made = Outreach.objects.create(
        programme=programme, community=community, way=way, words=words, invited_by=by, invited_at=now
    )
    record(programme, "reach out", by=by, now=now)
    values = {
        "programme": programme,
        "community": community,
        "words": words,
        "path": reverse("public:help", args=[programme.slug]),
    }
    write_to_all("community_reached", people, values=values, about=made, now=now, once="")
    return made
