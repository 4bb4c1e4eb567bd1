"""Drafts: asked of the real engine, sealed, edited by hand, compared."""

import pytest

from talka.kernel.models import Entry
from talka.matching.actions import add_pair, discard_run, draft_run, publish_run, remove_pair, rule_on_pair
from talka.matching.engine import canonical, check, replay
from talka.matching.models import DraftPair
from talka.matching.queries.drafts import (
    compare,
    left_out_of,
    outcome_of,
    pairs_of,
    parties_of,
    request_of,
    totals_of,
)
from talka.matching.queries.encoding import encode_cycle
from talka.matching.queries.reasons import Refused
from tests.matching.matching_world import agree_beforehand, learn, make_community, make_cycle, teach

pytestmark = pytest.mark.django_db


def who_with_whom(run):
    return {(str(pair.learner), str(pair.teacher)) for pair in run.pairs.all()}


def party_of(asked, application):
    keys = {pk: key for key, pk in asked.who.items()}
    parties = (*asked.request.learners, *asked.request.teachers)
    return next(party for party in parties if party.key == keys[application.pk])


def test_a_draft_brings_everybody_together(world, cleo, now):
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    assert run.name == "Draft 1"
    assert who_with_whom(run) == {
        ("Wikimedians of Ruritania", "Wikimedia Graustark"),
        ("Syldavian Wikimedians", "Wikimedia Borduria"),
    }
    assert [entry.verb for entry in Entry.objects.about(run)] == ["draft", "take up", "answer"]


def test_a_draft_replays_to_the_same_bytes_and_is_proved(world, cleo, now):
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    run.refresh_from_db()
    assert canonical(replay(run.sealed_input)) == canonical(outcome_of(run))
    assert check(request_of(run), outcome_of(run)) == ()


def test_two_drafts_of_the_same_facts_are_the_same(world, cleo, now):
    first, second, third = (draft_run(cycle=world.cycle, by=cleo, now=now) for _ in range(3))
    assert who_with_whom(first) == who_with_whom(second)
    # From the second on, the question also says which pairs there were.
    assert (second.seal, second.who) == (third.seal, third.who)


def test_what_is_sealed_names_nobody(world, cleo, now):
    sealed = canonical(draft_run(cycle=world.cycle, by=cleo, now=now).sealed_input).decode()
    assert [
        name for name in ("Ruritania", "Graustark", "demo.invalid", "We have no budget") if name in sealed
    ] == []


def test_an_applicant_is_encoded_from_answers_goals_and_community(world, cleo, now):
    party = party_of(encode_cycle(world.cycle), world.eva)
    assert [(need.capacity, need.level, need.priority) for need in party.needs] == [
        ("budgets", 2, 1),
        ("venues", 1, 2),
    ]
    assert [(one.code, one.level) for one in party.languages] == [("en", 4)]
    assert [(str(first), str(last)) for first, last in party.windows] == [("2027-08-01", "2027-08-10")]
    assert (party.country, party.region, party.places, party.priority) == ("MK", "cee_ca", 1, 2)


def test_a_mentor_is_encoded_with_ways_and_places(world, cleo, now):
    party = party_of(encode_cycle(world.cycle), world.fay)
    assert sorted(party.formats) == ["mentee_travels", "mentor_travels"]
    assert [(offer.capacity, offer.level) for offer in party.offers] == [("budgets", 4), ("venues", 4)]


def test_dates_that_nobody_gave_are_unknown(world, now):
    quiet = learn(world.cycle, make_community("Quiet", "BG"), now, dates=[])
    assert party_of(encode_cycle(world.cycle), quiet).windows is None


def test_only_the_accepted_take_part(world, cleo, now):
    learn(world.cycle, make_community("Undecided", "BG"), now, status="submitted")
    teach(world.cycle, make_community("Declined", "BG"), now, status="declined")
    assert set(draft_run(cycle=world.cycle, by=cleo, now=now).who.values()) == {
        world.ada.pk,
        world.eva.pk,
        world.bo.pk,
        world.fay.pk,
    }


def test_who_agreed_beforehand_comes_first_and_stays_together(world, cleo, now):
    agree_beforehand(world.ada, world.fay.community)
    assert party_of(encode_cycle(world.cycle), world.ada).priority == 1
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    assert (str(world.ada), str(world.fay)) in who_with_whom(run)


def test_a_partner_who_has_not_confirmed_is_only_a_wish(world, cleo, now):
    agree_beforehand(world.ada, world.fay.community, status="invited")
    asked = encode_cycle(world.cycle)
    keys = {pk: key for key, pk in asked.who.items()}
    assert (party_of(asked, world.ada).priority, party_of(asked, world.ada).wishes) == (
        2,
        (keys[world.fay.pk],),
    )


def test_with_nobody_to_match_the_refusal_says_what_to_do_first(cleo, now):
    with pytest.raises(Refused) as refused:
        draft_run(cycle=make_cycle(cleo, now), by=cleo, now=now)
    assert [reason.key for reason in refused.value.reasons] == ["matching.refused.nobody_waits"]


def test_the_left_out_have_a_reason_and_the_smallest_change(world, cleo, now):
    far = learn(world.cycle, make_community("Far", "BG"), now, languages=[{"language": "bg", "level": 6}])
    spare = teach(world.cycle, make_community("Spare", "CZ"), now, topics=[("budgets", 2)])
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    left = left_out_of(run, pairs_of(run), parties_of(run))
    assert [(one.application, one.part, one.reason.key) for one in left] == [
        (far, "learns", "matching.no_common_language"),
        (spare, "teaches", "matching.all_places_taken"),
    ]
    assert (left[0].change.key, left[0].change.values) == (
        "matching.change.language",
        {"code": "en", "level": 3},
    )


def test_a_pair_taken_out_by_hand_leaves_both_out_and_says_so(world, cleo, now):
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    remove_pair(pair=run.pairs.get(learner=world.ada), by=cleo, now=now)
    left = left_out_of(run, pairs_of(run), parties_of(run))
    assert [(one.application, one.reason.key) for one in left] == [
        (world.ada, "matching.removed_by_hand"),
        (world.bo, "matching.removed_by_hand"),
    ]


def test_a_pair_by_hand_keeps_the_rules_it_breaks_as_warnings(world, cleo, now):
    far = learn(world.cycle, make_community("Far", "PL"), now, languages=[{"language": "bg", "level": 6}])
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    remove_pair(pair=run.pairs.get(teacher=world.bo), by=cleo, now=now)
    pair = add_pair(run=run, learner=far, teacher=world.bo, by=cleo, now=now)
    assert pair.is_by_hand
    assert [warning["key"] for warning in pair.warnings] == [
        "matching.broken.common_language",
        "matching.broken.different_country",
    ]


def test_nobody_is_put_together_beyond_their_places(world, cleo, now):
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    run.pairs.get(learner=world.ada).delete()
    with pytest.raises(Refused) as refused:
        add_pair(run=run, learner=world.ada, teacher=world.fay, by=cleo, now=now)
    assert [(one.key, one.values) for one in refused.value.reasons] == [
        ("matching.refused.is_taken", {"name": "Wikimedia Borduria"})
    ]


def test_who_took_no_part_in_a_draft_cannot_be_put_into_it(world, cleo, now):
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    late = learn(world.cycle, make_community("Late", "BG"), now)
    with pytest.raises(Refused, match="not_in_run"):
        add_pair(run=run, learner=late, teacher=world.bo, by=cleo, now=now)
    with pytest.raises(Refused, match="not_in_run"):
        add_pair(run=run, learner=world.bo, teacher=world.ada, by=cleo, now=now)


@pytest.mark.parametrize("end", [discard_run, publish_run])
def test_what_is_no_draft_any_more_is_not_edited(world, cleo, now, end):
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    end(run=run, by=cleo, now=now)
    with pytest.raises(Refused, match="not_a_draft"):
        remove_pair(pair=run.pairs.first(), by=cleo, now=now)
    with pytest.raises(Refused, match="not_a_draft"):
        add_pair(run=run, learner=world.ada, teacher=world.fay, by=cleo, now=now)


def test_drafts_side_by_side_show_who_moved(world, cleo, now):
    first = draft_run(cycle=world.cycle, by=cleo, now=now)
    rule_on_pair(
        cycle=world.cycle, learner=world.ada, teacher=world.fay, kind="lock", note="", by=cleo, now=now
    )
    second = draft_run(cycle=world.cycle, by=cleo, now=now)
    rows = {str(row.learner): (row.partners, row.moved) for row in compare([first, second])}
    assert rows == {
        "Syldavian Wikimedians": ((("Wikimedia Borduria",), ("Wikimedia Graustark",)), True),
        "Wikimedians of Ruritania": ((("Wikimedia Graustark",), ("Wikimedia Borduria",)), True),
    }
    assert (totals_of(first).matched, totals_of(first).by_hand) == (2, 0)
    assert totals_of(first).score == sum(DraftPair.objects.filter(run=first).values_list("score", flat=True))
