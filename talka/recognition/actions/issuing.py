"""Issuing certificates: by the rule, by exception, and anew in the place of one that is revoked."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from talka.applications.models import Application
from talka.applications.queries import day_of
from talka.kernel.ledger import record
from talka.kernel.reasons import Reason
from talka.letters.outbox import write_letter
from talka.letters.sayings import said
from talka.matching.actions.proposing import hold_cycle
from talka.people.models import Account
from talka.programmes.models import Cycle
from talka.recognition.actions.refusals import CertificateRefused
from talka.recognition.actions.revoking import take_back
from talka.recognition.actions.wording import write_content
from talka.recognition.models import Certificate, RevokeReason, new_code
from talka.recognition.queries import Standing, standing_of, standings
from talka.recognition.rules import seal_of


@transaction.atomic
def issue_certificates(
    *, cycle: Cycle, by: Any, now: datetime, named: Collection[tuple[int, int]] | None = None
) -> list[Certificate]:
    """Give a certificate to everybody who meets the rule and has none, and write to them.

    `named` holds who of them is meant, as (application, account); for a community somebody always says
    which of its representatives get one. Without it those are meant who took part for themselves and whose
    certificate was never revoked. Asked twice, also at the same moment, everybody gets one.
    """
    hold_cycle(cycle.pk)
    meant = [
        (standing, person)
        for standing in standings([cycle], today=day_of(cycle, now)).get(cycle.pk, [])
        if standing.verdict.is_met
        for person, is_ticked in standing.candidates
        if (is_ticked if named is None else (standing.application.pk, person.pk) in named)
    ]
    return [_issue(standing, person, by=by, now=now) for standing, person in meant]


@transaction.atomic
def issue_by_exception(
    *, application: Application, holder: Account, reason: str, by: Any, now: datetime
) -> Certificate:
    """Give somebody a certificate although something is missing; the reason is kept, and never printed.

    Raises CertificateRefused without a reason, for somebody who does not act for the applicant, and for
    whoever has one already.
    """
    if not reason.strip():
        raise CertificateRefused(Reason("recognition.says_no_why"))
    hold_cycle(application.call.cycle_id)
    standing = standing_of(application, now=now)
    if standing is None or holder not in standing.people:
        raise CertificateRefused(Reason("recognition.not_theirs"))
    if holder not in [person for person, _is_ticked in standing.candidates]:
        raise CertificateRefused(Reason("recognition.has_one"))
    return _issue(standing, holder, by=by, now=now, exception=reason.strip())


@transaction.atomic
def replace_certificate(*, certificate: Certificate, by: Any, now: datetime) -> Certificate:
    """Revoke a certificate and issue another in its place, in the words and with the name of today.

    Raises NotAllowed for one that is revoked, and Overtaken.
    """
    hold_cycle(certificate.cycle_id)
    standing = standing_of(certificate.application, now=now)
    if standing is None:
        raise CertificateRefused(Reason("recognition.not_begun"))
    take_back(certificate, RevokeReason.REPLACED, "", by=by, now=now)
    return _issue(standing, certificate.holder, by=by, now=now, exception=certificate.exception)


def _issue(
    standing: Standing, holder: Account, *, by: Any, now: datetime, exception: str = ""
) -> Certificate:
    """Write a certificate down, with the next number of its cycle, whose row is held."""
    application = standing.application
    cycle = Cycle.objects.select_related("programme").get(pk=application.call.cycle_id)
    last = Certificate.objects.filter(cycle=cycle).aggregate(last=Max("number"))["last"] or 0
    certificate = Certificate(
        cycle=cycle,
        application=application,
        holder=holder,
        role=application.call.role,
        number=last + 1,
        code=new_code(),
        issued_at=now,
        issued_by=by,
        exception=exception,
    )
    certificate.content = write_content(certificate, standing, holder, now=now)
    certificate.seal = seal_of(certificate.content)
    certificate.save()
    record(certificate, "issue by exception" if exception else "issue", by=by, now=now)
    values = {
        "programme": cycle.programme,
        "title": said(standing.asked.title),
        "path": reverse("desk:certificate", args=[application.pk]),
        "verify_path": certificate.get_absolute_url(),
    }
    write_letter("certificate_issued", to=holder, values=values, about=certificate, now=now)
    return certificate
