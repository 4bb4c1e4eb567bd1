"""From the waiting list into the next cycle."""

import pytest

from talka.forms.actions import edit_form_draft, open_form_draft, publish_form
from talka.kernel.ledger import move
from talka.letters.models import Letter
from talka.matching.actions import carry_over
from talka.matching.queries.matches import waiting_of
from talka.matching.queries.reasons import Refused
from tests.matching.matching_world import learn, next_cycle

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(world, now):
    """Return an application on the waiting list."""
    move(world.ada, "wait", by=None, now=now)
    return world.ada


@pytest.fixture
def coming(world, cleo, now):
    """Return the call of the next cycle for those who learn."""
    return next_cycle(world.cycle.programme, cleo, now, year=2028).calls.get(role="mentee")


def test_answers_and_goals_come_along_as_a_draft(waiting, coming, cleo, now):
    carried = carry_over(application=waiting, call=coming, by=cleo, now=now)
    assert (carried.status, carried.call, carried.community, carried.carried_from) == (
        "draft",
        coming,
        waiting.community,
        waiting,
    )
    assert carried.sheet.answers == waiting.sheet.answers
    assert [(goal.capacity.key, goal.change) for goal in carried.goals.all()] == [
        ("budgets", "We keep a budget.")
    ]
    assert carried.acceptances.count() == 0
    assert Letter.objects.get(key="carried_over").email == "ada@demo.invalid"


def test_only_answers_to_questions_still_asked_in_the_same_way_come_along(waiting, coming, cleo, now):
    form = coming.form
    draft = open_form_draft(form=form, by=cleo, now=now)
    definition = draft.definition
    for section in definition["sections"]:
        section["questions"] = [one for one in section["questions"] if one["key"] != "languages"]
        for question in section["questions"]:
            if question["key"] == "dates":
                question |= {"kind": "short", "most": None}
    definition["sections"] = [section for section in definition["sections"] if section["questions"]]
    edit_form_draft(form=form, definition=definition, version=draft.version, by=cleo, now=now)
    publish_form(form=form, by=cleo, now=now)
    carried = carry_over(application=waiting, call=coming, by=cleo, now=now)
    assert carried.sheet.answers == {"topics": waiting.sheet.answers["topics"]}


def test_it_is_carried_once(waiting, coming, cleo, now):
    carried = carry_over(application=waiting, call=coming, by=cleo, now=now)
    with pytest.raises(Refused, match="applied_already"):
        carry_over(application=waiting, call=coming, by=cleo, now=now)
    (listed,) = waiting_of(waiting.call.cycle)
    assert (listed.call, listed.carried_to) == (coming, carried)


def test_who_applied_again_by_themselves_is_not_carried(waiting, coming, cleo, now):
    learn(coming.cycle, waiting.community, now, status="draft")
    with pytest.raises(Refused, match="applied_already"):
        carry_over(application=waiting, call=coming, by=cleo, now=now)


def test_only_the_waiting_list_is_carried_and_only_to_the_same_role_of_another_cycle(
    world, coming, cleo, now
):
    with pytest.raises(Refused, match="not_waiting"):
        carry_over(application=world.eva, call=coming, by=cleo, now=now)
    move(world.eva, "wait", by=None, now=now)
    for call in (world.eva.call, coming.cycle.calls.get(role="mentor")):
        with pytest.raises(Refused, match="other_role"):
            carry_over(application=world.eva, call=call, by=cleo, now=now)
