"""What a page about applications reads: what is missing, what is vague, and whom it concerns."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from talka.applications.lifecycle import ApplicationStatus
from talka.applications.models import Application, Goal, Partner
from talka.applications.rules import GoalText, goal_gaps, vague_parts
from talka.blueprints.schema import Blueprint, Commitment, Role
from talka.calls.models import Call
from talka.capacities.models import Capacity, Need, Offer
from talka.forms.fields import Setting
from talka.forms.merging import mark
from talka.forms.reading import missing
from talka.kernel.models import Entry
from talka.kernel.reasons import Gap, Reason
from talka.kernel.windows import zone
from talka.people.models import Account, Community, Representation
from talka.people.models.communities import CommunityQuerySet
from talka.programmes.lifecycle import CycleStatus
from talka.programmes.models import Appointment, Cycle, Membership, Programme

PARTS: Mapping[str, Any] = {
    "problem": _("what is the problem?"),
    "change": _("what will be different?"),
    "evidence": _("how will we know?"),
    "by_when": _("by when?"),
}

LEARNS = ("learns", "both")
TEACHES = ("teaches", "both")


def role_of(call: Call) -> Role:
    """Return the role that the call invites, as the cycle's blueprint describes it."""
    return next(role for role in call.cycle.plan.roles if role.key == call.role)


def takes(plan: Blueprint, who: str) -> bool:
    """Tell whether the programme is for "communities", or for "people"."""
    return plan.applicants in (who, "both")


def is_learner(application: Application) -> bool:
    """Tell whether the applicant wants to learn, and so sets goals and may name a partner."""
    return role_of(application.call).part in LEARNS


def teaching_call(cycle: Cycle) -> Call | None:
    """Return the call that invites those who teach, where the cycle has one."""
    roles = [role.key for role in cycle.plan.roles if role.part in TEACHES]
    return cycle.calls.filter(role__in=roles).order_by("pk").first()


def commitments_of(call: Call) -> tuple[Commitment, ...]:
    """List what applicants to the call promise."""
    return tuple(one for one in call.cycle.plan.commitments if call.role in one.roles)


def day_of(cycle: Cycle, now: datetime) -> date:
    """Return the day it is for the organisers."""
    return now.astimezone(zone(cycle.programme.zone)).date()


def setting_of(cycle: Cycle, now: datetime) -> Setting:
    """Return what questions of the cycle stand in: which stages are over, and when it ends."""
    stages = list(cycle.stages.all())
    today = day_of(cycle, now)
    return Setting(
        stages_over=frozenset(stage.key for stage in stages if stage.ends_on < today),
        stage_names={stage.key: stage.name for stage in stages},
        ends_on=max((stage.ends_on for stage in stages), default=None),
    )


def goal_values(goal: Goal | None) -> dict[str, Any]:
    """Return what is kept of a goal, as plain data; nothing of a goal that is not there yet."""
    if goal is None:
        return {}
    return {
        "capacity": goal.capacity.key if goal.capacity else "",
        "problem": goal.problem,
        "change": goal.change,
        "evidence": goal.evidence,
        "by_when": goal.by_when.isoformat() if goal.by_when else None,
    }


def text_of(goal: Goal) -> GoalText:
    """Return what was written for a goal, for the rules to judge."""
    return GoalText(goal.problem, goal.change, goal.evidence, goal.by_when is not None)


def advice_on(goal: Goal) -> tuple[Reason, ...]:
    """Say what about a goal is vague; it never keeps anybody from handing in."""
    return vague_parts(text_of(goal))


def checklist(application: Application, now: datetime) -> list[Gap]:
    """List everything that is missing before the application can be handed in, in the order of the page."""
    cycle = application.call.cycle
    questions = missing(application.sheet, setting_of(cycle, now).stages_over)
    gaps = [
        Gap("answers", Reason("application.answer_missing", {"question": dict(question.label)}), question.key)
        for question in questions
    ]
    if is_learner(application):
        gaps += _goal_gaps(list(application.goals.order_by("position", "pk")))
    accepted = set(application.acceptances.values_list("commitment", flat=True))
    gaps += [
        Gap("commitments", Reason("application.commitment_missing", {"commitment": dict(one.text)}), one.key)
        for one in commitments_of(application.call)
        if one.key not in accepted
    ]
    return gaps


def _goal_gaps(goals: list[Goal]) -> list[Gap]:
    """List the parts that goals lack. A goal that was begun is finished or removed."""
    found = [
        Gap("goals", Reason("application.goal_part_missing", {"number": number, "part": PARTS[part]}))
        for number, goal in enumerate(goals, start=1)
        for part in goal_gaps(text_of(goal))
    ]
    return found if goals else [Gap("goals", Reason("application.goal_missing"))]


def open_question(application: Application) -> Entry | None:
    """Return the line with what the coordinators asked, while it is open."""
    if application.status != ApplicationStatus.RETURNED:
        return None
    return Entry.objects.about(application).filter(verb="return").select_related("actor").last()


def acting_for(community: Community | None) -> QuerySet[Account]:
    """Find the accounts that act for a community."""
    return Account.objects.filter(
        representations__community=community, representations__status="accepted", is_active=True
    ).distinct()


def acting_in(applications: Iterable[Application]) -> dict[int, list[Account]]:
    """Return by application who acts for it: the person, or the representatives of the community, by name.

    Two queries at most, however many applications there are.
    """
    found = {one.pk: one for one in applications}
    current = Representation.objects.current().filter(
        community__in={one.community_id for one in found.values()}, account__is_active=True
    )
    by_community: dict[int, list[Account]] = {}
    for one in current.select_related("account").order_by("account__name", "account_id"):
        if one.account is not None:
            by_community.setdefault(one.community_id, []).append(one.account)
    return {
        pk: [one.person] if one.person else by_community.get(one.community_id or 0, [])
        for pk, one in found.items()
    }


def people_of(applications: Iterable[Application]) -> list[Account]:
    """List everybody who acts for one of the applications, each once."""
    return list(dict.fromkeys(person for people in acting_in(applications).values() for person in people))


def readers_of(applications: Iterable[Application]) -> dict[int, list[Account]]:
    """Return by application the people who act for it and can be written to."""
    acting = acting_in(applications)
    return {pk: [person for person in people if person.email] for pk, people in acting.items()}


def applicants(application: Application) -> list[Account]:
    """List the people to whom letters about the application go."""
    return people_of([application])


def topics_in_goals(application: Application) -> list[str]:
    """List the keys of the capacities that the learning goals serve, in the order of the goals."""
    goals = sorted(application.goals.all(), key=lambda goal: (goal.position, goal.pk))
    return list(dict.fromkeys(goal.capacity.key for goal in goals if goal.capacity))


def topics_of(application: Application) -> list[str]:
    """List the keys of the capacities that an application is about, in goals and answers, each once."""
    asked = [one.key for one in application.sheet.form_version.draft.questions if one.kind == "capacity"]
    lines = [line for key in asked for line in application.sheet.answers.get(key) or []]
    return list(dict.fromkeys([*topics_in_goals(application), *(line["capacity"] for line in lines)]))


def topics_to_choose(application: Application) -> list[Capacity]:
    """List the capacities that a goal may serve: those that the application names already."""
    keys = topics_of(application)
    found = Capacity.objects.in_bulk(keys, field_name="key")
    return [found[key] for key in keys if key in found]


def mark_of(application: Application) -> str:
    """Return a short mark of what the applicant wrote: another one as soon as any of it changes."""
    goals = application.goals.select_related("capacity").order_by("position", "pk")
    partner = Partner.objects.filter(application=application).values_list("community", "note").first()
    written = [application.sheet.answers, application.format, partner, [goal_values(goal) for goal in goals]]
    return mark(written)


def calls_that_learn(programme: Programme, *, now: datetime) -> QuerySet[Call]:
    """Find the open calls of a programme's announced cycles that invite people who want to learn."""
    announced = Call.objects.open(now).filter(cycle__programme=programme, cycle__status=CycleStatus.ANNOUNCED)
    calls = announced.select_related("cycle__programme", "form").order_by("closes_at", "pk")
    wanted = [call.pk for call in calls if role_of(call).part in LEARNS]
    return calls.filter(pk__in=wanted)


def never_reached(programme: Programme, among: CommunityQuerySet) -> CommunityQuerySet:
    """Keep the communities that a programme has not reached.

    They did not apply, ask or offer, and nobody who represents them did, holds a post or is a member.
    """
    taking_part: list[QuerySet[Any]] = [
        Application.objects.filter(call__cycle__programme=programme),
        Need.objects.filter(programme=programme),
        Offer.objects.filter(programme=programme),
    ]
    held = Appointment.objects.filter(programme=programme, ended_at__isnull=True)
    for found in taking_part:
        among = among.exclude(pk__in=found.exclude(community=None).values("community"))
    people: list[Any] = [found.exclude(person=None).values("person") for found in taking_part]
    members = Membership.objects.filter(programme=programme, left_at__isnull=True).exclude(account=None)
    for accounts in (*people, held.values("account"), members.values("account")):
        acting = Community.objects.filter(
            representations__account__in=accounts, representations__status="accepted"
        )
        among = among.exclude(pk__in=acting.values("pk"))
    return among
