"""A request becomes a draft application, with what was written in it."""

from datetime import timedelta

import pytest

from talka.applications.actions import (
    ApplicationRefused,
    save_application,
    start_application,
    start_from_need,
)
from talka.applications.models import Application
from talka.applications.queries import calls_that_learn, never_reached
from talka.calls.actions import prepare_cycle
from talka.capacities.actions import withdraw_need
from talka.kernel.lifecycle import NotAllowed
from talka.letters.models import Letter
from talka.people.models import Account, Community
from talka.programmes.actions import announce_cycle
from tests.capacities.asking_world import ENGLISH, ask, brought_together, fresh, make_programme, offer

A_DAY = timedelta(days=1)


@pytest.fixture
def programme(cleo, now):
    return make_programme(cleo, now)


@pytest.fixture
def cycle(programme, cleo, now):
    cycle = prepare_cycle(
        programme=programme, slug="one", label={"en": "Cohort 1"}, year=2027, by=cleo, now=now
    )
    announce_cycle(cycle=cycle, by=cleo, now=now)
    cycle.calls.update(opens_at=now - A_DAY, closes_at=now + A_DAY)
    return cycle


@pytest.fixture
def call(cycle):
    return cycle.calls.select_related("cycle__programme", "form").get(role="mentee")


def test_only_open_calls_that_invite_learners_are_offered(programme, cycle, call, now):
    assert list(calls_that_learn(programme, now=now)) == [call]
    assert list(calls_that_learn(programme, now=now + A_DAY)) == []
    type(cycle).objects.update(status="draft")
    assert list(calls_that_learn(programme, now=now)) == []


def test_what_fits_is_copied_by_kind_of_question(programme, call, ada, cleo, now):
    need = ask(programme, ada, now, "education", "glam", text="How do we begin?")
    application = start_from_need(need=need, call=call, by=cleo, now=now)
    asked = {one.key: one.kind for one in application.sheet.form_version.draft.questions}
    answers = fresh(application).sheet.answers
    assert {asked[key]: value for key, value in answers.items()} == {
        "capacity": [{"capacity": "education", "level": 1}, {"capacity": "glam", "level": 1}],
        "language": ENGLISH,
        "country": "SK",
        "long": "How do we begin?",
    }
    assert (application.person, application.status, fresh(need).status) == (ada, "draft", "applied")
    assert need.became.get() == application
    letter = Letter.objects.get(key="application_from_need")
    assert (letter.email, "It is a draft" in letter.body) == (ada.email, True)


def test_a_community_that_asked_applies_as_one(programme, call, ada, cleo, now):
    need = ask(programme, ada, now, community=ada.community)
    application = start_from_need(need=need, call=call, by=cleo, now=now)
    assert (application.applicant, application.person) == (ada.community, None)


def test_what_they_had_written_already_is_kept(programme, call, ada, cleo, now):
    begun = start_application(call=call, person=ada, by=ada, now=now)
    long = next(one.key for one in begun.sheet.form_version.draft.questions if one.kind == "long")
    save_application(application=begun, answers={long: "Mine."}, seen={}, by=ada, now=now)
    application = start_from_need(need=ask(programme, ada, now), call=call, by=cleo, now=now)
    answers = fresh(application).sheet.answers
    assert (application, answers[long], len(answers)) == (begun, "Mine.", 4)


def test_a_mentor_who_was_asked_is_let_go_of(programme, call, ada, bo, cleo, now):
    need, _given, made = brought_together(programme, ada, bo, cleo, now)
    start_from_need(need=need, call=call, by=cleo, now=now)
    assert fresh(made).status == "withdrawn"


def test_it_needs_an_open_call_of_the_same_programme_and_a_waiting_request(programme, call, ada, cleo, now):
    need = ask(programme, ada, now)
    with pytest.raises(ApplicationRefused):
        start_from_need(need=need, call=call, by=cleo, now=now + A_DAY)
    other = ask(make_programme(cleo, now, slug="other"), ada, now)
    with pytest.raises(ApplicationRefused):
        start_from_need(need=other, call=call, by=cleo, now=now)
    withdraw_need(need=need, by=ada, now=now)
    with pytest.raises(NotAllowed):
        start_from_need(need=need, call=call, by=cleo, now=now)
    assert Application.objects.count() == 0


def reached(programme):
    """Return the names of the communities that the programme has not reached."""
    return [one.name for one in never_reached(programme, Community.objects.real().order_by("name"))]


def test_a_community_is_reached_by_whatever_it_or_its_people_do(programme, call, ada, bo, dan, now):
    alone = Community.objects.create(name="Alone", kind="informal")
    Community.objects.create(name="Invented", kind="informal", is_synthetic=True)
    both = ["Alone", "Wikimedia Graustark", "Wikimedians of Ruritania"]
    ask(programme, dan, now)
    assert reached(programme) == both
    offer(programme, bo, now)
    assert reached(programme) == ["Alone", "Wikimedians of Ruritania"]
    start_application(call=call, community=ada.community, by=ada, now=now)
    assert reached(programme) == ["Alone"]
    ask(programme, ada, now, community=alone)
    assert reached(programme) == []


def test_who_runs_the_programme_has_heard_of_it(programme, cleo, now):
    community = Community.objects.create(name="Cleo's own", kind="informal")
    cleo = Account.objects.get(pk=cleo.pk)
    kept = {"community": community, "email": cleo.email, "name": "Cleo", "account": cleo, "invited_at": now}
    community.representations.create(status="invited", **kept)
    assert reached(programme) == ["Cleo's own"]
    community.representations.update(status="accepted")
    assert reached(programme) == []
