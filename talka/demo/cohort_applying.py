"""How the invented applicants of a rehearsal apply, through the actions that people use."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from talka.applications.actions import (
    Incomplete,
    accept_commitments,
    confirm_partner,
    name_partner,
    save_application,
    save_format,
    set_goal,
    start_application,
)
from talka.applications.models import Application, Partner
from talka.applications.queries import commitments_of, is_learner
from talka.demo.cohort import Guest
from talka.demo.describing import describe, speaker_of, travel_window
from talka.demo.exchanging import a_photo
from talka.demo.inventing import Invented, answers_to, draw
from talka.forms.reading import missing
from talka.people.models import Account, Community
from talka.programmes.models import Cycle
from talka.screening.actions import edit_answers, hand_in_application

Applicant = Community | Account
AFTER_THE_CYCLE, WHILE_WORKING = timedelta(days=120), timedelta(days=90)


def name_each_other(guests: Iterable[Guest]) -> Mapping[Guest, Guest]:
    """Say which communities agreed with which beforehand: each with one of the same interest."""
    known = [guest for guest in guests if not guest.alone]
    partners = [guest for guest in known if not guest.learns and guest.fate == "plain"]
    found = {}
    for guest in known:
        fitting = [one for one in partners if one.interest == guest.interest]
        if guest.learns and guest.fate == "agreed" and fitting:
            found[guest] = fitting[0]
            partners.remove(fitting[0])
    return found


@transaction.atomic
def apply_for(
    cycle: Cycle, applicant: Applicant, guest: Guest, *, partner: Community | None, now: datetime
) -> Application:
    """Begin the application of somebody invented, fill it in, and hand it in unless it stays a draft."""
    call = cycle.calls.select_related("form", "cycle").get(role=guest.role)
    if isinstance(applicant, Community):
        account = speaker_of(applicant)
        application = start_application(call=call, community=applicant, by=account, now=now)
    else:
        account = applicant
        application = start_application(call=call, person=account, by=account, now=now)
    fill_in(application, by=account, now=now)
    if partner is not None:
        note = "We met at a meeting that never was, and agreed to rehearse together."
        name_partner(application=application, community=partner, note=note, by=account, now=now)
    if guest.fate != "draft":
        finish(application, by=account, now=now)
    return application


def fill_in(application: Application, *, by: Account, now: datetime) -> None:
    """Answer everything the form asks, and set a goal where one is asked for."""
    cycle, sheet, who = application.call.cycle, application.sheet, describe(application)
    answers = answers_to(sheet.form_version.draft, who)
    save_application(application=application, answers=answers, seen={}, by=by, now=now)
    for question in missing(sheet):
        if question.kind == "file":
            files = {question.key: ("invented.jpg", a_photo())}
            edit_answers(application=application, answers={}, seen={}, files=files, by=by, now=now)
    if not is_learner(application):
        return
    set_goal(application=application, goal=None, values=_goal(who, cycle), seen={}, by=by, now=now)
    formats = [one.key for one in cycle.plan.visit.formats] if cycle.plan.visit else []
    if formats:
        chosen = ["", *formats][draw(who.seed, "format", below=len(formats) + 1)]
        save_format(application=application, format=chosen, seen={}, by=by, now=now)


def _goal(who: Invented, cycle: Cycle) -> dict[str, Any]:
    number = 10 + draw(who.seed, "goal", below=90)
    return {
        "capacity": who.topics[0][0],
        "problem": f"Of {2 * number} invented newcomers of last year hardly anybody stayed with us.",
        "change": f"We have a plan that two of us can carry out, for {number} newcomers in the first year.",
        "evidence": f"At least {number // 2} of them still take part after three months.",
        "by_when": _by_when(cycle),
    }


def _by_when(cycle: Cycle) -> date:
    """Say until when a goal is reached: after the visits, but before a mentorship is over."""
    first, last = travel_window(cycle)
    return first + WHILE_WORKING if cycle.plan.mentorship else last + AFTER_THE_CYCLE


def finish(application: Application, *, by: Account, now: datetime) -> bool:
    """Accept the commitments and hand in; tell whether nothing was missing."""
    keys = [one.key for one in commitments_of(application.call)]
    accept_commitments(application=application, keys=keys, by=by, now=now)
    try:
        with transaction.atomic():
            hand_in_application(application=application, by=by, now=now)
    except Incomplete:
        return False
    return True


def confirm_for(cycle: Cycle, community: Community, *, now: datetime) -> int:
    """Say yes, as an invented community, to those that named it; return how many there were."""
    asked = Partner.objects.filter(community=community, application__call__cycle=cycle, status="invited")
    found = list(asked.select_related("application__call__cycle"))
    for partner in found:
        confirm_partner(partner=partner, by=speaker_of(community), now=now)
    return len(found)
