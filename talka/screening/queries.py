"""What screening reads: the facts of the criteria, who must stay away, which reviews are open to whom."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.db import models

from talka.applications.models import Application
from talka.applications.queries import topics_of
from talka.blueprints.schema import Resource
from talka.capacities.models import Capacity, Relation
from talka.kernel.models import Entry
from talka.kernel.windows import zone
from talka.letters.lifecycle import LetterStatus
from talka.letters.models import Letter
from talka.letters.sayings import reason, said
from talka.people.models import Community, SupportKind
from talka.programmes.models import Cycle, Post, Programme, Stage
from talka.screening.lifecycle import ReviewStatus
from talka.screening.models import Decision, Outcome, Review, Ruling, Verdict
from talka.screening.rules import Facts, Meeting, Period, Statement, Topic


def gather_facts(application: Application, *, now: datetime) -> Facts:
    """Gather what the criteria may know of an application, as it is on the record at the moment.

    Days are days of the programme's time zone.
    """
    programme_zone = zone(application.call.cycle.programme.zone)
    today = now.astimezone(programme_zone).date()
    applied_at = application.submitted_at or now
    common: dict[str, Any] = {
        "applicant": str(application.applicant),
        "today": today,
        "applied_on": applied_at.astimezone(programme_zone).date(),
        "stated_maturity": _stated_maturity(application),
        "topics": _topics(application),
        "statements": tuple(_statements(application)),
    }
    if application.community is None:
        return Facts(is_community=False, **common)
    return Facts(**common, **_facts_of(application.community, today))


def _facts_of(community: Community, today: date) -> dict[str, Any]:
    grants = community.support_periods.filter(kind=SupportKind.GENERAL_SUPPORT).order_by("starts_on")
    offers = community.capacities.filter(relation=Relation.OFFER).order_by("pk")
    return {
        "kind": community.kind,
        "is_affiliate": community.is_affiliate(today),
        "region": community.region,
        "maturity": community.maturity,
        "grants": tuple(Period(grant.starts_on, grant.ends_on) for grant in grants),
        "meetings": tuple(Meeting(one.meeting, one.ended_on) for one in community.meetings_attended.all()),
        "offers": tuple(offers.values_list("capacity__key", "level")),
    }


def _stated_maturity(application: Application) -> str:
    stated = application.sheet.answers.get("maturity")
    return stated if stated in ("developing", "established") else ""


def _statements(application: Application) -> Iterator[Statement]:
    for question in application.sheet.form_version.draft.questions:
        if question.kind == "yes_no":
            yield Statement(question.key, question.label, application.sheet.answers.get(question.key))


def _topics(application: Application) -> tuple[Topic, ...]:
    """List what the application is about: the capacities of its goals and of its answers, each once."""
    capacities = {capacity.pk: capacity for capacity in Capacity.objects.all()}
    by_key = {capacity.key: capacity for capacity in capacities.values()}
    chosen = [by_key[key] for key in topics_of(application) if key in by_key]
    return tuple(Topic(one.key, one.name, _broader(one, capacities)) for one in chosen)


def _broader(capacity: Capacity, capacities: dict[int, Capacity]) -> frozenset[str]:
    found: set[str] = set()
    parent = capacities.get(capacity.parent_id or 0)
    while parent is not None and parent.key not in found:
        found.add(parent.key)
        parent = capacities.get(parent.parent_id or 0)
    return frozenset(found)


def barred_from(applications: Iterable[Application], account: Any) -> set[int]:
    """Return the keys of those applications that the person must leave to others.

    They are one's own, those of communities one acts for, and those about which one declared a conflict.
    """
    known = list(applications)
    mine = set(Community.objects.represented_by(account).values_list("pk", flat=True))
    recused = Review.objects.filter(reviewer=account, status=ReviewStatus.RECUSED)
    left = set(
        recused.filter(application__in=[one.pk for one in known]).values_list("application", flat=True)
    )
    return left | {one.pk for one in known if one.community_id in mine or one.person_id == account.pk}


def coordinates_cycle(cycle: Cycle, account: Any) -> bool:
    """Tell whether the person coordinates the cycle's programme."""
    return Programme.objects.run_by(account, Post.COORDINATOR).filter(pk=cycle.programme_id).exists()


def reviews_open_to(application: Application, account: Any) -> models.QuerySet[Review]:
    """Keep the handed-in reviews that the person may read.

    Reviews are blind: one reads those of others once one's own is handed in. Coordinators, who prepare the
    decision, read them also once as many are in as the programme wants. Whoever has a conflict reads none.
    """
    reviews = Review.objects.filter(application=application).select_related("reviewer")
    own = next((one for one in reviews if one.reviewer_id == account.pk), None)
    handed_in = reviews.filter(status=ReviewStatus.SUBMITTED).order_by("submitted_at", "pk")
    if barred_from([application], account):
        return handed_in.none()
    if own is not None:
        return handed_in if own.status == ReviewStatus.SUBMITTED else handed_in.none()
    cycle = application.call.cycle
    complete = handed_in.count() >= cycle.plan.reviews_wanted
    return handed_in if complete and coordinates_cycle(cycle, account) else handed_in.none()


def has_read_others(application: Application, account: Any) -> bool:
    """Tell whether somebody without a review may read those of others: too late to write a blind one."""
    return reviews_open_to(application, account).exclude(reviewer=account).exists()


def decision_bundle(decision: Decision) -> str:
    """Name the bundle that holds the letters of a decision until it is released."""
    return f"decision:{decision.pk}"


def held_letters(decision: Decision) -> models.QuerySet[Letter]:
    """Keep the letters that a prepared decision will send, in the order they were written."""
    return Letter.objects.filter(bundle=decision_bundle(decision), status=LetterStatus.HELD).order_by("pk")


def letter_values(decision: Decision) -> dict[str, Any]:
    """Return what the letter of a decision says: the note, what was not met, what else helps, and by when."""
    application = decision.application
    cycle = application.call.cycle
    unmet = application.verdicts.order_by("position", "pk")
    return {
        "applicant": application.applicant,
        "programme": cycle.programme,
        "cycle": cycle,
        "path": application.get_absolute_url(),
        "note": decision.note,
        "reasons": [reason(verdict.reason) for verdict in unmet if verdict.is_unmet_by_rule],
        "resources": [(said(one.name), one.address) for one in cycle.plan.resources],
        "contacts": list(cycle.programme.contacts.order_by("pk")),
        "next_stage": _stage_after(application),
        "ends_on": cycle.stages.aggregate(last=models.Max("ends_on"))["last"],
    }


def _stage_after(application: Application) -> Stage | None:
    """Return the stage that follows the call's own: until its last day the applicant hears more."""
    cycle = application.call.cycle
    role = application.call.role
    key = next((call.stage for call in cycle.plan.calls if call.role == role), "")
    stages = list(cycle.stages.order_by("position"))
    return next((after for before, after in pairwise(stages) if before.key == key), None)


def listed_applications(cycle: Cycle) -> models.QuerySet[Application]:
    """Find what was handed in to a cycle, with how the criteria stand and how many reviews are in."""
    stands = {
        count: models.Count(
            "verdicts",
            filter=models.Q(verdicts__override=ruling)
            | models.Q(verdicts__override="", verdicts__ruling=ruling),
            distinct=True,
        )
        for count, ruling in (("met", Ruling.PASS), ("unsure", Ruling.PERSON), ("unmet", Ruling.FAIL))
    }
    stands["outdated"] = models.Count("verdicts", filter=models.Q(verdicts__is_outdated=True), distinct=True)
    in_now = models.Q(reviews__status=ReviewStatus.SUBMITTED)
    return (
        Application.objects.handed_in()
        .filter(call__cycle=cycle)
        .select_related("community", "person", "call", "decision")
        .annotate(**stands, reviews_in=models.Count("reviews", filter=in_now, distinct=True))
    )


@dataclass(frozen=True)
class Answer:
    """The programme's answer as the applicant reads it."""

    decision: Decision
    unmet: tuple[Verdict, ...]
    resources: tuple[Resource, ...]


def answer_to(application: Application) -> Answer | None:
    """Return what was decided, once it is released. Nothing of what is only prepared is in it."""
    decision = Decision.objects.filter(application=application, released_at__isnull=False).first()
    if decision is None:
        return None
    unmet = [one for one in application.verdicts.order_by("position", "pk") if one.is_unmet_by_rule]
    is_yes, is_no = decision.outcome == Outcome.ACCEPT, decision.outcome == Outcome.DECLINE
    resources = () if is_yes else application.call.cycle.plan.resources
    return Answer(decision, tuple(unmet) if is_no else (), resources)


def history_of(application: Application, *, decides: bool) -> models.QuerySet[Entry]:
    """Keep the lines of the ledger about an application, and for those who decide about its screening too."""
    about = models.Q(subject_type=application._meta.label_lower, subject_id=application.pk)
    if decides:
        for model in (Verdict, Decision):
            keys = model.objects.filter(application=application).values("pk")
            about |= models.Q(subject_type=model._meta.label_lower, subject_id__in=keys)
    return Entry.objects.filter(about).select_related("actor").order_by("pk")


def letters_by_decision(decisions: Iterable[Decision]) -> dict[int, list[Letter]]:
    """Return the held letters of each decision, with whom they are for."""
    found: dict[int, list[Letter]] = {decision.pk: [] for decision in decisions}
    bundles = {f"decision:{key}": key for key in found}
    held = Letter.objects.filter(bundle__in=bundles, status=LetterStatus.HELD)
    for letter in held.select_related("recipient").order_by("pk"):
        found[bundles[letter.bundle]].append(letter)
    return found


@dataclass(frozen=True)
class Counts:
    """What a release would do."""

    decisions: tuple[tuple[str, Any, int], ...]
    letters: int
    left: int


def release_counts(cycle: Cycle, *, hidden: Collection[int] = ()) -> Counts:
    """Count what a release would tell, with how many letters, and what would stay behind.

    The keys of applications in `hidden` are left out: a count can tell what one must not know.
    """
    ready = Decision.objects.releasable(cycle).exclude(application__in=hidden)
    outcomes = list(ready.values_list("pk", "outcome"))
    tally = [(key, Outcome(key).label, sum(one == key for _pk, one in outcomes)) for key in Outcome.values]
    bundles = [f"decision:{pk}" for pk, _outcome in outcomes]
    letters = Letter.objects.filter(bundle__in=bundles, status=LetterStatus.HELD).count()
    left = Decision.objects.prepared(cycle).exclude(application__in=hidden).count() - len(outcomes)
    return Counts(tuple(row for row in tally if row[2]), letters, left)
