"""Both sides answer; a no brings the next alternate; silence ends a match at its deadline."""

from datetime import timedelta

import pytest

from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Entry
from talka.letters.models import Letter
from talka.matching.actions import (
    cancel_match,
    draft_run,
    lapse_matches,
    publish_run,
    record_answer,
    remind_matches,
    withdraw_application,
)
from talka.matching.models import Match
from talka.matching.queries.reasons import Refused
from tests.matching.matching_world import make_community, teach

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


@pytest.fixture
def matches(world, cleo, now):
    """Return the matches of a published draft by the name in the world of who learns; one mentor is spare."""
    jan = make_community("Spare", "CZ", represented_by="jan")
    world.spare = teach(world.cycle, jan, now, topics=[("budgets", 2)])
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    published = publish_run(run=run, by=cleo, now=now)
    by_learner = {match.seat_of("learns").application: match for match in published}
    return {"ada": by_learner[world.ada], "eva": by_learner[world.eva]}


def say(match, part, answer, now, by=None, note=""):
    return record_answer(seat=match.seats.get(part=part), answer=answer, note=note, by=by, now=now)


def newest(match):
    return Match.objects.filter(cycle=match.cycle).latest("pk")


def written(key):
    return sorted(Letter.objects.filter(key=key).values_list("email", flat=True))


def test_a_match_counts_when_both_said_yes(matches, ada, bo, now):
    assert say(matches["ada"], "learns", "yes", now, ada).status == "proposed"
    assert say(matches["ada"], "teaches", "yes", now, bo).status == "agreed"
    assert [entry.verb for entry in Entry.objects.about(matches["ada"])] == [
        "propose",
        "answer yes",
        "answer yes",
        "agree",
    ]


def test_the_same_answer_twice_changes_nothing(matches, ada, now):
    for _ in range(2):
        say(matches["ada"], "learns", "yes", now, ada)
    assert Entry.objects.about(matches["ada"]).filter(verb="answer yes").count() == 1


def test_a_decline_brings_the_next_alternate(world, matches, bo, now):
    declined = say(matches["ada"], "teaches", "no", now, bo, note="No time.")
    following = newest(matches["ada"])
    assert (declined.status, following.status, following.origin, following.run) == (
        "declined",
        "proposed",
        "suggested",
        matches["ada"].run,
    )
    assert (following.seat_of("learns").application, following.seat_of("teaches").application) == (
        world.ada,
        world.spare,
    )
    assert Letter.objects.filter(key="match_proposed", email="jan@demo.invalid").count() == 1


def test_the_other_side_is_told_of_a_decline_but_not_why(matches, bo, now):
    say(matches["ada"], "teaches", "no", now, bo, note="CNRY-no-time")
    assert written("match_declined") == ["ada@demo.invalid"]
    assert matches["ada"].seats.get(part="teaches").answer_note == "CNRY-no-time"
    assert [letter.pk for letter in Letter.objects.all() if "CNRY" in letter.subject + letter.body] == []
    assert not Entry.objects.filter(note__contains="CNRY").exists()


def test_when_no_alternate_is_left_the_learner_is_told_so(world, matches, bo, now):
    say(matches["ada"], "teaches", "no", now, bo)
    following = newest(matches["ada"])
    say(following, "learns", "no", now)
    assert newest(following) == following
    letter = Letter.objects.get(key="unmatched", email="ada@demo.invalid")
    assert "no other remains" in letter.body


def test_a_no_after_a_yes_is_possible_until_the_match_is_decided(matches, ada, bo, now):
    say(matches["ada"], "learns", "yes", now, ada)
    assert say(matches["ada"], "learns", "no", now, ada).status == "declined"


def test_nobody_answers_what_is_decided(matches, ada, bo, now):
    say(matches["ada"], "teaches", "no", now, bo)
    with pytest.raises(Refused, match="answered"):
        say(matches["ada"], "learns", "yes", now, ada)


@pytest.mark.parametrize(("offset", "lapsed"), [(-SECOND, 0), (0 * SECOND, 2), (SECOND, 2)])
def test_silence_ends_a_match_at_its_deadline(matches, offset, lapsed):
    moment = matches["ada"].answer_by + offset
    assert lapse_matches(now=moment) == lapsed
    assert Match.objects.filter(status="lapsed").count() == lapsed
    assert lapse_matches(now=moment) == 0


@pytest.mark.parametrize(("offset", "counts"), [(-SECOND, True), (0 * SECOND, False), (SECOND, False)])
def test_an_answer_counts_before_the_deadline_only(matches, ada, offset, counts):
    moment = matches["ada"].answer_by + offset
    if counts:
        assert say(matches["ada"], "learns", "yes", moment, ada).status == "proposed"
    else:
        with pytest.raises(Refused, match="too_late"):
            say(matches["ada"], "learns", "yes", moment, ada)


def test_a_learner_who_agreed_gets_an_alternate_when_the_mentor_stays_silent(world, matches, ada, now):
    say(matches["ada"], "learns", "yes", now, ada)
    lapse_matches(now=matches["ada"].answer_by)
    again = Match.objects.filter(status="proposed")
    assert [(one.seat_of("learns").application, one.seat_of("teaches").application) for one in again] == [
        (world.ada, world.spare)
    ]
    assert written("match_lapsed") == [
        "ada@demo.invalid",
        "bo@demo.invalid",
        "eva@demo.invalid",
        "fay@demo.invalid",
    ]


@pytest.mark.parametrize(("before", "count"), [(timedelta(days=2, seconds=1), 0), (timedelta(days=2), 3)])
def test_who_has_not_answered_is_reminded_once_two_days_before(matches, ada, now, before, count):
    say(matches["ada"], "learns", "yes", now, ada)
    moment = matches["ada"].answer_by - before
    assert remind_matches(now=moment) == count
    assert remind_matches(now=moment + timedelta(hours=1)) == (0 if count else 3)
    assert "ada@demo.invalid" not in written("match_reminder")


def test_a_cancelled_match_tells_both_sides_why(matches, cleo, now):
    cancel_match(match=matches["ada"], reason="The mentor has moved.", by=cleo, now=now)
    letters = Letter.objects.filter(key="match_cancelled")
    assert sorted(letters.values_list("email", flat=True)) == ["ada@demo.invalid", "bo@demo.invalid"]
    assert all("The mentor has moved." in letter.body for letter in letters)
    with pytest.raises(NotAllowed):
        cancel_match(match=matches["ada"], reason="Again.", by=cleo, now=now)


def test_withdrawing_a_matched_application_frees_the_partner(world, matches, bo, now):
    withdraw_application(application=world.bo, by=bo, now=now)
    world.bo.refresh_from_db()
    matches["ada"].refresh_from_db()
    assert (world.bo.status, matches["ada"].status) == ("withdrawn", "cancelled")
    assert written("match_cancelled") == ["ada@demo.invalid"]
    assert newest(matches["ada"]).seat_of("teaches").application == world.spare


def test_a_learner_who_withdraws_is_offered_nobody_else(world, matches, ada, now):
    withdraw_application(application=world.ada, by=ada, now=now)
    assert newest(matches["ada"]) in matches.values()
    assert written("match_cancelled") == ["bo@demo.invalid"]
