"""The end of a mentorship: both say which goals were reached, then it is completed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from talka.exchanges.actions.ending import tell_of_end
from talka.exchanges.actions.pausing import end_pause
from talka.exchanges.actions.working import (
    Refused,
    day_in,
    hold_mentorship,
    refuse_stranger,
    tell_office,
)
from talka.exchanges.lifecycle import ExchangeStatus, PlanStatus
from talka.exchanges.models import Exchange, GoalJudgement
from talka.exchanges.queries.mentorships import ending_of
from talka.exchanges.rules.goals import before_completing, before_the_office_completes
from talka.kernel.ledger import move, record
from talka.kernel.models import Overtaken
from talka.kernel.reasons import Reason
from talka.matching.models import Seat

AT_WORK = (ExchangeStatus.UNDERWAY, ExchangeStatus.PAUSED)


@transaction.atomic
def judge_goals(
    *,
    exchange: Exchange,
    seat: Seat,
    said: Mapping[int, tuple[str, str]],
    version: int,
    by: Any,
    now: datetime,
) -> None:
    """Keep what one side says of the goals: by goal, whether it was reached, and a sentence.

    `version` is that of the plan as it was read. Raises Overtaken when the plan changed since, Refused while
    it is not signed by both, and NotAllowed when the mentorship is over.
    """
    held = hold_mentorship(exchange.pk, "judge", AT_WORK)
    refuse_stranger(held, seat, "judge")
    if held.plan.version != version:
        raise Overtaken(f"plan {held.plan.pk} is past version {version}")
    if held.plan.status != PlanStatus.APPROVED:
        raise Refused(Reason("exchanges.plan_not_signed"))
    for goal in held.plan.agreed_goals.filter(pk__in=said):
        met, note = said[goal.pk]
        GoalJudgement.objects.update_or_create(
            goal=goal, seat=seat, defaults={"met": met, "note": note, "judged_by": by, "judged_at": now}
        )
    record(held, "judge goals", by=by, now=now)


@transaction.atomic
def complete_mentorship(*, exchange: Exchange, by: Any, now: datetime, for_office: bool = False) -> None:
    """Complete a mentorship, also before its last day where hours and goals are there.

    Both are told, and whoever helped. Coordinators may complete one whose last day has passed in any case.
    Raises Refused with what is lacking, and NotAllowed when it is not under way.
    """
    held = hold_mentorship(exchange.pk, "complete", AT_WORK)
    asked = before_the_office_completes if for_office else before_completing
    lacking = asked(ending_of(Exchange.objects.with_work().get(pk=held.pk)), today=day_in(held, now))
    if lacking:
        raise Refused(*lacking)
    if held.status == ExchangeStatus.PAUSED:
        end_pause(held, now=now)
    move(held, "complete", by=by, now=now)
    tell_of_end(held, "mentorship_completed", now=now)
    if not for_office:
        values, once = {"by": str(by)}, now.isoformat()
        tell_office(None, "mentorship_completed_office", held, now=now, values=values, once=once)


@transaction.atomic
def take_up_again(*, exchange: Exchange, by: Any, now: datetime) -> None:
    """Go on with a mentorship that was completed too early. Raises NotAllowed."""
    held = hold_mentorship(exchange.pk, "take up again", (ExchangeStatus.COMPLETED,))
    move(held, "take up again", by=by, now=now)
