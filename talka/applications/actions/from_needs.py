"""Turning a request for help into a draft application: nothing that was written has to be written again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from talka.applications.actions.editing import save_application
from talka.applications.actions.letters import tell_applicants
from talka.applications.actions.refusals import ApplicationRefused
from talka.applications.actions.starting import start_application
from talka.applications.lifecycle import ApplicationStatus
from talka.applications.models import Application
from talka.applications.queries import calls_that_learn
from talka.blueprints.questions import Question
from talka.calls.models import Call
from talka.capacities.actions.needs import end_introductions, hold_need, touch
from talka.capacities.models import Need
from talka.forms.merging import EMPTY
from talka.kernel.ledger import move

TAKEN_OVER = ("capacity", "language", "country", "long")
"""The kinds of question that a request answers; of each kind the first question gets the answer."""


@transaction.atomic
def start_from_need(*, need: Need, call: Call, by: Any, now: datetime) -> Application:
    """Begin an application of whoever asked for help, filled in with what they wrote; they get a letter.

    An application that they began already is kept, and gets answers only where it has none. The call is one
    that invites people who learn, in a cycle of the same programme, and is open. Raises ApplicationRefused,
    and NotAllowed when the request is settled.
    """
    hold_need(need)
    if not calls_that_learn(need.programme, now=now).filter(pk=call.pk).exists():
        raise ApplicationRefused("application.call_not_open")
    move(need, "begin application", by=by, now=now)
    end_introductions(need, by=by, now=now)
    touch(need, now=now)
    application = start_application(call=call, community=need.community, person=need.person, by=by, now=now)
    if application.status == ApplicationStatus.DRAFT:
        answers = _answers(need, application)
        save_application(application=application, answers=answers, seen={}, by=by, now=now)
    application.from_need = need
    application.save(update_fields=["from_need"])
    tell_applicants("application_from_need", application, now=now, once=f"need {need.pk}")
    return application


def _answers(need: Need, application: Application) -> dict[str, Any]:
    """Answer the first question of each kind from the request, where it has no answer yet."""
    given = _given(need)
    first: dict[str, Question] = {}
    for question in application.sheet.form_version.draft.questions:
        first.setdefault(question.kind, question)
    asked = {kind: first[kind] for kind in TAKEN_OVER if kind in first}
    return {
        question.key: _cut(question, given[kind])
        for kind, question in asked.items()
        if given[kind] not in EMPTY and application.sheet.answers.get(question.key) in EMPTY
    }


def _given(need: Need) -> Mapping[str, Any]:
    topics = need.topics.select_related("capacity")
    return {
        "capacity": [{"capacity": topic.capacity.key, "level": topic.level} for topic in topics],
        "language": list(need.languages),
        "country": need.country,
        "long": need.text,
    }


def _cut(question: Question, answer: Any) -> Any:
    """Cut an answer to what the question takes."""
    if isinstance(answer, list):
        return answer[: question.most]
    return answer[: question.max_length]
