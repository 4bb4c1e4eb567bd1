"""Groups outside: whom one writes to, a log, and a letter when one meant to talk again."""

from datetime import date, timedelta

import pytest

from talka.kernel.models import Overtaken
from talka.letters.models import Letter
from talka.programmes.actions import (
    add_contact_note,
    add_outside_group,
    edit_contact_note,
    edit_outside_group,
    remove_outside_group,
)
from talka.programmes.actions.reminding import remind_of_dates
from talka.programmes.models import ContactNote, OutsideGroup
from talka.programmes.queries import waiting_in
from tests.programmes.group_samples import make_group

TODAY = date(2027, 3, 10)
DAY = timedelta(days=1)


@pytest.fixture
def outside(cleo, now):
    given = {"purpose": "New programmes", "contact": "Rufus", "address": "r@demo.invalid"}
    return add_outside_group(programme=make_group(cleo, now), name="Outreach", **given, by=cleo, now=now)


def note(outside, cleo, now, met_on=TODAY, next_on=None, said="We talked."):
    return add_contact_note(
        group=outside, met_on=met_on, said=said, agreed="", next_on=next_on, by=cleo, now=now
    )


def dated(outside):
    return OutsideGroup.objects.with_next_date().get(pk=outside.pk)


def test_the_next_date_is_that_of_the_newest_note(outside, cleo, now):
    note(outside, cleo, now, next_on=TODAY + 5 * DAY)
    note(outside, cleo, now, met_on=TODAY - 9 * DAY, next_on=TODAY - DAY)
    assert (dated(outside).next_on, dated(outside).last_met_on) == (TODAY + 5 * DAY, TODAY)
    note(outside, cleo, now, met_on=TODAY + DAY)
    assert dated(outside).next_on is None


def test_coordinators_hear_on_the_day_and_once_also_after_an_outage(outside, cleo, now):
    note(outside, cleo, now, next_on=TODAY + 5 * DAY)
    assert [remind_of_dates(now=now + days * DAY) for days in (4, 8, 8, 9)] == [0, 1, 0, 0]
    letter = Letter.objects.get(key="outside_due")
    assert (letter.recipient, letter.subject) == (cleo, "Outreach: you meant to talk on 15 March 2027")
    assert "There answers: Rufus." in letter.body


def test_what_was_talked_about_since_is_not_asked_for(outside, cleo, now):
    note(outside, cleo, now, next_on=TODAY + DAY)
    note(outside, cleo, now, met_on=TODAY + DAY)
    assert remind_of_dates(now=now + 3 * DAY) == 0


def test_a_date_that_has_come_needs_a_coordinator(outside, cleo, now):
    note(outside, cleo, now, next_on=TODAY)
    pk = outside.programme_id
    assert waiting_in([pk], today=TODAY) == {pk: (0, 1)}
    assert waiting_in([pk], today=TODAY - DAY) == {pk: (0, 0)}


def test_the_slower_of_two_editors_is_told(outside, cleo, now):
    written, changes = note(outside, cleo, now), {"by": cleo, "now": now}
    edit_contact_note(
        note=written, met_on=TODAY, said="More.", agreed="Yes.", next_on=None, version=1, **changes
    )
    with pytest.raises(Overtaken):
        edit_contact_note(
            note=written, met_on=TODAY, said="Less.", agreed="", next_on=None, version=1, **changes
        )
    facts = {"name": "Outreach team", "purpose": "", "contact": "", "address": ""}
    edit_outside_group(group=outside, **facts, version=1, **changes)
    with pytest.raises(Overtaken):
        edit_outside_group(group=outside, **facts, version=1, **changes)
    assert ContactNote.objects.get().said == "More."


def test_a_group_that_is_forgotten_takes_its_log_along(outside, cleo, now):
    note(outside, cleo, now)
    with pytest.raises(Overtaken):
        remove_outside_group(group=outside, version=9, by=cleo, now=now)
    remove_outside_group(group=outside, version=1, by=cleo, now=now)
    assert (OutsideGroup.objects.count(), ContactNote.objects.count()) == (0, 0)
