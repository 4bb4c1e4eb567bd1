"""From applications to circles: who wants one, what the engine is asked of them, and who has none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from talka.applications.models import Application
from talka.blueprints.exchanges import Circles
from talka.blueprints.questions import Question
from talka.capacities.models import Capacity
from talka.matching.engine import Party, Policy, Speaks, Topic
from talka.matching.engine.circles import CircleRequest, ask_circles
from talka.matching.engine.encode.hours import LONGEST_PERIOD
from talka.matching.lifecycle import CircleDraftStatus, MatchStatus
from talka.matching.models import CircleDraft, Match, Part, Seat
from talka.matching.queries.answers import country_of, hours_of, languages_of, topics_of, zone_of
from talka.matching.queries.cohort import accepted, questions_by_version
from talka.matching.queries.encoding import APPLICANT, applicant_key, new_pseudonym
from talka.people.queries import regions_by_country
from talka.programmes.models import Cycle

LEAST_LEVEL = 3
"""Of a language, where the blueprint says nothing."""


@dataclass(frozen=True)
class AskedCircles:
    """The request of a draft, and the map from its pseudonyms to applications."""

    request: CircleRequest
    who: Mapping[str, int]


def circles_of(cycle: Cycle) -> Circles:
    """Return what the blueprint says of circles. Raises LookupError where it has none."""
    asked = cycle.plan.circles
    if asked is None:
        raise LookupError(f"cycle {cycle.pk} has no circles")
    return asked


def wanting_a_circle(cycle: Cycle) -> QuerySet[Application]:
    """Find the accepted applications whose role learns in circles, with all that is read of them."""
    return accepted(cycle).filter(call__role__in=circles_of(cycle).roles)


def seats_in_circles(cycle: Cycle) -> QuerySet[Seat]:
    """Find the seats that are held now in circles of the cycle which have not been dissolved."""
    standing = Match.objects.circles().filter(cycle=cycle, status=MatchStatus.AGREED)
    return Seat.objects.filter(match__in=standing.values("pk"), part=Part.PEER, left_at__isnull=True)


def without_a_circle(cycle: Cycle) -> list[Application]:
    """List those who want a circle and have none."""
    placed = seats_in_circles(cycle).values("application")
    return list(wanting_a_circle(cycle).exclude(pk__in=placed))


def encode_circles(cycle: Cycle, kept: Iterable[Iterable[int]] = ()) -> AskedCircles:
    """Return the request for everybody of the cycle without a circle; `kept` stay together as they are."""
    found = without_a_circle(cycle)
    keys, asked = _pseudonyms(cycle, found), circles_of(cycle)
    questions, regions, back = questions_by_version(found), regions_by_country(), _returned(cycle)
    parties = [_peer(one, keys[one.pk], questions[one.sheet.form_version_id], regions, back) for one in found]
    stay = [[keys[pk] for pk in members if pk in keys] for members in kept]
    request = ask_circles(
        parties,
        policy_of_circles(cycle),
        smallest=asked.size_min,
        largest=asked.size_max,
        kept=[members for members in stay if members],
    )
    return AskedCircles(request, {key: pk for pk, key in keys.items()})


def policy_of_circles(cycle: Cycle) -> Policy:
    """Return what the cycle decides: which level of a language is enough, and on which days they meet."""
    plan = cycle.plan
    tree = Capacity.objects.filter(parent__isnull=False).values_list("key", "parent__key")
    return Policy(
        hard=(),
        weights={},
        minimum_language_level=plan.matching.minimum_language_level if plan.matching else LEAST_LEVEL,
        parents=dict(tree),
        period=period_of_circles(cycle),
        zone=cycle.programme.zone,
        meeting_minutes=plan.matching.meeting_minutes if plan.matching else 60,
    )


def period_of_circles(cycle: Cycle) -> tuple[date, date] | None:
    """Return the first and last day on which circles meet: those of the mentorships, else of the cycle."""
    stages = list(cycle.stages.all())
    if cycle.plan.mentorship:
        named = [stage for stage in stages if stage.key == cycle.plan.mentorship.stage]
        stages = named or stages
    if not stages:
        return None
    first = min(stage.starts_on for stage in stages)
    last = max(stage.ends_on for stage in stages)
    return first, min(last, first + timedelta(days=LONGEST_PERIOD - 1))


def _returned(cycle: Cycle) -> frozenset[str]:
    """Return those who took part in an earlier cycle of the programme."""
    earlier = Seat.objects.filter(
        match__status=MatchStatus.AGREED, match__cycle__programme=cycle.programme_id
    ).exclude(match__cycle=cycle)
    return frozenset(applicant_key(*one) for one in earlier.values_list(*APPLICANT))


def _pseudonyms(cycle: Cycle, applications: Iterable[Application]) -> dict[int, str]:
    """Give everybody the random key that they had in earlier drafts, or a new one."""
    known: dict[int, str] = {}
    for who in CircleDraft.objects.filter(cycle=cycle).order_by("pk").values_list("who", flat=True):
        known.update({pk: key for key, pk in who.items()})
    return {one.pk: known.get(one.pk) or new_pseudonym() for one in applications}


def _peer(
    application: Application,
    key: str,
    questions: tuple[Question, ...],
    regions: Mapping[str, str],
    back: frozenset[str],
) -> Party:
    country, community = country_of(application, questions), application.community
    own = applicant_key(application.community_id, application.person_id)
    return Party(
        key=key,
        needs=tuple(
            Topic(capacity, level, place)
            for place, (capacity, level) in enumerate(topics_of(application, questions), start=1)
        ),
        languages=tuple(Speaks(code, level) for code, level in languages_of(application, questions)),
        country=country,
        region=community.region if community else regions.get(country, ""),
        newcomer=own not in back,
        hours=hours_of(application, questions),
        zone=zone_of(application),
    )


def open_drafts(cycle: Cycle) -> QuerySet[CircleDraft]:
    """Find the drafts of a cycle's circles that can still be changed, the newest first."""
    return cycle.circle_drafts.filter(status=CircleDraftStatus.DRAFT).order_by("-pk")
