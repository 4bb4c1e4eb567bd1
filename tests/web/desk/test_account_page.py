"""One's own account."""

import pytest
from django.contrib.auth import get_user
from django.urls import reverse

from talka.people.actions.representations import invite_representative
from talka.people.models import Account

pytestmark = pytest.mark.django_db
FILLED = {"name": "Ada L.", "language": "ar", "time_zone": "Europe/Riga"}


def test_a_stranger_is_asked_to_sign_in(client):
    answer = client.get(reverse("desk:account"))
    assert answer.headers["Location"] == f"{reverse('public:sign_in')}?next={reverse('desk:account')}"


def test_name_language_and_zone_are_saved_and_the_language_holds_at_once(client_of, ada):
    answer = client_of(ada).post(reverse("desk:account"), FILLED)
    assert (answer.status_code, answer.cookies["talka-language"].value) == (302, "ar")
    saved = Account.objects.get(pk=ada.pk)
    assert (saved.name, saved.language, saved.time_zone) == ("Ada L.", "ar", "Europe/Riga")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 121),
        ("name", "\r\n\x00"),
        ("language", "tlh"),
        ("time_zone", "../../etc/passwd"),
        ("time_zone", "Mars/Olympus"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_saved(client_of, ada, field, value):
    answer = client_of(ada).post(reverse("desk:account"), {**FILLED, field: value})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Account.objects.get(pk=ada.pk).name == "Ada"


def test_nothing_else_of_an_account_can_be_changed(client_of, ada):
    sent = {**FILLED, "email": "eve@example.org", "can_found": "on", "is_active": "", "wikimedia_id": "1"}
    client_of(ada).post(reverse("desk:account"), sent)
    saved = Account.objects.get(pk=ada.pk)
    assert (saved.email, saved.can_found, saved.is_active, saved.wikimedia_id) == (
        ada.email,
        False,
        True,
        None,
    )


def test_the_page_shows_my_communities_and_what_i_am_asked(client_of, ada, bo, now):
    invite_representative(community=bo.community, email=ada.email, name="Ada", by=bo, now=now)
    answer = client_of(ada).get(reverse("desk:account"))
    assert [one.community for one in answer.context["mine"]] == [ada.community]
    assert [one.community for one in answer.context["asked"]] == [bo.community]


def test_an_account_without_an_address_is_asked_nothing(client_of, ada, dan, now):
    invite_representative(community=ada.community, email="-@example.org", name="?", by=ada, now=now)
    Account.objects.filter(pk=dan.pk).update(email=None, wikimedia_id=7)
    answer = client_of(Account.objects.get(pk=dan.pk)).get(reverse("desk:account"))
    assert (answer.status_code, list(answer.context["asked"])) == (200, [])


def test_signing_out_everywhere_ends_the_sessions_of_other_devices(client_of, ada, client):
    other = type(client)()
    other.force_login(ada)
    answer = client_of(ada).post(reverse("desk:sign_out_everywhere"))
    assert answer.headers["Location"] == reverse("public:home")
    assert (get_user(client).is_authenticated, get_user(other).is_authenticated) == (False, False)


def test_signing_out_everywhere_leaves_others_signed_in(client_of, ada, bo, client):
    other = type(client)()
    other.force_login(bo)
    client_of(ada).post(reverse("desk:sign_out_everywhere"))
    assert get_user(other) == bo


def test_signing_out_everywhere_by_a_link_is_refused(client_of, ada):
    assert client_of(ada).get(reverse("desk:sign_out_everywhere")).status_code == 405
