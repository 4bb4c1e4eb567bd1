"""A request for help, an offer, and an introduction of the two."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from talka.kernel.lifecycle import Lifecycle, moves


class NeedStatus(TextChoices):
    # Translators: where a request for help stands.
    ASKED = "asked", _("Asked")
    TAKEN = "taken", _("Somebody is on it")
    ANSWERED = "answered", _("Answered")
    MATCHED = "matched", _("Introduced to a mentor")
    APPLIED = "applied", _("Became an application")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CLOSED = "closed", _("Closed")


N = NeedStatus
# It is the coordinators' turn, or that of somebody whom they asked.
WAITING = (N.ASKED, N.TAKEN)
# Nobody has to do anything, unless the asker answers back.
SETTLED = (N.ANSWERED, N.MATCHED, N.APPLIED, N.WITHDRAWN, N.CLOSED)

NEED = Lifecycle(
    start=N.ASKED,
    moves=moves(
        ("take up", N.ASKED, N.TAKEN),
        ("lay back", N.TAKEN, N.ASKED),
        ("reply", WAITING, N.ANSWERED),
        ("introduce", [*WAITING, N.ANSWERED], N.MATCHED),
        ("begin application", [*WAITING, N.ANSWERED], N.APPLIED),
        ("withdraw", [*WAITING, N.ANSWERED, N.MATCHED], N.WITHDRAWN),
        ("close", [N.TAKEN, N.ANSWERED, N.MATCHED, N.APPLIED], N.CLOSED),
        # To whoever was on it before, or to all coordinators.
        ("answer back", SETTLED, N.TAKEN),
        ("ask again", SETTLED, N.ASKED),
    ),
)


class OfferStatus(TextChoices):
    # Translators: where an offer to help stands.
    OPEN = "open", _("Open")
    STALE = "stale", _("Not confirmed for a year")
    ENDED = "ended", _("Ended")


# Whether somebody is away follows from the days that they named: nothing has to happen at midnight.
OFFER = Lifecycle(
    start=OfferStatus.OPEN,
    moves=moves(
        ("mark stale", OfferStatus.OPEN, OfferStatus.STALE),
        ("renew", OfferStatus.STALE, OfferStatus.OPEN),
        ("end", [OfferStatus.OPEN, OfferStatus.STALE], OfferStatus.ENDED),
        ("resume", OfferStatus.ENDED, OfferStatus.OPEN),
    ),
)


class IntroductionStatus(TextChoices):
    # Translators: where an introduction of somebody who asks for help to a mentor stands.
    ASKED = "asked", _("Waiting for the mentor")
    ACCEPTED = "accepted", _("Introduced")
    DECLINED = "declined", _("The mentor said no")
    WITHDRAWN = "withdrawn", _("Taken back")
    ENDED = "ended", _("Ended")


I = IntroductionStatus  # noqa: E741
# Those that take a place of the offer, and of which a need has one at a time.
STANDING = (I.ASKED, I.ACCEPTED)

INTRODUCTION = Lifecycle(
    start=I.ASKED,
    moves=moves(
        ("accept", I.ASKED, I.ACCEPTED),
        ("decline", I.ASKED, I.DECLINED),
        ("withdraw", I.ASKED, I.WITHDRAWN),
        ("finish", I.ACCEPTED, I.ENDED),
    ),
)
