"""Letters about an application, to everybody who acts for the applicant."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from babel.dates import format_datetime
from django.utils import translation
from django.utils.translation import gettext as _

from talka.applications.models import Application
from talka.applications.queries import applicants
from talka.kernel.locales import locale_of
from talka.kernel.windows import last_minute, zone
from talka.letters.outbox import write_letter


def tell_applicants(
    key: str,
    application: Application,
    *,
    now: datetime,
    values: Mapping[str, Any] | None = None,
    once: str = "",
) -> None:
    """Write the letter to each person who acts for the applicant, in their language."""
    for account in applicants(application):
        with translation.override(account.language):
            words = {**letter_values(application), **(values or {})}
            write_letter(key, to=account, values=in_words(words), about=application, now=now, once=once)


def letter_values(application: Application) -> dict[str, Any]:
    """Return what every letter about an application says."""
    cycle = application.call.cycle
    return {
        "applicant": str(application.applicant),
        "programme": str(cycle.programme),
        "cycle": str(cycle),
        "path": application.get_absolute_url(),
        "until": application.open_until or application.call.closes_at,
        "zone": application.call.zone,
    }


def in_words(values: dict[str, Any]) -> dict[str, Any]:
    """Write out the moment until which something is possible, in the organisers' zone."""
    until = values.get("until")
    if isinstance(until, datetime):
        locale = locale_of(translation.get_language() or "en")
        local = last_minute(until).astimezone(zone(values["zone"])).replace(tzinfo=None)
        place = _("Anywhere on Earth") if values["zone"] == "AoE" else values["zone"]
        values["until"] = f"{format_datetime(local, 'EEEE d MMMM y, HH:mm', locale=locale)} ({place})"
    return values
