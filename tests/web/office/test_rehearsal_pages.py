"""Coordinators rehearse their own programme in the office, and throw the rehearsal away."""

import pytest
from django.urls import reverse
from django.utils import timezone

from talka.capacities.actions import import_capacities
from talka.demo.cohort import accounts_of, communities_of
from talka.demo.rehearsal import rehearse
from talka.people.models import Community
from talka.programmes.actions import appoint
from talka.programmes.models import Post, Programme
from talka.screening.models import Verdict
from tests.gatherings.meeting_samples import make_programme as make_mentorship
from tests.web.office.office_samples import make_programme

MARK = "Rehearsal: everybody here is invented."


@pytest.fixture
def programme(cleo, now):
    import_capacities(by=cleo, now=now)
    return make_programme(cleo, now)


@pytest.fixture
def copy(programme, cleo, now):
    return rehearse(programme=programme, size=3, by=cleo, now=now)


def address(name, programme):
    return reverse(f"office:{name}", args=[programme.slug])


def test_a_coordinator_starts_a_rehearsal_from_the_programme(client_of, cleo, programme):
    client = client_of(cleo)
    start = address("rehearsal_start", programme)
    assert start in client.get(address("programme", programme)).content.decode()
    answer = client.post(start, {"size": "3"})
    copy = Programme.objects.get(is_rehearsal=True)
    assert answer.status_code == 302
    assert answer["Location"] == address("rehearsal", copy)
    page = client.get(answer["Location"]).content.decode()
    assert [community.name in page for community in communities_of(copy)] == [True] * 3


@pytest.mark.parametrize("size", ["", "2", "61", "9" * 40, "three", "3\0"])
def test_a_wrong_size_is_said_at_the_field(client_of, cleo, programme, size):
    answer = client_of(cleo).post(address("rehearsal_start", programme), {"size": size})
    assert answer.status_code == 422
    assert not Programme.objects.filter(is_rehearsal=True).exists()


def test_a_rehearsal_has_no_rehearsal_and_a_programme_no_cohort(client_of, cleo, programme, copy):
    client = client_of(cleo)
    assert client.get(address("rehearsal_start", copy)).status_code == 404
    for name in ("rehearsal", "rehearsal_discard"):
        assert client.get(address(name, programme)).status_code == 404
    assert client.post(address("rehearsal_discard", programme)).status_code == 404
    assert client.post(address("rehearsal_answer", programme)).status_code == 404


def test_every_page_of_a_rehearsal_says_that_everybody_is_invented(client_of, cleo, programme, copy):
    client, cycle = client_of(cleo), copy.cycles.get()
    verdict = Verdict.objects.filter(application__call__cycle=cycle).first()
    pages = [
        *(address(name, copy) for name in ("programme", "rehearsal", "rehearsal_discard", "programme_edit")),
        *(reverse(f"office:{name}", args=[cycle.pk]) for name in ("cycle", "applications", "letters")),
        *(reverse(f"office:{name}", args=[cycle.pk]) for name in ("matching", "exchanges", "reports")),
        reverse("office:application", args=[verdict.application_id]),
        reverse("office:community", args=[communities_of(copy).first().pk]),
    ]
    found = {page: client.get(page).content.decode().count(MARK) for page in pages}
    assert found == dict.fromkeys(pages, 1)
    for page in (address("programme", programme), reverse("office:home"), reverse("desk:home")):
        assert MARK not in client.get(page).content.decode()


def test_the_public_pages_of_a_rehearsal_do_not_exist(client_of, cleo, dan, copy):
    cycle, invented = copy.cycles.get(), communities_of(copy).first()
    own = [copy.get_absolute_url(), cycle.get_absolute_url(), cycle.calls.first().get_absolute_url()]
    for person in (dan, None):
        client = client_of(dan)
        if person is None:
            client.logout()
        assert [client.get(page).status_code for page in own] == [404, 404, 404]
        assert client.get(invented.get_absolute_url()).status_code == 404
        assert invented.name not in client.get(reverse("public:communities")).content.decode()


def test_the_cohort_answers_and_says_so(client_of, cleo, programme):
    copy = rehearse(programme=programme, size=12, by=cleo, now=timezone.now())
    client = client_of(cleo)
    page = client.get(address("rehearsal", copy)).content.decode()
    assert "<b>2</b> drafts to finish and hand in" in page
    words = []
    for _press in range(2):
        answer = client.post(address("rehearsal_answer", copy), follow=True)
        words += [str(message) for message in answer.context["messages"]]
    assert words == [
        "The cohort has done 2 of: drafts to finish and hand in.",
        "The cohort has nothing to do now: the next step is yours.",
    ]


def test_nobody_hands_in_once_the_call_is_over(client_of, cleo, programme, now):
    copy = rehearse(programme=programme, size=12, by=cleo, now=now)
    # By the clock of the page the call of the tests' moment is not open.
    answer = client_of(cleo).post(address("rehearsal_answer", copy), follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["warning"]


def test_a_rehearsal_is_thrown_away_after_one_question(client_of, cleo, programme, copy):
    client = client_of(cleo)
    assert client.get(address("rehearsal_discard", copy)).status_code == 200
    assert Programme.objects.filter(pk=copy.pk).exists()
    answer = client.post(address("rehearsal_discard", copy))
    assert answer["Location"] == reverse("office:home")
    assert list(Programme.objects.all()) == [programme]
    assert not Community.objects.filter(is_synthetic=True).exists()


def test_only_coordinators_rehearse(client_of, cleo, dan, programme, copy, now):
    for each in (programme, copy):
        appoint(programme=each, account=dan, post=Post.REVIEWER, by=cleo, now=now)
    client = client_of(dan)
    assert client.get(address("rehearsal_start", programme)).status_code == 403
    assert client.post(address("rehearsal_start", programme), {"size": "3"}).status_code == 403
    assert client.get(address("rehearsal", copy)).status_code == 200
    assert client.post(address("rehearsal_answer", copy)).status_code == 403
    assert client.post(address("rehearsal_discard", copy)).status_code == 403
    assert Programme.objects.filter(pk=copy.pk).exists()


def test_strangers_do_not_learn_that_there_is_a_rehearsal(client_of, ada, programme, copy):
    client = client_of(ada)
    for name in ("rehearsal_start", "rehearsal", "rehearsal_discard"):
        of = programme if name == "rehearsal_start" else copy
        assert client.get(address(name, of)).status_code == 404
        assert client.post(address(name, of)).status_code in (404, 405)
    client.logout()
    assert client.get(address("rehearsal", copy)).status_code == 302


def test_people_of_their_own_stand_on_the_page_beside_communities_and_one_can_be_each(client_of, cleo, now):
    import_capacities(by=cleo, now=now)
    copy = rehearse(programme=make_mentorship(cleo, now), size=3, by=cleo, now=now)
    page = client_of(cleo).get(address("rehearsal", copy)).content.decode()
    alone = accounts_of(copy).get(representations__isnull=True)
    assert (page.count("applies as a person"), f"Be {alone.name}" in page) == (1, True)
    assert [community.name in page for community in communities_of(copy)] == [True] * 2
    door = reverse("office:rehearsal_look", args=[copy.slug, alone.pk])
    assert client_of(cleo).post(door)["Location"] == reverse("desk:home")
