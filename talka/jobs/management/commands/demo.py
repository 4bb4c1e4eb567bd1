"""`talka demo`: fill an empty database with the demonstration."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from talka.demo.worlds import WORLDS, build_worlds
from talka.people.models import Account


class Command(BaseCommand):
    """Makes a cycle for every named world side by side, or for one of them."""

    help = "Fill an empty database with the demonstration: every world, or the one named."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("world", nargs="?", choices=list(WORLDS))

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Set TALKA_DEMO=1: invented people belong in no other database.")
        if Account.objects.exists():
            self.stdout.write("The demonstration is there already.")
            return
        names = (options["world"],) if options["world"] else tuple(WORLDS)
        with transaction.atomic():
            build_worlds(names, now=timezone.now())
        self.stdout.write(f"Made: {', '.join(names)}")
