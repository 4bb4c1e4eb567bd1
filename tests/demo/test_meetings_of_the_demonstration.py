"""The group of the demonstration has met twice, meets again, and has a check-in ahead."""

from datetime import timedelta

import pytest

from talka.demo.meetings import hold_meetings
from talka.gatherings.models import ActionItem, Gathering, MinutesVersion
from talka.gatherings.queries import needing, still_open
from tests.gatherings.meeting_samples import accept, make_cycle, make_programme

pytestmark = pytest.mark.django_db


def test_the_group_has_met_with_everything_a_meeting_leaves_behind(cleo, ada, bo, dan, now):
    programme = make_programme(cleo, now - timedelta(days=200))
    cycle = make_cycle(programme, cleo, now)
    accept(cycle, ada, now)
    series = hold_meetings(programme, cycle, [ada, bo, dan], now)
    held = list(Gathering.objects.held(now).filter(series=series))
    with_minutes = MinutesVersion.objects.filter(minutes__gathering__in=held)
    assert (with_minutes.count(), [one.attendances.count() for one in held[:2]]) == (2, [6, 6])
    assert {one.status for one in ActionItem.objects.all()} == {"open", "done"}
    coming = Gathering.objects.coming(now).filter(series=series)
    assert coming.count() >= 6
    assert still_open(coming[0]).count() == 2
    assert coming[0].agenda.count() == 2
    led = Gathering.objects.get(kind="check_in")
    assert (led.registrations.count(), led in Gathering.objects.visible_to(ada)) == (1, True)
    assert needing(programme, now=now) == []


def test_a_programme_without_a_cycle_and_without_people_has_meetings_too(cleo, now):
    programme = make_programme(cleo, now - timedelta(days=200))
    hold_meetings(programme, None, [], now)
    assert Gathering.objects.filter(kind="check_in").count() == 0
    assert MinutesVersion.objects.count() == 2
