"""Being one of the invented people of a rehearsal for a while: who can be, by whom, and until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from talka.access.table import may
from talka.demo.cohort import accounts_of, communities_of
from talka.kernel.ledger import record
from talka.people.models import Account, Community, Representation
from talka.programmes.models import Programme


@dataclass(frozen=True)
class Looking:
    """A coordinator looks as somebody invented for their rehearsal."""

    by: Any
    account: Account
    programme: Programme


def people_to_be(programme: Programme) -> QuerySet[Account]:
    """Find whom one can be in a rehearsal: invented people without any right outside it."""
    powerless = Account.objects.filter(
        is_active=True, can_found=False, wikimedia_id__isnull=True, appointments__isnull=True
    )
    return powerless.filter(pk__in=accounts_of(programme).values("pk"))


def cohort_of_people(programme: Programme) -> Iterable[Community]:
    """List the invented communities of a rehearsal, each with its `speakers`."""
    speaking = Representation.objects.current().filter(account__in=people_to_be(programme))
    speakers = Prefetch("representations", speaking.select_related("account"), to_attr="speakers")
    return communities_of(programme).order_by("name").prefetch_related(speakers)


def people_of_their_own(programme: Programme) -> QuerySet[Account]:
    """Find the invented people who act for no community: they apply for themselves."""
    return people_to_be(programme).filter(representations__isnull=True).order_by("name")


def looking(*, by: Any, account: int, programme: int) -> Looking | None:
    """Return who looks as whom; None once the rehearsal, the invented person or the right is gone."""
    rehearsal = Programme.objects.filter(pk=programme, is_rehearsal=True).first()
    if rehearsal is None or not may(by, "rehearsal.look", rehearsal):
        return None
    person = people_to_be(rehearsal).filter(pk=account).first()
    return Looking(by, person, rehearsal) if person is not None else None


@transaction.atomic
def look_as(*, account: Account, programme: Programme, by: Any, now: datetime) -> None:
    """Write down that a coordinator is somebody invented from now on: what follows is done in that name."""
    record(programme, "look as", by=by, now=now, note=account.name)


@transaction.atomic
def look_back(*, looking: Looking, now: datetime) -> None:
    """Write down that the coordinator is themselves again."""
    record(looking.programme, "look back", by=looking.by, now=now, note=looking.account.name)
