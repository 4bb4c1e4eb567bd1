"""Revoking a certificate, which is for good: another one has another number."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from talka.kernel.ledger import move
from talka.kernel.lifecycle import NotAllowed
from talka.letters.outbox import write_letter
from talka.recognition.models import Certificate, RevokeReason


@transaction.atomic
def revoke_certificate(
    *, certificate: Certificate, reason: RevokeReason, note: str = "", by: Any, now: datetime
) -> None:
    """Revoke a certificate with a reason that anybody may read, and write to its holder.

    The note is for the coordinators. Raises NotAllowed for one that is revoked, and Overtaken.
    """
    take_back(certificate, reason, note, by=by, now=now)
    values = {
        "programme": certificate.cycle.programme,
        "number": certificate.reference,
        "reason": reason.label,
        "path": reverse("desk:certificate", args=[certificate.application_id]),
    }
    write_letter("certificate_revoked", to=certificate.holder, values=values, about=certificate, now=now)


def take_back(certificate: Certificate, reason: RevokeReason, note: str, *, by: Any, now: datetime) -> None:
    """Write down why and when a certificate ended, and end it. Raises NotAllowed and Overtaken."""
    if not certificate.is_valid:
        raise NotAllowed("revoke", certificate.status)
    certificate.revoked_at, certificate.revoke_reason, certificate.revoke_note = now, reason, note
    certificate.save(update_fields=["revoked_at", "revoke_reason", "revoke_note"])
    move(certificate, "revoke", by=by, now=now)
