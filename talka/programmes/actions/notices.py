"""Notices of collaboration and funding: offered by anybody, looked at by coordinators, shown until a day."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from talka.kernel.ledger import move, record
from talka.kernel.reasons import Reason
from talka.kernel.windows import zone
from talka.letters.outbox import write_letter
from talka.people.models import Account
from talka.programmes.lifecycle import NoticeStatus
from talka.programmes.models import Notice, Programme
from talka.programmes.queries import coordinators_of_programme

MOST_WAITING = 5


class NoticeRefused(Exception):
    """The notice cannot be offered like this now; the reason says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.key)
        self.reason = reason


@transaction.atomic
def offer_notice(
    *,
    programme: Programme,
    title: str,
    text: str,
    address: str,
    closes_on: date,
    by: Any,
    now: datetime,
) -> Notice:
    """Hand a notice to the coordinators, who get a letter. Raises NoticeRefused.

    At most five of one person may wait: coordinators have other things to read as well.
    """
    _check_day(programme, closes_on, now)
    # Held, so that two forms of one person count each other.
    Account.objects.select_for_update().get(pk=by.pk)
    waiting = Notice.objects.filter(programme=programme, offered_by=by, status=NoticeStatus.WAITING)
    if waiting.count() >= MOST_WAITING:
        raise NoticeRefused(Reason("notices.too_many", {"most": MOST_WAITING}))
    notice = Notice.objects.create(
        programme=programme,
        title=title,
        text=text,
        address=address,
        closes_on=closes_on,
        offered_by=by,
        offered_at=now,
    )
    record(notice, "offer", by=by, now=now)
    _tell_coordinators(notice, now=now)
    return notice


def _check_day(programme: Programme, closes_on: date, now: datetime) -> None:
    if closes_on < now.astimezone(zone(programme.zone)).date():
        raise NoticeRefused(Reason("notices.over"))


def _tell_coordinators(notice: Notice, *, now: datetime) -> None:
    for person in coordinators_of_programme(notice.programme):
        if person != notice.offered_by:
            values = {
                "programme": notice.programme,
                "title": notice.title,
                "by": notice.offered_by.name,
                "path": reverse("office:notices", args=[notice.programme.slug]),
            }
            write_letter(
                "notice_offered", to=person, values=values, about=notice, now=now, once=now.isoformat()
            )


@transaction.atomic
def edit_notice(
    *,
    notice: Notice,
    title: str,
    text: str,
    address: str,
    closes_on: date,
    version: int,
    by: Any,
    now: datetime,
) -> None:
    """Change a notice that is not shown yet; one that was refused is thereby offered again.

    Raises NoticeRefused and Overtaken.
    """
    _check_day(notice.programme, closes_on, now)
    # By the row, which is held: nobody changes words that are shown meanwhile.
    fresh = Notice.objects.select_for_update().get(pk=notice.pk)
    if not fresh.is_writable:
        raise NoticeRefused(Reason("notices.decided"))
    notice.title, notice.text, notice.address, notice.closes_on = title, text, address, closes_on
    notice.save_version(version, ["title", "text", "address", "closes_on"])
    if fresh.status == NoticeStatus.REFUSED:
        notice.status = fresh.status
        move(notice, "offer again", by=by, now=now)
        _tell_coordinators(notice, now=now)
    else:
        record(notice, "edit", by=by, now=now)


@transaction.atomic
def show_notice(*, notice: Notice, version: int, by: Any, now: datetime) -> None:
    """Show a notice to everybody, in the words that were read. Raises Overtaken and NotAllowed."""
    _decide(notice, "show", refusal="", version=version, by=by, now=now)


@transaction.atomic
def refuse_notice(*, notice: Notice, reason: str, version: int, by: Any, now: datetime) -> None:
    """Show a notice no more, or not at all, and say why. Raises Overtaken and NotAllowed."""
    _decide(notice, "take off", refusal=reason, version=version, by=by, now=now)


def _decide(notice: Notice, verb: str, *, refusal: str, version: int, by: Any, now: datetime) -> None:
    notice.refusal, notice.decided_by, notice.decided_at = refusal, by, now
    notice.save_version(version, ["refusal", "decided_by", "decided_at"])
    move(notice, verb, by=by, now=now)
    if notice.offered_by == by:
        return
    values = {
        "programme": notice.programme,
        "title": notice.title,
        "is_shown": notice.status == NoticeStatus.SHOWN,
        "closes_on": notice.closes_on,
        "reason": refusal,
        "path": notice.get_absolute_url(),
    }
    write_letter(
        "notice_decided", to=notice.offered_by, values=values, about=notice, now=now, once=now.isoformat()
    )


@transaction.atomic
def withdraw_notice(*, notice: Notice, by: Any, now: datetime) -> None:
    """Take back a notice of one's own. Raises NotAllowed and Overtaken."""
    move(notice, "withdraw", by=by, now=now)
