"""The office's pages of calls and of the form editor."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from talka.forms.models import Form, Sheet
from talka.kernel.windows import zone
from talka.letters.models import Letter
from talka.programmes.actions import appoint
from tests.applications.open_call import begin, cycle, mentee_call, mentor_call  # noqa: F401


@pytest.fixture
def office(client_of, cleo, mentee_call, monkeypatch, now):  # noqa: F811
    """Return Cleo's client, in the middle of the window."""
    monkeypatch.setattr(timezone, "now", lambda: now)
    return client_of(cleo)


def address(name, *args):
    return reverse(f"office:{name}", args=args)


def pages(call):
    form = call.form
    return [
        address("call", call.pk),
        address("form", form.pk),
        address("form_preview", form.pk),
        address("form_section", form.pk, 0),
        address("form_question", form.pk, 0, 0),
    ]


def test_pages_open_for_coordinators_only(client_of, ada, cleo, dan, mentee_call, cycle, now):  # noqa: F811
    appoint(programme=cycle.programme, account=ada, post="reviewer", by=cleo, now=now)
    for page in pages(mentee_call):
        seen = {person.name: client_of(person).get(page).status_code for person in (ada, cleo, dan)}
        assert (page, seen) == (page, {"Ada": 403, "Cleo": 200, "Dan": 404})


def test_a_window_is_meant_on_the_clock_of_its_zone(office, mentee_call):  # noqa: F811
    data = {"zone": "AoE", "opens": "2027-03-01T00:00", "closes": "2027-04-01T00:00", "form": "mentee"}
    answer = office.post(address("call", mentee_call.pk), {**data, "version": mentee_call.version})
    mentee_call.refresh_from_db()
    assert answer.status_code == 302
    assert mentee_call.closes_at == datetime(2027, 4, 1, tzinfo=zone("AoE"))
    assert mentee_call.closes_at - mentee_call.opens_at == timedelta(days=31)


def test_a_window_over_the_change_to_summer_time_keeps_its_clock(office, mentee_call):  # noqa: F811
    data = {"zone": "Europe/Warsaw", "opens": "2027-03-27T12:00", "closes": "2027-03-28T12:00"}
    office.post(address("call", mentee_call.pk), {**data, "form": "mentee", "version": mentee_call.version})
    mentee_call.refresh_from_db()
    assert mentee_call.closes_at == datetime(2027, 3, 28, 12, tzinfo=ZoneInfo("Europe/Warsaw"))
    assert mentee_call.closes_at - mentee_call.opens_at == timedelta(hours=23)
    assert timezone.localtime(mentee_call.closes_at).hour == 10


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("zone", "Europe/Atlantis"),
        ("opens", "yesterday"),
        ("closes", "2027-02-01T00:00"),
        ("closes", "9999-01-01T00:00"),
        ("form", "forged"),
    ],
)
def test_a_wrong_window_is_told_and_not_kept(office, mentee_call, field, value):  # noqa: F811
    before = (mentee_call.opens_at, mentee_call.closes_at)
    data = {"zone": "UTC", "opens": "2027-03-01T00:00", "closes": "2027-04-01T00:00", "form": "mentee"}
    answer = office.post(
        address("call", mentee_call.pk), {**data, "version": mentee_call.version, field: value}
    )
    mentee_call.refresh_from_db()
    assert answer.status_code == 422
    assert (mentee_call.opens_at, mentee_call.closes_at) == before


def test_the_slower_of_two_coordinators_sees_both_windows(office, mentee_call):  # noqa: F811
    data = {"zone": "UTC", "opens": "2027-03-01T00:00", "closes": "2027-04-01T00:00", "form": "mentee"}
    old = {**data, "version": mentee_call.version}
    office.post(address("call", mentee_call.pk), {**old, "closes": "2027-04-11T00:00"})
    answer = office.post(address("call", mentee_call.pk), {**old, "closes": "2027-04-22T00:00"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "11 April 2027" in page and "2027-04-22T00:00" in page


def test_an_extension_writes_to_everybody_with_a_draft(office, ada, mentee_call, now):  # noqa: F811
    begin(mentee_call, ada, now)
    data = {"until": "2027-04-15T00:00", "note": "Easter came in between."}
    office.post(address("call_extend", mentee_call.pk), data)
    mentee_call.refresh_from_db()
    assert mentee_call.closes_at == datetime(2027, 4, 15, tzinfo=ZoneInfo("Europe/Warsaw"))
    (letter,) = Letter.objects.filter(key="call_extended")
    assert (letter.email, "Easter came in between." in letter.body) == (ada.email, True)
    assert "14 April 2027, 23:59 (Europe/Warsaw)" in letter.body


def test_an_extension_to_an_earlier_moment_is_refused(office, mentee_call):  # noqa: F811
    data = {"until": "2027-03-15T00:00", "note": "No."}
    assert office.post(address("call_extend", mentee_call.pk), data).status_code == 422


def change(client, form, do, **places):
    newest = form.versions.latest("number")
    version = newest.version if newest.published_at is None else 1
    return client.post(address("form_change", form.pk), {"do": do, "version": version, **places})


def labels(form):
    newest = form.versions.latest("number")
    return [
        [question["key"] for question in section["questions"]] for section in newest.definition["sections"]
    ]


def test_a_form_is_changed_in_a_draft_and_published_as_a_new_version(
    office,
    ada,
    mentee_call,  # noqa: F811
    now,
):
    form = mentee_call.form
    application = begin(mentee_call, ada, now)
    before = labels(form)
    change(office, form, "add_question", section=0)
    data = {
        "label__en": "How old is your community?",
        "key": "age",
        "kind": "number",
        "minimum": "0",
        "version": form.versions.latest("number").version,
    }
    assert office.post(address("form_question", form.pk, 0, 4), data).status_code == 302
    assert office.post(address("form_publish", form.pk)).status_code == 302
    newest = form.versions.latest("number")
    assert (newest.number, newest.published_at, labels(form)[0]) == (2, now, [*before[0], "age"])
    # What was begun before keeps its version.
    assert Sheet.objects.get(application=application).form_version.number == 1


def test_a_question_with_options_in_two_languages_is_kept(office, mentee_call):  # noqa: F811
    form = mentee_call.form
    data = {
        "label__en": "Which colour?",
        "key": "colour",
        "kind": "one_of",
        "options__en": "red | Red\ngreen | Green",
        "options__ar": "red | أحمر",
        "version": 1,
    }
    assert office.post(address("form_question", form.pk, 0, 0), data).status_code == 302
    question = form.versions.latest("number").definition["sections"][0]["questions"][0]
    assert question["options"] == [
        {"key": "red", "label": {"en": "Red", "ar": "أحمر"}},
        {"key": "green", "label": {"en": "Green"}},
    ]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("options__en", "red | Red", "A choice needs at least two options."),
        ("key", "Not a key", "A key has small letters, digits and underscores, and begins with a letter."),
        ("minimum", "3", "This kind of question has no such limit."),
        ("label__en", "", "Give the text in at least one language."),
    ],
)
def test_a_wrong_question_is_told_and_what_was_typed_stays(office, mentee_call, field, value, words):  # noqa: F811
    data = {
        "label__en": "Which colour, exactly?",
        "key": "colour",
        "kind": "one_of",
        "options__en": "red | Red\ngreen | Green",
        "version": 1,
    }
    answer = office.post(address("form_question", mentee_call.form.pk, 0, 0), {**data, field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert (words in page and 'value="colour"' in page) or field == "key"


def test_a_preview_shows_the_question_and_keeps_nothing(office, mentee_call):  # noqa: F811
    form = mentee_call.form
    data = {"label__en": "A question under way", "key": "new", "kind": "short", "version": 1}
    page = address("form_question", form.pk, 0, 0)
    with_button = office.post(page, {**data, "preview": "yes"}).content.decode()
    with_script = office.post(page, data, HTTP_HX_REQUEST="true").content.decode()
    assert '<label class="cdx-label__label" for="id_preview-new">' in with_button
    assert "A question under way" in with_script and "<html" not in with_script
    assert form.versions.count() == 1


def test_questions_and_sections_are_moved_and_removed(office, mentee_call):  # noqa: F811
    form = mentee_call.form
    first, second, *_rest = labels(form)
    change(office, form, "question_down", section=0, question=len(first) - 1)
    assert labels(form)[:2] == [first[:-1], [first[-1], *second]]
    change(office, form, "section_up", section=1)
    assert labels(form)[0] == [first[-1], *second]
    change(office, form, "remove_question", section=0, question=0)
    assert labels(form)[0] == second


def test_the_slower_of_two_editors_is_told(office, mentee_call):  # noqa: F811
    form = mentee_call.form
    answers = [
        office.post(address("form_change", form.pk), {"do": "add_section", "version": 1}) for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [302, 409]


def test_an_unfinished_form_is_kept_but_not_published(office, mentee_call):  # noqa: F811
    form = mentee_call.form
    change(office, form, "add_section")
    office.post(address("form_publish", form.pk))
    assert form.versions.filter(published_at__isnull=False).count() == 1
    assert "There must be at least one of these." in office.get(address("form", form.pk)).content.decode()
    office.post(address("form_drop", form.pk))
    assert form.versions.count() == 1


def test_forms_are_named_after_what_the_blueprint_asks_with_them(cycle):  # noqa: F811
    Form.objects.create(cycle=cycle, key="a_spare_one")
    names = {form.key: str(form) for form in cycle.forms.all()}
    assert names == {
        "mentee": "Mentee community",
        "mentor": "Mentor community",
        "report": "Report on a visit",
        "a_spare_one": "A spare one",
    }


def test_titles_name_forms_and_questions_as_people_do(office, mentee_call):  # noqa: F811
    titles = [
        re.search("<title>(.*?)</title>", office.get(page).text, re.DOTALL)[1] for page in pages(mentee_call)
    ]
    assert titles == [
        "Call: Mentee community, 2027 – Talka",
        "Form: Mentee community, 2027 – Talka",
        "Preview of the form Mentee community – Talka",
        "A section: Mentee community – Talka",
        "A question: Tell us about your community, Mentee community – Talka",
    ]
