"""Criteria asked about real records, and a person's word over them."""

import re
from datetime import date
from pathlib import Path

import pytest

from talka.applications.actions import accept_commitments, save_application, set_goal, start_application
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Entry
from talka.kernel.registry import criteria, reasons
from talka.people.models import SupportPeriod
from talka.screening import rules
from talka.screening.actions import hand_in_application, judge_application, override_verdict
from talka.screening.actions.fairness import InConflict
from talka.screening.actions.judging import NoteMissing
from talka.screening.apps import CRITERIA_NAMES, REASONS
from talka.screening.models import Verdict
from tests.conftest import make_representative
from tests.screening.screening_world import attend, make_application, offer


def standings(application):
    """Return what counts for each criterion."""
    return {one.criterion: one.standing for one in application.verdicts.order_by("position")}


def test_each_criterion_of_the_role_gets_a_verdict_in_the_order_of_the_blueprint(application, now):
    judge_application(application=application, by=None, now=now)
    assert standings(application) == {
        "is_a_community": "pass",
        "in_region": "pass",
        "without_general_support": "person",
        "took_part_recently": "pass",
        "developing_or_new_topic": "pass",
    }


def test_a_community_with_general_support_is_refused_with_its_reason(application, ada, now):
    SupportPeriod.objects.create(
        community=ada.community, kind="general_support", starts_on=date(2026, 7, 1), ends_on=date(2027, 6, 30)
    )
    judge_application(application=application, by=None, now=now)
    verdict = application.verdicts.get(criterion="without_general_support")
    assert (verdict.ruling, verdict.reason) == (
        "fail",
        {
            "key": "screening.general_support",
            "values": {"applicant": "Wikimedians of Ruritania", "since": "2026-07-01"},
        },
    )


def test_an_informal_group_comes_in_by_a_recent_meeting(application, ada, now):
    ada.community.kind = "informal"
    ada.community.save()
    judge_application(application=application, by=None, now=now)
    assert standings(application)["took_part_recently"] == "person"
    attend(ada.community)
    judge_application(application=application, by=None, now=now)
    verdict = application.verdicts.get(criterion="took_part_recently")
    assert (verdict.standing, verdict.reason["key"]) == ("pass", "screening.took_part")


def test_a_mentor_is_asked_about_what_its_community_is_known_to_offer(cycle, bo, now):
    found = make_application(
        cycle, bo.community, role="mentor", topics=[{"capacity": "event_budgets", "level": 5}]
    )
    judge_application(application=found, by=None, now=now)
    assert standings(found)["established_with_expertise"] == "person"
    offer(bo.community, "event_budgets", 4)
    judge_application(application=found, by=None, now=now)
    assert standings(found)["established_with_expertise"] == "pass"


def test_goals_count_as_topics_too(cycle, application, ada, now):
    ada.community.maturity = "established"
    ada.community.save()
    application.sheet.answers = {}
    application.sheet.save()
    line = offer(ada.community, "event_budgets", 4)
    application.goals.create(capacity=line.capacity)
    judge_application(application=application, by=None, now=now)
    assert standings(application)["developing_or_new_topic"] == "fail"


def test_a_criterion_that_cannot_be_asked_is_left_to_a_person(cycle, application, now):
    cycle.blueprint["criteria"][1]["params"] = {"region": "cee_ca"}
    cycle.save()
    application.call.cycle.refresh_from_db()
    judge_application(application=application, by=None, now=now)
    verdict = application.verdicts.get(criterion="in_region")
    assert (verdict.ruling, verdict.reason["key"]) == ("person", "screening.unanswerable")


def test_a_persons_word_counts_and_outlives_another_asking(application, cleo, now):
    judge_application(application=application, by=None, now=now)
    verdict = application.verdicts.get(criterion="without_general_support")
    override_verdict(verdict=verdict, ruling="pass", note="Looked it up: none.", by=cleo, now=now)
    judge_application(application=application, by=cleo, now=now)
    verdict.refresh_from_db()
    assert (verdict.ruling, verdict.standing, verdict.override_note, verdict.overridden_by) == (
        "person",
        "pass",
        "Looked it up: none.",
        cleo,
    )


def test_a_persons_word_needs_a_reason(application, cleo, now):
    judge_application(application=application, by=None, now=now)
    with pytest.raises(NoteMissing):
        override_verdict(verdict=application.verdicts.first(), ruling="fail", note="  ", by=cleo, now=now)
    assert Verdict.objects.exclude(override="").count() == 0


def test_lifting_the_word_lets_the_rule_count_again(application, cleo, now):
    judge_application(application=application, by=None, now=now)
    verdict = application.verdicts.get(criterion="in_region")
    override_verdict(verdict=verdict, ruling="fail", note="Moved.", by=cleo, now=now)
    override_verdict(verdict=verdict, ruling="", note="", by=cleo, now=now)
    verdict.refresh_from_db()
    assert (verdict.standing, verdict.override_note, verdict.overridden_by) == ("pass", "", None)


def test_nobody_overrides_a_verdict_on_an_application_of_their_own(application, ada, cleo, now):
    judge_application(application=application, by=None, now=now)
    make_representative(cleo, ada.community)
    with pytest.raises(InConflict):
        override_verdict(verdict=application.verdicts.first(), ruling="pass", note="Ours.", by=cleo, now=now)


@pytest.mark.parametrize("status", ["draft", "accepted", "waiting", "declined", "withdrawn"])
def test_criteria_are_asked_only_while_nothing_is_decided(application, status, now):
    application.status = status
    application.save()
    with pytest.raises(NotAllowed):
        judge_application(application=application, by=None, now=now)


def test_the_line_about_an_override_is_not_in_the_ledger_that_the_applicant_reads(application, cleo, now):
    judge_application(application=application, by=None, now=now)
    override_verdict(verdict=application.verdicts.first(), ruling="fail", note="No.", by=cleo, now=now)
    assert [one.verb for one in Entry.objects.about(application)] == ["judge"]
    assert [one.verb for one in Entry.objects.about(application.verdicts.first())] == ["override"]


def test_every_criterion_and_every_reason_of_the_rules_has_words(db):
    named = set(re.findall(r'_(?:pass|fail|person)\(\s*facts, "(\w+)"', Path(rules.__file__).read_text()))
    named |= {"developing", "calls_itself_developing", "unanswerable", "not_future"}
    assert named == set(REASONS)
    assert set(CRITERIA_NAMES) == set(rules.CRITERIA)
    assert {f"screening.{key}" for key in REASONS} <= set(reasons)
    assert set(rules.CRITERIA) <= set(criteria)


def test_handing_in_asks_the_criteria_at_once(cycle, ada, now):
    call = cycle.calls.get(role="mentee")
    application = start_application(call=call, community=ada.community, by=ada, now=now)
    answers = {
        "profile": "We edit.",
        "size": "up_to_5",
        "activity": "regular",
        "maturity": "developing",
        "topics": [{"capacity": "event_budgets", "level": 1}],
        "languages": [{"language": "en", "level": 4}],
    }
    save_application(application=application, answers=answers, seen={}, by=ada, now=now)
    goal = {"problem": "Budgets slip.", "change": "They hold.", "evidence": "Two events within budget."}
    goal["by_when"] = date(2027, 12, 1)
    set_goal(application=application, goal=None, values=goal, seen={}, by=ada, now=now)
    keys = [one.key for one in cycle.plan.commitments]
    accept_commitments(application=application, keys=keys, by=ada, now=now)
    application.refresh_from_db()
    hand_in_application(application=application, by=ada, now=now)
    assert (application.status, application.verdicts.count()) == ("submitted", 5)
