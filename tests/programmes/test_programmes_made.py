"""Programmes are made from a blueprint, edited, and run by people who were appointed."""

import pytest

from talka.blueprints.mistakes import Mistakes
from talka.blueprints.reading import read_toml, shipped, write_toml
from talka.kernel.models import Entry, Overtaken
from talka.letters.models import Letter
from talka.people.models import Account
from talka.programmes.actions import (
    AddressTaken,
    LastCoordinator,
    appoint,
    appoint_by_address,
    create_programme,
    edit_page,
    edit_programme,
    end_appointment,
    replace_blueprint,
)
from talka.programmes.models import Post, Programme
from talka.programmes.queries import blueprint_of

VISITS = shipped()["visit_exchange"]


@pytest.fixture
def programme(cleo, now):
    return create_programme(slug="exchange", blueprint=VISITS, zone="Europe/Vilnius", by=cleo, now=now)


def test_a_new_programme_has_the_blueprints_words_and_pages_and_is_not_public(programme):
    assert programme.plan == VISITS
    assert programme.name == VISITS.name
    assert [page.key for page in programme.pages.order_by("position")] == [page.key for page in VISITS.pages]
    assert list(Programme.objects.public()) == []


def test_whoever_makes_a_programme_coordinates_it_and_gets_no_letter_about_it(programme, cleo):
    held = programme.appointments.get()
    assert (held.account, held.post, held.ended_at) == (cleo, Post.COORDINATOR, None)
    assert Letter.objects.count() == 0
    assert [entry.verb for entry in Entry.objects.about(programme)] == ["create", "appoint coordinator"]


def test_an_address_is_given_once(programme, cleo, now):
    with pytest.raises(AddressTaken):
        create_programme(slug="exchange", blueprint=VISITS, zone="UTC", by=cleo, now=now)
    assert Programme.objects.count() == 1


def test_somebody_appointed_by_address_gets_an_account_and_a_letter(programme, cleo, now):
    appoint_by_address(programme=programme, email="Eve@demo.invalid", post=Post.REVIEWER, by=cleo, now=now)
    eve = Account.objects.by_email("eve@demo.invalid")
    assert list(Programme.objects.run_by(eve, Post.REVIEWER)) == [programme]
    letter = Letter.objects.get()
    assert (letter.email, letter.subject) == (
        "eve@demo.invalid",
        "You now review applications of CEE Wiki Peer Learning Exchange",
    )


def test_a_post_is_held_once(programme, dan, cleo, now):
    first = appoint(programme=programme, account=dan, post=Post.REVIEWER, by=cleo, now=now)
    assert appoint(programme=programme, account=dan, post=Post.REVIEWER, by=cleo, now=now) == first
    assert Letter.objects.count() == 1


def test_the_last_coordinator_cannot_leave(programme, cleo, dan, now):
    held = programme.appointments.get()
    with pytest.raises(LastCoordinator):
        end_appointment(appointment=held, by=cleo, now=now)
    appoint(programme=programme, account=dan, post=Post.COORDINATOR, by=cleo, now=now)
    end_appointment(appointment=held, by=cleo, now=now)
    assert list(Programme.objects.run_by(cleo)) == []
    assert list(Programme.objects.run_by(dan)) == [programme]


def test_a_reviewer_does_not_count_as_a_coordinator_who_stays(programme, cleo, dan, now):
    appoint(programme=programme, account=dan, post=Post.REVIEWER, by=cleo, now=now)
    with pytest.raises(LastCoordinator):
        end_appointment(appointment=programme.appointments.get(account=cleo), by=cleo, now=now)


def test_publishing_shows_a_programme_to_everybody(programme, cleo, now):
    edit_programme(
        programme=programme,
        name={"en": "Exchange"},
        summary={"en": "We visit."},
        zone="Europe/Riga",
        is_published=True,
        version=1,
        by=cleo,
        now=now,
    )
    assert list(Programme.objects.public()) == [programme]


def test_a_rehearsal_is_never_published(cleo, now):
    rehearsal = create_programme(
        slug="trial", blueprint=VISITS, zone="UTC", by=cleo, now=now, is_rehearsal=True
    )
    edit_programme(
        programme=rehearsal,
        name={"en": "Trial"},
        summary={},
        zone="UTC",
        is_published=True,
        version=1,
        by=cleo,
        now=now,
    )
    assert not Programme.objects.get(pk=rehearsal.pk).is_published
    # Even a row that says otherwise stays hidden.
    Programme.objects.filter(pk=rehearsal.pk).update(is_published=True)
    assert list(Programme.objects.public()) == []


def test_the_slower_editor_of_a_page_is_told(programme, cleo, now):
    page = programme.pages.get(key="faq")
    edit_page(page=page, title={"en": "FAQ"}, body={"en": "Mine"}, version=1, by=cleo, now=now)
    with pytest.raises(Overtaken):
        edit_page(page=page, title={"en": "FAQ"}, body={"en": "Theirs"}, version=1, by=cleo, now=now)
    assert programme.pages.get(key="faq").body == {"en": "Mine"}


def test_the_blueprint_that_is_downloaded_has_the_pages_as_they_were_edited(programme, cleo, now):
    page = programme.pages.get(key="faq")
    edit_page(page=page, title={"en": "Ask"}, body={"en": "Anything"}, version=1, by=cleo, now=now)
    downloaded = read_toml(write_toml(blueprint_of(programme)))
    assert [page.body for page in downloaded.pages if page.key == "faq"] == [{"en": "Anything"}]


def test_uploading_what_was_downloaded_changes_nothing_but_versions(programme, cleo, now):
    before = blueprint_of(programme)
    replace_blueprint(programme=programme, blueprint=before, version=1, by=cleo, now=now, with_words=True)
    assert blueprint_of(Programme.objects.get()) == before


def test_a_blueprint_with_a_rule_nobody_knows_changes_nothing(programme, cleo, now):
    text = write_toml(VISITS).replace('rule = "in_region"', 'rule = "born_on_a_monday"')
    with pytest.raises(Mistakes) as refused:
        replace_blueprint(programme=programme, blueprint=read_toml(text), version=1, by=cleo, now=now)
    named = [found.reason.values["name"] for found in refused.value.all]
    assert named.count("born_on_a_monday") == 2
    assert Programme.objects.get().plan == VISITS
