"""Who follows a letter while signed out signs in and is led back; strangers learn nothing on the way."""

import pytest
from django.urls import reverse

from talka.programmes.models import Programme
from tests.exchanges.mentorship_samples import apply_as, make_cohort
from tests.gatherings.meeting_samples import make_meeting


@pytest.fixture
def check_in(ada, cleo, now):
    """Return a check-in led by the coordinators for a cohort to which Ada belongs."""
    cycle = make_cohort(cleo, now)
    apply_as(cycle, "mentee", ada, now)
    Programme.objects.update(is_published=True)
    return make_meeting(cycle.programme, cleo, now, cycle=cycle, kind="check_in")


def test_who_is_invited_signs_in_and_comes_back_to_the_check_in(check_in, client, ada):
    page = check_in.get_absolute_url()
    asked = client.get(page)
    assert (asked.status_code, asked["Location"]) == (302, f"/sign-in/?next={page}")
    assert f'value="{page}"' in client.get(asked["Location"]).text
    client.force_login(ada)
    assert client.get(page).status_code == 200


def test_what_is_hidden_and_what_is_not_there_answer_alike(check_in, client, client_of, dan):
    Programme.objects.update(is_published=False)
    slug = check_in.programme.slug
    pairs = [
        ("gathering", [check_in.pk], [check_in.pk + 99]),
        ("gathering_calendar", [check_in.pk], [check_in.pk + 99]),
        ("members", [slug], ["nothing"]),
        ("help", [slug], ["nothing"]),
        ("module", [slug, "impact"], [slug, "nothing"]),
    ]
    asked = [[reverse(f"public:{name}", args=one) for one in both] for name, *both in pairs]
    for addresses in asked:
        answers = [client.get(address) for address in addresses]
        assert [one["Location"] for one in answers] == [f"/sign-in/?next={one}" for one in addresses]
        assert [one.content for one in answers] == [b"", b""]
    stranger = client_of(dan)
    for addresses in asked:
        assert [stranger.get(address).status_code for address in addresses] == [404, 404]
