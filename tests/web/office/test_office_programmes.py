"""Coordinators create, describe, publish and staff their programmes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from talka.blueprints.reading import write_toml
from talka.kernel.models import Entry
from talka.programmes.actions import appoint
from talka.programmes.models import Contact, Post, Programme
from talka.programmes.queries import blueprint_of
from tests.web.office.office_samples import make_programme


@pytest.fixture
def programme(cleo, now):
    return make_programme(cleo, now)


OWN = (
    "office:programme",
    "office:programme_edit",
    "office:contact_add",
    "office:appoint",
    "office:blueprint",
    "office:blueprint_download",
    "office:cycle_open",
)


@pytest.mark.parametrize("name", OWN)
def test_pages_of_a_programme_are_there_for_those_who_run_it_and_for_nobody_else(
    name, programme, client_of, cleo, dan
):
    address = reverse(name, args=[programme.slug])
    assert client_of(cleo).get(address).status_code == 200
    assert client_of(dan).get(address).status_code == 404


@pytest.mark.parametrize("name", OWN[1:])
def test_a_reviewer_sees_a_programme_and_changes_nothing(name, programme, client_of, cleo, dan, now):
    appoint(programme=programme, account=dan, post=Post.REVIEWER, by=cleo, now=now)
    assert client_of(dan).get(reverse("office:programme", args=[programme.slug])).status_code == 200
    assert client_of(dan).get(reverse(name, args=[programme.slug])).status_code == 403


def test_the_office_is_closed_to_strangers(client_of, dan, client):
    assert client.get("/office/").status_code == 302
    assert client_of(dan).get("/office/").status_code == 403


def test_a_founder_creates_a_programme_in_one_form(client_of, cleo):
    given = {"blueprint": "visit_exchange", "slug": "Visits", "zone": "Europe/Riga", "name": ""}
    answer = client_of(cleo).post("/office/programmes/new/", given)
    made = Programme.objects.get()
    assert (answer.status_code, answer.url) == (302, "/office/programmes/visits/")
    assert (made.zone, made.is_published, made.is_rehearsal) == ("Europe/Riga", False, False)
    assert list(Programme.objects.run_by(cleo, Post.COORDINATOR)) == [made]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("zone", "Europe/Atlantis", "Nobody knows this time zone."),
        ("slug", "exchange", "Another programme has this address."),
        ("slug", "ex change", "Enter a valid"),
        ("blueprint", "nothing", "Select a valid choice."),
        ("name", "x" * 301, "at most 300 characters"),
        ("name", "bell \x07", "characters that cannot be shown"),
    ],
)
def test_a_wrong_value_is_named_at_its_field_and_nothing_is_made(
    field, value, sentence, programme, client_of, cleo
):
    given = {"blueprint": "visit_exchange", "slug": "visits", "zone": "UTC", "name": "Mine", field: value}
    answer = client_of(cleo).post("/office/programmes/new/", given)
    assert answer.status_code == 422
    assert sentence in " ".join(answer.context["form"].errors[field])
    assert Programme.objects.count() == 1


def test_a_coordinator_who_founds_nothing_creates_nothing(programme, client_of, dan, cleo, now):
    appoint(programme=programme, account=dan, post=Post.COORDINATOR, by=cleo, now=now)
    assert client_of(dan).get("/office/programmes/new/").status_code == 403


def edited(programme, **given):
    return {
        "name__en": "Exchange",
        "name__ar": "",
        "summary__en": "We visit.",
        "summary__ar": "",
        "zone": "UTC",
        "is_published": "on",
        "version": programme.version,
    } | given


def test_the_name_is_needed_in_one_language_only(programme, client_of, cleo):
    client = client_of(cleo)
    address = reverse("office:programme_edit", args=[programme.slug])
    assert client.post(address, edited(programme, name__en="")).status_code == 422
    assert client.post(address, edited(programme, name__en="", name__ar="تبادل")).status_code == 302
    assert Programme.objects.get().name == {"ar": "تبادل"}


def test_the_slower_of_two_editors_sees_both_texts(programme, client_of, cleo):
    client = client_of(cleo)
    address = reverse("office:programme_edit", args=[programme.slug])
    client.post(address, edited(programme, summary__en="Theirs"))
    answer = client.post(address, edited(programme, summary__en="Mine"))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Theirs" in page and "Mine" in page
    assert Programme.objects.get().summary == {"en": "Theirs"}
    # Sent once more, having read both, it is saved.
    assert client.post(address, edited(Programme.objects.get(), summary__en="Both")).status_code == 302
    assert Programme.objects.get().summary == {"en": "Both"}


def test_a_rehearsal_offers_no_publishing(cleo, now, client_of):
    rehearsal = make_programme(cleo, now, slug="trial", is_published=False, is_rehearsal=True)
    address = reverse("office:programme_edit", args=["trial"])
    client_of(cleo).post(address, edited(rehearsal))
    assert Programme.objects.get().name == {"en": "Exchange"}
    assert not Programme.objects.get().is_published


def page_given(page, **given):
    return {
        "title__en": "FAQ",
        "title__ar": "",
        "body__en": "",
        "body__ar": "",
        "version": page.version,
    } | given


def test_a_page_is_previewed_without_being_saved_and_then_saved(programme, client_of, cleo):
    client, page = client_of(cleo), programme.pages.get(key="faq")
    address = reverse("office:page", args=[programme.slug, "faq"])
    typed = page_given(page, body__en="Hello **world** <script>alert(1)</script>")
    preview = client.post(address, typed | {"preview": "1"}).content.decode()
    assert "<strong>world</strong>" in preview
    assert "<script>alert" not in preview
    assert programme.pages.get(key="faq").version == 1
    assert client.post(address, typed).status_code == 302
    assert programme.pages.get(key="faq").title == {"en": "FAQ"}


def test_the_slower_of_two_editors_of_a_page_sees_both_texts(programme, client_of, cleo):
    client, page = client_of(cleo), programme.pages.get(key="faq")
    address = reverse("office:page", args=[programme.slug, "faq"])
    client.post(address, page_given(page, body__en="Theirs"))
    answer = client.post(address, page_given(page, body__en="Mine"))
    assert answer.status_code == 409
    assert "Theirs" in answer.content.decode() and "Mine" in answer.content.decode()
    assert programme.pages.get(key="faq").body == {"en": "Theirs"}


def test_contacts_come_change_and_go(programme, client_of, cleo):
    client, base = client_of(cleo), f"/office/programmes/{programme.slug}/contacts/"
    given = {"name": "Eve", "task": "Visas", "address": "eve@demo.invalid"}
    client.post(base + "new/", given)
    contact = Contact.objects.get()
    client.post(f"{base}{contact.pk}/", given | {"task": "Travel"})
    assert Contact.objects.get().task == "Travel"
    client.post(f"{base}{contact.pk}/remove/")
    assert Contact.objects.count() == 0
    assert client.get(f"{base}{2**70}/").status_code in (404, 400)


def test_the_last_coordinator_is_told_why_they_cannot_leave(programme, client_of, cleo):
    held = programme.appointments.get()
    address = reverse("office:dismiss", args=[programme.slug, held.pk])
    answer = client_of(cleo).post(address, follow=True)
    assert "The last coordinator cannot leave." in answer.content.decode()
    assert programme.appointments.filter(ended_at__isnull=True).count() == 1


def test_somebody_is_appointed_by_address_and_dismissed(programme, client_of, cleo, dan):
    client = client_of(cleo)
    client.post(reverse("office:appoint", args=[programme.slug]), {"email": dan.email, "post": "reviewer"})
    held = programme.appointments.get(account=dan)
    assert held.post == Post.REVIEWER
    client.post(reverse("office:dismiss", args=[programme.slug, held.pk]))
    assert list(Programme.objects.run_by(dan)) == []


def section(client, programme, name, **changed):
    """Send a section of the blueprint back as its page gives it, with some values changed."""
    address = reverse("office:blueprint_section", args=[programme.slug, name])
    form = client.get(address).context["form"]
    given = {key: form[key].value() for key in form.fields}
    given = {key: value for key, value in given.items() if value is not False and value is not None} | changed
    return client.post(address, {key: value for key, value in given.items() if value is not None})


@pytest.mark.parametrize("name", ["names", "criteria", "commitments", "scores", "matching", "exchange"])
def test_a_section_sent_back_as_it_came_changes_no_value(name, programme, client_of, cleo):
    before = programme.plan
    assert section(client_of(cleo), programme, name).status_code == 302
    assert Programme.objects.get().plan == before


def test_a_criterion_is_switched_off_and_on_again_with_its_parameters(programme, client_of, cleo):
    client, before = client_of(cleo), programme.plan
    section(client, programme, "criteria", **{"criteria-3-on": None})
    without = [criterion.rule for criterion in Programme.objects.get().plan.criteria]
    assert without.count("took_part_recently") == 0
    # What is off stands last.
    last = len(without)
    section(
        client, programme, "criteria", **{f"criteria-{last}-on": "on", f"criteria-{last}-params-years": "4"}
    )
    back = [one for one in Programme.objects.get().plan.criteria if one.rule == "took_part_recently"]
    assert back[0].params == {**before.criteria[3].params, "years": 4}


def test_regions_are_chosen_by_name(programme, client_of, cleo):
    client = client_of(cleo)
    shown = client.get(reverse("office:blueprint_section", args=[programme.slug, "criteria"])).text
    assert "Central &amp; Eastern Europe &amp; Central Asia" in shown
    assert (
        section(client, programme, "criteria", **{"criteria-1-params-regions": ["mena", "ssa"]}).status_code
        == 302
    )
    params = [one.params for one in Programme.objects.get().plan.criteria if one.rule == "in_region"]
    assert [one["regions"] for one in params] == [("mena", "ssa"), ("cee_ca",)]
    refused = section(client, programme, "criteria", **{"criteria-1-params-regions": ["moon"]})
    assert refused.status_code == 422


def test_values_of_matching_and_visits_are_changed_in_the_browser(programme, client_of, cleo):
    client = client_of(cleo)
    section(client, programme, "matching", **{"matching-weights-topic": "80", "matching-answer_days": "10"})
    section(client, programme, "exchange", **{"exchange-max_days": "6", "costs-3-covered": None})
    plan = Programme.objects.get().plan
    assert (plan.matching.weights["topic"], plan.matching.answer_days) == (80, 10)
    assert (plan.exchange.max_days, plan.costs[3].covered) == (6, False)


def test_values_that_do_not_agree_are_refused_with_their_place(programme, client_of, cleo):
    before = programme.plan
    answer = section(client_of(cleo), programme, "exchange", **{"exchange-max_days": "2"})
    assert answer.status_code == 422
    assert "exchange.max_days: This is less than the lowest, 3." in answer.content.decode()
    assert Programme.objects.get().plan == before


def uploaded(client, programme, text):
    address = reverse("office:blueprint_upload", args=[programme.slug])
    sent = SimpleUploadedFile("edited.toml", text.encode())
    return client.post(address, {"file": sent, "version": programme.version})


def test_a_downloaded_blueprint_is_edited_and_handed_in_again(programme, client_of, cleo):
    client = client_of(cleo)
    text = client.get(reverse("office:blueprint_download", args=[programme.slug])).content.decode()
    edited_text = text.replace("answer_days = 7", "answer_days = 9").replace(
        "answer_days = 9", "answer_days = 9"
    )
    assert edited_text == write_toml(blueprint_of(programme)).replace("answer_days = 7", "answer_days = 9")
    answer = uploaded(client, programme, "# mine\n" + edited_text)
    assert answer.status_code == 302
    assert Programme.objects.get().pages.count() == 6


def test_every_mistake_in_an_uploaded_blueprint_is_listed_and_nothing_changes(programme, client_of, cleo):
    text = write_toml(programme.plan).replace('currency = "EUR"', 'currency = "euro"')
    text = text.replace('rule = "in_region"', 'rule = "Not a key"').replace(
        "evidence_min = 1", "evidence = 1"
    )
    answer = uploaded(client_of(cleo), programme, text)
    found = " ".join(answer.context["form"].errors["file"])
    assert answer.status_code == 422
    for place in ("currency:", "criteria.1.rule:", "criteria.6.rule:", "report.evidence:"):
        assert place in found
    assert Programme.objects.get().version == programme.version
    assert [entry.verb for entry in Entry.objects.about(programme)] == ["create", "appoint coordinator"]


@pytest.mark.parametrize("text", ["\x00", "key = ", "[[[", "", "a = 1\n" * 50])
def test_what_is_no_blueprint_is_refused_in_words(text, programme, client_of, cleo):
    assert uploaded(client_of(cleo), programme, text).status_code == 422
