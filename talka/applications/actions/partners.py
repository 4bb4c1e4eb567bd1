"""The partner agreed beforehand: named, asked, confirmed or not."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation

from talka.applications.actions.letters import in_words, letter_values, tell_applicants
from talka.applications.actions.refusals import ApplicationRefused, changing
from talka.applications.actions.starting import start_application
from talka.applications.lifecycle import PARTNER, ApplicationStatus
from talka.applications.models import Application, Partner
from talka.applications.queries import acting_for, teaching_call
from talka.kernel.ledger import move
from talka.letters.outbox import write_letter
from talka.people.models import Community

# How long a partner has to fill in its own part when the call closed before it was asked.
TIME_TO_FILL_IN = timedelta(days=7)


def name_partner(
    *, application: Application, community: Community, note: str, by: Any, now: datetime
) -> Partner:
    """Name the community with which the applicant agreed; another one named before makes way.

    Raises ApplicationRefused.
    """
    if community.pk == application.community_id:
        raise ApplicationRefused("partner.is_yourself")
    with changing(application, by=by, now=now) as locked:
        partner = Partner.objects.filter(application=locked).first()
        if partner is not None and partner.community_id != community.pk:
            partner.delete()
            partner = None
        if partner is None:
            partner = Partner(application=locked, community=community)
        partner.note = note
        partner.save()
        if locked.status != ApplicationStatus.DRAFT and partner.status == PARTNER.start:
            invite_partner(partner=partner, by=by, now=now)
    return partner


def drop_partner(*, application: Application, by: Any, now: datetime) -> None:
    """Name no partner any more: the organisers look for one. Raises ApplicationRefused."""
    with changing(application, by=by, now=now) as locked:
        Partner.objects.filter(application=locked).delete()


@transaction.atomic
def invite_partner(*, partner: Partner, by: Any, now: datetime) -> int:
    """Ask the named community by mail whether it is so; return how many people could be written to."""
    move(partner, "invite", by=by, now=now)
    people = list(acting_for(partner.community).order_by("pk"))
    for account in people:
        with translation.override(account.language):
            values = letter_values(partner.application) | {
                "partner": str(partner.community),
                "note": partner.note,
                "path": reverse("desk:partner", args=[partner.pk]),
            }
            write_letter("partner_invited", to=account, values=in_words(values), about=partner, now=now)
    return len(people)


@transaction.atomic
def confirm_partner(*, partner: Partner, by: Any, now: datetime) -> Application | None:
    """Say that the two agreed, and return the partner's own application in the call for those who teach.

    One is begun where the partner has none; past the end of the call it stays open for a week. None where
    the cycle invites nobody to teach. Raises ApplicationRefused when the applicant has withdrawn.
    """
    _refuse_withdrawn(partner)
    move(partner, "confirm", by=by, now=now)
    _note_answer(partner, by=by, now=now)
    call = teaching_call(partner.application.call.cycle)
    if call is None:
        return None
    # The one that is there already, also where somebody begins it at the same moment.
    open_until = None if call.window.is_open(now) else now + TIME_TO_FILL_IN
    return start_application(call=call, community=partner.community, by=by, now=now, open_until=open_until)


@transaction.atomic
def refuse_partner(*, partner: Partner, by: Any, now: datetime) -> None:
    """Say that the two did not agree. Raises ApplicationRefused when the applicant has withdrawn."""
    _refuse_withdrawn(partner)
    move(partner, "refuse", by=by, now=now)
    _note_answer(partner, by=by, now=now)


def _refuse_withdrawn(partner: Partner) -> None:
    # By the row, which is held: a withdrawal comes before the answer or after it.
    held = Application.objects.select_for_update().get(pk=partner.application_id)
    if held.status == ApplicationStatus.WITHDRAWN:
        raise ApplicationRefused("partner.application_withdrawn")


def _note_answer(partner: Partner, *, by: Any, now: datetime) -> None:
    partner.answered_by, partner.answered_at = by, now
    partner.save(update_fields=["answered_by", "answered_at"])
    values = {"partner": str(partner.community), "status": partner.status}
    tell_applicants("partner_answered", partner.application, now=now, values=values, once=now.isoformat())
