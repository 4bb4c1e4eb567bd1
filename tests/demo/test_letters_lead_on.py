"""Every link in every letter of a rehearsed cohort leads on: whoever is signed out signs in first."""

import re

import pytest
from django.urls import resolve

from talka.demo.rehearsal import rehearse
from talka.demo.worlds import build_world
from talka.letters.models import Letter
from tests.demo.rehearsed_mentorships import fill

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def links(settings):
    """Return the addresses in all letters, without the places in their pages."""
    ours = re.compile(re.escape(settings.SITE_ADDRESS) + r"(/[^\s#]*)")
    return sorted(
        {path for body in Letter.objects.values_list("body", flat=True) for path in ours.findall(body)}
    )


def test_links_in_letters_lead_a_signed_out_reader_to_sign_in_and_back(now, client, settings):
    world = build_world("half_way", now=now)
    copy = rehearse(programme=world.cycle.programme, size=20, by=world.cleo, now=now)
    fill(copy.cycles.get(), world.cleo, now)
    led, lost = set(), set()
    # What belongs to a rehearsal is public to nobody.
    for path in links(settings):
        answer = client.get(path)
        if answer.status_code == 302 and answer["Location"] == f"/sign-in/?next={path}":
            led.add(resolve(path).view_name)
        elif answer.status_code != 200:
            lost.add((path, answer.status_code))
    assert lost == set()
    assert {name for name in led if name.startswith("public:")} == {
        "public:gathering",
        "public:gathering_calendar",
        "public:members",
        "public:module",
    }
