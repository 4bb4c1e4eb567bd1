"""What is handed in is still edited: the criteria are asked again, and people are told to look again."""

import pytest

from talka.applications.actions import Incomplete, save_application, set_goal
from talka.kernel.models import Entry, Overtaken
from talka.screening.actions import (
    edit_answers,
    edit_application,
    hand_in_application,
    override_verdict,
    prepare_decision,
)
from tests.applications.open_call import begin, cycle, fill_in, mentee_call  # noqa: F401


@pytest.fixture
def handed_in(mentee_call, ada, now):  # noqa: F811
    """Return the application of Ada's community, handed in while the call is open."""
    application = fill_in(begin(mentee_call, ada, now), ada, now)
    application.refresh_from_db()
    hand_in_application(application=application, by=ada, now=now)
    return application


def answer(application, by, now, **answers):
    """Change some answers as the page does."""
    return edit_answers(application=application, answers=answers, seen={}, by=by, now=now)


def standing(application, criterion="developing_or_new_topic"):
    """Return what the criterion says, and whether a person has to look again."""
    verdict = application.verdicts.get(criterion=criterion)
    return verdict.reason["key"].partition(".")[2], verdict.standing, verdict.is_outdated


def verbs(application):
    """List what the ledger says was done since the application was handed in."""
    lines = [(one.verb, one.actor and one.actor.name) for one in Entry.objects.about(application)]
    return lines[lines.index(("submit", "Ada")) + 1 :]


def decide(application, by, now, **more):
    """Let somebody decide otherwise than the rule."""
    verdict = application.verdicts.get(criterion="developing_or_new_topic")
    override_verdict(verdict=verdict, ruling="pass", note="We know them.", by=by, now=now, **more)
    return verdict


def test_the_criteria_are_asked_again_when_an_answer_changes(handed_in, ada, now):
    before = standing(handed_in)
    answer(handed_in, ada, now, maturity="established")
    assert (before, standing(handed_in)) == (
        ("developing", "pass", False),
        ("maturity_disagrees", "person", False),
    )
    assert verbs(handed_in) == [("judge", None), ("edit", "Ada"), ("judge", None)]


def test_a_goal_counts_as_an_answer_does(handed_in, ada, now):
    ada.community.maturity = "established"
    ada.community.save()
    goal = handed_in.goals.get()
    given = {"values": {"change": "Two of us keep a budget."}, "seen": {}, "by": ada, "now": now}
    edit_application(
        application=handed_in, change=lambda: set_goal(application=handed_in, goal=goal, **given), now=now
    )
    assert standing(handed_in)[0] == "maturity_disagrees"


def test_a_page_that_saves_by_itself_leaves_one_line_for_a_sitting(handed_in, ada, now):
    for text in ("We", "We edit", "We edit together"):
        answer(handed_in, ada, now, profile=text)
    assert verbs(handed_in) == [("judge", None), ("edit", "Ada"), ("judge", None)]


def test_what_the_criteria_say_differently_is_a_line_of_its_own(handed_in, ada, now):
    answer(handed_in, ada, now, profile="We edit.")
    answer(handed_in, ada, now, maturity="established")
    assert verbs(handed_in)[1:] == [("edit", "Ada"), ("judge", None), ("judge", None)]


def test_saving_what_is_there_asks_nobody(handed_in, ada, cleo, now):
    decide(handed_in, cleo, now)
    answer(handed_in, ada, now, profile=handed_in.sheet.answers["profile"])
    assert standing(handed_in) == ("developing", "pass", False)
    assert verbs(handed_in) == [("judge", None), ("edit", "Ada")]


def test_a_draft_asks_nobody(mentee_call, ada, now):  # noqa: F811
    draft = begin(mentee_call, ada, now)
    answer(draft, ada, now, maturity="developing")
    assert draft.verdicts.count() == 0


def test_an_edit_that_leaves_a_gap_is_undone_with_all_that_followed(handed_in, ada, cleo, now):
    decide(handed_in, cleo, now)
    with pytest.raises(Incomplete):
        answer(handed_in, ada, now, profile="", maturity="established")
    assert standing(handed_in) == ("developing", "pass", False)
    assert verbs(handed_in) == [("judge", None)]


def test_a_persons_word_stays_and_is_marked_until_the_person_looks_again(handed_in, ada, cleo, now):
    decide(handed_in, cleo, now)
    answer(handed_in, ada, now, maturity="established")
    marked = standing(handed_in)
    decide(handed_in, cleo, now)
    assert (marked, standing(handed_in)) == (
        ("maturity_disagrees", "pass", True),
        ("maturity_disagrees", "pass", False),
    )


def test_nobody_decides_about_a_text_that_is_gone(handed_in, ada, cleo, now):
    seen = handed_in.verdicts.get(criterion="developing_or_new_topic").version
    answer(handed_in, ada, now, profile="We are only six now.")
    with pytest.raises(Overtaken):
        decide(handed_in, cleo, now, version=seen)
    assert standing(handed_in)[1:] == ("pass", False)
    assert handed_in.verdicts.exclude(override="").count() == 0


def test_a_prepared_decision_is_marked_until_it_is_prepared_anew(handed_in, ada, cleo, now):
    given = {"application": handed_in, "outcome": "decline", "note": "", "by": cleo, "now": now}
    decision = prepare_decision(**given)
    answer(handed_in, ada, now, profile="We are thirty now.")
    decision.refresh_from_db()
    assert (decision.is_outdated, prepare_decision(**given).is_outdated) == (True, False)


def test_the_lower_verb_alone_would_leave_the_criteria_behind(handed_in, ada, now):
    given = {"answers": {"maturity": "established"}, "seen": {}, "by": ada, "now": now}
    save_application(application=handed_in, **given)
    assert standing(handed_in)[0] == "developing"
