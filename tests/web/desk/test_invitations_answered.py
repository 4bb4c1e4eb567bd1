"""Answering an invitation to represent a community."""

import pytest
from django.urls import reverse

from talka.people.actions.representations import end_representation, invite_representative
from talka.people.models import Community, Representation

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(ada, dan, now):
    """Dan is asked to represent Ada's community."""
    return invite_representative(community=ada.community, email=dan.email, name="Dan", by=ada, now=now)


def url(asked, answer=""):
    return reverse(f"desk:representation{answer}", args=[asked.pk])


def test_the_person_asked_reads_who_asks_and_says_yes(client_of, asked, dan, ada):
    client = client_of(dan)
    page = client.get(url(asked)).content.decode()
    assert (page.count("Will you represent Wikimedians of Ruritania?"), page.count("Ada asks you.")) == (1, 1)
    answer = client.post(url(asked, "_accept"))
    assert answer.headers["Location"] == reverse("desk:community", args=[ada.community.pk])
    assert list(Community.objects.represented_by(dan)) == [ada.community]


def test_the_person_asked_says_no(client_of, asked, dan):
    assert client_of(dan).post(url(asked, "_decline")).headers["Location"] == reverse("desk:account")
    assert list(Community.objects.represented_by(dan)) == []


def test_whoever_signs_in_with_the_address_in_other_capitals_is_the_person_asked(client_of, ada, dan, now):
    asked = invite_representative(
        community=ada.community, email="DAN@DEMO.invalid", name="Dan", by=ada, now=now
    )
    assert client_of(dan).get(url(asked)).status_code == 200


@pytest.mark.parametrize("who", ["ada", "bo", "cleo"])
@pytest.mark.parametrize("answer", ["_accept", "_decline"])
def test_nobody_else_can_answer_not_even_who_asked(client_of, asked, who, answer, request):
    client = client_of(request.getfixturevalue(who))
    assert client.get(url(asked)).status_code == 404
    assert client.post(url(asked, answer)).status_code == 404
    assert Representation.objects.get(pk=asked.pk).status == "invited"


def test_a_stranger_is_asked_to_sign_in_first(client, asked):
    location = client.get(url(asked)).headers["Location"]
    assert location == f"{reverse('public:sign_in')}?next={url(asked)}"


def test_the_second_click_is_told_that_it_is_answered(client_of, asked, dan):
    client = client_of(dan)
    client.post(url(asked, "_accept"))
    assert client.post(url(asked, "_accept")).status_code == 409
    assert client.post(url(asked, "_decline")).status_code == 409
    assert client.get(url(asked)).status_code == 200


def test_an_invitation_taken_back_cannot_be_accepted(client_of, asked, dan, ada, now):
    end_representation(representation=asked, by=ada, now=now)
    assert client_of(dan).post(url(asked, "_accept")).status_code == 409
    assert list(Community.objects.represented_by(dan)) == []


def test_a_link_alone_answers_nothing(client_of, asked, dan):
    assert client_of(dan).get(url(asked, "_accept")).status_code == 405
