"""Learning goals that are too vague to act on."""

import pytest

from talka.applications.rules import GoalText, goal_gaps, vague_parts

CLEAR = GoalText(
    problem="Of 40 people who came to our editing courses last year, one still edits.",
    change="Newcomers are welcomed in three steps by two trained volunteers.",
    evidence="Five of twenty newcomers still edit after three months.",
    has_date=True,
)


def keys(goal):
    return [reason.key for reason in vague_parts(goal)]


def test_a_clear_goal_needs_no_advice():
    assert (keys(CLEAR), goal_gaps(CLEAR)) == ([], ())


@pytest.mark.parametrize(
    "wish",
    [
        "Learn about events",
        "We want to learn about events from a mentor.",
        "Visit a community and get to know how they work",
        "visit",
        "Exchange experience and best practices",
        "To improve our knowledge of events",
    ],
)
def test_a_wish_to_learn_or_to_visit_is_noticed(wish):
    assert keys(GoalText(change=wish)) == ["goal.only_a_wish"]


@pytest.mark.parametrize(
    "change",
    [
        "We run a conference of 80 people ourselves, with a budget and a safety plan.",
        "Two volunteers learn to keep the accounts and close the books every month.",
        "Museums sign agreements with us that we drafted ourselves.",
        "Кожен новий учасник проходить три кроки з наставником із нашої спільноти.",
    ],
)
def test_a_goal_that_says_what_will_be_different_is_not_called_a_wish(change):
    assert keys(GoalText(change=change)) == []


def test_a_problem_in_three_words_is_called_short():
    assert keys(GoalText(problem="Too few volunteers")) == ["goal.problem_is_short"]


@pytest.mark.parametrize(
    ("evidence", "advice"),
    [
        ("We will feel more confident", ["goal.not_measurable"]),
        ("Everybody is happy", ["goal.not_measurable"]),
        ("Ten people came back", []),
        ("The budget is published on our wiki page", []),
        ("٥ مشاركين", []),
    ],
)
def test_evidence_names_a_number_or_a_thing(evidence, advice):
    assert keys(GoalText(evidence=evidence)) == advice


def test_what_is_empty_is_missing_and_not_vague():
    assert keys(GoalText()) == []
    assert goal_gaps(GoalText()) == ("problem", "change", "evidence", "by_when")
