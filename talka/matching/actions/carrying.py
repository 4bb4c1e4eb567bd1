"""From the waiting list into the next cycle."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from talka.applications.lifecycle import ApplicationStatus
from talka.applications.models import Application, Goal
from talka.applications.queries import readers_of
from talka.calls.models import Call
from talka.forms.actions import start_sheet
from talka.forms.models import Sheet
from talka.kernel.ledger import record
from talka.matching.actions.writing import write_posts
from talka.matching.queries.post import posts_of_one
from talka.matching.queries.reasons import refuse


@transaction.atomic
def carry_over(*, application: Application, call: Call, by: Any, now: datetime) -> Application:
    """Begin a draft in another cycle's call with the answers and goals of one on the waiting list.

    Answers are copied where the question's key and kind agree; files and commitments are asked anew. The
    applicants look it over and hand it in themselves. Raises Refused.
    """
    # Of two who carry it over at once, the second finds it carried.
    held = Application.objects.select_for_update().get(pk=application.pk)
    _demand_carriable(held, call)
    sheet = start_sheet(form=call.form, now=now)
    sheet.answers = shared_answers(application.sheet, sheet)
    sheet.save_version(sheet.version, ["answers"])
    carried = _begin(application, call, sheet, by=by, now=now)
    Goal.objects.bulk_create(
        Goal(
            application=carried,
            position=goal.position,
            capacity=goal.capacity,
            problem=goal.problem,
            change=goal.change,
            evidence=goal.evidence,
            by_when=goal.by_when,
        )
        for goal in application.goals.order_by("position", "pk")
    )
    record(carried, "carry over", by=by, now=now)
    posts = posts_of_one(
        "carried_over",
        carried,
        cycle=call.cycle,
        accounts=readers_of([carried])[carried.pk],
        path=carried.get_absolute_url(),
    )
    write_posts(posts, about=carried, now=now)
    return carried


def _begin(application: Application, call: Call, sheet: Sheet, *, by: Any, now: datetime) -> Application:
    try:
        with transaction.atomic():
            return Application.objects.create(
                call=call,
                community=application.community,
                person=application.person,
                sheet=sheet,
                format=application.format,
                started_by=by,
                started_at=now,
                carried_from=application,
            )
    except IntegrityError:
        # They began one themselves at the same moment.
        raise refuse("applied_already", name=str(application)) from None


def shared_answers(old: Sheet, new: Sheet) -> dict[str, Any]:
    """Return the old answers to questions that the new form still asks in the same way."""
    asked = {question.key: question.kind for question in new.form_version.draft.questions}
    return {
        question.key: old.answers[question.key]
        for question in old.form_version.draft.questions
        if question.key in old.answers
        and question.kind != "file"
        and asked.get(question.key) == question.kind
    }


def _demand_carriable(application: Application, call: Call) -> None:
    if application.status != ApplicationStatus.WAITING:
        raise refuse("not_waiting")
    before, after = application.call.cycle, call.cycle
    same = before.programme_id == after.programme_id and application.call.role == call.role
    if before.pk == after.pk or not same:
        raise refuse("other_role")
    theirs = Application.objects.filter(
        call=call, community=application.community_id, person=application.person_id
    ).exclude(status=ApplicationStatus.WITHDRAWN)
    if theirs.exists() or Application.objects.filter(carried_from=application).exists():
        raise refuse("applied_already", name=str(application))
