"""The world that the pages are looked at in."""

from django.utils import timezone

from talka.demo.worlds import WORLDS, build_worlds
from talka.people.models import Account


def build():
    """Make every named world of the demonstration side by side, and return the cast by name."""
    build_worlds(tuple(WORLDS), now=timezone.now())
    return {account.email.partition("@")[0]: account for account in Account.objects.exclude(email=None)}
