"""Which of the chosen topics a learning goal serves."""

import pytest
from django.urls import reverse
from django.utils import timezone

from talka.applications.actions import save_application, set_goal
from talka.applications.queries import topics_of
from talka.exchanges.actions.starting import _goals_of
from talka.forms.merging import mark
from talka.screening.actions import hand_in_application
from tests.applications.open_call import GOAL, begin, fill_in

TOPICS = [{"capacity": "fundraising", "level": 1}, {"capacity": "event_budgets", "level": 2}]
WORDS = {**GOAL, "capacity": "event_budgets"}


@pytest.fixture
def draft(mentee_call, ada, now, monkeypatch):
    """Return the draft of Ada's community, which has chosen two topics."""
    monkeypatch.setattr(timezone, "now", lambda: now)
    application = begin(mentee_call, ada, now)
    save_application(application=application, answers={"topics": TOPICS}, seen={}, by=ada, now=now)
    return application


def address(name, *args):
    return reverse(f"desk:{name}", args=args)


def choices(page, form="new_goal"):
    return [key for key, _label in page.context[form].fields["capacity"].choices]


def test_the_topics_that_were_chosen_are_offered_and_no_others(client_of, ada, draft):
    page = client_of(ada).get(draft.get_absolute_url())
    assert choices(page) == ["", "fundraising", "event_budgets"]


def test_without_topics_none_is_asked_for(client_of, ada, draft, now):
    save_application(application=draft, answers={"topics": []}, seen={}, by=ada, now=now)
    page = client_of(ada).get(draft.get_absolute_url())
    assert list(page.context["new_goal"].fields) == ["problem", "change", "evidence", "by_when"]


def test_the_topic_is_kept_and_shown(client_of, ada, draft):
    client = client_of(ada)
    client.post(address("goal_add", draft.pk), WORDS)
    (goal,) = draft.goals.all()
    ((_goal, form, _advice),) = client.get(draft.get_absolute_url()).context["goals"]
    assert (goal.capacity.key, form["capacity"].value()) == ("event_budgets", "event_budgets")


def test_another_topic_is_refused_and_what_was_typed_stays(client_of, ada, draft):
    answer = client_of(ada).post(address("goal_add", draft.pk), {**WORDS, "capacity": "glam"})
    ((_goal, form, _advice),) = answer.context["goals"]
    assert (answer.status_code, list(form.errors)) == (422, ["capacity"])
    assert form["change"].value() == GOAL["change"]


def test_a_topic_that_was_taken_back_stays_with_its_goal(client_of, ada, draft, now):
    set_goal(application=draft, goal=None, values=WORDS, seen={}, by=ada, now=now)
    save_application(application=draft, answers={"topics": TOPICS[:1]}, seen={}, by=ada, now=now)
    goal = draft.goals.get()
    client_of(ada).post(address("goal", draft.pk, goal.pk), {**WORDS, "problem": "Costs run away."})
    goal.refresh_from_db()
    assert (goal.problem, goal.capacity.key) == ("Costs run away.", "event_budgets")


def test_of_two_who_choose_differently_the_slower_sees_the_name_of_the_others_choice(
    client_of, ada, draft, now
):
    goal, _merged = set_goal(application=draft, goal=None, values=WORDS, seen={}, by=ada, now=now)
    sent = {**WORDS, "capacity": "fundraising", "seen-capacity": mark("")}
    answer = client_of(ada).post(address("goal", draft.pk, goal.pk), sent)
    goal.refresh_from_db()
    lines = [line for one in answer.context["theirs"] for line in one.lines]
    assert (answer.status_code, goal.capacity.key, lines) == (409, "event_budgets", ["Event budgets"])


def test_what_a_goal_serves_comes_first_among_the_topics(draft, ada, now):
    before = topics_of(draft)
    set_goal(application=draft, goal=None, values=WORDS, seen={}, by=ada, now=now)
    assert (before, topics_of(draft)) == (
        ["fundraising", "event_budgets"],
        ["event_budgets", "fundraising"],
    )


def test_the_plan_begins_with_the_topic_of_each_goal(draft, ada, now):
    set_goal(application=draft, goal=None, values=WORDS, seen={}, by=ada, now=now)
    assert _goals_of(draft).splitlines()[:2] == ["Event budgets:", GOAL["change"]]


def test_an_answer_changed_after_handing_in_asks_the_criteria_again(client_of, ada, mentee_call, draft, now):
    fill_in(draft, ada, now)
    draft.refresh_from_db()
    hand_in_application(application=draft, by=ada, now=now)
    goal = draft.goals.get()
    ada.community.maturity = "established"
    ada.community.save()
    client_of(ada).post(address("goal", draft.pk, goal.pk), {**WORDS, "problem": "Costs run away."})
    verdict = draft.verdicts.get(criterion="developing_or_new_topic")
    assert verdict.reason["key"] == "screening.maturity_disagrees"
