"""A programme as anyone sees it: pages, timeline, calls, meetings."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from talka.gatherings.actions import create_gathering, registration_token
from talka.gatherings.models import Gathering
from talka.letters.models import Letter
from talka.programmes.actions import add_contact, copy_cycle, edit_page
from talka.programmes.models import Cycle, Programme
from tests.web.office.office_samples import make_cycle, make_programme


@pytest.fixture
def programme(cleo, now):
    return make_programme(cleo, now)


@pytest.fixture
def cycle(programme, cleo, now):
    return make_cycle(programme, cleo, now)


@pytest.fixture
def meeting(cycle, cleo, now):
    return create_gathering(
        cycle=cycle,
        title={"en": "Questions welcome"},
        description={"en": "Ask **anything**."},
        starts_at=now + timedelta(days=1),
        ends_at=now + timedelta(days=1, hours=1),
        zone="Europe/Vilnius",
        link="https://meet.example.org/abc",
        by=cleo,
        now=now,
    )


@pytest.fixture
def clock(now):
    with time_machine.travel(now, tick=False):
        yield


def shown(client, address, status=200, **headers):
    answer = client.get(address, headers=headers)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_page_of_a_programme_says_what_it_is_where_it_stands_and_what_is_open(
    clock, cycle, programme, client, cleo, now
):
    add_contact(programme=programme, name="Eve", task="Visas", address="eve@demo.invalid", by=cleo, now=now)
    page = shown(client, f"/programmes/{programme.slug}/")
    assert "visit each other for a few days" in page
    assert page.count('aria-current="step"') == 1
    assert page.count("Closes in 21 days") == 2
    assert 'href="mailto:eve@demo.invalid"' in page


@pytest.mark.parametrize("key", ["how_it_works", "timeline", "guidance", "faq", "apply"])
def test_each_tab_has_its_own_page_and_title(key, clock, cycle, programme, client):
    title = programme.pages.get(key=key).title["en"]
    page = shown(client, reverse("public:programme_page", args=[programme.slug, key]))
    assert f"<title>{title} · CEE Wiki Peer Learning Exchange – Talka</title>" in page
    assert page.count('aria-current="page"') == 1


def test_a_tab_that_is_not_there_is_not_found(programme, client):
    shown(client, reverse("public:programme_page", args=[programme.slug, "secrets"]), status=404)


def test_a_text_that_is_not_translated_is_shown_in_its_own_language_and_marked(programme, client, cleo, now):
    page = programme.pages.get(key="faq")
    edit_page(page=page, title={"en": "FAQ"}, body={"en": "Ask us"}, version=1, by=cleo, now=now)
    address = reverse("public:programme_page", args=[programme.slug, "faq"])
    arabic, english = (shown(client, address, **{"accept-language": code}) for code in ("ar", "en"))
    assert (arabic.count('lang="en" dir="ltr"'), english.count('lang="en" dir="ltr"')) == (3, 1)
    assert ("talka-fallback" in arabic, "talka-fallback" in english) == (True, False)


@pytest.mark.parametrize("fields", [{"is_published": False}, {"is_rehearsal": True}])
def test_what_is_not_public_is_seen_by_those_who_run_it_only(
    fields, cycle, meeting, programme, client_of, client, cleo, dan
):
    Programme.objects.update(**fields)
    # Letters lead to a meeting: whoever is signed out may sign in first.
    addresses = {
        programme.get_absolute_url(): 404,
        cycle.get_absolute_url(): 404,
        meeting.get_absolute_url(): 302,
        reverse("public:gathering_calendar", args=[meeting.pk]): 302,
    }
    for address, status in addresses.items():
        shown(client, address, status=status)
        shown(client_of(dan), address, status=404)
        shown(client_of(cleo), address)
        client.logout()
    assert "Exchange" not in shown(client, "/")


def test_a_cycle_in_preparation_is_hidden_and_not_named(clock, cycle, programme, client, cleo, now):
    copy = copy_cycle(cycle=cycle, slug="2028", label={"en": "Hidden run"}, year=2028, by=cleo, now=now)
    shown(client, copy.get_absolute_url(), status=404)
    assert "Hidden run" not in shown(client, programme.get_absolute_url())
    Cycle.objects.filter(pk=cycle.pk).update(status="draft")
    page = shown(client, programme.get_absolute_url())
    assert "No call is announced now." in page


def test_the_page_of_a_cycle_lists_every_stage_with_its_dates(clock, cycle, client):
    page = shown(client, cycle.get_absolute_url())
    assert "1 February 2027 – 28 February 2027" in page
    assert page.count("paid by the programme") == 4


def test_programme_pages_ask_the_same_number_of_questions_for_one_meeting_and_for_thirty(
    clock, meeting, programme, client, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(15) as few:
        shown(client, programme.get_absolute_url())
    fields = {
        name: getattr(meeting, name)
        for name in ("programme", "cycle", "kind", "title", "starts_at", "ends_at", "zone")
    }
    Gathering.objects.bulk_create(Gathering(**fields) for _count in range(29))
    with django_assert_num_queries(len(few.captured_queries)):
        assert shown(client, programme.get_absolute_url()).count("Questions welcome") == 5


def test_a_stranger_signs_up_by_name_and_address(clock, meeting, client):
    page = shown(client, meeting.get_absolute_url())
    assert "meet.example.org" not in page
    assert "Thursday, 11 March 2027, 14:00–15:00" in page
    given = {"name": "Eve", "email": "eve@demo.invalid", "question": ""}
    answer = client.post(meeting.get_absolute_url(), given, follow=True)
    assert (
        "A mail with the address of the meeting is on its way to eve@demo.invalid." in answer.content.decode()
    )
    assert "meet.example.org" in Letter.objects.get().body


def test_what_a_stranger_typed_wrongly_is_kept_and_nobody_is_signed_up(clock, meeting, client):
    answer = client.post(
        meeting.get_absolute_url(), {"name": "Eve", "email": "eve at demo", "question": "Why?"}
    )
    assert answer.status_code == 422
    assert "eve at demo" in answer.content.decode() and "Why?" in answer.content.decode()
    assert meeting.registrations.count() == 0


def test_somebody_signed_in_signs_up_with_one_button_and_leaves_again(clock, meeting, client_of, ada):
    client = client_of(ada)
    page = client.post(meeting.get_absolute_url(), {"sign_up": "1"}, follow=True).content.decode()
    assert "https://meet.example.org/abc" in page
    client.post(reverse("public:leave_gathering", args=[meeting.pk]))
    assert meeting.registrations.count() == 0
    assert client.post(reverse("public:leave_gathering", args=[meeting.pk])).status_code == 404


def test_the_address_in_the_mail_takes_one_off_the_list_after_asking(clock, meeting, client):
    client.post(meeting.get_absolute_url(), {"name": "Eve", "email": "eve@demo.invalid"})
    address = reverse("public:unregister", args=[registration_token(meeting.registrations.get())])
    assert shown(client, address).count("Take me off the list") == 1
    assert meeting.registrations.count() == 1
    client.post(address)
    assert meeting.registrations.count() == 0
    assert "You are not on the list any more" in shown(client, address)


def test_a_meeting_that_is_over_takes_nobody(meeting, client):
    with time_machine.travel(meeting.ends_at, tick=False):
        assert "Sign me up" not in shown(client, meeting.get_absolute_url())
        client.post(meeting.get_absolute_url(), {"name": "Eve", "email": "eve@demo.invalid"})
    assert meeting.registrations.count() == 0


def test_the_calendar_file_is_on_the_organisers_clock_and_keeps_the_link_for_who_signed_up(
    clock, meeting, client, client_of, ada
):
    address = reverse("public:gathering_calendar", args=[meeting.pk])
    public = shown(client, address)
    assert "DTSTART;TZID=Europe/Vilnius:20270311T140000" in public
    assert "meet.example.org" not in public
    client_of(ada).post(meeting.get_absolute_url(), {"sign_up": "1"})
    assert "meet.example.org" in shown(client, address)


@pytest.mark.parametrize("path", ["/gatherings/0/", f"/gatherings/{2**70}/", "/programmes/nothing/"])
def test_what_is_not_there_is_not_found(path, client_of, dan):
    shown(client_of(dan), path, status=404)


def test_the_first_page_shows_open_calls_with_their_deadlines_the_nearest_first(
    clock, cycle, client, cleo, now
):
    make_programme(cleo, now, slug="another")
    page = shown(client, "/")
    assert page.count("Closes in 21 days") == 2
    assert page.count("No call is open at the moment") == 1
    assert page.index("Closes in 21 days") < page.index("No call is open at the moment")


def test_the_first_page_asks_the_same_number_of_questions_for_one_programme_and_for_ten(
    clock, cycle, client, cleo, now, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(5) as few:
        shown(client, "/")
    for number in range(9):
        make_cycle(make_programme(cleo, now, slug=f"other-{number}"), cleo, now)
    with django_assert_num_queries(len(few.captured_queries)):
        assert shown(client, "/").count("Closes in 21 days") == 20
