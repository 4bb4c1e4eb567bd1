"""Fill an empty database with an open call and many who may answer it: python -m tests.bench.crowd 100

Says, as JSON, the call and the communities, each with the session of its representative.
"""

import json
import sys
from importlib import import_module

import django
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction
from django.utils import timezone

django.setup()

from talka.demo.worlds import build_world  # noqa: E402
from talka.people.models import Account, Community, Representation  # noqa: E402


def add_applicant(number, now):
    """Make a community with its representative, who is signed in already."""
    account = Account.objects.create(name=f"P {number}", email=f"p{number}@demo.invalid", joined_at=now)
    community = Community.objects.create(
        name=f"Community {number}",
        kind="user_group",
        country="SK",
        region="cee_ca",
        maturity="developing",
        languages=["sk", "en"],
    )
    Representation.objects.create(
        community=community,
        email=account.email,
        name=account.name,
        account=account,
        status="accepted",
        invited_at=now,
    )
    return {"community": community.pk, "session": sign_in(account)}


def sign_in(account):
    """Open a session as signing in would, and return its key."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return session.session_key


def main(count):
    """Write everything in one go, and say who is there."""
    now = timezone.now()
    with transaction.atomic():
        call = build_world("open_call", now=now).cycle.calls.get(role="mentee")
        people = [add_applicant(number, now) for number in range(count)]
    sys.stdout.write(json.dumps({"call": call.pk, "people": people}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
