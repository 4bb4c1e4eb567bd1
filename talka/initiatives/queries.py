"""Reads that span initiatives: who is in them, lists and figures, and what became of a cohort's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from talka.applications.lifecycle import ApplicationStatus
from talka.applications.models import Application
from talka.exchanges.models import Exchange
from talka.initiatives.lifecycle import MemberStatus
from talka.initiatives.models import Feedback, Initiative, InitiativeMember, MemberPart, StageChange
from talka.initiatives.models.initiatives import InitiativeQuerySet
from talka.initiatives.rules import Reached, stage_on, went_back
from talka.kernel.wording import Wording
from talka.matching.models import Seat
from talka.people.models import Account
from talka.programmes.models import Cycle, Programme


@dataclass(frozen=True)
class Names:
    """What the models and stages of a programme are called, by their keys and in their order."""

    models: Mapping[str, Wording]
    stages: Mapping[str, Wording]

    def stage(self, key: str) -> Wording:
        """Name a stage; one that the blueprint no longer has is called by its key."""
        return self.stages.get(key) or {"en": key}

    def model(self, key: str) -> Wording:
        """Name a model; one that the blueprint no longer has is called by its key."""
        return self.models.get(key) or {"en": key}


def names_in(programme: Programme) -> Names:
    """Return the names that the programme's blueprint gives now."""
    asked = programme.plan.initiatives
    if asked is None:
        return Names({}, {})
    return Names({one.key: one.name for one in asked.models}, {one.key: one.name for one in asked.stages})


def people_of(initiative: Initiative) -> list[Account]:
    """List who builds an initiative, by name: its owner or the owner's representatives, and its members."""
    representing = Q(representations__status="accepted", representations__community=initiative.community_id)
    members = InitiativeMember.objects.filter(
        initiative=initiative, part=MemberPart.TEAM, status=MemberStatus.ACCEPTED
    )
    found = Account.objects.filter(Q(pk=initiative.person_id) | Q(pk__in=members.values("account")))
    if initiative.community_id:
        found = Account.objects.filter(representing | Q(pk__in=members.values("account")))
    return list(found.filter(is_active=True).distinct().order_by("name", "pk"))


def exchanges_of(initiative: Initiative) -> list[Exchange]:
    """List the exchanges of its programme in which its owner sits, the newest first."""
    owner = Q(application__community=initiative.community_id, application__community__isnull=False)
    if initiative.person_id:
        owner = Q(application__person=initiative.person_id)
    seats = Seat.objects.sitting().filter(owner, match__cycle__programme=initiative.programme_id)
    return list(Exchange.objects.filter(match__in=seats.values("match")).with_sides().order_by("-pk"))


def evaluates(account: Any, initiative: Initiative) -> bool:
    """Tell whether the person may say how an initiative develops.

    They were named for it, or are a helper of its match; where it is public, it is enough that they were
    accepted in the programme in a role that supports.
    """
    if Initiative.objects.helped_by(account).filter(pk=initiative.pk).exists():
        return True
    return initiative.is_public and initiative.programme_id in supported_by(account)


def supported_by(account: Any) -> set[int]:
    """Return the keys of programmes in which the person was accepted in a role that supports."""
    accepted = Application.objects.written_by(account).filter(status=ApplicationStatus.ACCEPTED)
    found = accepted.select_related("call__cycle")
    return {one.call.cycle.programme_id for one in found if _part_of(one) == "supports"}


def open_to(account: Any) -> InitiativeQuerySet:
    """Find the initiatives on which the person works, whichever part they have in it."""
    public = Q(is_public=True, programme__in=supported_by(account))
    return Initiative.objects.filter(public | Q(pk__in=Initiative.objects.worked_on_by(account).values("pk")))


def _part_of(application: Application) -> str:
    roles = application.call.cycle.plan.roles
    return next((role.part for role in roles if role.key == application.call.role), "")


def found_initiatives(
    among: InitiativeQuerySet,
    *,
    words: str = "",
    country: str = "",
    model: str = "",
    stage: str = "",
    status: str = "",
) -> InitiativeQuerySet:
    """Narrow initiatives by what is given, ordered by name; each word has to be found somewhere."""
    found = among
    for field, value in (("country", country), ("model", model), ("stage", stage), ("status", status)):
        found = found.filter(**{field: value}) if value else found
    for word in words.split()[:8]:
        found = found.filter(
            Q(name__icontains=word)
            | Q(about__icontains=word)
            | Q(partners__icontains=word)
            | Q(community__name__icontains=word)
        )
    return found.with_owner().order_by("name", "pk")


def countries_of(among: InitiativeQuerySet) -> list[str]:
    """List the countries that initiatives are in, by code."""
    return list(among.exclude(country="").order_by("country").values_list("country", flat=True).distinct())


@dataclass(frozen=True)
class Told:
    """What was told on a day: whether it is the same stage as before, or one before it."""

    change: StageChange
    is_same: bool
    is_back: bool


def history_of(initiative: Initiative, names: Names) -> list[Told]:
    """List what was told of an initiative's stages, oldest first."""
    order, before, found = tuple(names.stages), "", []
    for change in initiative.stage_changes.select_related("told_by").order_by("reached_on", "pk"):
        is_back = went_back(order, before, change.stage)
        found.append(Told(change, is_same=change.stage == before, is_back=is_back))
        before = change.stage
    return found


@dataclass(frozen=True)
class StagesThen:
    """An initiative with its stage on two days; nothing where Talka did not know of it yet."""

    initiative: Initiative
    first: str
    last: str


def stages_between(programme: Programme, first: date, last: date) -> list[StagesThen]:
    """Return each initiative that was known by the last day with its stage at the end of both days.

    In two queries, however many there are. Whether it may be published is the caller's to ask: `is_public`.
    """
    known = programme.initiatives.filter(
        Exists(StageChange.objects.filter(initiative=OuterRef("pk"), reached_on__lte=last))
    )
    initiatives = list(known.with_owner().order_by("name", "pk"))
    changes = StageChange.objects.filter(initiative__programme=programme, reached_on__lte=last)
    reached: dict[int, list[Reached]] = {}
    rows = changes.order_by("reached_on", "pk").values_list("initiative", "stage", "reached_on")
    for key, stage, day in rows:
        reached.setdefault(key, []).append(Reached(stage, day))
    return [
        StagesThen(one, stage_on(reached[one.pk], first), stage_on(reached[one.pk], last))
        for one in initiatives
    ]


@dataclass(frozen=True)
class StageCount:
    """How many initiatives were at a stage on two days; an empty key counts those that came later."""

    key: str
    first: int
    last: int


def count_stages(programme: Programme, first: date, last: date) -> list[StageCount]:
    """Count the initiatives at each stage on two days, in the order of the blueprint."""
    found = stages_between(programme, first, last)
    keys = dict.fromkeys([*names_in(programme).stages, *(one.last for one in found)])
    return [
        StageCount(
            key,
            first=sum(one.first == key for one in found),
            last=sum(one.last == key for one in found),
        )
        for key in keys
    ]


@dataclass(frozen=True)
class Became:
    """What became of an initiative from a cohort: its first stage, its stage now, the last words."""

    initiative: Initiative
    began_at: str
    stage: str
    words: str
    told_on: date


def what_became_of(cycle: Cycle) -> list[Became]:
    """Return the initiatives whose exchange belongs to the cycle, with their stages, by name.

    In three queries, however many there are. Whether it may be published is the caller's to ask: `is_public`.
    """
    matched = Exchange.objects.filter(match__cycle=cycle)
    initiatives = Initiative.objects.filter(exchange__in=matched).with_owner()
    found = []
    for one in initiatives.prefetch_related("stage_changes").order_by("name", "pk"):
        changes = list(one.stage_changes.all())
        last = changes[-1]
        found.append(Became(one, changes[0].stage, one.stage, last.words, last.reached_on))
    return found


@dataclass(frozen=True)
class Said:
    """A feedback as it stands now, with the texts that it corrects, the newest of these first."""

    feedback: Feedback
    earlier: tuple[Feedback, ...]


def feedback_on(initiative: Initiative, *, reader: Any, reads_all: bool) -> list[Said]:
    """List what was said of an initiative, the newest day first, each with its earlier texts.

    Who does not read all of it finds what they wrote, and what its people opened to everybody.
    """
    rows = {one.pk: one for one in initiative.feedback.select_related("author", "answered_by")}
    corrected = {one.corrects_id for one in rows.values()}
    newest = [one for one in rows.values() if one.pk not in corrected]
    found = []
    for one in sorted(newest, key=lambda row: (row.given_on, row.pk), reverse=True):
        is_mine = one.author_id is not None and one.author_id == reader.pk
        if not (reads_all or is_mine or one.is_public):
            continue
        earlier, before = [], rows.get(one.corrects_id or 0)
        while before is not None and (reads_all or is_mine):
            earlier.append(before)
            before = rows.get(before.corrects_id or 0)
        found.append(Said(one, tuple(earlier)))
    return found
