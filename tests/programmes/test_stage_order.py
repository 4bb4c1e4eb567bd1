"""Talka says where the dates of stages look wrong, and forbids nothing."""

from datetime import date

from talka.kernel.reasons import Reason
from talka.programmes.rules import DatedStage, disorder
from talka.web.templatetags.words import reason


def stage(key, first, last):
    return DatedStage(key, {"en": key.title()}, date.fromisoformat(first), date.fromisoformat(last))


AFTER = {"matching": "signing"}


def test_stages_that_follow_each_other_raise_no_warning():
    stages = [
        stage("signing", "2028-02-01", "2028-02-29"),
        stage("matching", "2028-03-01", "2028-03-31"),
    ]
    assert disorder(stages, AFTER) == []


def test_a_stage_that_begins_before_the_one_it_follows_is_over_is_told_of():
    stages = [
        stage("signing", "2028-02-01", "2028-02-29"),
        stage("matching", "2028-02-29", "2028-03-31"),
    ]
    (found,) = disorder(stages, AFTER)
    assert found == Reason(
        "stages.overlap",
        {
            "stage": {"en": "Matching"},
            "before": {"en": "Signing"},
            "starts_on": "2028-02-29",
            "ends_on": "2028-02-29",
        },
    )


def test_stages_that_run_side_by_side_are_fine_when_neither_follows_the_other():
    stages = [
        stage("outreach", "2028-02-01", "2028-03-31"),
        stage("signing", "2028-03-01", "2028-03-31"),
    ]
    assert disorder(stages, {}) == []


def test_a_stage_that_starts_before_the_one_listed_above_it_is_told_of():
    stages = [
        stage("outreach", "2028-02-01", "2028-03-31"),
        stage("signing", "2028-01-01", "2028-03-31"),
    ]
    (found,) = disorder(stages, {})
    words = "begins on 1 January 2028, before “Outreach”, which is listed above it."
    assert reason(found) == f"“Signing” {words}"


def test_a_stage_that_follows_one_that_is_not_there_is_compared_with_its_neighbour():
    assert disorder([stage("matching", "2028-02-29", "2028-03-31")], AFTER) == []
