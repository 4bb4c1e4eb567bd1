"""The records of a person, found by the ways that the inventory names."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q, QuerySet

from talka.people.models import Account
from talka.privacy.inventory import Ways


def own_records(model: type[Model], ways: Ways, account: Account) -> QuerySet[Any]:
    """Find the records of a table that are the person's alone."""
    return model._base_manager.filter(pk__in=_keys(model, ways.own, account)).order_by("pk")


def acted_records(model: type[Model], ways: Ways, account: Account) -> QuerySet[Any]:
    """Find the records of a table in which the person only acted."""
    acted = model._base_manager.filter(pk__in=_keys(model, ways.acted, account))
    return acted.exclude(pk__in=_keys(model, ways.own, account)).order_by("pk")


def _keys(model: type[Model], ways: Iterable[str], account: Account) -> QuerySet[Any]:
    found = Q(pk__in=())
    for way in ways:
        if way != "email":
            found |= Q(**{way: account.pk})
        elif account.email:
            found |= Q(email__iexact=account.email)
    return model._base_manager.filter(found).values("pk")
