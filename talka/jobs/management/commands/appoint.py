"""`talka appoint`: give somebody a post, or the right to create programmes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from talka.kernel.ledger import record
from talka.people.actions.sign_in import find_or_make_account
from talka.programmes.actions import appoint
from talka.programmes.models import Post, Programme


class Command(BaseCommand):
    """Gives somebody a post in a programme, or the right to create programmes."""

    help = "Give somebody a post in a programme, or (without --programme) the right to create programmes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")
        parser.add_argument("--programme", help="its address, such as peer-learning")
        parser.add_argument("--post", choices=Post.values, default=Post.COORDINATOR)

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        account = find_or_make_account(email=options["email"], name=options["name"], language="en", now=now)
        if options["programme"]:
            programme = Programme.objects.filter(slug=options["programme"]).first()
            if programme is None:
                raise CommandError(f"No programme has the address {options['programme']}.")
            appoint(programme=programme, account=account, post=options["post"], by=None, now=now)
        else:
            account.can_found = True
            account.save(update_fields=["can_found"])
            record(account, "allow_to_found", by=None, now=now)
        self.stdout.write(f"Done: {account.email}")
