"""Coordinators read evaluations one by one, and as figures without names."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from talka.blueprints.reading import pack, shipped
from talka.impact.queries import evaluation_figures
from talka.reports.actions import save_report
from talka.reports.models import Report
from tests.conftest import make_account
from tests.reports.mentorship_samples import OVER, WORTH, answer, ask, make_cohort, make_pair


@pytest.fixture
def cohort(cleo, now):
    return make_cohort(cleo, now)


def at(name, *args):
    return reverse(f"office:{name}", args=args)


def evaluate(cohort, count, answers=WORTH):
    """Let so many pairs look back, both sides with the same answers."""
    for number in range(count):
        make_pair(cohort, make_account(f"mentee{number}"), make_account(f"mentor{number}"))
    ask(OVER)
    for report in Report.objects.filter(status="draft").select_related("seat__application__person"):
        answer(report, report.seat.application.person, OVER, answers)


def test_a_draft_stays_with_its_writer_and_what_is_handed_in_is_read(cohort, client_of, ada, bo, cleo):
    make_pair(cohort, ada, bo)
    ask(OVER)
    report = Report.objects.get(seat__part="learns")
    save_report(report=report, answers=WORTH, seen={}, by=ada, now=OVER)
    client, page = client_of(cleo), at("report", report.pk)
    assert ("A course at two schools." in client.get(page).text) is False
    answer(report, ada, OVER, WORTH)
    assert "A course at two schools." in client.get(page).text
    assert [client_of(who).get(page).status_code for who in (ada, bo)] == [404, 404]
    # There is nothing to accept, and nothing to return.
    for name in ("report_accept", "report_ask"):
        assert client_of(cleo).post(at(name, report.pk), {"question": "Why?"}).status_code == 404


def test_what_was_dropped_stays_unread(cohort, client_of, ada, bo, cleo):
    make_pair(cohort, ada, bo)
    ask(OVER)
    report = Report.objects.get(seat__part="learns")
    save_report(report=report, answers=WORTH, seen={}, by=ada, now=OVER)
    Report.objects.filter(pk=report.pk).update(status="dropped")
    assert "A course at two schools." not in client_of(cleo).get(at("report", report.pk)).text


def test_the_list_counts_and_is_narrowed_by_evaluation_and_by_person(cohort, client_of, ada, bo, cleo):
    make_pair(cohort, ada, bo)
    ask(OVER)
    answer(Report.objects.get(seat__part="learns"), ada, OVER, WORTH)
    client, page = client_of(cleo), at("reports", cohort.pk)
    assert "answered 1 of 2" in client.get(page).text
    counts = {
        words: len(client.get(f"{page}?{words}").context["page"].object_list)
        for words in ("kind=final", "kind=midpoint", "q=ada", "q=nobody", "status=answered", "kind=nonsense")
    }
    assert counts == {
        "kind=final": 2,
        "kind=midpoint": 0,
        "q=ada": 1,
        "q=nobody": 0,
        "status=answered": 1,
        "kind=nonsense": 2,
    }


def test_few_answers_are_withheld_and_words_are_read_by_coordinators(cohort, client_of, cleo):
    evaluate(cohort, 2)
    text = client_of(cleo).get(at("evaluation", cohort.pk, "final")).text
    assert ("Answered 4 of 4." in text, "There were too few answers" in text) == (True, True)
    assert text.count("A course at two schools.") == 4
    assert [table.withheld for table in evaluation_figures(cohort, cohort.plan.evaluations[1]).tables] == [
        True,
        True,
    ]


def test_many_answers_are_counted_and_exported_without_words(cohort, client_of, cleo):
    evaluate(cohort, 5)
    client = client_of(cleo)
    text = client.get(at("evaluation", cohort.pk, "final")).text
    assert ("Very much" in text, "too few answers" in text) == (True, False)
    book = load_workbook(BytesIO(client.get(at("evaluation_export", cohort.pk, "final")).content))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=2)]
    assert ["Was it worth the time?", "Very much", "10"] in rows
    assert ["Would you do it again, or recommend it?", "Yes", "10"] in rows
    assert not [row for row in rows if "schools" in str(row)]


def test_an_evaluation_that_nobody_asks_is_no_page(cohort, client_of, cleo, ada):
    client = client_of(cleo)
    assert client.get(at("evaluation", cohort.pk, "nonsense")).status_code == 404
    assert "Nobody is asked yet." in client.get(at("evaluation", cohort.pk, "final")).text
    assert client_of(ada).get(at("evaluation", cohort.pk, "final")).status_code == 404


def test_questions_with_several_choices_are_counted_choice_by_choice(cleo, now):
    options = [{"key": key, "label": {"en": key.title()}} for key in ("calls", "papers")]
    question = {
        "key": "how",
        "kind": "several_of",
        "label": {"en": "How?"},
        "purpose": {"en": "To know."},
        "options": options,
        "required": False,
    }
    form = {"sections": [{"title": {"en": "All"}, "questions": [question]}]}
    forms = {**pack(shipped()["mentorship"])["forms"], "final": form}
    cohort = make_cohort(cleo, now, forms=forms)
    evaluate(cohort, 5, answers={"how": ["calls"]})
    tables = evaluation_figures(cohort, cohort.plan.evaluations[1]).tables
    assert [(table.title["en"], [cell.value for cell in table.cells]) for table in tables] == [
        ("How?: Calls", [10, 0]),
        ("How?: Papers", [0, 10]),
    ]
