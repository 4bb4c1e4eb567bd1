"""From applications to the engine's request: pseudonyms and codes only. Who is who is returned apart.

Answers are found by the kind of their question, so that a form edited in the browser is read as well:
capacities are topics, languages are languages, travel dates are windows, and a question whose options
are all formats says which formats suit.
"""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from talka.applications.models import Application
from talka.applications.queries import topics_in_goals
from talka.blueprints.questions import Question
from talka.blueprints.schema import Blueprint
from talka.capacities.models import Capacity, Relation
from talka.matching.engine import Party, Policy, Request, Ruling, Speaks, Topic, ask
from talka.matching.lifecycle import MatchStatus, RunStatus
from talka.matching.models import DraftPair, PairRuling, Part, Run, Seat
from talka.matching.queries.answers import (
    country_of,
    hours_of,
    languages_of,
    levels_at_home,
    topics_of,
    windows_of,
    zone_of,
)
from talka.matching.queries.cohort import LEARNS, Sides, agreed_beforehand, questions_by_version, sides_of
from talka.people.queries import regions_by_country
from talka.programmes.models import Cycle

APPLICANT = ("application__community_id", "application__person_id")
BEGINNER = 1
AGREED_FIRST, SUGGESTED_NEXT = 1, 2


def new_pseudonym() -> str:
    """Return a key by which a run knows an application, drawn by lot."""
    return secrets.token_hex(8)


def applicant_key(community: int | None, person: int | None) -> str:
    """Return one key for a community or a person, who may come back in other cycles."""
    return f"community {community}" if community else f"person {person}"


@dataclass(frozen=True)
class Asked:
    """The request of a run, and the map from its pseudonyms to applications."""

    request: Request
    who: Mapping[str, int]


@dataclass(frozen=True)
class _Setting:
    """What encoding one applicant needs to know of the others."""

    keys: Mapping[int, str]
    by_applicant: Mapping[str, list[str]]
    regions: Mapping[str, str]
    questions: Mapping[int, tuple[Question, ...]]
    formats: frozenset[str]
    left: Mapping[int, int]
    first: frozenset[int]
    returned: frozenset[str]
    earlier: Mapping[str, frozenset[str]]

    def asked(self, application: Application) -> tuple[Question, ...]:
        """Return the questions that the application answers."""
        return self.questions[application.sheet.form_version_id]


def encode_cycle(cycle: Cycle) -> Asked:
    """Return the request for everybody of the cycle who may still get a partner."""
    sides, plan = sides_of(cycle), cycle.plan
    beforehand = agreed_beforehand(cycle)
    setting = _setting(cycle, sides, plan, beforehand)
    learners = [one for one in sides.learners if setting.left[one.pk]]
    teachers = [one for one in sides.teachers if setting.left[one.pk]]
    kept = {one.pk for one in (*learners, *teachers)}
    rulings = [
        Ruling("lock", setting.keys[learner.pk], setting.keys[teacher.pk])
        for learner, teacher in beforehand
        if {learner.pk, teacher.pk} <= kept
    ]
    for ruling in PairRuling.objects.filter(cycle=cycle):
        if {ruling.learner_id, ruling.teacher_id} <= kept:
            pair = setting.keys[ruling.learner_id], setting.keys[ruling.teacher_id]
            rulings.append(Ruling(ruling.kind, *pair))
    rulings += [Ruling("keep", *pair) for pair in _pairs_before(cycle, setting.keys, kept)]
    request = ask(
        [_learner(one, setting) for one in learners],
        [_teacher(one, setting) for one in teachers],
        policy_of(plan, cycle),
        rulings,
    )
    return Asked(request, {setting.keys[pk]: pk for pk in sorted(kept)})


def encode_choice(cycle: Cycle, learner: Application, teachers: Iterable[Application]) -> Asked:
    """Return the request about one learner and some teachers, whatever places they have left."""
    sides = Sides((learner,), tuple(teachers), left=defaultdict(lambda: 1))
    plan = cycle.plan
    setting = _setting(cycle, sides, plan, [])
    request = ask(
        [_learner(learner, setting)],
        [_teacher(one, setting) for one in sides.teachers],
        policy_of(plan, cycle),
        [],
    )
    everybody = (learner, *sides.teachers)
    return Asked(request, {setting.keys[one.pk]: one.pk for one in everybody})


def _pairs_before(cycle: Cycle, keys: Mapping[int, str], kept: set[int]) -> list[tuple[str, str]]:
    """Return the pairs of the newest draft: who has a partner in mind keeps them where that costs nobody."""
    newest = Run.objects.filter(cycle=cycle, status__in=[RunStatus.DRAFT, RunStatus.PUBLISHED]).order_by(
        "-pk"
    )
    pairs = DraftPair.objects.filter(run=newest.first()).values_list("learner_id", "teacher_id")
    return [(keys[one], keys[other]) for one, other in pairs if {one, other} <= kept]


def policy_of(plan: Blueprint, cycle: Cycle) -> Policy:
    """Return what the blueprint decides, with the tree of capacities as it is now."""
    matching, visit = plan.matching, plan.visit
    if matching is None:
        raise LookupError(f"cycle {cycle.pk} has no matching")
    tree = Capacity.objects.filter(parent__isnull=False).values_list("key", "parent__key")
    policy = Policy(
        hard=tuple(matching.hard),
        weights=dict(matching.weights),
        unknown=dict(matching.unknown),
        minimum_language_level=matching.minimum_language_level,
        fewest_days=visit.min_days if visit else 1,
        days_wanted=visit.max_days if visit else 1,
        tie_break_seed=cycle.slug,
        parents=dict(tree),
    )
    return _with_hours(policy, cycle, plan)


def _period(cycle: Cycle, plan: Blueprint) -> tuple[date, date] | None:
    """Return the first and the last day of the mentorships, between which hours are looked at."""
    stage = cycle.stages.filter(key=plan.mentorship.stage).first() if plan.mentorship else None
    return (stage.starts_on, stage.ends_on) if stage else None


def _with_hours(policy: Policy, cycle: Cycle, plan: Blueprint) -> Policy:
    """Add when the mentorships take place, and how long and how often two have to be able to meet."""
    period, asked = _period(cycle, plan), plan.matching
    if period is None or asked is None:
        return policy
    return replace(
        policy,
        period=period,
        zone=cycle.programme.zone,
        meeting_minutes=asked.meeting_minutes,
        fewest_meetings=asked.fewest_meetings,
        meetings_wanted=asked.meetings_wanted,
    )


def _setting(
    cycle: Cycle, sides: Sides, plan: Blueprint, beforehand: list[tuple[Application, Application]]
) -> _Setting:
    everybody = (*sides.learners, *sides.teachers)
    keys = _pseudonyms(cycle, everybody)
    by_applicant: dict[str, list[str]] = {}
    for one in everybody:
        by_applicant.setdefault(applicant_key(one.community_id, one.person_id), []).append(keys[one.pk])
    earlier = Seat.objects.filter(
        part=LEARNS, match__status=MatchStatus.AGREED, match__cycle__programme=cycle.programme_id
    ).exclude(match__cycle=cycle)
    return _Setting(
        keys=keys,
        by_applicant=by_applicant,
        regions=regions_by_country(),
        questions=questions_by_version(everybody),
        formats=frozenset(one.key for one in plan.visit.formats) if plan.visit else frozenset(),
        left=sides.left,
        first=frozenset(learner.pk for learner, _ in beforehand),
        returned=frozenset(applicant_key(*one) for one in earlier.values_list(*APPLICANT)),
        earlier=_partners_before(cycle),
    )


def _partners_before(cycle: Cycle) -> dict[str, frozenset[str]]:
    """Return for each applicant those they were together with in earlier cycles of the programme."""
    seats = Seat.objects.filter(
        match__status=MatchStatus.AGREED, match__cycle__programme=cycle.programme_id
    ).exclude(match__cycle=cycle)
    # Whoever was in one circle has not been taught by the others.
    seats = seats.exclude(part=Part.PEER)
    together: dict[int, set[str]] = {}
    for match, community, person in seats.values_list("match_id", *APPLICANT):
        together.setdefault(match, set()).add(applicant_key(community, person))
    partners: dict[str, set[str]] = {}
    for applicants in together.values():
        for one in applicants:
            partners.setdefault(one, set()).update(applicants - {one})
    return {one: frozenset(others) for one, others in partners.items()}


def _pseudonyms(cycle: Cycle, applications: Iterable[Application]) -> dict[int, str]:
    """Give everybody a random key, the one they had in earlier drafts: drafts can then be compared."""
    known: dict[int, str] = {}
    for who in Run.objects.filter(cycle=cycle).order_by("pk").values_list("who", flat=True):
        known.update({pk: key for key, pk in who.items()})
    return {one.pk: known.get(one.pk) or new_pseudonym() for one in applications}


def _learner(application: Application, setting: _Setting) -> Party:
    levels = dict(topics_of(application, setting.asked(application)))
    served = topics_in_goals(application)
    # A topic that a goal serves is more than a wish: it comes first, otherwise in the order of the answer.
    wanted = sorted(dict.fromkeys([*levels, *served]), key=lambda key: key not in served)
    at_home = levels_at_home(application, Relation.NEED)
    needs = tuple(
        Topic(key, levels.get(key, at_home.get(key, BEGINNER)), place)
        for place, key in enumerate(wanted, start=1)
    )
    return _party(application, setting, needs=needs)


def _teacher(application: Application, setting: _Setting) -> Party:
    levels = levels_at_home(application, Relation.OFFER)
    for key, level in topics_of(application, setting.asked(application)):
        levels[key] = max(level, levels.get(key, 0))
    return _party(application, setting, offers=tuple(Topic(key, level) for key, level in levels.items()))


def _party(application: Application, setting: _Setting, **topics: Any) -> Party:
    asked, community = setting.asked(application), application.community
    country = country_of(application, asked)
    own = applicant_key(application.community_id, application.person_id)
    return Party(
        key=setting.keys[application.pk],
        languages=tuple(Speaks(code, level) for code, level in languages_of(application, asked)),
        windows=windows_of(application, asked),
        formats=_formats(application, setting),
        country=country,
        region=community.region if community else setting.regions.get(country, ""),
        places=setting.left[application.pk],
        priority=AGREED_FIRST if application.pk in setting.first else SUGGESTED_NEXT,
        wishes=_wishes(application, setting),
        newcomer=own not in setting.returned,
        kind=community.kind if community else "",
        hours=hours_of(application, asked),
        zone=zone_of(application),
        earlier=frozenset(
            key for other in setting.earlier.get(own, ()) for key in setting.by_applicant.get(other, ())
        ),
        **topics,
    )


def _wishes(application: Application, setting: _Setting) -> tuple[str, ...]:
    """Return the partner that the applicant named, unless that community refused."""
    partner = getattr(application, "partner", None)
    if partner is None or partner.status == "declined":
        return ()
    own = setting.keys[application.pk]
    wished = setting.by_applicant.get(applicant_key(partner.community_id, None), [])
    return tuple(key for key in wished if key != own)


def _formats(application: Application, setting: _Setting) -> frozenset[str]:
    """Return the formats that suit; none at all means any."""
    if application.format:
        return frozenset({application.format})
    for question in setting.asked(application):
        options = {option.key for option in question.options}
        if question.kind in ("one_of", "several_of") and options and options <= setting.formats:
            given = application.sheet.answers.get(question.key) or []
            return frozenset([given] if isinstance(given, str) else given) & setting.formats
    return frozenset()
