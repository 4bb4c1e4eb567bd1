"""Rulings by coordinators, and pairs that agreed beforehand."""

import pytest

from talka.letters.models import Letter
from talka.matching.actions import (
    draft_run,
    lift_ruling,
    rule_on_pair,
    set_aside_beforehand,
    validate_beforehand,
)
from talka.matching.models import Match, PairRuling
from talka.matching.queries.cohort import agreed_beforehand
from talka.matching.queries.encoding import encode_cycle
from talka.matching.queries.reasons import Refused
from talka.matching.queries.words import speak
from tests.matching.matching_world import agree_beforehand, learn, make_community, make_cycle

pytestmark = pytest.mark.django_db


def rule(world, cleo, now, kind, learner, teacher):
    return rule_on_pair(
        cycle=world.cycle, learner=learner, teacher=teacher, kind=kind, note="why", by=cleo, now=now
    )


def pairs(run):
    return {(pair.learner, pair.teacher) for pair in run.pairs.all()}


def test_a_ban_keeps_two_apart_until_it_is_lifted(world, cleo, now):
    ruling = rule(world, cleo, now, "ban", world.ada, world.bo)
    assert (world.ada, world.bo) not in pairs(draft_run(cycle=world.cycle, by=cleo, now=now))
    lift_ruling(ruling=ruling, by=cleo, now=now)
    assert (world.ada, world.bo) in pairs(draft_run(cycle=world.cycle, by=cleo, now=now))


def test_a_lock_holds_whatever_the_rules_say(world, cleo, now):
    far = learn(world.cycle, make_community("Far", "PL"), now, languages=[{"language": "bg", "level": 6}])
    rule(world, cleo, now, "lock", far, world.bo)
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    kept = run.pairs.get(learner=far)
    assert (kept.teacher, [one["key"] for one in kept.warnings]) == (
        world.bo,
        ["matching.broken.common_language", "matching.broken.different_country"],
    )


@pytest.mark.parametrize(
    ("first", "then", "words"),
    [
        (
            "lock",
            "ban",
            "Wikimedians of Ruritania and Wikimedia Graustark are to stay together. Lift that ruling first.",
        ),
        (
            "ban",
            "lock",
            "Wikimedians of Ruritania and Wikimedia Graustark are never to be together. "
            "Lift that ruling first.",
        ),
    ],
)
def test_a_contradiction_is_refused_with_a_sentence(world, cleo, now, first, then, words):
    rule(world, cleo, now, first, world.ada, world.bo)
    with pytest.raises(Refused) as refused:
        rule(world, cleo, now, then, world.ada, world.bo)
    assert [speak(reason) for reason in refused.value.reasons] == [words]


def test_the_same_ruling_twice_changes_nothing(world, cleo, now):
    assert rule(world, cleo, now, "lock", world.ada, world.bo) == rule(
        world, cleo, now, "lock", world.ada, world.bo
    )


def test_nobody_is_kept_together_with_more_than_their_places(world, cleo, now):
    rule(world, cleo, now, "lock", world.ada, world.bo)
    with pytest.raises(Refused, match="locked_elsewhere"):
        rule(world, cleo, now, "lock", world.eva, world.bo)
    with pytest.raises(Refused, match="locked_elsewhere"):
        rule(world, cleo, now, "lock", world.ada, world.fay)


def test_rulings_are_about_accepted_applicants_of_the_cycle_in_their_parts(world, cleo, now):
    undecided = learn(world.cycle, make_community("Undecided", "BG"), now, status="submitted")
    stranger = learn(make_cycle(cleo, now, slug="other"), make_community("Elsewhere", "BG"), now)
    for learner, teacher in ((undecided, world.bo), (stranger, world.bo), (world.bo, world.ada)):
        with pytest.raises(Refused, match="other_cycle"):
            rule(world, cleo, now, "lock", learner, teacher)


def test_a_validated_pair_is_proposed_to_both_and_no_longer_waits(world, cleo, now):
    agree_beforehand(world.ada, world.bo.community)
    assert agreed_beforehand(world.cycle) == [(world.ada, world.bo)]
    match = validate_beforehand(learner=world.ada, teacher=world.bo, by=cleo, now=now)
    assert [part["name"] for part in match.parts if part["points"]] == [
        "dates",
        "language",
        "level",
        "newcomer",
        "topic",
        "wish",
    ]
    assert (match.origin, match.status, agreed_beforehand(world.cycle)) == (
        "agreed_beforehand",
        "proposed",
        [],
    )
    assert sorted(Letter.objects.values_list("key", "email")) == [
        ("match_proposed", "ada@demo.invalid"),
        ("match_proposed", "bo@demo.invalid"),
    ]
    assert set(draft_run(cycle=world.cycle, by=cleo, now=now).who.values()) == {world.eva.pk, world.fay.pk}


def test_a_mentor_may_have_named_the_mentee_too(world, cleo, now):
    agree_beforehand(world.bo, world.ada.community)
    agree_beforehand(world.ada, world.bo.community)
    assert agreed_beforehand(world.cycle) == [(world.ada, world.bo)]


def test_a_pair_set_aside_is_told_why_and_matched_like_everybody_else(world, cleo, now):
    agree_beforehand(world.ada, world.bo.community)
    set_aside_beforehand(learner=world.ada, teacher=world.bo, note="Other topic.", by=cleo, now=now)
    letters = Letter.objects.filter(key="partner_set_aside")
    assert sorted(letters.values_list("email", flat=True)) == ["ada@demo.invalid", "bo@demo.invalid"]
    assert all("Other topic." in letter.body for letter in letters)
    asked = encode_cycle(world.cycle)
    assert {party.priority for party in asked.request.learners} == {2}
    assert pairs(draft_run(cycle=world.cycle, by=cleo, now=now)) == {
        (world.ada, world.fay),
        (world.eva, world.bo),
    }


def test_only_a_confirmed_pair_can_be_validated(world, cleo, now):
    agree_beforehand(world.ada, world.bo.community, status="invited")
    with pytest.raises(Refused, match="not_beforehand"):
        validate_beforehand(learner=world.ada, teacher=world.bo, by=cleo, now=now)
    assert (Match.objects.count(), PairRuling.objects.count()) == (0, 0)


def test_more_confirmed_partners_than_places_are_refused_by_name(world, cleo, now):
    agree_beforehand(world.ada, world.bo.community)
    agree_beforehand(world.eva, world.bo.community)
    with pytest.raises(Refused) as refused:
        draft_run(cycle=world.cycle, by=cleo, now=now)
    assert [(one.key, one.values["key"]) for one in refused.value.reasons] == [
        ("matching.fault.more_locks_than_places", "Wikimedia Graustark")
    ]
