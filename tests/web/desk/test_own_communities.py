"""What representatives keep about their own community."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from talka.capacities.actions import import_capacities
from talka.letters.models import Letter
from talka.people.actions.representations import invite_representative
from talka.people.models import Community, Representation

pytestmark = pytest.mark.django_db
FILLED = {
    "about": "We write.",
    "languages": "Slovak, hu",
    "size": "6-20",
    "activity": "regular",
    "version": "1",
}


def url(community, name="community", *more):
    return reverse(f"desk:{name}", args=[community.pk, *more])


def fresh(person):
    return Community.objects.get(pk=person.community.pk)


def test_a_representative_changes_what_is_theirs(client_of, ada):
    assert client_of(ada).post(url(ada.community), FILLED).status_code == 302
    saved = fresh(ada)
    assert (saved.about, saved.languages, saved.size, saved.activity, saved.version) == (
        "We write.",
        ["sk", "hu"],
        "6-20",
        "regular",
        2,
    )


def test_what_the_coordinators_keep_cannot_be_changed(client_of, ada):
    sent = {**FILLED, "name": "Mine", "kind": "chapter", "maturity": "established", "region": "ssa"}
    client_of(ada).post(url(ada.community), sent)
    saved = fresh(ada)
    assert (saved.name, saved.kind, saved.maturity, saved.region) == (
        "Wikimedians of Ruritania",
        "user_group",
        "developing",
        "cee_ca",
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("about", "x" * 10_001),
        ("about", "a\x00b"),
        ("languages", "Klingonish"),
        ("languages", "x" * 501),
        ("size", "12"),
        ("activity", "<script>"),
        ("version", "x"),
        ("version", str(2**70)),
    ],
)
def test_what_cannot_be_read_is_refused_and_what_was_typed_is_kept(client_of, ada, field, value):
    answer = client_of(ada).post(url(ada.community), {**FILLED, field: value})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert answer.context["form"].data["about"] == (value if field == "about" else "We write.")
    assert fresh(ada).version == 1


def test_the_slower_of_two_sees_both_texts_and_can_save_again(client_of, ada):
    client = client_of(ada)
    client.post(url(ada.community), {**FILLED, "about": "the faster text", "size": "1-5"})
    answer = client.post(url(ada.community), {**FILLED, "about": "the slower text"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert (page.count("the faster text"), page.count("the slower text")) == (1, 1)
    assert [str(value) for _label, value in answer.context["theirs"]] == ["the faster text", "Up to 5 people"]
    again = {**FILLED, "about": "both texts", "version": answer.context["form"]["version"].value()}
    assert client.post(url(ada.community), again).status_code == 302
    assert fresh(ada).about == "both texts"


@pytest.mark.parametrize("who", ["bo", "cleo", "dan"])
def test_nobody_else_finds_the_page_at_their_desk(client_of, ada, request, who):
    client = client_of(request.getfixturevalue(who))
    mine = Representation.objects.get(account=ada)
    assert client.get(url(ada.community)).status_code == 404
    assert client.post(url(ada.community), FILLED).status_code == 404
    assert client.post(url(ada.community, "community_invite"), {}).status_code == 404
    assert client.post(url(ada.community, "community_capacity_set"), {}).status_code == 404
    assert client.post(url(ada.community, "community_end", mine.pk)).status_code == 404
    assert fresh(ada).version == 1


def test_an_invited_person_is_no_representative_yet(client_of, ada, dan, now):
    invite_representative(community=ada.community, email=dan.email, name="Dan", by=ada, now=now)
    assert client_of(dan).get(url(ada.community)).status_code == 404


def test_a_representative_invites_another(client_of, ada):
    sent = {"name": "Eve", "email": "Eve@Example.org"}
    assert client_of(ada).post(url(ada.community, "community_invite"), sent).status_code == 302
    asked = Representation.objects.get(email="eve@example.org")
    assert (asked.status, asked.invited_by, Letter.objects.get().email) == ("invited", ada, "eve@example.org")


def test_the_second_click_on_invite_gets_a_sentence_and_no_second_letter(client_of, ada):
    client = client_of(ada)
    sent = {"name": "Eve", "email": "eve@example.org"}
    client.post(url(ada.community, "community_invite"), sent)
    answer = client.post(url(ada.community, "community_invite"), sent)
    assert answer.status_code == 422
    assert answer.context["invitation_form"].errors["email"] == [
        "This person was asked already and has not answered."
    ]
    assert Letter.objects.count() == 1


@pytest.mark.parametrize(
    "sent",
    [
        {"name": "", "email": "eve@example.org"},
        {"name": "x" * 121, "email": "eve@example.org"},
        {"name": "Eve", "email": "eve@example.org\nBcc: all@example.org"},
        {"name": "Eve", "email": "x" * 300 + "@example.org"},
    ],
)
def test_odd_invitations_are_refused_without_a_letter(client_of, ada, sent):
    assert client_of(ada).post(url(ada.community, "community_invite"), sent).status_code == 422
    assert Letter.objects.count() == 0


def test_a_line_break_in_a_name_cannot_pretend_to_be_more_of_the_letter(client_of, ada):
    sent = {"name": "Eve,\r\n\r\nPay us", "email": "eve@example.org"}
    client_of(ada).post(url(ada.community, "community_invite"), sent)
    assert Letter.objects.get().body.split("\n")[0] == "Hello Eve, Pay us,"


def test_leaving_ends_the_right_to_act_at_once(client_of, ada):
    mine = Representation.objects.get(account=ada)
    client = client_of(ada)
    answer = client.post(url(ada.community, "community_end", mine.pk))
    assert answer.headers["Location"] == reverse("desk:account")
    assert client.get(url(ada.community)).status_code == 404
    assert client.post(url(ada.community, "community_end", mine.pk)).status_code == 404


def test_a_representative_takes_an_invitation_back(client_of, ada, now):
    asked = invite_representative(community=ada.community, email="e@example.org", name="E", by=ada, now=now)
    client_of(ada).post(url(ada.community, "community_end", asked.pk))
    assert Representation.objects.get(pk=asked.pk).status == "ended"


def test_representations_of_another_community_cannot_be_ended(client_of, ada, bo):
    theirs = Representation.objects.get(account=bo)
    assert client_of(ada).post(url(ada.community, "community_end", theirs.pk)).status_code == 404
    assert Representation.objects.get(pk=theirs.pk).status == "accepted"


def test_offers_and_needs_are_added_changed_and_removed(client_of, ada, now):
    import_capacities(by=None, now=now)
    client = client_of(ada)
    for level in ("2", "4"):
        sent = {"relation": "offer", "capacity": "grants", "level": level}
        assert client.post(url(ada.community, "community_capacity_set"), sent).status_code == 302
    kept = ada.community.capacities.get()
    assert (kept.capacity.key, kept.relation, kept.level) == ("grants", "offer", 4)
    client.post(url(ada.community, "community_capacity_drop", kept.pk))
    assert ada.community.capacities.count() == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("relation", "both"),
        ("level", "6"),
        ("level", "x"),
        ("capacity", ""),
        ("capacity", "wi"),
        ("capacity", "?"),
    ],
)
def test_an_offer_that_cannot_be_read_is_refused(client_of, ada, now, field, value):
    import_capacities(by=None, now=now)
    sent = {"relation": "offer", "capacity": "grants", "level": "3", field: value}
    answer = client_of(ada).post(url(ada.community, "community_capacity_set"), sent)
    assert (answer.status_code, list(answer.context["capacity_form"].errors)) == (422, [field])
    assert ada.community.capacities.count() == 0


def test_the_page_takes_the_same_queries_for_1_and_30_representatives(client_of, ada):
    client, counts = client_of(ada), []
    client.get(url(ada.community))  # The first request notes in the session when it was.
    for how_many in (1, 29):
        for number in range(how_many):
            email = f"p{how_many}-{number}@example.org"
            Representation.objects.create(
                community=ada.community, email=email, name="P", invited_at=ada.joined_at
            )
        with CaptureQueriesContext(connection) as queries:
            client.get(url(ada.community))
        counts.append(len(queries))
    assert counts == [counts[0]] * 2
