"""Letters of invitation: what they say is frozen when they are issued."""

from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from talka.exchanges.models import Exchange, Traveller
from talka.kernel.ledger import record
from talka.kernel.locales import locale_of
from talka.kernel.windows import zone
from talka.kernel.wording import say
from talka.letters.outbox import write_letter
from talka.travel.actions.refusals import hold_unlocked, refuse_stranger
from talka.travel.models import InvitationLetter


@transaction.atomic
def issue_invitation(
    *, traveller: Traveller, by: Any, now: datetime, language: str = "en"
) -> InvitationLetter:
    """Issue a letter of invitation for a traveller, in the words that hold now, and tell them.

    Later changes of the plan never change it: another letter is issued then. Asked twice on a day for the
    same words, it returns the letter that is there. Raises Refused while the plan is not approved, because
    the letter names its days.
    """
    exchange = hold_unlocked(traveller.exchange_id, "invite")
    refuse_stranger(traveller, exchange)
    earlier = list(InvitationLetter.objects.filter(traveller=traveller).order_by("pk"))
    with translation.override(language):
        content = _content(exchange, traveller, by, number=len(earlier) + 1, now=now, language=language)
    if earlier and {**earlier[-1].content, "reference": content["reference"]} == content:
        return earlier[-1]
    letter = InvitationLetter.objects.create(
        traveller=traveller, content=content, issued_by=by, issued_at=now
    )
    record(traveller, "issue invitation", by=by, now=now)
    values = {"exchange": exchange, "path": reverse("desk:exchange", args=[exchange.pk])}
    write_letter("invitation_issued", to=traveller.account, values=values, about=letter, now=now)
    return letter


def _content(
    exchange: Exchange, traveller: Traveller, by: Any, *, number: int, now: datetime, language: str
) -> dict[str, Any]:
    """Write the letter as the plain data that its paper is set from."""
    cycle, plan = exchange.match.cycle, exchange.plan
    programme = say(cycle.programme.name, language).text
    names = {"host": str(exchange.host), "visitor": str(exchange.visitor)}
    today = now.astimezone(zone(cycle.programme.zone)).date()
    return {
        "lang": language,
        "dir": "rtl" if translation.get_language_bidi() else "ltr",
        "title": _("Letter of invitation"),
        "reference": _("Reference: %(reference)s")
        % {"reference": f"{cycle.slug}-{exchange.pk}-{traveller.pk}-{number}"},
        "sender": {"name": programme, "lines": [say(cycle.label, language).text]},
        "recipient": [_("To the authorities it may concern")],
        "dated": _day(today, language),
        "greeting": _("To whom it may concern,"),
        "paragraphs": [
            _("We invite %(name)s, representative of %(visitor)s, to a working visit. The host is %(host)s.")
            % {**names, "name": traveller.account.name},
            _(
                "The visit is part of %(programme)s. Travel in economy class, accommodation and insurance "
                "are arranged and paid for by the programme."
            )
            % {"programme": programme},
        ],
        "facts": _facts(exchange, traveller, names, language),
        "programme": {
            "heading": _("Programme of the visit"),
            "header": [_("Day"), _("What takes place")],
            "rows": [[_day(item.day, language), item.what] for item in plan.items.all()],
        },
        "closing": _("Yours sincerely,"),
        "signatory": {"name": by.name, "lines": [_("Coordinator, %(programme)s") % {"programme": programme}]},
    }


def _facts(exchange: Exchange, traveller: Traveller, names: dict[str, str], language: str) -> list[list[str]]:
    plan = exchange.plan
    days = {"first": _day(plan.starts_on, language), "last": _day(plan.ends_on, language)}
    return [
        [_("Invited"), traveller.account.name],
        [_("Representing"), names["visitor"]],
        [_("Host"), names["host"]],
        # Translators: the days of a visit, in a letter of invitation.
        [_("Days on site"), _("%(first)s to %(last)s") % days],
        [_("Place"), ", ".join(part for part in (plan.place, plan.city) if part)],
        [_("Purpose"), plan.project],
    ]


def _day(day: date | None, language: str) -> str:
    return format_date(day, "long", locale=locale_of(language)) if day else ""
