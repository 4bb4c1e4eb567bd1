"""The coordinators' last look at an exchange, whether it took place or was cancelled."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from talka.exchanges.lifecycle import ExchangeStatus
from talka.exchanges.models import Exchange
from talka.kernel.ledger import move, record
from talka.kernel.reasons import Reason
from talka.reports.actions.refusals import ReportsOpen
from talka.reports.lifecycle import ReportStatus
from talka.reports.models import Closing

WORDS = ("goals_met", "evidence", "lessons", "went_wrong", "mentee_said", "mentor_said", "answers")


@transaction.atomic
def close_exchange(*, exchange: Exchange, words: Mapping[str, Any], by: Any, now: datetime) -> Closing:
    """Close an exchange with what is known of it: `words` holds the fields of a Closing by name.

    A visit is closed when every report of it is accepted (ReportsOpen
    otherwise); a cancelled exchange at any time. Raises NotAllowed.
    """
    # Held while its reports are counted: none is opened again in between.
    Exchange.objects.select_for_update().get(pk=exchange.pk)
    waiting = exchange.reports.exclude(status=ReportStatus.ACCEPTED)
    if exchange.status == ExchangeStatus.VISITED and waiting.exists():
        raise ReportsOpen(Reason("reports.not_accepted", {"count": waiting.count()}))
    move(exchange, "close", by=by, now=now)
    closing, _ = Closing.objects.update_or_create(
        exchange=exchange, defaults={**_known(words), "closed_by": by, "closed_at": now}
    )
    return closing


@transaction.atomic
def edit_closing(*, closing: Closing, words: Mapping[str, Any], version: int, by: Any, now: datetime) -> None:
    """Correct what was written when the exchange was closed. Raises Overtaken."""
    known = _known(words)
    for name, value in known.items():
        setattr(closing, name, value)
    closing.save_version(version, list(known))
    record(closing.exchange, "edit closing", by=by, now=now)


@transaction.atomic
def reopen_exchange(*, exchange: Exchange, by: Any, now: datetime, note: str = "") -> None:
    """Take a closed visit up again; what was written stays, and is asked again. Raises NotAllowed.

    A cancelled exchange cannot become a visit: what was written of it is corrected by `edit_closing`.
    """
    if not exchange.reports.exists():
        raise ReportsOpen(Reason("reports.never_visited"))
    move(exchange, "reopen", by=by, now=now, note=note)


def _known(words: Mapping[str, Any]) -> dict[str, Any]:
    return {name: words[name] for name in WORDS if name in words}
