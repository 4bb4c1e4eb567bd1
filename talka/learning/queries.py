"""Reads that span modules: a person's path through them, where a cohort stands, who takes part."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from talka.applications.lifecycle import ApplicationStatus
from talka.applications.models import Application
from talka.kernel.wording import Wording, in_order
from talka.learning.models import Completion, Module
from talka.people.models import Account, Representation
from talka.programmes.models import Cycle, Programme


@dataclass(frozen=True)
class Step:
    """A module on somebody's path, and whether they have done it."""

    module: Module
    is_done: bool


@dataclass(frozen=True)
class Unit:
    """Modules that stand together."""

    name: Wording
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Path:
    """A learning path as one person sees it; `also` are modules they did before these were retired."""

    units: tuple[Unit, ...]
    next_one: Module | None = None
    also: tuple[Module, ...] = ()

    @property
    def count(self) -> int:
        """Count the modules."""
        return sum(len(unit.steps) for unit in self.units)

    @property
    def done(self) -> int:
        """Count the modules that are done."""
        return sum(step.is_done for unit in self.units for step in unit.steps)


def path_of(programme: Programme, account: Any) -> Path:
    """Return the modules of a programme in their units, with what the person has done of them."""
    modules = list(programme.modules.standing().select_related("maintainer", "programme"))
    mine: dict[int, Module] = {}
    if account.is_authenticated:
        done = Module.objects.filter(programme=programme, completions__account=account)
        mine = {module.pk: module for module in done.order_by("position", "pk")}
    units = tuple(
        Unit(unit[0].unit, tuple(Step(module, module.pk in mine) for module in unit))
        for unit in in_units(modules)
    )
    open_ones = (step.module for unit in units for step in unit.steps if not step.is_done)
    also = tuple(module for module in mine.values() if module.retired_at is not None)
    return Path(units, next(open_ones, None), also)


def in_units(modules: Iterable[Module]) -> list[list[Module]]:
    """Put modules with the same unit together, each unit where its first module stands."""
    units: dict[tuple[tuple[str, str], ...], list[Module]] = {}
    for module in modules:
        units.setdefault(tuple(in_order(module.unit).items()), []).append(module)
    return list(units.values())


def has_part(account: Any, programme: Programme) -> bool:
    """Tell whether the person, or a community they represent, was accepted in a cycle of the programme."""
    if not account.is_authenticated:
        return False
    accepted = Application.objects.written_by(account).filter(status=ApplicationStatus.ACCEPTED)
    return accepted.filter(call__cycle__programme=programme).exists()


def paths_begun_by(account: Any) -> list[tuple[Programme, int, int]]:
    """List the programmes with modules in which the person takes part or has done something.

    Each comes with how many modules it has, and how many of them are done.
    """
    accepted = Application.objects.written_by(account).filter(status=ApplicationStatus.ACCEPTED)
    begun = Q(pk__in=accepted.values("call__cycle__programme"))
    begun |= Q(modules__completions__account=account)
    standing = Q(modules__retired_at__isnull=True)
    found = Programme.objects.visible_to(account).filter(
        pk__in=Programme.objects.filter(begun).values("pk"), modules__isnull=False
    )
    found = found.annotate(
        module_count=Count("modules", filter=standing, distinct=True),
        done_count=Count(
            "modules",
            filter=standing & Q(modules__completions__account=account),
            distinct=True,
        ),
    )
    return [(one, one.module_count, one.done_count) for one in found.order_by("pk") if one.module_count]


@dataclass(frozen=True)
class Learner:
    """Somebody of a cohort: the person, for whom they are in it, as what, and what they have done."""

    account: Account
    name: str
    role: str
    done: frozenset[int]


@dataclass(frozen=True)
class Progress:
    """How far a cohort is with one module."""

    module: Module
    done: int


def cohort_of(cycle: Cycle) -> list[tuple[int, str, str]]:
    """List everybody of a cohort as (account, for whom, role), ordered by the name of the applicant.

    People stand for themselves; for a community stands each of its representatives.
    """
    accepted = Application.objects.filter(call__cycle=cycle, status=ApplicationStatus.ACCEPTED)
    roles = "call__role"
    people = accepted.filter(person__isnull=False).values_list("person", "person__name", roles)
    acting = Representation.objects.current().filter(account__isnull=False)
    groups = accepted.filter(community__isnull=False).values_list("community", "community__name", roles)
    acts: dict[int, list[int]] = {}
    for community, account in acting.filter(community__applications__in=accepted).values_list(
        "community", "account"
    ):
        acts.setdefault(community, []).append(account)
    found = {(account, name, role) for account, name, role in people}
    for community, name, role in groups:
        found |= {(account, name, role) for account in acts.get(community, ())}
    return sorted(found, key=lambda one: (one[1].casefold(), one[0], one[2]))


def learners(cohort: Iterable[tuple[int, str, str]], modules: Iterable[Module]) -> list[Learner]:
    """Say of each of the cohort which modules they have done, in two queries however many they are."""
    listed = list(cohort)
    keys = {account for account, _name, _role in listed}
    accounts = Account.objects.in_bulk(keys)
    done: dict[int, set[int]] = {}
    marks = Completion.objects.filter(account__in=keys, module__in=[module.pk for module in modules])
    for account, module in marks.values_list("account", "module"):
        done.setdefault(account, set()).add(module)
    return [
        Learner(accounts[key], name, role, frozenset(done.get(key, ())))
        for key, name, role in listed
        if key in accounts
    ]


def progress_of(cohort: Iterable[tuple[int, str, str]], modules: Iterable[Module]) -> list[Progress]:
    """Count for each module how many people of the cohort have done it; nobody counts twice."""
    listed = list(modules)
    keys = {account for account, _name, _role in cohort}
    counted = dict(
        Completion.objects.filter(account__in=keys, module__in=[module.pk for module in listed])
        .values_list("module")
        .annotate(Count("pk"))
        .values_list("module", "pk__count")
    )
    return [Progress(module, counted.get(module.pk, 0)) for module in listed]
