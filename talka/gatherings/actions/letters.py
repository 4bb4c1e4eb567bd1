"""Letters about a gathering, to those who signed up for it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core import signing
from django.urls import reverse

from talka.gatherings.models import Gathering, Registration
from talka.kernel.windows import zone as find_zone
from talka.letters.models import Letter
from talka.letters.outbox import write_to_address

SALT = "talka.gatherings.registration"


def tell_everybody(key: str, gathering: Gathering, *, now: datetime) -> int:
    """Write a letter about this version of a gathering to everybody on its list; count the new ones."""
    found = gathering.registrations.select_related("gathering__programme", "account").order_by("pk")
    told = [tell(key, registration, once=str(gathering.version), now=now) for registration in found]
    return sum(letter is not None for letter in told)


def tell(
    key: str, registration: Registration, *, once: str, now: datetime, due_at: datetime | None = None
) -> Letter | None:
    """Write a letter about a gathering to somebody on its list, as long as their address is kept."""
    if not registration.email:
        return None
    return write_to_address(
        key,
        email=registration.email,
        language=registration.language,
        recipient=registration.account,
        values={"name": registration.name, **_facts(registration)},
        about=registration,
        now=now,
        once=once,
        due_at=due_at,
    )


def _facts(registration: Registration) -> Mapping[str, Any]:
    gathering = registration.gathering
    return {
        "gathering": gathering,
        "programme": gathering.programme,
        **_on_both_clocks(gathering, registration.account),
        "link": gathering.link,
        "path": reverse("public:gathering", args=[gathering.pk]),
        "calendar_path": reverse("public:gathering_calendar", args=[gathering.pk]),
        "leave_path": reverse("public:unregister", args=[registration_token(registration)]),
    }


def _on_both_clocks(gathering: Gathering, account: Any) -> Mapping[str, Any]:
    """Return the time on the organisers' clock, and on the reader's where it shows something else."""
    theirs = find_zone(gathering.zone)
    mine = find_zone(account.time_zone) if account else theirs
    there, here = gathering.starts_at.astimezone(theirs), gathering.starts_at.astimezone(mine)
    # Without a zone, so that the template shows the clock it was put on and no other.
    return {
        "starts_at": there.replace(tzinfo=None),
        "ends_at": gathering.ends_at.astimezone(theirs).replace(tzinfo=None),
        "zone": gathering.zone.replace("_", " "),
        "differs": there.utcoffset() != here.utcoffset(),
        "my_start": here.replace(tzinfo=None),
        "my_end": gathering.ends_at.astimezone(mine).replace(tzinfo=None),
        "my_zone": account.time_zone.replace("_", " ") if account else "",
    }


def registration_token(registration: Registration) -> str:
    """Return what only the mail to this person holds, so that they can sign off without an account."""
    return signing.dumps(registration.pk, salt=SALT)


def registration_of(token: str) -> Registration | None:
    """Return whose sign-up a token from a mail is, or None when it is nobody's."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Registration.objects.select_related("gathering__programme").filter(pk=pk).first()
