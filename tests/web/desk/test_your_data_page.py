"""Everybody takes their own data along, and has it erased after being asked once more."""

import json
import zipfile
from io import BytesIO

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from talka.blueprints.reading import shipped
from talka.kernel.models import Entry
from talka.letters.models import Letter
from talka.people.models import Account
from talka.programmes.actions import create_programme

PAGE, EXPORT, ERASE = (reverse(f"desk:your_data{rest}") for rest in ("", "_export", "_erase"))
SURE = {"is_sure": "on"}


def test_the_account_leads_to_the_page_with_both(client_of, ada):
    client = client_of(ada)
    assert PAGE in client.get(reverse("desk:account")).content.decode()
    page = client.get(PAGE).content.decode()
    assert [f'action="{EXPORT}"' in page, f'href="{ERASE}"' in page] == [True, True]


def test_the_download_is_a_file_that_no_cache_keeps(client_of, ada):
    answer = client_of(ada).post(EXPORT)
    assert answer["Content-Disposition"] == 'attachment; filename="your-data.zip"'
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/zip", "no-store, private")
    with zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))) as packed:
        tables = json.loads(packed.read("your-data.json"))["tables"]
    assert [record["name"] for record in tables["people.Account"]] == ["Ada"]
    assert Letter.objects.get(recipient=ada).key == "data_exported"


def test_to_fetch_the_address_of_the_download_makes_nothing(client_of, ada):
    assert client_of(ada).get(EXPORT).status_code == 405
    assert not Entry.objects.filter(verb="export data").exists()


def test_erasing_asks_once_more(client_of, ada):
    client = client_of(ada)
    page = client.get(ERASE).content.decode()
    assert ("What goes" in page, "What stays, and why" in page) == (True, True)
    answer = client.post(ERASE)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["is_sure"])
    ada.refresh_from_db()
    assert ada.is_active


def test_after_it_every_session_is_over_and_a_last_letter_is_on_its_way(client_of, ada):
    elsewhere = Client()
    elsewhere.force_login(ada)
    client = client_of(ada)
    answer = client.post(ERASE, SURE, follow=True)
    assert answer.redirect_chain == [(reverse("public:home"), 302)]
    assert "Your data is erased." in answer.content.decode()
    for each in (client, elsewhere):
        assert each.get(reverse("desk:home"))["Location"].startswith(reverse("public:sign_in"))
    assert not Session.objects.exists()
    assert list(Letter.objects.values_list("key", "email")) == [("data_erased", "ada@demo.invalid")]


def test_others_keep_their_sessions(client_of, ada, dan):
    elsewhere = Client()
    elsewhere.force_login(dan)
    client_of(ada).post(ERASE, SURE)
    assert elsewhere.get(reverse("desk:home")).status_code == 200


def test_the_last_coordinator_reads_which_programme_needs_somebody(client_of, cleo, now):
    blueprint = shipped()["visit_exchange"]
    create_programme(slug="mine", blueprint=blueprint, zone="UTC", by=cleo, now=now)
    client = client_of(cleo)
    link = reverse("office:programme", args=["mine"])
    assert link in client.get(ERASE).content.decode()
    answer = client.post(ERASE, SURE)
    assert (answer.status_code, link in answer.content.decode()) == (422, True)
    assert Account.objects.get(pk=cleo.pk).is_active


@pytest.mark.django_db
def test_strangers_are_sent_to_sign_in(client):
    for address in (PAGE, ERASE):
        assert client.get(address)["Location"].startswith(reverse("public:sign_in"))
    assert client.post(EXPORT)["Location"].startswith(reverse("public:sign_in"))
