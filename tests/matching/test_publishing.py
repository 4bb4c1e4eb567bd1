"""Publishing: matches are proposed, everybody gets their letter, and the preview says so beforehand."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from talka.kernel.ledger import move
from talka.letters.models import Letter
from talka.matching.actions import draft_run, publish_run, remove_pair, rule_on_pair, validate_beforehand
from talka.matching.models import Match
from talka.matching.queries.drafts import outcome_of, publication_of
from talka.matching.queries.reasons import Refused
from tests.conftest import make_account, make_representative
from tests.matching.matching_world import agree_beforehand, learn, make_community, teach

pytestmark = pytest.mark.django_db

BULGARIAN = [{"language": "bg", "level": 6}]


@pytest.fixture
def far(world, now):
    """Return a third who learns, with whom nobody shares a language."""
    return learn(world.cycle, make_community("Far", "BG", represented_by="gil"), now, languages=BULGARIAN)


def publish(world, cleo, now, **more):
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    return run, publish_run(run=run, by=cleo, now=now, **more)


def faults(refused):
    return [(reason.key, *reason.values.values()) for reason in refused.value.reasons]


def test_publishing_proposes_every_pair_to_both_sides(world, cleo, now):
    run, matches = publish(world, cleo, now)
    assert [(match.origin, match.status, match.run) for match in matches] == [
        ("suggested", "proposed", run)
    ] * 2
    assert {
        (str(match.seat_of("learns").application), str(match.seat_of("teaches").application))
        for match in matches
    } == {
        ("Syldavian Wikimedians", "Wikimedia Borduria"),
        ("Wikimedians of Ruritania", "Wikimedia Graustark"),
    }
    assert {seat.answer for match in matches for seat in match.seats.all()} == {"pending"}


def test_the_answer_is_due_at_the_end_of_the_day_in_the_programmes_zone(world, cleo, now):
    _, matches = publish(world, cleo, now)
    # Seven days after 10 March; in Warsaw the day ends at 23:00 UTC.
    assert matches[0].answer_by == datetime(2027, 3, 17, 23, 0, tzinfo=UTC)


def test_everybody_gets_exactly_the_letters_that_the_preview_names(world, far, cleo, now):
    hal = make_account("hal")
    make_representative(hal, world.ada.community)
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    promised = Counter((post.key, post.to.email) for post in publication_of(run).posts)
    publish_run(run=run, by=cleo, now=now)
    written = Counter(Letter.objects.values_list("key", "email"))
    assert (written, sum(written.values())) == (promised, 6)
    assert written["match_proposed", "hal@demo.invalid"] == 1


def test_who_acts_for_both_sides_gets_a_letter_for_each(world, ada, cleo, now):
    make_representative(ada, world.bo.community)
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    promised = len(publication_of(run).posts)
    publish_run(run=run, by=cleo, now=now)
    assert (promised, Letter.objects.count()) == (5, 5)


def test_the_letter_says_who_why_and_until_when(world, cleo, now):
    publish(world, cleo, now)
    letter = Letter.objects.get(email="ada@demo.invalid")
    assert letter.subject == "A partner for Wikimedians of Ruritania: Wikimedia Graustark"
    for words in (
        "Teaches what is asked for: Event budgets.",
        "17 March 2027 (Europe/Warsaw)",
        "/desk/matches/",
    ):
        assert words in letter.body


def test_the_left_out_read_why_and_what_else_there_is(world, far, cleo, now):
    publish(world, cleo, now, waiting=[far.pk])
    letter = Letter.objects.get(key="unmatched")
    assert (letter.email, letter.subject) == ("gil@demo.invalid", "No partner yet for Far")
    for words in ("none speaks a common language", "https://capx.toolforge.org/", "on the waiting list"):
        assert words in letter.body


def test_what_would_help_stands_apart_from_why(world, far, cleo, now):
    teach(world.cycle, make_community("Spare", "HR", represented_by="ivo"), now)
    publish(world, cleo, now)
    body = Letter.objects.get(email="gil@demo.invalid").body
    assert "What would help next time:\n- Somebody who speaks English at level 3 would be enough." in body


def test_the_letter_says_first_what_counts_most(world, cleo, now):
    publish(world, cleo, now)
    body = Letter.objects.get(email="ada@demo.invalid").body
    assert body.index("Teaches what is asked for") < body.index("Both speak English")


def test_only_who_is_ticked_moves_to_the_waiting_list(world, far, cleo, now):
    other = learn(world.cycle, make_community("Other", "HR", represented_by="ivo"), now, languages=BULGARIAN)
    publish(world, cleo, now, waiting=[far.pk, world.ada.pk])
    for application in (far, other, world.ada):
        application.refresh_from_db()
    assert (far.status, other.status, world.ada.status) == ("waiting", "accepted", "accepted")
    assert "waiting list" not in Letter.objects.get(email="ivo@demo.invalid").body


def test_a_letter_to_the_left_out_names_no_mentor(world, far, cleo, now):
    learn(world.cycle, make_community("Crowd", "HR", represented_by="ivo"), now)
    run, _ = publish(world, cleo, now)
    changes = [one.smallest_change.key for one in outcome_of(run).unmatched if one.smallest_change]
    assert changes == ["matching.change.one_more_place"]
    bodies = "".join(Letter.objects.filter(key="unmatched").values_list("body", flat=True))
    assert [name for name in ("Graustark", "Borduria") if name in bodies] == []


def test_a_run_is_published_once(world, cleo, now):
    run, _ = publish(world, cleo, now)
    with pytest.raises(Refused, match="not_a_draft"):
        publish_run(run=run, by=cleo, now=now)
    assert Match.objects.count() == 2


def test_an_older_draft_cannot_match_the_same_people_again(world, cleo, now):
    first, second = (draft_run(cycle=world.cycle, by=cleo, now=now) for _ in range(2))
    remove_pair(pair=second.pairs.get(learner=world.eva), by=cleo, now=now)
    publish_run(run=first, by=cleo, now=now)
    with pytest.raises(Refused) as refused:
        publish_run(run=second, by=cleo, now=now)
    assert faults(refused) == [("matching.refused.nothing_to_publish",)]


def test_somebody_matched_meanwhile_is_not_matched_twice(world, cleo, now):
    agree_beforehand(world.ada, world.fay.community, status="invited")
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    world.ada.partner.status = "confirmed"
    world.ada.partner.save()
    validate_beforehand(learner=world.ada, teacher=world.fay, by=cleo, now=now)
    with pytest.raises(Refused) as refused:
        publish_run(run=run, by=cleo, now=now)
    assert sorted(faults(refused)) == [
        ("matching.refused.matched_meanwhile", "Wikimedia Borduria"),
        ("matching.refused.matched_meanwhile", "Wikimedians of Ruritania"),
    ]
    assert Match.objects.count() == 1


def test_who_is_no_longer_accepted_is_not_matched(world, cleo, now):
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    move(world.eva, "withdraw", by=None, now=now)
    with pytest.raises(Refused) as refused:
        publish_run(run=run, by=cleo, now=now)
    assert faults(refused) == [("matching.refused.no_longer_accepted", "Syldavian Wikimedians")]
    assert (Match.objects.count(), Letter.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("kind", "learner", "key"),
    [("ban", "ada", "matching.refused.ruled_out"), ("lock", "eva", "matching.refused.lock_missing")],
)
def test_a_ruling_after_the_draft_stops_it(world, cleo, now, kind, learner, key):
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    one = getattr(world, learner)
    rule_on_pair(cycle=world.cycle, learner=one, teacher=world.bo, kind=kind, note="", by=cleo, now=now)
    with pytest.raises(Refused) as refused:
        publish_run(run=run, by=cleo, now=now)
    assert faults(refused) == [(key, str(one), "Wikimedia Graustark")]


def test_pairs_validated_meanwhile_are_passed_over(world, cleo, now):
    agree_beforehand(world.ada, world.bo.community)
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    validate_beforehand(learner=world.ada, teacher=world.bo, by=cleo, now=now)
    (match,) = publish_run(run=run, by=cleo, now=now + timedelta(hours=1))
    assert match.seat_of("learns").application == world.eva


def test_pairs_that_agreed_beforehand_keep_their_origin_when_published(world, cleo, now):
    agree_beforehand(world.ada, world.bo.community)
    _, matches = publish(world, cleo, now)
    origins = {str(match.seat_of("learns").application): match.origin for match in matches}
    assert origins == {
        "Wikimedians of Ruritania": "agreed_beforehand",
        "Syldavian Wikimedians": "suggested",
    }


def test_who_has_nobody_to_write_to_is_named(world, now, cleo):
    silent = learn(world.cycle, make_community("Silent", "BG"), now, languages=BULGARIAN)
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    assert publication_of(run).unreachable == (silent,)
