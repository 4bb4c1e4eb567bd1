"""A rehearsal: the same people for the same programme and size, of every kind, and none of it real."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from talka.applications.actions import ApplicationRefused, start_application
from talka.applications.models import Application, Partner
from talka.calls.models import Call
from talka.demo.answering import NotARehearsal, let_cohort_answer
from talka.demo.cohort import accounts_of, cohort_of, communities_of
from talka.demo.cohort_applying import speaker_of
from talka.demo.rehearsal import LARGEST, SMALLEST, NothingToRehearse, rehearse
from talka.demo.scene import found_programme
from talka.forms.kinds import CommunityNameField
from talka.letters.models import Letter
from talka.people.models import Community
from talka.people.queries import listed_communities
from talka.programmes.models import Cycle, Programme
from talka.programmes.queries import blueprint_of
from talka.screening.models import Ruling, Verdict
from talka.web.shared.picker import CommunityField

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(now):
    """Return a real programme; Cleo coordinates it."""
    made, everybody = found_programme(now=now)
    made.cleo, made.everybody = everybody["cleo"], everybody
    return made


def start(programme, now, size=12):
    """Rehearse it."""
    return rehearse(programme=programme, size=size, by=programme.cleo, now=now)


def told(rehearsal):
    """Return everything that the cohort said, without what differs from one rehearsal to the next."""
    applications = Application.objects.filter(call__cycle__programme=rehearsal).order_by("pk")
    rows = []
    for one in applications:
        answers = {key: value for key, value in one.sheet.answers.items() if key != "community"}
        goals = list(one.goals.values_list("problem", "change", "evidence", "by_when"))
        name = one.community.name.rpartition(" ")[0]
        rows.append((name, one.community.country, one.call.role, one.status, one.format, answers, goals))
    return rows


def test_a_rehearsal_is_a_marked_copy_that_is_never_public(programme, now):
    copy = start(programme, now)
    assert copy.is_rehearsal and copy.slug == "peer-learning-exchange-rehearsal"
    assert copy.name == {
        "en": "Rehearsal: CEE Wiki Peer Learning Exchange",
        "ar": copy.name["ar"],
    }
    assert copy.plan == blueprint_of(programme)
    assert list(copy.pages.values_list("key", "title", "body")) == list(
        programme.pages.values_list("key", "title", "body")
    )
    assert Programme.objects.public().get() == programme
    assert list(Cycle.objects.public()) == []
    assert all(call.window.is_open(now) for call in Call.objects.filter(cycle__programme=copy))


def test_the_same_programme_and_size_give_the_same_cohort(programme, now):
    first, second = start(programme, now), start(programme, now)
    assert second.slug == "peer-learning-exchange-rehearsal-2"
    assert told(first) == told(second)
    assert len(told(first)) == 12


def test_every_kind_of_applicant_is_in_it(programme, now):
    copy = start(programme, now)
    applications = Application.objects.filter(call__cycle__programme=copy)
    assert Counter(applications.values_list("call__role", "status")) == {
        ("mentee", "submitted"): 7,
        ("mentee", "draft"): 1,
        ("mentor", "submitted"): 3,
        ("mentor", "draft"): 1,
    }
    verdicts = Verdict.objects.filter(application__in=applications)
    assert set(verdicts.values_list("ruling", flat=True)) == set(Ruling.values)
    assert set(Partner.objects.values_list("status", flat=True)) == {"confirmed"}


@pytest.mark.parametrize("size", [SMALLEST, 4, 7, LARGEST])
def test_the_cohort_has_the_size_and_both_sides(programme, size):
    guests = cohort_of(programme.plan, size)
    assert [guest.number for guest in guests] == list(range(1, size + 1))
    assert {guest.learns for guest in guests} == {True, False}


@pytest.mark.parametrize("size", [SMALLEST - 1, LARGEST + 1])
def test_other_sizes_are_refused(programme, now, size):
    with pytest.raises(ValueError, match=str(size)):
        start(programme, now, size=size)


def test_a_rehearsal_is_not_rehearsed(programme, now):
    copy = start(programme, now, size=3)
    with pytest.raises(NothingToRehearse):
        rehearse(programme=copy, size=3, by=programme.cleo, now=now)


def test_only_a_rehearsals_people_are_made_to_answer(programme, now):
    with pytest.raises(NotARehearsal):
        let_cohort_answer(programme=programme, now=now)


def test_invented_communities_are_in_no_list_and_no_picker(programme, now):
    real = set(Community.objects.all())
    copy = start(programme, now, size=3)
    invented = communities_of(copy).first()
    assert set(Community.objects.all()) != real
    assert set(Community.objects.real()) == real
    assert set(listed_communities()) == real
    with pytest.raises(ValidationError):
        CommunityField().clean((invented.name, ""))
    with pytest.raises(ValidationError):
        CommunityNameField().clean(invented.name)


def test_invented_communities_cannot_apply_to_a_real_call(programme, now):
    copy = start(programme, now, size=3)
    invented = communities_of(copy).first()
    call = Call.objects.filter(cycle__programme=copy, role="mentor").get()
    Programme.objects.filter(pk=copy.pk).update(is_rehearsal=False)
    call.refresh_from_db()
    with pytest.raises(ApplicationRefused) as refused:
        start_application(call=call, community=invented, by=speaker_of(invented), now=now)
    assert refused.value.reason.key == "application.invented"


def test_every_invented_person_has_an_address_that_leads_nowhere(programme, now):
    copy = start(programme, now, size=5)
    ending = f".r{copy.pk}@rehearsal.invalid"
    addresses = list(accounts_of(copy).values_list("email", flat=True))
    assert [address.endswith(ending) for address in addresses] == [True] * 5
    letters = Letter.objects.filter(written_at__gte=now).exclude(email__endswith="@demo.invalid")
    assert set(letters.values_list("email", flat=True)) == set(addresses)


def test_a_late_rehearsal_has_its_calls_open_as_well(programme, now):
    later = now + timedelta(days=200)
    copy = start(programme, later, size=3)
    assert all(call.window.is_open(later) for call in Call.objects.filter(cycle__programme=copy))
