"""Coordinators close each exchange, whether it went well, badly, or not at all."""

import pytest

from talka.kernel.ledger import move
from talka.kernel.models import Overtaken
from talka.reports.actions import (
    ExchangeClosed,
    ReportsOpen,
    close_exchange,
    edit_closing,
    reopen_exchange,
    reopen_report,
)
from talka.reports.models import Closing
from talka.reports.queries import closing_questions, open_exchanges, quotes
from tests.reports.report_samples import AFTER, fresh, make_accepted, make_exchange, make_visited

WORDS = {"goals_met": "partly", "evidence": "We saw the photos.", "went_wrong": "Too short."}


def test_a_visit_is_closed_once_both_reports_are_accepted(cycle, ada, bo, cleo, now):
    exchange, *_ = make_accepted(cycle, ada.community, bo.community, now, by=cleo)
    close_exchange(exchange=exchange, words=WORDS, by=cleo, now=AFTER)
    closing = Closing.objects.get()
    assert (closing.goals_met, closing.went_wrong, closing.closed_by) == ("partly", "Too short.", cleo)
    assert (fresh(exchange).status, open_exchanges(cycle)) == ("closed", [])


def test_a_visit_whose_reports_are_not_accepted_cannot_be_closed(cycle, ada, bo, cleo, now):
    exchange, *_ = make_visited(cycle, ada.community, bo.community, now)
    with pytest.raises(ReportsOpen) as refused:
        close_exchange(exchange=exchange, words=WORDS, by=cleo, now=AFTER)
    assert refused.value.reasons[0].values == {"count": 2}
    assert (Closing.objects.count(), open_exchanges(cycle)) == (0, [exchange])


def test_a_cancelled_exchange_is_closed_with_what_went_wrong_and_stays_cancelled(cycle, ada, bo, cleo, now):
    exchange = make_exchange(cycle, ada.community, bo.community, now)
    move(exchange, "cancel", by=cleo, now=now)
    close_exchange(exchange=exchange, words=WORDS | {"goals_met": "no"}, by=cleo, now=AFTER)
    assert Closing.objects.get().went_wrong == "Too short."
    with pytest.raises(ReportsOpen):
        reopen_exchange(exchange=exchange, by=cleo, now=AFTER)
    assert fresh(exchange).status == "closed"


def test_a_closed_visit_can_be_reopened_and_closed_anew(cycle, ada, bo, cleo, now):
    exchange, *_ = make_accepted(cycle, ada.community, bo.community, now, by=cleo)
    close_exchange(exchange=exchange, words=WORDS, by=cleo, now=AFTER)
    reopen_exchange(exchange=exchange, by=cleo, now=AFTER)
    assert open_exchanges(cycle) == [exchange]
    close_exchange(exchange=exchange, words=WORDS | {"goals_met": "yes"}, by=cleo, now=AFTER)
    assert Closing.objects.get().goals_met == "yes"


def test_the_report_of_a_closed_exchange_stands(cycle, ada, bo, cleo, now):
    exchange, report, _ = make_accepted(cycle, ada.community, bo.community, now, by=cleo)
    close_exchange(exchange=exchange, words=WORDS, by=cleo, now=AFTER)
    with pytest.raises(ExchangeClosed):
        reopen_report(report=fresh(report), question="?", by=cleo, now=AFTER)
    assert fresh(report).status == "accepted"


def test_the_slower_of_two_who_correct_a_closing_is_told(cycle, ada, bo, cleo, now):
    exchange, *_ = make_accepted(cycle, ada.community, bo.community, now, by=cleo)
    closing = close_exchange(exchange=exchange, words=WORDS, by=cleo, now=AFTER)
    edit_closing(closing=fresh(closing), words={"lessons": "first"}, version=1, by=cleo, now=AFTER)
    with pytest.raises(Overtaken):
        edit_closing(closing=closing, words={"lessons": "second"}, version=1, by=cleo, now=AFTER)
    assert Closing.objects.get().lessons == "first"


def test_what_a_side_told_the_coordinators_alone_is_not_quoted(cycle, ada, bo, cleo, now):
    _, report, _ = make_accepted(cycle, ada.community, bo.community, now, by=cleo)
    # "How can you tell?" and "What went badly" are for the coordinators.
    assert quotes(report, language="en") == "“How to plan a day.”"


def test_of_the_blueprints_questions_those_without_a_field_of_their_own_are_asked(cycle):
    assert [question.key for question in closing_questions(cycle)] == ["evidence_seen"]
