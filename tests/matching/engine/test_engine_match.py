"""The door of the engine: whole requests in, outcomes out."""

import json
import random
from dataclasses import replace
from datetime import timedelta

import pytest
from engine_parties import ADA, BO, PARENTS, POLICY, SPRING, market, requests
from hypothesis import given, settings

from talka.matching.engine import (
    Contradiction,
    Outcome,
    Part,
    Party,
    Policy,
    Reason,
    Request,
    Ruling,
    Side,
    Slot,
    Speaks,
    Step,
    Topic,
    Unmatched,
    ask,
    canonical,
    check,
    match,
    pack,
    replay,
    seal_of,
    unpack,
)
from tests.thoroughness import examples

KINDLY = settings(max_examples=examples(300), deadline=None, derandomize=True, database=None)


def run(request: Request) -> Outcome:
    """Match a request."""
    return match(request.learners, request.teachers, request.policy, request.rulings)


@KINDLY
@given(requests())
def test_every_outcome_passes_the_audit(request):
    assert check(request, run(request)) == ()


@KINDLY
@given(requests())
def test_the_order_of_the_rows_changes_not_one_byte(request):
    shuffled = [list(request.learners), list(request.teachers), list(request.rulings)]
    for rows in shuffled:
        random.Random(3).shuffle(rows)
    learners, teachers, rulings = shuffled
    assert canonical(match(learners, teachers, request.policy, rulings)) == canonical(run(request))


@KINDLY
@given(requests())
def test_a_stored_request_is_answered_again_in_the_same_bytes(request):
    outcome = run(request)
    stored = json.loads(canonical(request))
    assert unpack(Request, stored) == request
    assert canonical(replay(stored)) == canonical(outcome)
    assert unpack(Outcome, json.loads(canonical(outcome))) == outcome


@KINDLY
@given(requests())
def test_everybody_is_either_matched_or_told_why(request):
    outcome = run(request)
    for side, parties in ((Side.LEARNS, request.learners), (Side.TEACHES, request.teachers)):
        matched = {pair.learner if side is Side.LEARNS else pair.teacher for pair in outcome.pairs}
        left_out = [one.key for one in outcome.unmatched if one.side is side]
        assert left_out == sorted({party.key for party in parties} - matched)


@KINDLY
@given(requests())
def test_locks_stand_and_bans_hold(request):
    pairs = {(pair.learner, pair.teacher): pair.locked for pair in run(request).pairs}
    for ruling in request.rulings:
        assert pairs.get((ruling.learner, ruling.teacher)) is (True if ruling.kind == "lock" else None)


def test_a_pair_shows_every_part_of_its_score():
    (pair,) = match([ADA], [BO], POLICY).pairs
    assert pair.parts == (
        Part("dates", 1000, 1000, Reason("matching.part.dates", {"days": 5})),
        Part("format", 1000, 1000, Reason("matching.part.any_format")),
        Part("language", 1000, 2000, Reason("matching.part.language", {"code": "en", "level": 3})),
        Part("level", 2000, 2000, Reason("matching.part.levels", {"above": 4})),
        Part("near", 700, 1000, Reason("matching.part.same_region")),
        Part("newcomer", 0, 1000, Reason("matching.part.returns")),
        Part("topic", 3000, 5000, Reason("matching.part.topics", {"topics": ("edit-a-thons",)})),
        Part("wish", 0, 2000, Reason("matching.part.wish", {"by": "none"})),
    )
    assert (pair.score, pair.priority, pair.locked) == (8700, 2, False)


def test_an_agreed_priority_comes_before_a_better_fit():
    other = replace(ADA, key="other", needs=(Topic("events", 1),))
    assert [pair.learner for pair in match([ADA, other], [BO], POLICY).pairs] == ["other"]
    urgent = replace(ADA, priority=1)
    assert [pair.learner for pair in match([urgent, other], [BO], POLICY).pairs] == ["ada"]


def test_a_fair_worst_pair_comes_before_a_higher_total():
    policy = Policy(hard=(), weights={"wish": 1})
    # Wished first and third, or second and second: the sum is higher one way, the worst pair the other.
    ada, eve = Party("ada", wishes=("bo", "dee")), Party("eve", wishes=("bo", "fox", "gus", "dee"))
    teachers = [Party("bo", wishes=("ada",)), Party("dee", wishes=("eve",))]
    outcome = match([ada, eve], teachers, policy)
    assert [(pair.learner, pair.teacher, pair.score) for pair in outcome.pairs] == [
        ("ada", "bo", 1000),
        ("eve", "dee", 625),
    ]
    teachers = [Party("bo", wishes=("ada",)), Party("dee")]
    outcome = match([ada, replace(eve, wishes=("bo",))], teachers, policy)
    assert [(pair.learner, pair.teacher, pair.score) for pair in outcome.pairs] == [
        ("ada", "dee", 375),
        ("eve", "bo", 500),
    ]


def test_nobody_is_matched_for_nothing():
    outcome = match([Party("ada")], [Party("bo")], Policy(hard=(), weights={"wish": 1}))
    assert outcome.pairs == ()
    assert [one.reason for one in outcome.unmatched] == [Reason("matching.nothing_gained", {"before": 1})] * 2


@pytest.mark.parametrize(
    ("learners", "teachers", "expected"),
    [
        ([], [], []),
        ([ADA], [], [("ada", "matching.nobody_there")]),
        ([], [BO], [("bo", "matching.nobody_there")]),
        (
            [replace(ADA, places=0)],
            [BO],
            [("ada", "matching.takes_nobody"), ("bo", "matching.all_places_taken")],
        ),
        (
            [ADA],
            [replace(BO, places=0)],
            [("ada", "matching.all_places_taken"), ("bo", "matching.takes_nobody")],
        ),
    ],
)
def test_empty_sides_and_zero_places_have_an_answer(learners, teachers, expected):
    outcome = match(learners, teachers, POLICY)
    assert outcome.pairs == ()
    assert [(one.key, one.reason.key) for one in outcome.unmatched] == expected
    assert check(ask(learners, teachers, POLICY), outcome) == ()


def test_the_funnel_counts_who_remains_and_names_the_binding_rule():
    quiet = replace(BO, key="cy", languages=(Speaks("lv", 6),))
    away = replace(BO, key="dee", offers=(Topic("budgets", 5),))
    outcome = match([replace(ADA, languages=(Speaks("pl", 6),))], [BO, quiet, away], POLICY)
    assert outcome.unmatched[0] == Unmatched(
        key="ada",
        side=Side.LEARNS,
        funnel=(
            Step("all", 3),
            Step("shares_a_topic", 2),
            Step("teaches_above", 2),
            Step("common_language", 0),
            *(Step(rule, 0) for rule in POLICY.hard[3:]),
            *(Step(step, 0) for step in ("not_banned", "fits", "free")),
        ),
        reason=Reason("matching.no_common_language", {"before": 2}),
        smallest_change=outcome.unmatched[0].smallest_change,
    )
    assert outcome.unmatched[0].smallest_change.key == "matching.change.language"


def test_nobody_reads_that_they_are_avoided():
    outcome = match([ADA], [replace(BO, avoids=frozenset({"ada"}))], POLICY)
    assert outcome.unmatched[0].reason == Reason("matching.no_partner_left", {"before": 1})
    assert outcome.unmatched[0].smallest_change is None


def test_unknown_dates_are_the_policys_to_decide():
    unsure = replace(ADA, windows=None)
    assert match([unsure], [BO], POLICY).pairs == ()
    kind = replace(POLICY, unknown={**POLICY.unknown, "dates_overlap": "pass"})
    (pair,) = match([unsure], [BO], kind).pairs
    assert pair.parts[0] == Part("dates", 0, 1000, Reason("matching.part.dates_unknown"))


def test_a_lock_stands_against_the_rules_and_says_which_it_breaks():
    mute = replace(ADA, languages=(), formats=frozenset({"by_post"}))
    (pair,) = match(
        [mute], [replace(BO, formats=frozenset({"on_foot"}))], POLICY, [Ruling("lock", "ada", "bo")]
    ).pairs
    assert pair.locked
    assert pair.broken == ("common_language", "format_agrees")


def test_alternates_begin_with_a_free_place_and_leave_out_the_partner():
    full = replace(BO, key="full", offers=(Topic("edit-a-thons", 5),))
    free = replace(BO, key="free", country="EE", region="")
    rival = replace(ADA, key="rival")
    outcome = match([ADA, rival], [BO, full, free], POLICY)
    assert {pair.teacher for pair in outcome.pairs} == {"bo", "full"}
    (partner,) = [pair.teacher for pair in outcome.pairs if pair.learner == "ada"]
    taken = "full" if partner == "bo" else "bo"
    assert [pair.teacher for pair in outcome.alternates["ada"]] == ["free", taken]


def test_a_party_on_both_sides_is_never_its_own_teacher():
    both = replace(ADA, offers=(Topic("events", 5),), places=2)
    assert match([both], [both], replace(POLICY, hard=())).pairs == ()


def test_the_seal_changes_with_the_request_and_not_with_its_order():
    request = ask([ADA], [BO], POLICY)
    languages = tuple(reversed(ADA.languages))
    assert seal_of(ask([replace(ADA, languages=languages)], [BO], POLICY)) == seal_of(request)
    assert seal_of(ask([replace(ADA, priority=1)], [BO], POLICY)) != seal_of(request)


def test_every_fault_of_a_request_is_named_at_once():
    crooked = replace(ADA, needs=(Topic("events", 9),), windows=((SPRING, SPRING - timedelta(days=1)),))
    policy = replace(POLICY, hard=("likes",), weights={"charm": -1}, parents={"a": "b", "b": "a"})
    rulings = [Ruling("lock", "ada", "bo"), Ruling("ban", "ada", "bo"), Ruling("lock", "ada", "nobody")]
    with pytest.raises(Contradiction) as caught:
        match([crooked, ADA], [BO], policy, rulings)
    assert [reason.key.removeprefix("matching.fault.") for reason in caught.value.reasons] == [
        "unknown_rule",
        "unknown_part",
        "negative_weight",
        "loop_in_tree",
        "loop_in_tree",
        "ruling_about_nobody",
        "lock_and_ban",
        "more_locks_than_places",
        "key_twice",
        "topic_range",
        "window_backwards",
    ]


def changed(request: Request, key: str, reason: Reason) -> Request:
    """Apply the smallest change of a learner, as the reason words it."""
    values = reason.values
    if reason.key == "matching.change.one_more_place":
        teachers = [
            replace(party, places=party.places + 1) if party.key == values["teacher"] else party
            for party in request.teachers
        ]
        rulings = (*request.rulings, Ruling("lock", key, values["teacher"]))
        return replace(request, teachers=tuple(teachers), rulings=rulings)
    (party,) = [party for party in request.learners if party.key == key]
    match reason.key.removeprefix("matching.change."):
        case "format":
            party = replace(party, formats=party.formats | {values["format"]})
        case "dates":
            span = tuple(type(SPRING).fromisoformat(values[end]) for end in ("start", "end"))
            party = replace(party, windows=(*(party.windows or ()), span))
        case "hours":
            slot = Slot(values["weekday"], values["starts"], values["ends"])
            party = replace(party, hours=(*(party.hours or ()), slot))
        case "language":
            others = tuple(one for one in party.languages if one.code != values["code"])
            party = replace(party, languages=(*others, Speaks(values["code"], values["level"])))
        case "topic":
            party = replace(party, needs=(*party.needs, Topic(values["topic"], 1, values["priority"])))
    learners = tuple(party if one.key == key else one for one in request.learners)
    return replace(request, learners=learners)


@KINDLY
@given(requests())
def test_the_smallest_change_does_match_the_learner_when_it_is_made(request):
    for left_out in run(request).unmatched:
        if left_out.smallest_change is not None:
            after = run(changed(request, left_out.key, left_out.smallest_change))
            assert left_out.key in {pair.learner for pair in after.pairs}


def test_in_lively_markets_every_answer_is_proved_and_every_change_holds():
    kinds = set()
    for seed in range(30):
        request = market(seed, 9, 6)
        outcome = run(request)
        assert check(request, outcome) == ()
        for left_out in outcome.unmatched:
            if left_out.smallest_change is not None:
                kinds.add(left_out.smallest_change.key.removeprefix("matching.change."))
                after = run(changed(request, left_out.key, left_out.smallest_change))
                assert left_out.key in {pair.learner for pair in after.pairs}
    assert kinds == {"format", "dates", "language", "one_more_place", "topic"}


@KINDLY
@given(requests())
def test_one_more_place_for_a_learner_leaves_everybody_else_as_they_were(request):
    before = run(request)
    for left_out in before.unmatched:
        change = left_out.smallest_change
        if change is not None and change.key == "matching.change.one_more_place":
            after = run(changed(request, left_out.key, change))
            others = [pair for pair in after.pairs if pair.learner != left_out.key]
            assert others == list(before.pairs)


@pytest.mark.parametrize(
    ("learner", "teacher", "expected"),
    [
        (ADA, replace(BO, formats=frozenset({"mentor_travels"})), ("format", {"format": "mentor_travels"})),
        (
            replace(ADA, windows=((SPRING, SPRING),)),
            BO,
            ("dates", {"start": "2027-03-06", "end": "2027-03-06"}),
        ),
        (
            replace(ADA, languages=(Speaks("en", 2), Speaks("lt", 1))),
            BO,
            ("language", {"code": "en", "level": 3}),
        ),
        (
            replace(ADA, needs=(Topic("conferences", 2),)),
            replace(BO, offers=(Topic("edit-a-thons", 4), Topic("budgets", 5))),
            ("topic", {"topic": "edit-a-thons", "priority": 1}),
        ),
        (
            replace(ADA, needs=(Topic("edit-a-thons", 5),)),
            replace(BO, offers=(Topic("edit-a-thons", 5), Topic("budgets", 2))),
            ("topic", {"topic": "budgets", "priority": 1}),
        ),
        (
            replace(ADA, hours=(Slot(1, 540, 600),), zone="Europe/Warsaw"),
            replace(BO, hours=(Slot(1, 1080, 1260), Slot(6, 1380, 30)), zone="Europe/Vilnius"),
            ("hours", {"weekday": 1, "starts": 1020, "ends": 1080}),
        ),
        (
            # A Sunday evening in New York is Monday morning in Warsaw, before and after the clocks change.
            replace(ADA, hours=(Slot(0, 540, 600),), zone="Europe/Warsaw"),
            replace(BO, hours=(Slot(6, 1200, 1380),), zone="America/New_York"),
            ("hours", {"weekday": 0, "starts": 240, "ends": 300}),
        ),
        (ADA, replace(BO, places=0), ("one_more_place", {"teacher": "bo"})),
    ],
)
def test_the_smallest_change_is_the_one_expected(learner, teacher, expected):
    key, values = expected
    request = ask([learner], [teacher], POLICY)
    change = run(request).unmatched[0].smallest_change
    assert change == Reason(f"matching.change.{key}", values)
    assert [pair.learner for pair in run(changed(request, "ada", change)).pairs] == ["ada"]


def test_packed_values_are_plain():
    assert pack(Ruling("ban", "ada", "bo")) == {"kind": "ban", "learner": "ada", "teacher": "bo"}
    assert pack(POLICY)["parents"] == dict(sorted(PARENTS.items()))
