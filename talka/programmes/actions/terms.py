"""The posts of a programme's group: filled, corrected, ended. They give no rights."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from talka.kernel.ledger import record
from talka.kernel.models import Overtaken
from talka.kernel.reasons import Reason
from talka.letters.outbox import write_letter
from talka.letters.sayings import said
from talka.letters.sending import leads_nowhere
from talka.people.actions.sign_in import find_or_make_account
from talka.people.models import Account
from talka.programmes.actions.posts import InventedPerson
from talka.programmes.models import Programme, Tenure
from talka.programmes.rules import Term, most_at_once


class PostRefused(Exception):
    """The post cannot be held like this; the reason says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.key)
        self.reason = reason


@transaction.atomic
def fill_post(
    *,
    programme: Programme,
    post: str,
    name: str,
    starts_on: date,
    ends_on: date | None,
    by: Any,
    now: datetime,
    email: str = "",
) -> Tenure:
    """Write down who holds a post. Who is named with an address gets a letter.

    Raises PostRefused where no seat is free on one of the days, and InventedPerson.
    """
    if email and leads_nowhere(email) and not programme.is_rehearsal:
        raise InventedPerson
    _check(programme, post, Term(starts_on, ends_on))
    account = None
    if email:
        account = find_or_make_account(email=email, language=by.language, now=now, name=name)
    tenure = Tenure.objects.create(
        programme=programme, post=post, account=account, name=name, starts_on=starts_on, ends_on=ends_on
    )
    record(tenure, "fill", by=by, now=now)
    if account is not None and account != by:
        _tell(tenure, account, by=by, now=now)
    return tenure


def _check(programme: Programme, post: str, term: Term, *, but: int | None = None) -> None:
    """Refuse days that are out of order, or on which no seat is free."""
    # Two coordinators who fill the last seat at the same moment wait for each other here.
    held = Programme.objects.select_for_update().get(pk=programme.pk)
    planned = next((one for one in held.plan.posts if one.key == post), None)
    if planned is None and but is None:
        raise PostRefused(Reason("posts.unknown"))
    if term.ends_on and term.ends_on < term.starts_on:
        raise PostRefused(Reason("posts.backwards"))
    others = Tenure.objects.filter(programme=programme, post=post)
    if but is not None:
        others = others.exclude(pk=but)
    terms = [Term(*days) for days in others.values_list("starts_on", "ends_on")]
    if planned is not None and most_at_once(term, terms) >= planned.seats:
        raise PostRefused(Reason("posts.taken", {"seats": planned.seats}))


def _tell(tenure: Tenure, account: Account, *, by: Any, now: datetime) -> None:
    planned = next(post for post in tenure.programme.plan.posts if post.key == tenure.post)
    write_letter(
        "post_filled",
        to=account,
        values={
            "programme": tenure.programme,
            "post": said(planned.name),
            "holder": tenure.name,
            "starts_on": tenure.starts_on,
            "ends_on": tenure.ends_on,
            "by": by.name if by else "Talka",
            "path": reverse("public:members", args=[tenure.programme.slug]),
        },
        about=tenure,
        now=now,
    )


@transaction.atomic
def edit_tenure(
    *,
    tenure: Tenure,
    name: str,
    starts_on: date,
    ends_on: date | None,
    version: int,
    by: Any,
    now: datetime,
) -> None:
    """Correct a term or set its end. Raises PostRefused and Overtaken."""
    if (tenure.starts_on, tenure.ends_on) != (starts_on, ends_on):
        _check(tenure.programme, tenure.post, Term(starts_on, ends_on), but=tenure.pk)
    tenure.name, tenure.starts_on, tenure.ends_on = name, starts_on, ends_on
    tenure.save_version(version, ["name", "starts_on", "ends_on"])
    record(tenure, "edit", by=by, now=now)


@transaction.atomic
def remove_tenure(*, tenure: Tenure, version: int, by: Any, now: datetime) -> None:
    """Take a term back that was never held. Raises Overtaken when somebody changed it meanwhile."""
    if not Tenure.objects.filter(pk=tenure.pk, version=version).delete()[0]:
        raise Overtaken(f"term {tenure.pk} is past version {version}")
    record(tenure.programme, "take back a term", by=by, now=now)
