"""The public page of a call."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.applications.open_call import begin, cycle, mentee_call, mentor_call  # noqa: F401


@pytest.fixture
def page(mentee_call, monkeypatch, now):  # noqa: F811
    """Return the address of the call's page, in the middle of the window."""
    monkeypatch.setattr(timezone, "now", lambda: now)
    return mentee_call.get_absolute_url()


def test_anyone_reads_a_call_and_its_questions_before_signing_in(client, page):
    text = client.get(page).content.decode()
    assert "Which topics do you need help with?" in text
    assert "What you promise" in text
    assert "Closes in 21 days" in text.replace("closes in", "Closes in")


def test_each_kind_of_person_reads_it(client, client_of, ada, bo, cleo, dan, page):
    answers = [client.get(page), *(client_of(person).get(page) for person in (ada, bo, cleo, dan))]
    assert {answer.status_code for answer in answers} == {200}


def test_before_and_after_the_window_nothing_can_be_begun(client, page, mentee_call, monkeypatch):  # noqa: F811
    start = reverse("desk:start", args=[mentee_call.pk])
    seen = []
    for moment in (mentee_call.opens_at - timedelta(seconds=1), mentee_call.opens_at, mentee_call.closes_at):
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        seen.append(start in client.get(page).content.decode())
    assert seen == [False, True, False]


def test_a_call_in_preparation_is_seen_by_those_who_run_it_only(client_of, cleo, dan, page, cycle):  # noqa: F811
    cycle.status = "draft"
    cycle.save()
    assert [client_of(person).get(page).status_code for person in (cleo, dan)] == [200, 404]


def test_a_community_finds_its_own_application_again(client_of, ada, page, mentee_call, now):  # noqa: F811
    application = begin(mentee_call, ada, now)
    assert application.get_absolute_url() in client_of(ada).get(page).content.decode()
