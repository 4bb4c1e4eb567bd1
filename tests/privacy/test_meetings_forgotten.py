"""What an erasure leaves of meetings: that somebody was there, and what was said, without the name."""

import pytest

from talka.gatherings.actions import (
    add_action_item,
    add_agenda_item,
    add_decision,
    make_feed,
    publish_minutes,
    save_minutes,
    take_attendance,
)
from talka.gatherings.actions.feeds import hash_of
from talka.gatherings.models import CalendarFeed, MinutesVersion
from talka.gatherings.queries import feed_of
from talka.privacy.erasure import erase_person
from tests.gatherings.meeting_samples import make_meeting, make_programme, sign_up

pytestmark = pytest.mark.django_db(transaction=True)

FORMER = "a former representative"


def test_what_was_written_down_of_a_meeting_loses_the_name_also_where_it_was_published(cleo, ada, dan, now):
    meeting = make_meeting(make_programme(cleo, now), cleo, now)
    for person in (ada, dan):
        sign_up(meeting, person, now)
    take_attendance(gathering=meeting, accounts={ada.pk, dan.pk}, names=["Eve"], by=cleo, now=now)
    add_agenda_item(gathering=meeting, title="Ada asks", text="", link="", minutes=None, by=dan, now=now)
    add_decision(gathering=meeting, text="Ada and Dan go.", by=cleo, now=now)
    values = {"owner_name": "", "due_on": now.date(), "by": cleo, "now": now}
    add_action_item(gathering=meeting, text="Ada writes", owner=ada, **values)
    minutes = save_minutes(gathering=meeting, text={"en": "Ada and Dan spoke."}, version=0, by=cleo, now=now)
    publish_minutes(minutes=minutes, version=1, tell=True, by=cleo, now=now)
    secret = make_feed(account=ada, now=now)
    erase_person(account=ada, by=ada, now=now)
    version = MinutesVersion.objects.get()
    assert (version.text["en"], version.decisions) == (f"{FORMER} and Dan spoke.", [f"{FORMER} and Dan go."])
    assert meeting.agenda.get().title == f"{FORMER} asks"
    item = meeting.action_items.get()
    assert (item.text, item.who) == (f"{FORMER} writes", FORMER)
    assert sorted(str(one) for one in meeting.attendances.all()) == ["", "Dan", "Eve"]
    assert [one.name for one in meeting.registrations.all()] == ["Dan"]
    assert (CalendarFeed.objects.count(), feed_of(hash_of(secret))) == (0, None)
