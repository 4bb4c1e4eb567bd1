"""The office's pages of screening at work."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from talka.letters.models import Letter
from talka.matching.models import Match, Seat
from talka.screening.actions import (
    override_verdict,
    release_decisions,
)
from talka.screening.models import Decision, Review
from tests.conftest import NOW, make_representative
from tests.screening.screening_world import (
    FULL,
    SECRET,
    make_application,
    make_community,
    make_cycle,
)


def test_the_list_says_where_each_application_stands(application, cycle, bo, cleo, client_of):
    make_application(cycle, bo.community, role="mentor")
    answer = client_of(cleo).get(reverse("office:applications", args=[cycle.pk]))
    lines = {str(line.application): line for line in answer.context["lines"]}
    ada_line = lines["Wikimedians of Ruritania"]
    one = ada_line.application
    assert (one.met, one.unsure, one.unmet, one.reviews_in) == (4, 1, 0, 1)
    assert ada_line.decision.outcome == "decline"
    assert lines["Wikimedia Graustark"].decision is None


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Wikimedians of Ruritania", "Wikimedia Graustark"]),
        ("sort=name", ["Wikimedia Graustark", "Wikimedians of Ruritania"]),
        ("sort=verdicts", ["Wikimedians of Ruritania", "Wikimedia Graustark"]),
        ("sort=reviews", ["Wikimedia Graustark", "Wikimedians of Ruritania"]),
        ("q=graus", ["Wikimedia Graustark"]),
        ("role=mentee", ["Wikimedians of Ruritania"]),
        ("status=submitted&role=mentor", ["Wikimedia Graustark"]),
        ("status=accepted", []),
        ("verdict=unsure", ["Wikimedians of Ruritania"]),
        ("verdict=unmet", []),
        ("decision=prepared", ["Wikimedians of Ruritania"]),
        ("decision=none", ["Wikimedia Graustark"]),
        ("decision=released", []),
        (
            "role=x&sort=y&page=z&verdict=99999999999999999999",
            ["Wikimedians of Ruritania", "Wikimedia Graustark"],
        ),
    ],
)
def test_the_list_is_searched_filtered_and_sorted(application, cycle, bo, cleo, client_of, query, expected):
    make_application(cycle, bo.community, role="mentor")
    answer = client_of(cleo).get(reverse("office:applications", args=[cycle.pk]) + f"?{query}")
    assert [str(line.application) for line in answer.context["lines"]] == expected


def test_nothing_is_to_be_selected_where_everything_is_decided(application, cycle, cleo, client_of):
    page, client = reverse("office:applications", args=[cycle.pk]), client_of(cleo)
    offers = "Prepare a decision for those selected"
    assert client.get(page).content.decode().count(offers) == 1
    release_decisions(cycle=cycle, by=cleo, now=NOW)
    assert client.get(page).content.decode().count(offers) == 0


def test_a_draft_is_nobodys_business_yet(application, cycle, cleo, client_of):
    draft = make_application(cycle, make_community(1), status="draft")
    client = client_of(cleo)
    listed = client.get(reverse("office:applications", args=[cycle.pk])).context["lines"]
    assert [line.application for line in listed] == [application]
    assert client.get(reverse("office:application", args=[draft.pk])).status_code == 404


def test_the_export_has_the_rows_of_the_search(application, cycle, bo, cleo, client_of):
    make_application(cycle, bo.community, role="mentor")
    answer = client_of(cleo).get(reverse("office:applications_export", args=[cycle.pk]) + "?role=mentee")
    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert len(rows) == 2
    assert rows[1][:2] == ("Wikimedians of Ruritania", "Mentee community")
    assert rows[1][3:9] == ("Handed in", 4, 1, 0, 1, "Declined")


def test_a_reviewers_export_has_no_prepared_decision(application, cycle, rita, client_of):
    answer = client_of(rita).get(reverse("office:applications_export", args=[cycle.pk]))
    (_header, row) = load_workbook(BytesIO(answer.content)).active.values
    assert row[8:] == (None, None)


def test_many_are_prepared_at_once_but_none_of_ones_own(application, cycle, bo, cleo, client_of):
    other = make_application(cycle, bo.community, role="mentor")
    make_representative(cleo, application.community)
    posted = {"application": [application.pk, other.pk], "outcome": "accept", "note": "Welcome."}
    answer = client_of(cleo).post(reverse("office:prepare_decisions", args=[cycle.pk]), posted)
    assert answer.status_code == 302
    made = dict(Decision.objects.values_list("application", "outcome"))
    assert made == {application.pk: "decline", other.pk: "accept"}


@pytest.mark.parametrize("keys", [[], ["x"], ["-1"], ["9" * 40], ["²"]])
def test_forged_selections_are_a_sentence(application, cycle, cleo, client_of, keys):
    address = reverse("office:prepare_decisions", args=[cycle.pk])
    answer = client_of(cleo).post(address, {"application": keys, "outcome": "accept"}, follow=True)
    assert [str(one) for one in answer.context["messages"]] == [
        "Select applications, and a decision for them."
    ]


def test_releasing_twice_says_so_and_sends_once(application, cycle, cleo, client_of):
    client, address = client_of(cleo), reverse("office:release_decisions", args=[cycle.pk])
    first = client.post(address, follow=True)
    second = client.post(address, follow=True)
    said = [str(one) for answer in (first, second) for one in answer.context["messages"]]
    assert said == ["1 decision is released.", "There was nothing left to release: nothing was sent."]
    assert Letter.objects.filter(key="application_declined", status="queued").count() == 1


def test_the_release_page_shows_each_letter_and_who_gets_it(application, cycle, cleo, client_of):
    text = client_of(cleo).get(reverse("office:decisions", args=[cycle.pk])).content.decode()
    assert "To Ada</summary>" not in text
    assert "To Ada (ada@demo.invalid)" in text
    assert SECRET in text
    assert "1 letter leaves at once." in text


def test_an_override_without_a_reason_keeps_what_was_chosen(application, cleo, client_of):
    verdict = application.verdicts.get(criterion="without_general_support")
    address = reverse("office:override", args=[verdict.pk])
    answer = client_of(cleo).post(address, {"ruling": "pass", "note": " ", "version": verdict.version})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"note": ["Say why you decide otherwise than the rule."]}
    assert answer.context["form"]["ruling"].value() == "pass"


def test_asking_for_more_in_the_past_is_a_sentence_at_the_field(application, cleo, client_of):
    address = reverse("office:ask_for_more", args=[application.pk])
    for moment in ("2020-01-01T10:00", "9999-12-31T23:59", "0001-01-01T00:00", "soon"):
        posted = {"question": "Which?", "until": moment, "version": application.version}
        answer = client_of(cleo).post(address, posted)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["until"])


def test_asking_for_more_sends_the_question(application, cleo, client_of):
    until = (timezone.now() + timedelta(days=7)).date()
    address = reverse("office:ask_for_more", args=[application.pk])
    posted = {"question": "Which?", "until": f"{until}T12:00", "version": application.version}
    answer = client_of(cleo).post(address, posted)
    assert answer.status_code == 302
    assert Letter.objects.filter(key="more_is_asked", status="queued").count() == 1


def test_a_review_is_saved_as_a_draft_and_then_handed_in(application, rob, client_of):
    client, address = client_of(rob), reverse("office:review", args=[application.pk])
    assert client.post(address, {"score_need": "5", "comment": "So far.", "version": "0"}).status_code == 302
    draft = Review.objects.get(reviewer=rob)
    assert (draft.status, draft.scores, draft.comment) == ("draft", {"need": 5}, "So far.")
    posted = {"comment": "So far.", "version": draft.version, "score_need": "5", "submit": "1"}
    assert client.post(address, posted).status_code == 422
    draft.refresh_from_db()
    posted |= {f"score_{key}": points for key, points in FULL.items()} | {"version": draft.version}
    assert client.post(address, posted).status_code == 302
    draft.refresh_from_db()
    assert (draft.status, draft.scores) == ("submitted", FULL)


def test_of_two_windows_with_a_review_the_slower_shows_both_texts(application, rob, client_of):
    client, address = client_of(rob), reverse("office:review", args=[application.pk])
    client.post(address, {"comment": "First text", "version": "0"})
    answer = client.post(address, {"comment": "Second text", "version": "0"})
    text = answer.content.decode()
    assert (answer.status_code, "First text" in text, "Second text" in text) == (409, True, True)
    assert client.post(address, {"comment": "Both", "version": answer.context["form"]["version"].value()})
    assert Review.objects.get(reviewer=rob).comment == "Both"


def test_points_off_the_scale_are_a_sentence_at_the_field(application, rob, client_of):
    address = reverse("office:review", args=[application.pk])
    answer = client_of(rob).post(address, {"score_need": "6", "version": "0"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["score_need"])


def test_a_held_letter_is_changed_and_the_slower_of_two_keeps_their_text(application, cycle, cleo, client_of):
    letter = Letter.objects.get(status="held")
    client, address = client_of(cleo), reverse("office:letter", args=[cycle.pk, letter.pk])
    assert client.post(address, {"subject": "One", "body": "One", "version": "1"}).status_code == 302
    answer = client.post(address, {"subject": "Two", "body": "Two of mine", "version": "1"})
    text = answer.content.decode()
    assert (answer.status_code, "Two of mine" in text, ">One\n" in text) == (409, True, True)


def test_a_failed_letter_is_visible_and_sent_again(application, cycle, cleo, client_of):
    letters = Letter.objects.filter(key="application_declined")
    letters.update(status="failed", last_error="550 no such person", tries=8)
    client = client_of(cleo)
    assert "550 no such person" in client.get(reverse("office:letters", args=[cycle.pk])).content.decode()
    client.post(reverse("office:retry_letter", args=[cycle.pk, letters.get().pk]))
    assert letters.get().status == "queued"


def test_a_letter_of_another_cycle_is_not_found(application, cleo, client_of):
    other = make_cycle(cleo, "other")
    letter = Letter.objects.get(status="held")
    assert client_of(cleo).get(reverse("office:letter", args=[other.pk, letter.pk])).status_code == 404


def test_a_matched_application_is_not_reconsidered(application, cycle, cleo, client_of):
    release_decisions(cycle=cycle, by=cleo, now=NOW)
    match = Match.objects.create(
        cycle=cycle, origin="suggested", status="agreed", proposed_at=NOW, answer_by=NOW
    )
    Seat.objects.create(match=match, application=application, part="learns")
    address = reverse("office:reconsider", args=[application.pk])
    assert client_of(cleo).post(address, {"note": "Again."}).status_code == 422
    application.refresh_from_db()
    assert application.status == "declined"


def test_an_override_is_told_with_who_and_why(application, cleo, client_of):
    verdict = application.verdicts.get(criterion="without_general_support")
    override_verdict(verdict=verdict, ruling="pass", note="I looked it up.", by=cleo, now=NOW)
    text = client_of(cleo).get(reverse("office:application", args=[application.pk])).content.decode()
    assert "Cleo decided otherwise (the rule said: Needs a person): I looked it up." in text
