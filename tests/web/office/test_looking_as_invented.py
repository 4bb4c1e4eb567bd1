"""A coordinator looks at the desk as somebody invented for their own rehearsal, and as nobody else."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from talka.applications.models import Application
from talka.capacities.actions import import_capacities
from talka.demo.cohort import accounts_of, communities_of
from talka.demo.discarding import throw_away
from talka.demo.looking import people_to_be
from talka.demo.rehearsal import rehearse
from talka.kernel.models import Entry
from talka.people.actions.accounts import sign_out_everywhere
from talka.people.actions.representations import InvitationRefused, invite_representative
from talka.people.models import Account, Community, Representation
from talka.programmes.actions import InventedPerson, appoint, appoint_by_address, end_appointment
from talka.programmes.models import Appointment, Post, Programme
from talka.web.shared.looking import KEPT
from tests.conftest import make_representative
from tests.web.office.office_samples import make_programme

WRITES = ("INSERT", "UPDATE", "DELETE")


@pytest.fixture
def programme(cleo, now):
    import_capacities(by=cleo, now=now)
    return make_programme(cleo, now)


@pytest.fixture
def copy(programme, cleo, now):
    return rehearse(programme=programme, size=3, by=cleo, now=now)


@pytest.fixture
def invented(copy):
    return accounts_of(copy).order_by("pk")[0]


def door(rehearsal, pk):
    return reverse("office:rehearsal_look", args=[rehearsal.slug, pk])


def banner(account):
    return f"You are looking as <b>{account.name}</b> (rehearsal)."


def desk(client):
    return client.get(reverse("desk:home"))


@pytest.fixture
def inside(client_of, cleo, copy, invented):
    """Return a browser that looks as somebody invented."""
    client = client_of(cleo)
    assert client.post(door(copy, invented.pk))["Location"] == reverse("desk:home")
    return client


def test_the_cohorts_page_offers_each_of_them_and_leads_to_their_desk(client_of, cleo, copy, invented):
    client = client_of(cleo)
    page = client.get(reverse("office:rehearsal", args=[copy.slug])).content.decode()
    assert [door(copy, one.pk) in page for one in accounts_of(copy)] == [True] * 3
    shown = client.post(door(copy, invented.pk), follow=True).content.decode()
    assert banner(invented) in shown
    assert Application.objects.get(started_by=invented).get_absolute_url() in shown


def test_the_banner_is_on_every_page_and_on_every_fault(inside, invented):
    application = Application.objects.get(started_by=invented)
    pages = (
        reverse("desk:home"),
        application.get_absolute_url(),
        reverse("desk:account"),
        reverse("public:home"),
        reverse("public:privacy"),
        reverse("office:home"),
        "/nowhere/",
    )
    found = {page: banner(invented) in inside.get(page).content.decode() for page in pages}
    assert found == dict.fromkeys(pages, True)


def test_one_click_leads_back(inside, cleo, copy):
    answer = inside.post(reverse("desk:look_back"))
    assert answer["Location"] == reverse("office:rehearsal", args=[copy.slug])
    page = inside.get(answer["Location"])
    assert (page.status_code, "You are looking as" in page.content.decode()) == (200, False)
    assert page.context["user"] == cleo


def test_whoever_is_themselves_stays_so(client_of, dan):
    answer = client_of(dan).post(reverse("desk:look_back"))
    assert answer["Location"] == reverse("desk:home")
    assert not Entry.objects.filter(verb="look back").exists()


def test_the_session_has_a_new_key_and_old_forms_are_void_each_time(client_of, cleo, copy, invented):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cleo)
    keys, tokens = [], []
    for address in (door(copy, invented.pk), reverse("desk:look_back")):
        client.get(reverse("desk:account"))
        keys.append(client.session.session_key)
        tokens.append(client.cookies["talka-csrf"].value)
        answer = client.post(address, {"csrfmiddlewaretoken": tokens[-1]})
        assert answer.status_code == 302
        tokens.append(client.cookies["talka-csrf"].value)
        late = client.post(reverse("public:language"), {"csrfmiddlewaretoken": tokens[-2], "language": "en"})
        assert late.status_code == 403
    keys.append(client.session.session_key)
    assert len(set(keys)) == 3
    assert len(set(tokens)) == 3


def test_the_ledger_says_who_was_whom_and_when_it_ended(inside, cleo, copy, invented):
    inside.post(reverse("desk:look_back"))
    lines = Entry.objects.about(copy).filter(verb__startswith="look")
    assert list(lines.values_list("verb", "actor", "note")) == [
        ("look as", cleo.pk, invented.name),
        ("look back", cleo.pk, invented.name),
    ]


def test_what_is_done_is_done_by_the_invented_person(inside, invented):
    community = Community.objects.get(representations__account=invented)
    address = reverse("desk:community", args=[community.pk])
    sent = {"about": "We changed our mind.", "languages": "en", "version": community.version}
    assert inside.post(address, sent).status_code == 302
    assert Entry.objects.about(community).last().actor == invented


def test_no_real_account_and_nobody_of_another_rehearsal(client_of, cleo, ada, programme, copy, now):
    other = rehearse(programme=programme, size=3, by=cleo, now=now)
    client = client_of(cleo)
    forged = [ada.pk, cleo.pk, accounts_of(other).first().pk, 0, 2**63, 10**30]
    answers = [client.post(door(copy, pk)).status_code for pk in forged]
    assert answers == [404] * 6
    assert client.post(door(programme, accounts_of(copy).first().pk)).status_code == 404
    assert KEPT not in client.session


@pytest.mark.parametrize(
    "change",
    [
        {"email": "real@people.example"},
        {"email": "x.r1@rehearsal.invalid.example"},
        {"wikimedia_id": 42},
        {"can_found": True},
        {"is_active": False},
    ],
)
def test_an_invented_account_that_became_somebodys_is_nobody_to_be(inside, client_of, copy, invented, change):
    Account.objects.filter(pk=invented.pk).update(**change)
    answer = inside.get(reverse("desk:home"))
    assert (answer.status_code, answer["Location"]) == (302, reverse("desk:home"))
    assert "You are looking as" not in desk(inside).content.decode()
    assert inside.post(door(copy, invented.pk)).status_code == 404


def test_an_invented_account_with_a_post_is_nobody_to_be(copy, programme, invented, cleo, now):
    appoint(programme=programme, account=invented, post=Post.REVIEWER, by=cleo, now=now)
    assert invented not in people_to_be(copy)


def test_only_coordinators_of_the_rehearsal(client_of, programme, copy, invented, cleo, dan, now):
    address = door(copy, invented.pk)
    client = client_of(dan)
    assert client.post(address).status_code == 404
    appoint(programme=programme, account=dan, post=Post.COORDINATOR, by=cleo, now=now)
    assert client.post(address).status_code == 404
    appoint(programme=copy, account=dan, post=Post.REVIEWER, by=cleo, now=now)
    assert client.post(address).status_code == 403
    assert client.get(address).status_code == 405
    client.logout()
    assert client.post(address)["Location"].startswith(reverse("public:sign_in"))


def test_it_does_not_nest(inside, copy, invented):
    other = accounts_of(copy).exclude(pk=invented.pk)[0]
    assert inside.post(door(copy, other.pk)).status_code == 403
    assert banner(invented) in desk(inside).content.decode()
    assert Entry.objects.about(copy).filter(verb="look as").count() == 1


def test_a_session_of_somebody_else_is_never_shown_another_desk(inside, cleo, dan, copy, invented):
    for forged in ([dan.pk, invented.pk, copy.pk], [cleo.pk, dan.pk, copy.pk], [cleo.pk, invented.pk, 0]):
        session = inside.session
        session[KEPT] = forged
        session.save()
        assert inside.get(reverse("desk:account"))["Location"] == reverse("desk:home")
        assert KEPT not in inside.session


def test_thrown_away_meanwhile_the_coordinator_is_themselves_again(inside, cleo, copy, now):
    throw_away(programme=copy, by=cleo, now=now)
    answer = inside.post(reverse("desk:account"), {"name": "Mallory", "language": "en", "time_zone": "UTC"})
    assert answer["Location"] == reverse("desk:home")
    page = desk(inside)
    assert page.context["user"] == cleo
    assert "The rehearsal you looked at is gone" in page.content.decode()
    cleo.refresh_from_db()
    assert cleo.name == "Cleo"


def test_a_dismissed_coordinator_is_themselves_again(inside, copy, cleo, dan, now):
    appoint(programme=copy, account=dan, post=Post.COORDINATOR, by=cleo, now=now)
    end_appointment(appointment=Appointment.objects.get(programme=copy, account=cleo), by=dan, now=now)
    assert inside.get(reverse("desk:account"))["Location"] == reverse("desk:home")


def test_signing_out_everywhere_ends_it(inside, cleo, now):
    sign_out_everywhere(account=cleo, by=cleo, now=now)
    assert desk(inside)["Location"].startswith(reverse("public:sign_in"))


def test_signing_out_signs_the_coordinator_out(inside):
    inside.post(reverse("public:sign_out"))
    assert desk(inside)["Location"].startswith(reverse("public:sign_in"))


def test_what_would_reach_beyond_the_rehearsal_is_closed(inside, ada, invented, copy, programme, now):
    community = Community.objects.get(representations__account=invented)
    own = Representation.objects.get(account=invented)
    application = Application.objects.get(started_by=invented)
    real = invite_representative(community=ada.community, email="x@y.example", name="X", by=None, now=now)
    asked = [
        reverse("desk:community_invite", args=[community.pk]),
        reverse("desk:community_end", args=[community.pk, own.pk]),
        reverse("desk:partner_name", args=[application.pk]),
        reverse("desk:start", args=[application.call_id]),
        reverse("desk:representation_accept", args=[real.pk]),
        reverse("desk:sign_out_everywhere"),
        reverse("public:sign_in"),
        reverse("public:cast"),
        reverse("office:rehearsal_discard", args=[copy.slug]),
        reverse("office:programme_edit", args=[programme.slug]),
    ]
    sent = {"email": "real@people.example", "name": "Real", "community": ada.community.name}
    inside.get(reverse("public:home"))
    with CaptureQueriesContext(connection) as caught:
        found = {address: inside.post(address, sent).status_code for address in asked}
    assert found == dict.fromkeys(asked, 403)
    assert [query["sql"] for query in caught if query["sql"].startswith(WRITES)] == []


def test_nobody_invented_speaks_for_another_community(ada, copy, invented, cleo, now):
    for community in (ada.community, communities_of(copy).exclude(representations__account=invented)[0]):
        with pytest.raises(InvitationRefused) as refused:
            invite_representative(
                community=community, email=invented.email.upper(), name="", by=cleo, now=now
            )
        assert refused.value.reason.key == "representation.invented"


def test_nobody_invented_gets_a_post(client_of, copy, programme, invented, cleo, now):
    for each in (programme, copy):
        with pytest.raises(InventedPerson):
            appoint_by_address(programme=each, email=invented.email, post="reviewer", by=cleo, now=now)
    address = reverse("office:appoint", args=[programme.slug])
    answer = client_of(cleo).post(address, {"email": invented.email, "post": "reviewer"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["email"])


def test_a_real_person_in_a_rehearsal_is_not_to_be_looked_as(client_of, cleo, copy, dan):
    make_representative(dan, communities_of(copy)[0])
    client = client_of(cleo)
    page = client.get(reverse("office:rehearsal", args=[copy.slug])).content.decode()
    assert door(copy, dan.pk) not in page
    assert client.post(door(copy, dan.pk)).status_code == 404
    assert Programme.objects.filter(is_rehearsal=True).count() == 1
