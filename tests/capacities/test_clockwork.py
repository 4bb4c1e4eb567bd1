"""Reminders fire once, at nine in the programme's zone, over changes of the clock and after an outage."""

from datetime import UTC, date, datetime, timedelta

import pytest

from talka.capacities.actions import (
    come_back,
    confirm_offer,
    edit_offer,
    end_offer,
    go_away,
    make_offer,
    reply_to_need,
    resume_offer,
    take_up_need,
    write_back,
)
from talka.capacities.actions.clockwork import (
    ask_whether_offers_hold,
    mark_stale_offers,
    remind_of_needs,
)
from talka.capacities.models import Absence, Offer
from talka.kernel.models import Overtaken
from talka.letters.models import Letter
from talka.programmes.actions import appoint
from tests.capacities.asking_world import ask, fresh, lines, offer
from tests.conftest import make_account

A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)


def at(*moment):
    """Return a moment in UTC."""
    return datetime(*moment, tzinfo=UTC)


def reminded():
    """Return the subjects of the reminders with when each leaves."""
    found = Letter.objects.filter(key="need_reminder").order_by("pk")
    return [(letter.subject.split(" for ")[1].split(":")[0], letter.due_at) for letter in found]


@pytest.mark.parametrize(
    ("asked_at", "nine"),
    [
        # Warsaw goes to summer time on 28 March 2027, and back on 31 October.
        (at(2027, 3, 24, 15, 0), at(2027, 3, 31, 7, 0)),
        (at(2027, 3, 10, 15, 0), at(2027, 3, 17, 8, 0)),
        (at(2027, 10, 27, 15, 0), at(2027, 11, 3, 8, 0)),
        (at(2027, 10, 20, 15, 0), at(2027, 10, 27, 7, 0)),
        # Late in the evening in UTC it is the next day in Warsaw.
        (at(2027, 3, 10, 23, 30), at(2027, 3, 18, 8, 0)),
    ],
)
def test_the_first_reminder_comes_seven_days_later_at_nine(programme, ada, asked_at, nine):
    ask(programme, ada, asked_at)
    assert [remind_of_needs(now=moment) for moment in (nine - A_MINUTE, nine, nine + A_MINUTE)] == [0, 1, 0]
    assert reminded() == [("7 days", nine)]


def test_each_reminder_of_the_blueprint_comes_once_and_then_no_more(programme, ada, now):
    ask(programme, ada, now)
    for day in range(60):
        remind_of_needs(now=now + day * A_DAY)
    assert [words for words, _due in reminded()] == ["7 days", "14 days", "28 days"]


def test_after_an_outage_only_the_newest_comes_and_by_day(programme, ada, now):
    ask(programme, ada, now)
    back_at = at(2027, 3, 27, 2, 0)
    assert [remind_of_needs(now=back_at), remind_of_needs(now=back_at + A_MINUTE)] == [1, 0]
    assert reminded() == [("14 days", at(2027, 3, 27, 8, 0))]


def test_what_the_office_did_begins_the_days_anew(programme, ada, cleo, now):
    need = ask(programme, ada, now)
    remind_of_needs(now=now + 7 * A_DAY)
    take_up_need(need=need, note="", by=cleo, now=now + 8 * A_DAY)
    assert remind_of_needs(now=now + 14 * A_DAY) == 0
    assert remind_of_needs(now=now + 15 * A_DAY) == 1


def test_what_the_asker_adds_does_not(programme, ada, now):
    need = ask(programme, ada, now)
    write_back(need=need, text="And?", by=ada, now=now + 6 * A_DAY)
    assert remind_of_needs(now=now + 7 * A_DAY) == 1


def test_who_is_on_it_is_reminded_and_nobody_else(programme, ada, cleo, now):
    rosa = make_account("rosa")
    appoint(programme=programme, account=rosa, post="coordinator", by=None, now=now)
    need = ask(programme, ada, now)
    assert remind_of_needs(now=now + 7 * A_DAY) == 2
    take_up_need(need=need, note="", by=rosa, now=now + 7 * A_DAY)
    remind_of_needs(now=now + 14 * A_DAY)
    assert Letter.objects.filter(key="need_reminder").latest("pk").email == rosa.email


def test_when_who_was_on_it_has_left_all_are_reminded(programme, ada, cleo, now):
    rosa = make_account("rosa")
    post = appoint(programme=programme, account=rosa, post="coordinator", by=None, now=now)
    need = ask(programme, ada, now)
    take_up_need(need=need, note="", by=rosa, now=now)
    post.ended_at = now
    post.save()
    remind_of_needs(now=now + 7 * A_DAY)
    assert Letter.objects.get(key="need_reminder").email == cleo.email


def test_what_is_settled_is_not_reminded_of(programme, ada, cleo, now):
    need = ask(programme, ada, now)
    reply_to_need(need=need, text="So.", by=cleo, now=now)
    assert remind_of_needs(now=now + 60 * A_DAY) == 0


def test_an_offer_is_asked_about_after_a_year_and_marked_after_sixty_days(programme, bo, now):
    given = offer(programme, bo, now)
    year = now + 365 * A_DAY
    assert [ask_whether_offers_hold(now=moment) for moment in (year - A_DAY, year, year + A_DAY)] == [0, 1, 0]
    moments = (year + 60 * A_DAY - A_MINUTE, year + 60 * A_DAY, year + 61 * A_DAY)
    assert [mark_stale_offers(now=moment) for moment in moments] == [0, 1, 0]
    assert fresh(given).status == "stale"


def test_after_an_outage_of_a_year_mentors_still_have_sixty_days(programme, bo, now):
    given = offer(programme, bo, now)
    late = now + 800 * A_DAY
    assert [mark_stale_offers(now=late), ask_whether_offers_hold(now=late)] == [0, 1]
    assert [mark_stale_offers(now=late + days * A_DAY) for days in (59, 60)] == [0, 1]
    confirm_offer(offer=given, by=bo, now=late + 70 * A_DAY)
    assert (fresh(given).status, ask_whether_offers_hold(now=late + 71 * A_DAY)) == ("open", 0)


def test_changing_an_offer_says_that_it_holds(programme, bo, now):
    given, later = offer(programme, bo, now), now + 365 * A_DAY
    ask_whether_offers_hold(now=later)
    edit_offer(offer=given, words={"places": 3}, topics=lines("glam"), version=1, by=bo, now=later)
    assert (fresh(given).asked_again_at, fresh(given).places) == (None, 3)
    assert mark_stale_offers(now=later + 100 * A_DAY) == 0
    with pytest.raises(Overtaken):
        edit_offer(offer=fresh(given), words={"places": 4}, topics=[], version=1, by=bo, now=later)


def test_an_offer_is_made_once_and_ended_and_resumed(programme, bo, now):
    given = offer(programme, bo, now)
    again = make_offer(programme=programme, person=bo, words={"places": 9}, topics=[], by=bo, now=now)
    assert (again, Offer.objects.get().places) == (given, 1)
    end_offer(offer=given, by=bo, now=now)
    assert (fresh(given).status, fresh(given).ended_at) == ("ended", now)
    resume_offer(offer=given, by=bo, now=now + A_DAY)
    assert (fresh(given).status, fresh(given).ended_at) == ("open", None)


def test_who_is_away_comes_back_by_themselves_or_earlier(programme, bo, now):
    given, today = offer(programme, bo, now), date(2027, 3, 10)
    absence = go_away(offer=given, starts_on=today, ends_on=date(2027, 3, 20), by=bo, now=now)
    go_away(offer=given, starts_on=today, ends_on=date(2027, 3, 20), by=bo, now=now)
    away = [given.away_until(day) for day in (today - A_DAY, today, date(2027, 3, 20), date(2027, 3, 21))]
    assert away == [None, date(2027, 3, 20), date(2027, 3, 20), None]
    come_back(absence=absence, today=date(2027, 3, 15), by=bo, now=now + 5 * A_DAY)
    assert list(Absence.objects.values_list("ends_on", flat=True)) == [date(2027, 3, 14)]
    later = go_away(offer=given, starts_on=date(2027, 5, 1), ends_on=date(2027, 5, 2), by=bo, now=now)
    come_back(absence=later, today=date(2027, 3, 15), by=bo, now=now)
    assert Absence.objects.count() == 1
