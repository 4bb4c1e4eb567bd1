"""An applicant's pages, as each kind of person."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from talka.applications.actions import invite_partner, name_partner
from talka.applications.models import Application
from talka.forms.merging import mark
from talka.letters.models import Letter
from tests.applications.open_call import COMMITMENTS, GOAL, begin, fill_in
from tests.conftest import make_account, make_representative
from tests.matching.people_world import apply_alone, make_cohort

AUTOSAVE = {"HTTP_X_TALKA_AUTOSAVE": "1"}


@pytest.fixture
def at(monkeypatch, now):
    """Return a function that sets the clock; it starts in the middle of the window."""

    def set_clock(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    set_clock(now)
    return set_clock


@pytest.fixture
def draft(mentee_call, ada, now, at):
    """Return the draft of Ada's community."""
    return begin(mentee_call, ada, now)


def address(name, *args):
    return reverse(f"desk:{name}", args=args)


def test_a_community_begins_one_draft_however_often_the_button_is_pressed(client_of, ada, mentee_call, at):
    client = client_of(ada)
    start = address("start", mentee_call.pk)
    assert client.get(start).status_code == 200
    answers = [client.post(start, {"applicant": ada.community.pk}) for _ in range(2)]
    application = Application.objects.get()
    assert [answer["Location"] for answer in answers] == [application.get_absolute_url()] * 2


def test_an_individual_is_told_why_not_and_what_to_do(client_of, dan, mentee_call, at):
    page = client_of(dan).get(address("start", mentee_call.pk)).content.decode()
    assert "not for individuals acting alone" in page
    assert "Find your community" in page


def test_nobody_begins_for_a_community_of_others(client_of, ada, bo, mentee_call, at):
    answer = client_of(ada).post(address("start", mentee_call.pk), {"applicant": bo.community.pk})
    assert answer.status_code == 422
    assert Application.objects.count() == 0


def test_an_application_is_seen_by_its_own_and_by_no_stranger(client_of, ada, bo, cleo, dan, draft):
    page = draft.get_absolute_url()
    seen = {person.name: client_of(person).get(page).status_code for person in (ada, bo, cleo, dan)}
    assert seen == {"Ada": 200, "Bo": 404, "Cleo": 404, "Dan": 404}


def test_only_who_acts_for_a_community_reads_that_others_may_write_too(client_of, ada, cleo, dan, draft, now):
    alone = apply_alone(make_cohort(cleo, now), "mentee", dan, now, status="draft")
    shared, own = (
        client_of(person).get(one.get_absolute_url()).content.decode()
        for person, one in ((ada, draft), (dan, alone))
    )
    assert "Several representatives of your community" in shared
    assert "Several representatives" not in own


def test_a_visitor_is_asked_to_sign_in(client, draft):
    answer = client.get(draft.get_absolute_url())
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("public:sign_in"))


def test_answers_are_saved_with_the_button(client_of, ada, draft):
    data = {"profile": "We are twelve.", "topics-0-capacity": "fundraising", "topics-0-level": "2"}
    answer = client_of(ada).post(address("application_answers", draft.pk), data)
    draft.sheet.refresh_from_db()
    assert answer["Location"] == draft.get_absolute_url() + "#answers"
    assert draft.sheet.answers["profile"] == "We are twelve."
    assert draft.sheet.answers["topics"] == [{"capacity": "fundraising", "level": 2}]


def test_what_cannot_be_read_keeps_what_was_typed_and_saves_the_rest(client_of, ada, draft):
    data = {"profile": "We are twelve.", "languages-0-language": "Klingonian", "languages-0-level": "3"}
    answer = client_of(ada).post(address("application_answers", draft.pk), data)
    draft.sheet.refresh_from_db()
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“Klingonian” is no language that we know." in page
    assert 'value="Klingonian"' in page
    assert draft.sheet.answers["profile"] == "We are twelve."


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("profile", "x" * 200_000),
        ("profile", "\x01\x02"),
        ("size", "forged"),
        ("topics-0-capacity", "forged"),
        ("dates-0-starts_on", "2027-02-30"),
        ("has_passport", "maybe"),
    ],
)
def test_odd_input_gets_a_sentence_and_no_error(client_of, ada, draft, field, value):
    data = {field: value, "topics-0-level": "1"} if field.startswith("topics") else {field: value}
    answer = client_of(ada).post(address("application_answers", draft.pk), data)
    assert answer.status_code == 422
    assert "cdx-message--error" in answer.content.decode()


def test_a_script_saves_without_a_page_and_hears_what_is_left(client_of, ada, draft):
    answer = client_of(ada).post(
        address("application_answers", draft.pk), {"profile": "We are twelve."}, **AUTOSAVE
    )
    told = answer.json()
    assert answer.status_code == 200
    assert (told["saved"], told["problems"]) == ("12:00", [])
    assert told["seen"]["profile"] == mark("We are twelve.")
    places = [gap["place"] for gap in told["gaps"]]
    assert [place for place in places if not place.startswith("id_")] == ["goals"]
    page = client_of(ada).get(address("application", draft.pk)).text
    assert [place for place in places if f'id="{place}"' not in page] == []


def test_two_representatives_who_write_different_answers_both_keep_theirs(client_of, ada, draft):
    eva = make_account("eva")
    make_representative(eva, ada.community)
    save = address("application_answers", draft.pk)
    blank = {"seen-profile": "", "seen-anything_else": ""}
    client_of(ada).post(save, {**blank, "profile": "Ada’s words.", "anything_else": ""})
    client_of(eva).post(save, {**blank, "profile": "", "anything_else": "Eva’s words."})
    draft.sheet.refresh_from_db()
    assert draft.sheet.answers["profile"] == "Ada’s words."
    assert draft.sheet.answers["anything_else"] == "Eva’s words."


def test_two_representatives_who_write_the_same_answer_see_both_texts(client_of, ada, draft):
    eva = make_account("eva")
    make_representative(eva, ada.community)
    save = address("application_answers", draft.pk)
    client_of(ada).post(save, {"seen-profile": "", "profile": "Ada’s words."})
    answer = client_of(eva).post(save, {"seen-profile": "", "profile": "Eva’s words."})
    draft.sheet.refresh_from_db()
    page = answer.content.decode()
    assert answer.status_code == 409
    assert draft.sheet.answers["profile"] == "Ada’s words."
    assert "Ada’s words." in page and "Eva’s words." in page
    # Having seen both, Eva's next save counts.
    again = {"seen-profile": mark("Ada’s words."), "profile": "Ada’s words. Eva’s words."}
    assert client_of(eva).post(save, again).status_code == 302
    draft.sheet.refresh_from_db()
    assert draft.sheet.answers["profile"] == "Ada’s words. Eva’s words."


def test_goals_are_added_changed_and_removed(client_of, ada, draft):
    client = client_of(ada)
    told = client.post(address("goal_add", draft.pk), GOAL, **AUTOSAVE).json()
    goal = draft.goals.get()
    assert told["address"] == address("goal", draft.pk, goal.pk)
    client.post(told["address"], {**GOAL, "problem": "Another problem that holds us back."})
    goal.refresh_from_db()
    assert goal.problem == "Another problem that holds us back."
    client.post(address("goal_remove", draft.pk, goal.pk))
    assert draft.goals.count() == 0


def test_a_double_click_adds_one_goal(client_of, ada, draft):
    for _ in range(2):
        client_of(ada).post(address("goal_add", draft.pk), GOAL)
    assert draft.goals.count() == 1


def test_a_vague_goal_is_noticed_with_an_example_and_not_blocked(client_of, ada, draft):
    client_of(ada).post(address("goal_add", draft.pk), {**GOAL, "change": "Learn about events"})
    page = client_of(ada).get(draft.get_absolute_url()).content.decode()
    assert "We run a conference of 80 people ourselves" in page
    assert draft.goals.get().change == "Learn about events"


def test_the_format_and_the_commitments_are_saved(client_of, ada, draft):
    client = client_of(ada)
    client.post(address("application_format", draft.pk), {"format": "mentor_travels", "seen-format": ""})
    client.post(address("application_commitments", draft.pk), dict.fromkeys(COMMITMENTS, "on"))
    draft.refresh_from_db()
    accepted = set(draft.acceptances.values_list("commitment", flat=True))
    assert (draft.format, accepted) == ("mentor_travels", set(COMMITMENTS))


def test_an_incomplete_application_is_not_handed_in_and_says_what_is_missing(client_of, ada, draft):
    answer = client_of(ada).post(address("application_submit", draft.pk))
    draft.refresh_from_db()
    assert (answer.status_code, draft.status) == (422, "draft")
    assert "Write at least one learning goal." in answer.content.decode()


def test_a_double_click_hands_in_one_application_with_one_receipt(client_of, ada, draft, now):
    fill_in(draft, ada, now)
    answers = [client_of(ada).post(address("application_submit", draft.pk)) for _ in range(2)]
    draft.refresh_from_db()
    assert [answer.status_code for answer in answers] == [302, 302]
    assert draft.status == "submitted"
    assert Letter.objects.filter(key="application_received").count() == 1


@pytest.mark.parametrize(("seconds", "status"), [(-1, "submitted"), (0, "draft"), (1, "draft")])
def test_the_deadline_counts_to_the_second(client_of, ada, draft, now, at, seconds, status):
    fill_in(draft, ada, now)
    at(draft.call.closes_at + timedelta(seconds=seconds))
    client_of(ada).post(address("application_submit", draft.pk))
    draft.refresh_from_db()
    assert draft.status == status


def test_what_is_sent_after_the_deadline_is_refused_and_shown(client_of, ada, draft, at):
    at(draft.call.closes_at)
    answer = client_of(ada).post(address("application_answers", draft.pk), {"profile": "Too late."})
    draft.sheet.refresh_from_db()
    assert answer.status_code == 422
    assert "Too late." in answer.content.decode()
    assert draft.sheet.answers == {}


def test_a_handed_in_application_is_changed_but_stays_complete(client_of, ada, draft, now):
    fill_in(draft, ada, now)
    client = client_of(ada)
    client.post(address("application_submit", draft.pk))
    goal = draft.goals.get()
    answer = client.post(address("goal_remove", draft.pk, goal.pk))
    assert (answer.status_code, draft.goals.count()) == (422, 1)
    client.post(address("goal", draft.pk, goal.pk), {**GOAL, "problem": "A better description of it."})
    goal.refresh_from_db()
    assert goal.problem == "A better description of it."


def test_a_withdrawn_application_is_asked_about_first_and_may_be_begun_anew(
    client_of, ada, draft, mentee_call
):
    client = client_of(ada)
    assert client.get(address("application_withdraw", draft.pk)).status_code == 200
    client.post(address("application_withdraw", draft.pk))
    draft.refresh_from_db()
    assert draft.status == "withdrawn"
    client.post(address("start", mentee_call.pk), {"applicant": ada.community.pk})
    assert Application.objects.exclude(pk=draft.pk).get().status == "draft"


def test_a_partner_is_named_asked_and_confirms_with_an_application_of_its_own(
    client_of, ada, bo, draft, mentor_call
):
    client = client_of(ada)
    client.post(
        address("partner_name", draft.pk), {"community": "Wikimedia Graustark", "note": "We met in Lviv."}
    )
    client.post(address("partner_invite", draft.pk))
    draft.refresh_from_db()
    page = address("partner", draft.partner.pk)
    assert client_of(bo).get(page).status_code == 200
    answer = client_of(bo).post(address("partner_confirm", draft.partner.pk))
    own = Application.objects.get(call=mentor_call)
    draft.partner.refresh_from_db()
    assert (draft.partner.status, own.community) == ("confirmed", bo.community)
    assert answer["Location"] == own.get_absolute_url()
    assert client_of(ada).get(page).status_code == 404


def test_a_partner_that_was_only_named_sees_nothing_yet(client_of, ada, bo, draft):
    client_of(ada).post(address("partner_name", draft.pk), {"community": "Wikimedia Graustark", "note": ""})
    draft.refresh_from_db()
    assert client_of(bo).get(address("partner", draft.partner.pk)).status_code == 404


def test_the_desk_asks_for_what_is_pressing_and_shows_what_one_waits_for(client_of, ada, draft, now):
    words = "Finish the application of Wikimedians of Ruritania"
    assert words in client_of(ada).get(address("home")).content.decode()
    fill_in(draft, ada, now)
    client_of(ada).post(address("application_submit", draft.pk))
    page = client_of(ada).get(address("home")).content.decode()
    assert words not in page
    assert "Waiting for others" in page


def test_numbers_beyond_every_database_are_not_found(client_of, ada, at, db):
    assert client_of(ada).get(f"/desk/applications/{2**70}/").status_code == 404


def test_a_file_is_uploaded_fetched_by_its_own_and_removed(client_of, ada, bo, draft, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    version = draft.sheet.form_version
    question = {"key": "letter", "kind": "file", "label": {"en": "A letter"}}
    version.definition["sections"][0]["questions"].append(question)
    version.save()
    client, save = client_of(ada), address("application_answers", draft.pk)
    sent = SimpleUploadedFile("letter.pdf", b"%PDF-1.7\n%%EOF", "application/pdf")
    assert client.post(save, {"letter": sent}).status_code == 302
    draft.sheet.refresh_from_db()
    (pk,) = draft.sheet.answers["letter"]
    page = address("application_file", draft.pk, pk)
    assert b"".join(client.get(page).streaming_content) == b"%PDF-1.7\n%%EOF"
    assert client_of(bo).get(page).status_code == 404
    wrong = SimpleUploadedFile("letter.exe", b"MZ", "application/pdf")
    answer = client_of(ada).post(save, {"letter": wrong})
    assert (answer.status_code, "are not taken" in answer.content.decode()) == (422, True)
    client_of(ada).post(save, {"drop": pk})
    draft.sheet.refresh_from_db()
    assert draft.sheet.answers["letter"] == []


def test_a_partner_reads_answers_meant_for_it_and_only_once_they_are_handed_in(
    client_of, ada, bo, draft, now
):
    name_partner(application=draft, community=bo.community, note="We met.", by=ada, now=now)
    draft.refresh_from_db()
    invite_partner(partner=draft.partner, by=ada, now=now)
    fill_in(draft, ada, now)
    page = address("partner", draft.partner.pk)
    before = client_of(bo).get(page).content.decode()
    client_of(ada).post(address("application_submit", draft.pk))
    after = client_of(bo).get(page).content.decode()
    words = ("We met.", "Twelve people who meet every month.", GOAL["problem"], "Developing")
    assert [text in before for text in words] == [True, False, False, False]
    # "Developing" answers a question that only reviewers read.
    assert [text in after for text in words] == [True, True, True, False]
