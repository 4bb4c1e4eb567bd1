"""Check-ins to sign up for, what one took on at meetings, and the meetings one goes to."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from talka.gatherings.models import ActionItem, Gathering, GatheringKind
from talka.gatherings.models.gatherings import cycles_of
from talka.kernel.windows import end_of
from talka.web.shared.tasks import Mine, Task
from talka.web.templatetags.words import moment

SOON = timedelta(days=30)


def gathering_tasks(account: Any, now: datetime) -> list[Task]:
    """List the check-ins of the next weeks that have a place, and what the person took on."""
    items = ActionItem.objects.open_for(account).select_related("gathering__programme")
    return [
        *(_of_check_in(one) for one in _check_ins_with_places(account, now)),
        *(_of_item(item, account) for item in items.order_by("due_on", "pk")),
    ]


def _check_ins_with_places(account: Any, now: datetime) -> list[Gathering]:
    soon = Gathering.objects.coming(now).filter(
        kind=GatheringKind.CHECK_IN,
        cycle__in=cycles_of(account),
        starts_at__gt=now,
        starts_at__lte=now + SOON,
    )
    counted = soon.annotate(
        taken=Count("registrations", distinct=True),
        own=Count("registrations", filter=Q(registrations__account=account), distinct=True),
    )
    return list(
        counted.filter(Q(places__isnull=True) | Q(taken__lt=F("places")), own=0).select_related("programme")
    )


def _of_check_in(gathering: Gathering) -> Task:
    words = _("%(programme)s: sign up for “%(meeting)s” with the organisers, on %(moment)s.")
    return Task(
        words=words
        % {
            "programme": gathering.programme,
            "meeting": gathering,
            "moment": moment(gathering.starts_at),
        },
        address=gathering.get_absolute_url(),
        button=_("Sign up"),
        due_at=gathering.starts_at,
        zone=gathering.zone,
    )


def _of_item(item: ActionItem, account: Any) -> Task:
    words = _("%(programme)s: you took on “%(item)s”.")
    return Task(
        words=words % {"programme": item.gathering.programme, "item": item},
        address=item.get_absolute_url(),
        button=_("Say what became of it"),
        due_at=end_of(item.due_on, account.time_zone),
        zone=account.time_zone,
    )


def gathering_records(account: Any, now: datetime) -> list[Mine]:
    """List the meetings ahead that the person signed up for."""
    coming = Gathering.objects.coming(now).filter(registrations__account=account).distinct()
    return [
        Mine(words=str(one), note=moment(one.starts_at), address=one.get_absolute_url(), record=None)
        for one in coming
    ]
