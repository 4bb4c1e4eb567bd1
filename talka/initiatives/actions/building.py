"""An initiative is begun, described, published, and moves from stage to stage."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from talka.exchanges.models import Exchange
from talka.initiatives.actions.refusals import Refused
from talka.initiatives.lifecycle import InitiativeStatus
from talka.initiatives.models import Initiative, StageChange
from talka.kernel.ledger import move, record
from talka.kernel.reasons import Reason
from talka.kernel.windows import zone
from talka.letters.lifecycle import LetterStatus
from talka.letters.models import Letter
from talka.people.models import Account, Community
from talka.programmes.models import Programme

ASKING = "initiative_asked"
FACTS = ("name", "model", "country", "partners", "about", "languages", "started_on")


@transaction.atomic
def create_initiative(
    *,
    programme: Programme,
    facts: Mapping[str, Any],
    stage: str,
    by: Any,
    now: datetime,
    community: Community | None = None,
    person: Account | None = None,
    exchange: Exchange | None = None,
) -> Initiative:
    """Begin an initiative of a community or of a person: `facts` holds fields of FACTS.

    It is seen by its people and the coordinators until it is published. Raises Refused for a stage that the
    blueprint does not have, and LookupError for an exchange of another programme.
    """
    _refuse_unknown(programme, stage)
    if exchange is not None and exchange.match.cycle.programme_id != programme.pk:
        raise LookupError(f"exchange {exchange.pk} belongs to another programme")
    today = today_of(programme, now)
    initiative = Initiative.objects.create(
        programme=programme,
        community=community,
        person=person,
        exchange=exchange,
        stage=stage,
        created_at=now,
        heard_on=today,
        **{name: facts[name] for name in FACTS if name in facts},
    )
    StageChange.objects.create(initiative=initiative, stage=stage, reached_on=today, told_by=by, told_at=now)
    record(initiative, "create", by=by, now=now)
    return initiative


def today_of(programme: Programme, now: datetime) -> date:
    """Return the day it is where the organisers are."""
    return now.astimezone(zone(programme.zone)).date()


def _refuse_unknown(programme: Programme, stage: str) -> None:
    asked = programme.plan.initiatives
    if asked is None or stage not in {one.key for one in asked.stages}:
        raise Refused(Reason("initiatives.unknown_stage"))


@transaction.atomic
def edit_initiative(
    *, initiative: Initiative, facts: Mapping[str, Any], version: int, by: Any, now: datetime
) -> None:
    """Change what is said of an initiative: `facts` holds fields of FACTS, and perhaps its exchange.

    Raises Overtaken.
    """
    known = {name: facts[name] for name in (*FACTS, "exchange") if name in facts}
    for name, value in known.items():
        setattr(initiative, name, value)
    initiative.save_version(version, list(known))
    record(initiative, "edit", by=by, now=now)


@transaction.atomic
def publish_initiative(*, initiative: Initiative, by: Any, now: datetime) -> None:
    """Let everybody see the page of an initiative; publishing it twice changes nothing."""
    if Initiative.objects.filter(pk=initiative.pk, is_public=False).update(is_public=True):
        initiative.is_public = True
        record(initiative, "publish", by=by, now=now)


@transaction.atomic
def unpublish_initiative(*, initiative: Initiative, by: Any, now: datetime) -> None:
    """Take the page back to its people and the coordinators."""
    if Initiative.objects.filter(pk=initiative.pk, is_public=True).update(is_public=False):
        initiative.is_public = False
        record(initiative, "unpublish", by=by, now=now)


@transaction.atomic
def set_initiative_status(*, initiative: Initiative, verb: str, by: Any, now: datetime) -> None:
    """Let an initiative rest, go on, end or begin again, as its lifecycle names the verbs.

    Of one that has ended, Talka asks no more. Raises NotAllowed and Overtaken.
    """
    move(initiative, verb, by=by, now=now)
    if initiative.status == InitiativeStatus.ENDED:
        drop_questions(initiative, by=by, now=now)
    elif verb == "reopen":
        initiative.heard_on = today_of(initiative.programme, now)
        Initiative.objects.filter(pk=initiative.pk).update(heard_on=initiative.heard_on)


@transaction.atomic
def tell_stage(
    *, initiative: Initiative, stage: str, on: date, words: str, version: int, by: Any, now: datetime
) -> StageChange:
    """Tell at which stage an initiative is since a day, and what became of it.

    It may go back to an earlier stage, or still be at the same one. Raises Refused for a day to come or
    before the last stage, and Overtaken when somebody else told meanwhile.
    """
    _refuse_unknown(initiative.programme, stage)
    today = today_of(initiative.programme, now)
    if on > today:
        raise Refused(Reason("initiatives.day_ahead"))
    initiative.stage, initiative.heard_on = stage, today
    # First the version: whose turn it is decides the database, and the last day is read by who has it.
    initiative.save_version(version, ["stage", "heard_on"])
    last = (
        initiative.stage_changes.order_by("-reached_on", "-pk").values_list("reached_on", flat=True).first()
    )
    if last is not None and on < last:
        raise Refused(Reason("initiatives.day_before_last", {"day": last.isoformat()}))
    change = StageChange.objects.create(
        initiative=initiative, stage=stage, reached_on=on, words=words, told_by=by, told_at=now
    )
    record(initiative, "tell stage", by=by, now=now)
    drop_questions(initiative, by=by, now=now)
    return change


def drop_questions(initiative: Initiative, *, by: Any, now: datetime) -> None:
    """Keep back letters that ask what became of it and have not left: it was told, or has ended."""
    waiting = Letter.objects.about(initiative).filter(key=ASKING, status=LetterStatus.QUEUED)
    for letter in waiting.order_by("pk"):
        move(letter, "drop", by=by, now=now)
