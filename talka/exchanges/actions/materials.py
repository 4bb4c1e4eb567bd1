"""Sharing documents around a plan: a link or a file, and who may see it.

Documents are not what is signed: they may come and go without asking for new
signatures, also while the visit is on.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from talka.exchanges.lifecycle import ExchangeStatus
from talka.exchanges.models import Exchange, Material, Plan
from talka.files.models import Upload
from talka.kernel.ledger import record
from talka.kernel.lifecycle import NotAllowed
from talka.matching.models import Seat


class NothingToShare(Exception):
    """A document is one link or one file."""


@transaction.atomic
def add_material(
    *,
    plan: Plan,
    seat: Seat,
    title: str,
    audience: str,
    by: Any,
    now: datetime,
    link: str = "",
    upload: Upload | None = None,
) -> Material:
    """Share a document for one side. Raises NothingToShare, and NotAllowed once the exchange is closed."""
    _refuse_when_over(plan)
    if bool(link) == (upload is not None) or seat.match_id != plan.exchange.match_id:
        raise NothingToShare
    material = Material.objects.create(
        plan=plan, seat=seat, title=title, link=link, upload=upload, audience=audience
    )
    record(plan, "share", by=by, now=now)
    return material


@transaction.atomic
def remove_material(*, material: Material, by: Any, now: datetime) -> None:
    """Take a document back; taking it back twice changes nothing."""
    _refuse_when_over(material.plan)
    if Material.objects.filter(pk=material.pk).delete()[0]:
        record(material.plan, "take back", by=by, now=now)


def _refuse_when_over(plan: Plan) -> None:
    exchange = Exchange.objects.select_for_update().get(pk=plan.exchange_id)
    if exchange.status in (ExchangeStatus.CLOSED, ExchangeStatus.CANCELLED):
        raise NotAllowed("share", exchange.status)
