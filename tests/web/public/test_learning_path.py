"""The learning path as anyone reads it, and as somebody who is on it."""

import pytest
from django.urls import reverse

from talka.learning.actions import complete_module, edit_module, retire_module, suggest_change
from talka.learning.models import Module
from tests.learning.learning_samples import accept, make_cohort, make_path, make_programme
from tests.web.office.office_samples import make_programme as make_exchange

pytestmark = pytest.mark.django_db

PATH = reverse("public:modules", args=["mentorship"])
IMPACT = reverse("public:module", args=["mentorship", "impact"])


@pytest.fixture
def path(cleo, now):
    return make_path(cleo, now)


def test_a_programme_without_modules_in_its_blueprint_has_no_such_page(client, cleo, now):
    programme = make_exchange(cleo, now)
    assert client.get(reverse("public:modules", args=[programme.slug])).status_code == 404


def test_before_the_modules_are_taken_over_the_page_says_so(client, client_of, cleo, dan, now):
    make_programme(cleo, now)
    for_anyone = client.get(PATH).text
    for_cleo = client_of(cleo).get(PATH).text
    assert "No module is there yet." in for_anyone
    assert ("Take over the modules" in for_anyone, "Take over the modules" in for_cleo) == (False, True)


def test_anyone_reads_the_modules_in_their_units(path, client):
    page = client.get(PATH).text
    order = [page.index(words) for words in ("Unit 0: Introduction", "Unit 2: Logic models", "Unit 3:")]
    assert (order, page.count("<h2"), "modules done" in page) == (sorted(order), 4, False)


def test_who_is_signed_in_sees_how_far_they_are_in_words_and_as_a_bar(path, client_of, dan, now):
    _programme, modules = path
    complete_module(module=modules["introduction"], by=dan, now=now)
    page = client_of(dan).get(PATH).text
    assert "1 of 6 modules done" in page
    assert '<progress id="progress-of-path" value="1" max="6">' in page
    assert "Go on with the next one" in page


def test_the_page_asks_as_often_however_many_modules_there_are(
    path, client_of, cleo, dan, now, django_assert_max_num_queries
):
    client = client_of(dan)
    with django_assert_max_num_queries(9):
        client.get(PATH)


def test_a_module_says_who_maintains_it_or_that_nobody_does(path, client, bo):
    assert "Nobody maintains this module at the moment." in client.get(IMPACT).text
    Module.objects.filter(key="impact").update(maintainer=bo)
    page = client.get(IMPACT).text
    assert ("Bo maintains this module." in page, bo.email in page) == (True, False)


def test_its_text_is_drawn_and_cleaned(path, client, cleo, now):
    words = {"body": {"en": "**Count** what changed. <script>alert(1)</script>"}}
    edit_module(module=path[1]["impact"], words=words, version=1, by=cleo, now=now)
    page = client.get(IMPACT).text
    assert ("<strong>Count</strong>" in page, "<script>alert" in page) == (True, False)


def test_a_retired_module_is_gone_for_all_but_its_coordinators(path, client_of, dan, cleo, now):
    retire_module(module=path[1]["impact"], by=cleo, now=now)
    assert [client_of(reader).get(IMPACT).status_code for reader in (dan, cleo)] == [404, 200]


def test_marking_and_taking_back(path, client_of, dan):
    client, module = client_of(dan), path[1]["impact"]
    done = client.post(reverse("desk:module_done", args=[module.pk]), follow=True)
    assert ("Done: Evaluating impact." in done.text, "1 of 6 modules done" in done.text) == (True, True)
    back = client.post(reverse("desk:module_undone", args=[module.pk]), follow=True)
    assert ("0 of 6 modules done" in back.text, "I have done this module" in back.text) == (True, True)


def test_who_takes_part_suggests_and_follows_what_became_of_it(path, client_of, cleo, ada, now):
    programme, modules = path
    accept(make_cohort(programme, cleo, now), ada, now)
    client, address = client_of(ada), reverse("desk:module_suggest", args=[modules["impact"].pk])
    empty = client.post(address, {"text": " "})
    sent = client.post(address, {"text": "Say it shorter."}, follow=True)
    assert (empty.status_code, "Say it shorter." in sent.text, "Suggested" in sent.text) == (422, True, True)


def test_strangers_are_offered_no_suggestion(path, client_of, dan):
    client = client_of(dan)
    assert "Suggest a change" not in client.get(IMPACT).text
    address = reverse("desk:module_suggest", args=[path[1]["impact"].pk])
    assert client.post(address, {"text": "No"}).status_code == 403


def test_who_maintains_a_module_answers_on_the_desk(path, client_of, ada, bo, now):
    Module.objects.filter(key="impact").update(maintainer=bo)
    module = Module.objects.get(key="impact")
    suggestion = suggest_change(module=module, text="Shorter.", by=ada, now=now)
    client, page = client_of(bo), suggestion.get_absolute_url()
    assert "somebody suggests a change to “Evaluating impact”" in client.get(reverse("desk:home")).text
    silent = client.post(page, {"verdict": "set_aside", "answer": ""})
    assert (silent.status_code, "Say in a few words why" in silent.text) == (422, True)
    client.post(page, {"verdict": "set_aside", "answer": "It is short."})
    suggestion.refresh_from_db()
    assert (suggestion.status, suggestion.answered_by) == ("set_aside", bo)
    client.post(reverse("desk:suggestion_reopen", args=[suggestion.pk]))
    suggestion.refresh_from_db()
    assert suggestion.status == "suggested"


def test_who_maintains_a_module_changes_its_text_and_the_slower_gets_both(path, client_of, bo, cleo, now):
    Module.objects.filter(key="impact").update(maintainer=bo)
    module = Module.objects.get(key="impact")
    client, page = client_of(bo), reverse("desk:module", args=[module.pk])
    assert client.get(page).status_code == 200
    edit_module(module=module, words={"body": {"en": "Theirs"}}, version=1, by=cleo, now=now)
    late = client.post(page, {"body__en": "Mine", "minutes": "20", "version": "1"})
    assert (late.status_code, "Theirs" in late.text, "Mine" in late.text) == (409, True, True)
    saved = client.post(page, {"body__en": "Both", "minutes": "20", "version": "2"})
    module.refresh_from_db()
    assert (saved.status_code, module.body, module.minutes, module.name) == (
        302,
        {"en": "Both"},
        20,
        {"en": "Evaluating impact", "ar": "تقييم الأثر"},
    )


def test_the_desk_lists_the_path_with_how_far_one_is(path, client_of, dan, now):
    complete_module(module=path[1]["impact"], by=dan, now=now)
    page = client_of(dan).get(reverse("desk:home")).text
    assert ("Learning path: Wikipedia" in page, "1 of 6 modules done" in page) == (True, True)
