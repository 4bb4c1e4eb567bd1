"""Groups to which the person belongs, and their notices, as the desk lists them."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from talka.programmes.lifecycle import NoticeStatus
from talka.programmes.models import Membership, Notice, Programme
from talka.web.shared.group_parts import spoken
from talka.web.shared.tasks import Mine


def group_records(account: Any, now: datetime) -> list[Mine]:
    """List the rolls on which the person stands, and the notices they offered that are not withdrawn."""
    seen = Programme.objects.visible_to(account).values("pk")
    members = Membership.objects.filter(account=account, programme__in=seen).current()
    offered = Notice.objects.filter(offered_by=account, programme__in=seen)
    offered = offered.exclude(status=NoticeStatus.WITHDRAWN).filter(closes_on__gte=now.date())
    return [
        *(_membership(one) for one in members.select_related("programme").order_by("pk")),
        *(_notice(one) for one in offered.select_related("programme").order_by("-pk")[:20]),
    ]


def _membership(one: Membership) -> Mine:
    roll, programme = one.programme.plan.roll, one.programme
    words = {"roll": spoken(roll.name) if roll else "", "programme": programme}
    # Translators: on the desk, such as "Members of the working group, Wikipedia & Education mentorship".
    said = _("%(roll)s, %(programme)s") % words if roll else str(programme)
    return Mine(said, reverse("public:members", args=[programme.slug]), None, _("You are a member"))


def _notice(one: Notice) -> Mine:
    words = {"title": one.title, "programme": one.programme}
    return Mine(_("Your notice “%(title)s” in %(programme)s") % words, one.get_absolute_url(), one)
