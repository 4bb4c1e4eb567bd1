"""A side of a mentorship looks back on its own page, and nobody else sees it before it is handed in."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from talka.reports.models import Report
from talka.web.desk.report_tasks import report_tasks
from tests.reports.mentorship_samples import MIDPOINT, WELL, answer, ask, at_noon, make_cohort, make_pair

DAY = at_noon(MIDPOINT - timedelta(days=3))


@pytest.fixture
def reports(cleo, ada, bo, now):
    """Return Ada's evaluation and Bo's, which are open."""
    make_pair(make_cohort(cleo, now), ada, bo)
    ask(DAY)
    return list(Report.objects.order_by("pk"))


@pytest.fixture(autouse=True)
def on_a_day():
    with time_machine.travel(DAY, tick=False):
        yield


def at(name, report):
    return reverse(f"desk:{name}", args=[report.pk])


def test_only_its_own_side_sees_an_evaluation(reports, client_of, ada, bo, cleo, dan):
    hers, his = reports
    page = at("report", hers)
    assert [client_of(who).get(page).status_code for who in (ada, bo, cleo, dan)] == [200, 404, 404, 404]
    assert client_of(bo).get(at("report", his)).status_code == 200


def test_it_asks_for_no_photos_and_no_next_steps(reports, client_of, ada):
    text = client_of(ada).get(at("report", reports[0])).text
    assert ("How is it going?" in text, "Mid-point evaluation" in text) == (True, True)
    assert ("Photos of the visit" in text, "What you will do next" in text) == (False, False)
    posts = {"step_add": {"text": "x"}, "photo_add": {}, "report_submit": {}}
    codes = [client_of(ada).post(at(name, reports[0]), sent).status_code for name, sent in posts.items()]
    assert codes == [404, 404, 404]


def test_it_is_saved_handed_in_and_then_stands(reports, client_of, ada):
    client, hers = client_of(ada), reports[0]
    assert client.post(at("evaluation_hand_in", hers)).status_code == 422
    saved = client.post(at("report_answers", hers), {"going": "mixed", "changed": "Term began."})
    assert (saved.status_code, saved["Location"]) == (302, f"{at('report', hers)}#answers")
    assert client.post(at("evaluation_hand_in", hers)).status_code == 302
    assert Report.objects.get(pk=hers.pk).status == "answered"
    text = client.get(at("report", hers)).text
    assert ("Term began." in text, "Hand it in" in text, "your partner does not" in text) == (
        True,
        False,
        True,
    )
    late = client.post(at("report_answers", hers), {"going": "well", "changed": "TYPED"})
    assert (late.status_code, "TYPED" in late.text) == (422, True)
    assert client.post(at("evaluation_hand_in", hers)).status_code == 409


def test_an_answer_that_cannot_be_read_is_shown_as_it_was_typed(reports, client_of, ada):
    sent = client_of(ada).post(at("report_answers", reports[0]), {"going": "splendid", "changed": "Kept."})
    assert (sent.status_code, "Kept." in sent.text) == (422, True)


def test_a_report_on_a_visit_is_not_handed_in_as_an_evaluation(reports, client_of, ada):
    Report.objects.filter(pk=reports[0].pk).update(key="report")
    assert client_of(ada).post(at("evaluation_hand_in", reports[0])).status_code == 404


def test_the_desk_asks_for_it_until_it_is_handed_in(reports, ada, bo):
    (task,) = report_tasks(ada, DAY)
    assert task.words == "Wikipedia & Education mentorship: Mid-point evaluation, for Ada."
    assert (task.address, task.button, task.waits) == (at("report", reports[0]), "Answer", False)
    answer(reports[0], ada, DAY, WELL)
    assert (report_tasks(ada, DAY), len(report_tasks(bo, DAY))) == ([], 1)
