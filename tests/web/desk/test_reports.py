"""The report of one side, in the browser."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from talka.forms.merging import mark
from talka.reports.models import Report
from tests.reports.report_samples import (
    AFTER,
    ANSWERS,
    drawn_photo,
    fresh,
    make_accepted,
    make_cycle,
    make_exchange,
    make_photo,
    make_visited,
    write_report,
)

AUTOSAVE = {"X-Talka-Autosave": "1"}
STEP = {"text": "Do it again", "owner": "Ada", "due_on": "2028-01-15"}


@pytest.fixture
def cycle(cleo, now):
    return make_cycle(cleo, now)


@pytest.fixture
def report(cycle, ada, bo, now):
    """Return Ada's report."""
    return make_visited(cycle, ada.community, bo.community, now)[1]


def at(name, record):
    return reverse(f"desk:{name}", args=[record.pk])


def sent(answers):
    return {key: str(value).lower() if isinstance(value, bool) else value for key, value in answers.items()}


def test_only_its_side_reads_and_writes_a_report(report, client_of, ada, bo, cleo, dan):
    found = {who.name: client_of(who).get(at("report", report)).status_code for who in (ada, bo, cleo, dan)}
    assert found == {"Ada": 200, "Bo": 404, "Cleo": 404, "Dan": 404}


def test_a_stranger_is_asked_to_sign_in(report, client):
    assert client.get(at("report", report)).status_code == 302


@pytest.mark.parametrize("name", ["report_answers", "report_submit", "photo_add", "step_add"])
def test_nobody_else_changes_a_report(report, client_of, bo, cleo, dan, name):
    found = [client_of(who).post(at(name, report), STEP).status_code for who in (bo, cleo, dan)]
    assert (found, report.next_steps.count()) == ([404] * 3, 0)


def test_answers_are_saved_as_a_draft(report, client_of, ada):
    answer = client_of(ada).post(at("report_answers", report), sent(ANSWERS))
    assert (answer.status_code, fresh(report).sheet.answers["story"]) == (302, ANSWERS["story"])


def test_the_page_saves_by_itself(report, client_of, ada):
    answer = client_of(ada).post(at("report_answers", report), {"learned": "Much."}, headers=AUTOSAVE)
    told = answer.json()
    assert (answer.status_code, told["problems"], told["seen"]["learned"]) == (200, [], mark("Much."))
    assert fresh(report).sheet.answers["learned"] == "Much."


def test_whoever_goes_on_writing_is_not_in_their_own_way(report, client_of, ada):
    client, marks = client_of(ada), {"seen-learned": ""}
    for text in ("Much.", "Much more.", "Much more than we thought."):
        answer = client.post(at("report_answers", report), {"learned": text} | marks, headers=AUTOSAVE)
        assert answer.status_code == 200
        marks |= {f"seen-{key}": one for key, one in answer.json()["seen"].items() if key == "learned"}
    assert fresh(report).sheet.answers["learned"] == "Much more than we thought."


def test_the_script_hears_the_same_of_a_report_as_of_an_application(report, client_of, ada):
    answer = client_of(ada).post(at("report_answers", report), {"learned": "Much."}, headers=AUTOSAVE)
    assert set(answer.json()) == {"saved", "problems", "seen", "address", "place", "gaps"}


def test_what_two_people_wrote_is_both_on_the_page(report, client_of, ada):
    client = client_of(ada)
    marks = {"seen-learned": ""}
    client.post(at("report_answers", report), {"learned": "First text."} | marks)
    page = client.post(at("report_answers", report), {"learned": "Second text."} | marks)
    assert page.status_code == 409
    assert ("First text." in page.text, "Second text." in page.text) == (True, True)


def test_an_incomplete_report_is_not_handed_in_and_the_page_says_why(report, client_of, ada):
    page = client_of(ada).post(at("report_submit", report))
    assert (page.status_code, fresh(report).status) == (422, "draft")
    missing = re.findall(r'<li><a href="#(.+?)">(.+?)</a></li>', page.text)
    assert missing == [
        ("id_what_happened", "What did you do together?"),
        ("id_goals_met_0", "In your own view, were the learning goals met?"),
        ("id_goals_reasons", "How can you tell?"),
        ("id_learned", "What did you learn?"),
        ("id_went_badly", "What went badly, or would you do differently?"),
        ("id_story_consent_0", "May we publish the story and your advice with the name of your community?"),
        ("photos", "Photos of the visit: at least 1"),
        ("steps", "Next steps with a name and a day: at least 1"),
    ]
    assert all(f'id="{place}"' in page.text for place, _ in missing)


def test_a_photo_is_added_shown_to_its_side_and_to_nobody_else(report, client_of, ada, bo, cleo):
    file = SimpleUploadedFile("us.jpg", drawn_photo(), "image/jpeg")
    words = {"photo": file, "caption": "Us <b>", "author": "Eve", "licence": "cc0-1.0"}
    assert client_of(ada).post(at("photo_add", report), words).status_code == 302
    photo = report.evidence.get()
    assert (photo.caption, photo.has_consent) == ("Us <b>", False)
    picture = client_of(ada).get(at("photo_thumbnail", photo))
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/webp")
    assert len(b"".join(picture)) > 50
    assert [client_of(who).get(at("photo_file", photo)).status_code for who in (bo, cleo)] == [404, 404]


def test_what_is_no_photo_is_refused_beside_the_field_and_the_words_are_kept(report, client_of, ada):
    file = SimpleUploadedFile("us.jpg", b"%PDF-1.7", "image/jpeg")
    words = {"photo": file, "caption": "My caption", "author": "Eve", "licence": "cc0-1.0"}
    page = client_of(ada).post(at("photo_add", report), words)
    assert (page.status_code, report.evidence.count()) == (422, 0)
    assert ("is no photo that we can take" in page.text, "My caption" in page.text) == (True, True)


def test_a_next_step_is_added_and_one_before_the_visit_is_refused(report, client_of, ada):
    client = client_of(ada)
    assert client.post(at("step_add", report), STEP).status_code == 302
    page = client.post(at("step_add", report), STEP | {"due_on": "2027-09-09"})
    assert (page.status_code, report.next_steps.count()) == (422, 1)
    assert "A next step is for after the visit" in page.text


def test_the_slower_of_two_who_change_a_step_sees_both_texts(report, client_of, ada):
    client = client_of(ada)
    client.post(at("step_add", report), STEP)
    address = at("step_edit", report.next_steps.get())
    client.post(address, STEP | {"text": "The first text", "version": 1})
    page = client.post(address, STEP | {"text": "The second text", "version": 1})
    assert page.status_code == 409
    assert ("The first text" in page.text, "The second text" in page.text) == (True, True)
    assert client.post(address, STEP | {"text": "Both texts", "version": 2}).status_code == 302
    assert report.next_steps.get().text == "Both texts"


def test_a_complete_report_is_handed_in(report, client_of, ada):
    write_report(report, ada, AFTER)
    assert client_of(ada).post(at("report_submit", report)).status_code == 302
    assert fresh(report).status == "submitted"
    page = client_of(ada).post(at("report_answers", report), {"learned": "Too late, but typed."})
    assert (page.status_code, "Too late, but typed." in page.text) == (422, True)


def test_an_accepted_photo_can_lose_its_consent(cycle, client_of, ada, bo, cleo, now):
    _, report, theirs = make_accepted(cycle, ada.community, bo.community, now, by=cleo)
    client = client_of(ada)
    codes = [client.post(at("consent_withdraw", one.evidence.get())).status_code for one in (report, theirs)]
    assert codes == [302, 404]
    assert [one.evidence.get().has_consent for one in (report, theirs)] == [False, True]


def test_a_follow_up_is_answered_by_its_side(cycle, client_of, ada, bo, cleo, now):
    _, report, _ = make_accepted(cycle, ada.community, bo.community, now, by=cleo)
    follow_up, step = report.follow_ups.get(months=3), report.next_steps.get()
    assert [client_of(who).get(at("follow_up", follow_up)).status_code for who in (bo, cleo)] == [404, 404]
    client = client_of(ada)
    page = client.post(at("follow_up", follow_up), {f"status_{step.pk}": "dropped", "note": "Hm."})
    assert (page.status_code, "Say in a few words why" in page.text) == (422, True)
    given_up = {f"status_{step.pk}": "dropped", f"reason_{step.pk}": "No room.", "note": "Hm."}
    assert client.post(at("follow_up", follow_up), given_up).status_code == 302
    assert (fresh(step).status, fresh(follow_up).note) == ("dropped", "Hm.")
    assert client.post(at("follow_up", follow_up), {"note": "Again."}).status_code == 409


def test_a_side_says_that_the_visit_is_over_but_not_before(cycle, client_of, ada, bo, dan, now):
    exchange = make_exchange(cycle, ada.community, bo.community, now)
    assert client_of(dan).post(at("visit_finish", exchange)).status_code == 404
    # By the tests' real clock the visit of 2027 may be past or to come; one long past is over.
    type(exchange.plan).objects.filter(exchange=exchange).update(starts_on="2020-01-01", ends_on="2020-01-04")
    assert client_of(ada).post(at("visit_finish", exchange)).status_code == 302
    assert Report.objects.filter(exchange=exchange).count() == 2


def test_the_page_takes_as_many_queries_with_many_photos(
    report, client_of, ada, django_assert_max_num_queries
):
    client = client_of(ada)
    for _ in range(12):
        make_photo(report, AFTER)
    with django_assert_max_num_queries(22):
        assert client.get(at("report", report)).status_code == 200
