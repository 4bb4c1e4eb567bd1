"""Every half year Talka asks what became of an initiative: once, in the morning, until it has ended."""

from datetime import UTC, datetime, timedelta

import pytest

from talka.initiatives.actions import ask_what_became, set_initiative_status, tell_stage
from talka.initiatives.models import Initiative
from talka.letters.models import Letter
from tests.databases.conftest import at_once
from tests.initiatives.initiative_samples import join

# Half a year after the tenth of March.
DUE = datetime(2027, 9, 10, 3, 0, tzinfo=UTC)


def asked():
    return Letter.objects.filter(key="initiative_asked").order_by("pk")


@pytest.mark.django_db
def test_nobody_is_asked_before_half_a_year_has_passed(initiative):
    assert ask_what_became(now=DUE - timedelta(days=2)) == 0


@pytest.mark.django_db
def test_each_of_its_people_is_asked_once_at_nine_where_they_are(initiative, ada, bo, now):
    join(initiative, bo, ada, now)
    for person, zone in ((ada, "Pacific/Auckland"), (bo, "America/Lima")):
        person.time_zone = zone
        person.save()
    sent = [ask_what_became(now=DUE - timedelta(days=1) + timedelta(hours=hour)) for hour in range(0, 48, 6)]
    due = {letter.recipient.name: letter.due_at for letter in asked()}
    assert (sum(sent), due) == (
        2,
        {
            "Ada": datetime(2027, 9, 9, 21, tzinfo=UTC),
            "Bo": datetime(2027, 9, 10, 14, tzinfo=UTC),
        },
    )


@pytest.mark.django_db
def test_after_an_outage_it_is_asked_once_and_not_for_each_half_year(initiative):
    late = DUE + timedelta(days=500)
    assert [ask_what_became(now=late + timedelta(days=day)) for day in range(3)] == [1, 0, 0]


@pytest.mark.django_db
def test_unanswered_it_is_asked_again_half_a_year_later(initiative):
    assert ask_what_became(now=DUE) == 1
    assert ask_what_became(now=DUE + timedelta(days=170)) == 0
    assert ask_what_became(now=DUE + timedelta(days=182)) == 1


@pytest.mark.django_db
def test_a_letter_that_has_not_left_is_kept_back_once_it_was_told(initiative, ada):
    ask_what_became(now=DUE)
    initiative.refresh_from_db()
    tell_stage(
        initiative=initiative,
        stage="pilot",
        on=DUE.date(),
        words="",
        version=initiative.version,
        by=ada,
        now=DUE,
    )
    assert [letter.status for letter in asked()] == ["dropped"]


@pytest.mark.django_db
def test_of_what_has_ended_nothing_is_asked_and_the_waiting_letter_is_kept_back(initiative, ada):
    ask_what_became(now=DUE)
    initiative.refresh_from_db()
    set_initiative_status(initiative=initiative, verb="end", by=ada, now=DUE)
    assert ask_what_became(now=DUE + timedelta(days=400)) == 0
    assert [letter.status for letter in asked()] == ["dropped"]


@pytest.mark.django_db
def test_what_rests_is_asked_about_as_well(initiative, ada, now):
    set_initiative_status(initiative=initiative, verb="rest", by=ada, now=now)
    assert ask_what_became(now=DUE) == 1


@pytest.mark.django_db(transaction=True)
def test_two_clocks_that_tick_at_once_ask_once(initiative):
    sent = at_once(4, lambda number: ask_what_became(now=DUE))
    assert (sorted(sent), asked().count(), Initiative.objects.get().asked_on) == (
        [0, 0, 0, 1],
        1,
        DUE.date(),
    )
