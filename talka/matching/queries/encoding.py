"""From applications to the engine's request: pseudonyms and codes only. Who is who is returned apart.

Answers are found by the kind of their question, so that a form edited in the browser is read as well:
capacities are topics, languages are languages, travel dates are windows, and a question whose options
are all formats says which formats suit.
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from talka.applications.models import Application
from talka.applications.queries import topics_in_goals
from talka.blueprints.questions import Question
from talka.blueprints.schema import Blueprint
from talka.capacities.models import Capacity, Relation
from talka.matching.engine import Party, Policy, Request, Ruling, Speaks, Topic, ask
from talka.matching.lifecycle import MatchStatus, RunStatus
from talka.matching.models import DraftPair, PairRuling, Run, Seat
from talka.matching.queries.cohort import LEARNS, Sides, agreed_beforehand, questions_by_version, sides_of
from talka.programmes.models import Cycle

BEGINNER = 1
MIDDLE = 3
AGREED_FIRST, SUGGESTED_NEXT = 1, 2


@dataclass(frozen=True)
class Asked:
    """The request of a run, and the map from its pseudonyms to applications."""

    request: Request
    who: Mapping[str, int]


@dataclass(frozen=True)
class _Setting:
    """What encoding one applicant needs to know of the others."""

    keys: Mapping[int, str]
    by_community: Mapping[int, list[str]]
    questions: Mapping[int, tuple[Question, ...]]
    formats: frozenset[str]
    left: Mapping[int, int]
    first: frozenset[int]
    returned: frozenset[int]
    earlier: Mapping[int, frozenset[int]]


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
    return Policy(
        hard=tuple(matching.hard),
        weights=dict(matching.weights),
        unknown=dict(matching.unknown),
        minimum_language_level=matching.minimum_language_level,
        fewest_days=visit.min_days if visit else 1,
        days_wanted=visit.max_days if visit else 1,
        tie_break_seed=cycle.slug,
        parents=dict(tree),
    )


def _setting(
    cycle: Cycle, sides: Sides, plan: Blueprint, beforehand: list[tuple[Application, Application]]
) -> _Setting:
    everybody = (*sides.learners, *sides.teachers)
    keys = _pseudonyms(cycle, everybody)
    by_community: dict[int, list[str]] = {}
    for one in everybody:
        by_community.setdefault(one.community_id or 0, []).append(keys[one.pk])
    earlier = Seat.objects.filter(
        part=LEARNS, match__status=MatchStatus.AGREED, match__cycle__programme=cycle.programme_id
    ).exclude(match__cycle=cycle)
    return _Setting(
        keys=keys,
        by_community=by_community,
        questions=questions_by_version(everybody),
        formats=frozenset(one.key for one in plan.visit.formats) if plan.visit else frozenset(),
        left=sides.left,
        first=frozenset(learner.pk for learner, _ in beforehand),
        returned=frozenset(earlier.values_list("application__community_id", flat=True)),
        earlier=_partners_before(cycle),
    )


def _partners_before(cycle: Cycle) -> dict[int, frozenset[int]]:
    """Return for each community those it was together with in earlier cycles of the programme."""
    seats = Seat.objects.filter(
        match__status=MatchStatus.AGREED, match__cycle__programme=cycle.programme_id
    ).exclude(match__cycle=cycle)
    together: dict[int, set[int]] = {}
    for match, community in seats.values_list("match_id", "application__community_id"):
        if community:
            together.setdefault(match, set()).add(community)
    partners: dict[int, set[int]] = {}
    for communities in together.values():
        for one in communities:
            partners.setdefault(one, set()).update(communities - {one})
    return {one: frozenset(others) for one, others in partners.items()}


def _pseudonyms(cycle: Cycle, applications: Iterable[Application]) -> dict[int, str]:
    """Give everybody a random key, the one they had in earlier drafts: drafts can then be compared."""
    known: dict[int, str] = {}
    for who in Run.objects.filter(cycle=cycle).order_by("pk").values_list("who", flat=True):
        known.update({pk: key for key, pk in who.items()})
    return {one.pk: known.get(one.pk) or secrets.token_hex(8) for one in applications}


def _learner(application: Application, setting: _Setting) -> Party:
    levels = dict(_topics(application, setting))
    served = topics_in_goals(application)
    # A topic that a goal serves is more than a wish: it comes first, otherwise in the order of the answer.
    wanted = sorted(dict.fromkeys([*levels, *served]), key=lambda key: key not in served)
    at_home = _of_community(application, Relation.NEED)
    needs = tuple(
        Topic(key, levels.get(key, at_home.get(key, BEGINNER)), place)
        for place, key in enumerate(wanted, start=1)
    )
    return _party(application, setting, needs=needs)


def _teacher(application: Application, setting: _Setting) -> Party:
    levels = _of_community(application, Relation.OFFER)
    for key, level in _topics(application, setting):
        levels[key] = max(level, levels.get(key, 0))
    return _party(application, setting, offers=tuple(Topic(key, level) for key, level in levels.items()))


def _party(application: Application, setting: _Setting, **topics: Any) -> Party:
    community = application.community
    return Party(
        key=setting.keys[application.pk],
        languages=tuple(Speaks(code, level) for code, level in _languages(application, setting)),
        windows=_windows(application, setting),
        formats=_formats(application, setting),
        country=community.country if community else "",
        region=community.region if community else "",
        places=setting.left[application.pk],
        priority=AGREED_FIRST if application.pk in setting.first else SUGGESTED_NEXT,
        wishes=_wishes(application, setting),
        newcomer=application.community_id not in setting.returned,
        kind=community.kind if community else "",
        earlier=frozenset(
            key
            for other in setting.earlier.get(application.community_id or 0, ())
            for key in setting.by_community.get(other, ())
        ),
        **topics,
    )


def _wishes(application: Application, setting: _Setting) -> tuple[str, ...]:
    """Return the partner that the applicant named, unless that community refused."""
    partner = getattr(application, "partner", None)
    if partner is None or partner.status == "declined":
        return ()
    own = setting.keys[application.pk]
    return tuple(key for key in setting.by_community.get(partner.community_id, []) if key != own)


def _formats(application: Application, setting: _Setting) -> frozenset[str]:
    """Return the formats that suit; none at all means any."""
    if application.format:
        return frozenset({application.format})
    for question in setting.questions[application.sheet.form_version_id]:
        options = {option.key for option in question.options}
        if question.kind in ("one_of", "several_of") and options and options <= setting.formats:
            given = application.sheet.answers.get(question.key) or []
            return frozenset([given] if isinstance(given, str) else given) & setting.formats
    return frozenset()


def _windows(application: Application, setting: _Setting) -> tuple[tuple[date, date], ...] | None:
    """Return when they can travel or host; None where they have not said."""
    spans = []
    for given in _answers(application, setting, "travel_dates"):
        try:
            span = date.fromisoformat(given["starts_on"]), date.fromisoformat(given["ends_on"])
        except (KeyError, TypeError, ValueError):
            continue
        if span[0] <= span[1]:
            spans.append(span)
    return tuple(spans) or None


def _languages(application: Application, setting: _Setting) -> Iterator[tuple[str, int]]:
    best: dict[str, int] = {}
    for given in _answers(application, setting, "language"):
        level = _level(given, lowest=0, highest=6)
        if level is not None and given.get("language"):
            best[given["language"]] = max(level, best.get(given["language"], 0))
    yield from best.items()


def _topics(application: Application, setting: _Setting) -> Iterator[tuple[str, int]]:
    """Yield the capacities answered with their levels, in the order of the answer, each once."""
    seen = set()
    for given in _answers(application, setting, "capacity"):
        level = _level(given, lowest=1, highest=5)
        if given.get("capacity") and given["capacity"] not in seen:
            seen.add(given["capacity"])
            yield given["capacity"], MIDDLE if level is None else level


def _answers(application: Application, setting: _Setting, kind: str) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of the answers to every question of the kind."""
    for question in setting.questions[application.sheet.form_version_id]:
        if question.kind == kind:
            rows = application.sheet.answers.get(question.key)
            yield from (row for row in rows or [] if isinstance(row, dict))


def _level(given: Mapping[str, Any], *, lowest: int, highest: int) -> int | None:
    try:
        return min(max(int(given.get("level", "")), lowest), highest)
    except (TypeError, ValueError):
        return None


def _of_community(application: Application, relation: str) -> dict[str, int]:
    """Return what the community offers or needs in the directory, with levels."""
    if application.community is None:
        return {}
    rows = application.community.capacities.all()
    return {row.capacity.key: row.level for row in rows if row.relation == relation}
