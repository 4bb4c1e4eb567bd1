"""Drafts of circles: encoded from applications, changed by hand with warnings, kept, made again, proved."""

import pytest

from talka.kernel.models import Entry, Overtaken
from talka.matching.actions import (
    discard_circles,
    draft_circles,
    form_circle,
    keep_circle,
    move_to_circle,
    settle_draft,
)
from talka.matching.engine import Speaks, Topic
from talka.matching.models import CircleDraft, Match
from talka.matching.queries.circle_drafts import drawn_circles, number_of, pseudonym_in, request_of_circles
from talka.matching.queries.circling import encode_circles, without_a_circle
from talka.matching.queries.cohort import places_left
from talka.matching.queries.matches import matches_of
from talka.matching.queries.reasons import Refused
from talka.matching.queries.words import names_of, speak_all
from talka.people.models import Community
from tests.exchanges.circle_samples import make_cohort, make_people, make_wanting, want_circle

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle(cleo, now):
    """Return a cohort whose mentees want circles."""
    return make_cohort(cleo, now)


@pytest.fixture
def people(cycle, now):
    """Return nine who want a circle."""
    return make_wanting(cycle, make_people(9), now)


@pytest.fixture
def draft(cycle, people, cleo, now):
    """Return a draft of their circles."""
    return draft_circles(cycle=cycle, by=cleo, now=now)


def members(draft):
    """Return who is in which circle of a draft, by name."""
    return [[str(one) for one in circle.members] for circle in drawn_circles(draft).circles]


def test_the_engine_is_told_codes_and_never_a_name(cycle, cleo, now):
    (nina,) = make_people(1, time_zone="Asia/Kolkata")
    mine = want_circle(
        cycle, nina, now, languages=(("hi", 6), ("en", 3)), country="IN", topics=[("education", 2)]
    )
    asked = encode_circles(cycle)
    (party,) = asked.request.parties
    assert asked.who == {party.key: mine.pk}
    assert (party.languages, party.needs) == ((Speaks("en", 3), Speaks("hi", 6)), (Topic("education", 2),))
    assert (party.zone, party.country, party.newcomer, len(party.hours)) == ("Asia/Kolkata", "IN", True, 5)
    policy = asked.request.policy
    days = [day.isoformat() for day in policy.period]
    assert (days, policy.zone, policy.minimum_language_level) == (
        ["2026-11-15", "2027-05-14"],
        "Europe/Warsaw",
        3,
    )
    assert (asked.request.smallest, asked.request.largest) == (4, 6)


def test_only_who_is_accepted_in_a_role_with_circles_takes_part(cycle, people, dan, ada, now):
    want_circle(cycle, dan, now, role="mentor")
    want_circle(cycle, ada, now, status="submitted")
    assert without_a_circle(cycle) == people


def test_a_community_that_applied_is_in_a_circle_like_anybody(cycle, ada, now):
    ruritania = Community.objects.get(pk=ada.community.pk)
    mine = want_circle(cycle, None, now, community=ruritania)
    (party,) = encode_circles(cycle).request.parties
    assert (without_a_circle(cycle), party.region, party.country) == ([mine], "cee_ca", "SK")


def test_a_draft_is_sealed_and_its_proof_holds(draft, people):
    drawn = drawn_circles(draft)
    assert (drawn.faults, drawn.gap, drawn.without) == ((), 0, ())
    assert sorted(map(len, members(draft))) == [4, 5]
    assert str(people[0]) not in str(draft.sealed_input)
    assert [one.verb for one in Entry.objects.about(draft)] == ["draft"]


def test_a_draft_that_was_tampered_with_does_not_hold(draft):
    draft.sealed_outcome["score"] += 1
    draft.save()
    assert drawn_circles(draft).faults == ("total", "bound")


def test_nobody_to_bring_together_is_refused(cycle, cleo, now):
    with pytest.raises(Refused) as refused:
        draft_circles(cycle=cycle, by=cleo, now=now)
    assert [one.key for one in refused.value.reasons] == ["matching.refused.nobody_wants_a_circle"]


def test_too_few_people_make_no_circle_and_are_told_so(cycle, cleo, now):
    make_wanting(cycle, make_people(3), now)
    drawn = drawn_circles(draft_circles(cycle=cycle, by=cleo, now=now))
    said = speak_all((one.reason for one in drawn.without), names_of(cycle))
    assert (drawn.circles, said) == ((), ["Only 3 take part: a circle has at least 4 members."] * 3)


def test_somebody_is_moved_by_hand_and_what_that_breaks_is_said(draft, people, cleo, now):
    small = next(place for place, circle in enumerate(members(draft), start=1) if len(circle) == 4)
    one = next(person for person in people if str(person) in members(draft)[small - 1])
    moved = move_to_circle(draft=draft, application=one, to="out", version=1, by=cleo, now=now)
    drawn = drawn_circles(moved)
    circle = drawn.circles[small - 1]
    assert (circle.by_hand, speak_all(circle.warnings)) == (
        True,
        ["Only 3: a circle has at least 4 members."],
    )
    assert [(str(one.application), speak_all([one.reason])) for one in drawn.without] == [
        (str(one), ["Was taken out by the coordinators."])
    ]
    back = move_to_circle(draft=moved, application=one, to="new", version=2, by=cleo, now=now)
    assert number_of(back, pseudonym_in(back, one.pk)) == 3
    home = move_to_circle(draft=back, application=one, to=str(small), version=3, by=cleo, now=now)
    assert sorted(map(len, members(home))) == [4, 5]
    assert {one.by_hand for one in drawn_circles(home).circles} == {False}


def test_to_where_one_is_already_nothing_is_changed(draft, people, cleo, now):
    here = str(number_of(draft, pseudonym_in(draft, people[0].pk)))
    same = move_to_circle(draft=draft, application=people[0], to=here, version=1, by=cleo, now=now)
    assert same.version == 1


@pytest.mark.parametrize("to", ["0", "3", "-1", "x", "", "²", "9999999999"])
def test_a_circle_that_is_not_there_takes_nobody(draft, people, cleo, now, to):
    with pytest.raises(Refused):
        move_to_circle(draft=draft, application=people[0], to=to, version=1, by=cleo, now=now)


def test_the_slower_of_two_coordinators_changes_nothing(draft, people, cleo, now):
    move_to_circle(draft=draft, application=people[0], to="out", version=1, by=cleo, now=now)
    with pytest.raises(Overtaken):
        move_to_circle(draft=draft, application=people[1], to="out", version=1, by=cleo, now=now)
    with pytest.raises(Overtaken):
        keep_circle(draft=draft, number=1, kept=True, version=1, by=cleo, now=now)


def test_a_circle_that_is_kept_is_in_the_next_draft_as_it_was(draft, cycle, cleo, now):
    kept = keep_circle(draft=draft, number=2, kept=True, version=1, by=cleo, now=now)
    again = draft_circles(cycle=cycle, like=kept, by=cleo, now=now)
    assert [(one.kept, one.by_hand) for one in drawn_circles(again).circles] == [
        (True, False),
        (False, False),
    ]
    assert members(again)[0] == members(kept)[1]
    assert (drawn_circles(again).faults, again.who) == ((), kept.who)
    assert request_of_circles(again).kept == (tuple(sorted(kept.circles[1]["members"])),)


def test_a_draft_is_published_once_and_a_lone_person_is_no_circle(draft, people, cleo, now):
    moved = move_to_circle(draft=draft, application=people[0], to="new", version=1, by=cleo, now=now)
    with pytest.raises(Refused):
        settle_draft(draft=moved, version=2, by=cleo, now=now)
    moved = move_to_circle(draft=moved, application=people[0], to="out", version=2, by=cleo, now=now)
    assert len(settle_draft(draft=moved, version=3, by=cleo, now=now)) == 2
    for act in (
        lambda: settle_draft(draft=moved, version=4, by=cleo, now=now),
        lambda: move_to_circle(draft=moved, application=people[1], to="out", version=4, by=cleo, now=now),
    ):
        with pytest.raises(Refused):
            act()
    assert without_a_circle(draft.cycle) == [people[0]]


def test_a_draft_is_put_aside(draft, cleo, now):
    discard_circles(draft=draft, by=cleo, now=now)
    assert CircleDraft.objects.get().status == "discarded"


def test_a_circle_takes_no_place_and_is_no_match_of_two_sides(cycle, people, cleo, now):
    form_circle(cycle=cycle, members=[one.pk for one in people[:4]], by=cleo, now=now)
    assert set(places_left(people).values()) == {1}
    assert (matches_of(cycle).count(), Match.objects.circles().count()) == (0, 1)
