"""Who takes part in a run: accepted applications, the places they have left, and pairs agreed beforehand."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from talka.applications.lifecycle import ApplicationStatus, PartnerStatus
from talka.applications.models import Application
from talka.blueprints.questions import Question
from talka.blueprints.schema import Blueprint
from talka.matching.models import Match, PairRuling, Part, RulingKind, Seat
from talka.programmes.models import Cycle

LEARNS, TEACHES = "learns", "teaches"
MOST_PLACES = 100


@dataclass(frozen=True)
class Sides:
    """The accepted applications of a cycle by their part, and how many partners each may still get."""

    learners: tuple[Application, ...]
    teachers: tuple[Application, ...]
    left: Mapping[int, int]


def roles_with(plan: Blueprint, part: str) -> list[str]:
    """List the roles of the blueprint that learn, or that teach."""
    return [role.key for role in plan.roles if role.part == part]


def part_of(application: Application, plan: Blueprint) -> str:
    """Return the part of the applicant's role: "learns", "teaches" or another."""
    return next((role.part for role in plan.roles if role.key == application.call.role), "")


def accepted(cycle: Cycle) -> QuerySet[Application]:
    """Find the accepted applications of the cycle, with all that matching reads of them."""
    found = Application.objects.filter(call__cycle=cycle, status=ApplicationStatus.ACCEPTED)
    return (
        found.select_related(
            "call", "community", "person", "started_by", "sheet__form_version", "partner__community"
        )
        .prefetch_related("goals__capacity", "community__capacities__capacity")
        .order_by("pk")
    )


def sides_of(cycle: Cycle) -> Sides:
    """Return both sides of the cycle with the places they have left."""
    plan, found = cycle.plan, list(accepted(cycle))
    left = places_left(found)
    by_part = {part: roles_with(plan, part) for part in (LEARNS, TEACHES)}
    learners, teachers = (
        tuple(application for application in found if application.call.role in by_part[part])
        for part in (LEARNS, TEACHES)
    )
    return Sides(learners, teachers, left)


def questions_by_version(applications: Iterable[Application]) -> dict[int, tuple[Question, ...]]:
    """Read the questions of each form version once, however many answered it."""
    versions = {one.sheet.form_version_id: one.sheet.form_version for one in applications}
    return {key: version.draft.questions for key, version in versions.items()}


def places_offered(application: Application, questions: Iterable[Question]) -> int:
    """Return how many partners the applicant would take: what a question "places" says, else one."""
    asked = any(question.key == "places" and question.kind == "number" for question in questions)
    given = application.sheet.answers.get("places") if asked else None
    return max(1, min(given, MOST_PLACES)) if isinstance(given, int) else 1


def places_left(applications: Iterable[Application]) -> dict[int, int]:
    """Return by application how many partners it may still get beside its standing matches."""
    found = list(applications)
    questions = questions_by_version(found)
    # Who only steps in when needed has not given a place away yet, and a circle takes none.
    standing = Seat.objects.exclude(part__in=[Part.BACKS_UP, Part.PEER]).filter(
        match__in=Match.objects.standing(),
        application__in=[application.pk for application in found],
        left_at__isnull=True,
    )
    taken = Counter(standing.values_list("application_id", flat=True))
    return {
        one.pk: max(0, places_offered(one, questions[one.sheet.form_version_id]) - taken[one.pk])
        for one in found
    }


def agreed_beforehand(cycle: Cycle) -> list[tuple[Application, Application]]:
    """List the pairs (learner, teacher) who agreed beforehand and on whom nobody has decided yet.

    Both are accepted and the partner confirmed; a pair that was matched once, or that the coordinators
    set aside, is looked at like everybody else.
    """
    sides = sides_of(cycle)
    own = {one.pk for one in sides.learners}
    learners = {one.community_id: one for one in sides.learners if one.community_id}
    teachers = {one.community_id: one for one in sides.teachers if one.community_id}
    found: dict[tuple[int, int], tuple[Application, Application]] = {}
    for one in (*sides.learners, *sides.teachers):
        partner = getattr(one, "partner", None)
        if partner is None or partner.status != PartnerStatus.CONFIRMED:
            continue
        learns = one.pk in own
        other = (teachers if learns else learners).get(partner.community_id)
        if other is not None:
            pair = (one, other) if learns else (other, one)
            found[pair[0].pk, pair[1].pk] = pair
    return _undecided(cycle, list(found.values()))


def _undecided(
    cycle: Cycle, pairs: list[tuple[Application, Application]]
) -> list[tuple[Application, Application]]:
    bans = PairRuling.objects.filter(cycle=cycle, kind=RulingKind.BAN)
    decided = set(bans.values_list("learner_id", "teacher_id")) | pairs_matched(cycle)
    busy = learners_matched(cycle)
    return [pair for pair in pairs if (pair[0].pk, pair[1].pk) not in decided and pair[0].pk not in busy]


def pairs_matched(cycle: Cycle) -> set[tuple[int, int]]:
    """Return every (learner, teacher) of the cycle that was ever proposed, whatever came of it."""
    seats = Seat.objects.filter(match__cycle=cycle, part__in=[LEARNS, TEACHES]).values_list(
        "match_id", "part", "application_id"
    )
    by_match: dict[int, dict[str, int]] = {}
    for match, part, application in seats:
        by_match.setdefault(match, {})[part] = application
    return {(seats[LEARNS], seats[TEACHES]) for seats in by_match.values() if {LEARNS, TEACHES} <= {*seats}}


def learners_matched(cycle: Cycle) -> set[int]:
    """Return the learners of the cycle whose match is proposed or agreed."""
    standing = Seat.objects.filter(match__in=Match.objects.standing().filter(cycle=cycle), part=LEARNS)
    return set(standing.values_list("application_id", flat=True))


def standing_pairs(cycle: Cycle) -> set[tuple[int, int]]:
    """Return the (learner, teacher) whose match is proposed or agreed."""
    pairs = set()
    for match in Match.objects.standing().between_sides().filter(cycle=cycle).prefetch_related("seats"):
        seats = {seat.part: seat.application_id for seat in match.sides}
        pairs.add((seats.get(LEARNS, 0), seats.get(TEACHES, 0)))
    return pairs
