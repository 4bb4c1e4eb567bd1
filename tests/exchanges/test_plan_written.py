"""Both sides write the plan: nothing is lost, and a change after a signature asks for both again."""

from datetime import date, timedelta

import pytest

from talka.exchanges.actions import (
    NothingToShare,
    PlanIncomplete,
    add_material,
    add_plan_item,
    add_question,
    add_questions,
    approve_plan,
    edit_plan,
    remove_material,
    remove_plan_item,
    remove_question,
    reopen_plan,
    sign_plan,
)
from talka.exchanges.models import Signature
from talka.exchanges.queries import materials_seen_by, signatures_that_count
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Entry, Overtaken
from talka.letters.models import Letter
from tests.exchanges.exchange_samples import FIRST, VALUES, fill_plan, fresh, seat_of, sign_both


def states(exchange):
    found = fresh(exchange)
    return found.status, found.plan.status


def letters_to(key):
    return sorted(Letter.objects.filter(key=key).values_list("email", flat=True))


def test_the_slower_of_two_writers_is_told_and_nothing_is_overwritten(exchange, ada, bo, now):
    seen = exchange.plan.version
    edit_plan(plan=exchange.plan, values={"project": "Ada's"}, version=seen, by=ada, now=now)
    with pytest.raises(Overtaken):
        edit_plan(plan=exchange.plan, values={"project": "Bo's"}, version=seen, by=bo, now=now)
    assert fresh(exchange).plan.project == "Ada's"


def test_saving_what_is_already_there_is_no_change(exchange, ada, now):
    plan = fill_plan(exchange, ada, now)
    edit_plan(plan=plan, values=VALUES, version=1, by=ada, now=now)
    assert fresh(exchange).plan.version == plan.version


def test_items_and_questions_keep_their_order(exchange, ada, bo, now):
    plan = exchange.plan
    add_questions(plan=plan, texts=["One?", "Two?"], by=ada, now=now)
    add_question(plan=plan, text="Three?", by=bo, now=now)
    for what in ("Breakfast", "Work"):
        add_plan_item(plan=plan, day=FIRST, what=what, who="", by=ada, now=now)
    assert [q.text for q in plan.questions.order_by("position")] == ["One?", "Two?", "Three?"]
    assert [i.what for i in plan.items.order_by("day", "position")] == ["Breakfast", "Work"]


def test_a_plan_that_lacks_something_cannot_be_signed(exchange, ada, now):
    with pytest.raises(PlanIncomplete) as refused:
        sign_plan(plan=exchange.plan, seat=seat_of(exchange, "learns"), by=ada, now=now)
    assert [reason.key for reason in refused.value.reasons] == [
        "exchanges.no_project",
        "exchanges.no_city",
        "exchanges.no_place",
        "exchanges.no_days",
        "exchanges.questions_not_as_many",
    ]
    assert Signature.objects.count() == 0


def test_the_first_signature_asks_the_other_side_and_the_second_asks_the_coordinators(exchange, ada, bo, now):
    plan = fill_plan(exchange, ada, now)
    sign_plan(plan=plan, seat=seat_of(exchange, "learns"), by=ada, now=now)
    assert states(exchange) == ("planning", "draft")
    assert letters_to("plan_awaits_you") == ["bo@demo.invalid"]
    sign_plan(plan=plan, seat=seat_of(exchange, "teaches"), by=bo, now=now)
    assert states(exchange) == ("planning", "signed")
    assert letters_to("plan_signed") == ["cleo@demo.invalid"]


def test_signing_twice_is_signing_once(exchange, ada, now):
    plan = fill_plan(exchange, ada, now)
    first = sign_plan(plan=plan, seat=seat_of(exchange, "learns"), by=ada, now=now)
    assert sign_plan(plan=plan, seat=seat_of(exchange, "learns"), by=ada, now=now) == first
    assert states(exchange) == ("planning", "draft")


def test_one_signs_what_one_saw(exchange, ada, bo, now):
    seen = fill_plan(exchange, ada, now)
    add_question(plan=seen, text="One more?", by=bo, now=now)
    with pytest.raises(Overtaken):
        sign_plan(plan=seen, seat=seat_of(exchange, "learns"), by=ada, now=now)
    assert Signature.objects.count() == 0


def test_only_a_plan_signed_by_both_is_approved(exchange, ada, bo, cleo, now):
    plan = fill_plan(exchange, ada, now)
    sign_plan(plan=plan, seat=seat_of(exchange, "learns"), by=ada, now=now)
    with pytest.raises(NotAllowed):
        approve_plan(exchange=fresh(exchange), by=cleo, now=now)
    sign_plan(plan=plan, seat=seat_of(exchange, "teaches"), by=bo, now=now)
    approve_plan(exchange=fresh(exchange), by=cleo, now=now)
    assert states(exchange) == ("planned", "approved")
    assert letters_to("plan_approved") == ["ada@demo.invalid", "bo@demo.invalid"]


def test_a_plan_whose_days_have_come_is_not_approved(exchange, ada, bo, cleo, now):
    fill_plan(exchange, ada, now)
    sign_both(exchange, ada, bo, now)
    with pytest.raises(PlanIncomplete):
        approve_plan(exchange=fresh(exchange), by=cleo, now=now + timedelta(days=200))
    assert states(exchange) == ("planning", "signed")


def change_text(plan, item, question, by, now):
    edit_plan(plan=plan, values={"goals": "Others"}, version=plan.version, by=by, now=now)


def change_days(plan, item, question, by, now):
    edit_plan(plan=plan, values={"starts_on": date(2027, 8, 3)}, version=plan.version, by=by, now=now)


def add_item(plan, item, question, by, now):
    add_plan_item(plan=plan, day=FIRST, what="More", who="", by=by, now=now)


def take_item(plan, item, question, by, now):
    remove_plan_item(item=item, by=by, now=now)


def add_a_question(plan, item, question, by, now):
    add_question(plan=plan, text="More?", by=by, now=now)


def take_question(plan, item, question, by, now):
    remove_question(question=question, by=by, now=now)


CHANGES = [change_text, change_days, add_item, take_item, add_a_question, take_question]


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_after_approval_locks_the_exchange_until_all_have_signed_again(approved, ada, change, now):
    plan = approved.plan
    change(plan, plan.items.first(), plan.questions.first(), ada, now)
    assert states(approved) == ("planning", "draft")
    assert signatures_that_count(fresh(approved).plan) == {}
    assert Signature.objects.filter(plan=plan).count() == 2
    assert letters_to("plan_changed") == ["bo@demo.invalid", "cleo@demo.invalid"]


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_after_both_signed_asks_for_both_again(exchange, ada, bo, change, now):
    plan = fill_plan(exchange, ada, now)
    sign_both(exchange, ada, bo, now)
    change(fresh(exchange).plan, plan.items.first(), plan.questions.first(), bo, now)
    assert states(exchange) == ("planning", "draft")
    assert signatures_that_count(fresh(exchange).plan) == {}


def test_a_change_after_the_other_side_signed_tells_them_and_not_the_office(exchange, ada, bo, now):
    plan = fill_plan(exchange, ada, now)
    sign_plan(plan=plan, seat=seat_of(exchange, "learns"), by=ada, now=now)
    add_question(plan=plan, text="And this?", by=bo, now=now)
    add_question(plan=plan, text="And that?", by=bo, now=now)
    assert letters_to("plan_changed") == ["ada@demo.invalid"]


def test_a_plan_is_signed_and_approved_again_after_a_change(approved, ada, bo, cleo, now):
    add_question(plan=approved.plan, text="And this?", by=ada, now=now)
    sign_both(approved, ada, bo, now)
    approve_plan(exchange=fresh(approved), by=cleo, now=now)
    assert states(approved) == ("planned", "approved")
    moves = [entry.verb for entry in Entry.objects.about(approved)]
    assert moves == ["start", "approve", "replan", "approve"]


def test_the_office_sends_a_plan_back_with_a_question_that_both_read(exchange, ada, bo, cleo, now):
    fill_plan(exchange, ada, now)
    sign_both(exchange, ada, bo, now)
    reopen_plan(exchange=fresh(exchange), question="Why four days?", by=cleo, now=now)
    assert states(exchange) == ("planning", "draft")
    assert signatures_that_count(fresh(exchange).plan) == {}
    bodies = [letter.body for letter in Letter.objects.filter(key="plan_returned")]
    assert [("Why four days?" in body) for body in bodies] == [True, True]
    assert Entry.objects.about(fresh(exchange).plan).last().note == "Why four days?"


def test_the_office_approves_what_it_saw(exchange, ada, bo, cleo, now):
    seen = fill_plan(exchange, ada, now).version
    sign_both(exchange, ada, bo, now)
    add_question(plan=fresh(exchange).plan, text="And this?", by=ada, now=now)
    sign_both(exchange, ada, bo, now)
    with pytest.raises(Overtaken):
        approve_plan(exchange=fresh(exchange), by=cleo, now=now, version=seen)
    assert states(exchange) == ("planning", "signed")


@pytest.mark.parametrize("status", ["visited", "closed", "cancelled"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_plan_stays_as_it_is_once_the_visit_is_over_or_cancelled(approved, ada, change, status, now):
    type(approved).objects.filter(pk=approved.pk).update(status=status)
    plan = approved.plan
    with pytest.raises(NotAllowed):
        change(plan, plan.items.first(), plan.questions.first(), ada, now)
    assert fresh(approved).plan.version == plan.version


def test_the_calendar_counts_changes_of_days_and_place_only(approved, ada, now):
    before = fresh(approved).calendar_sequence
    plan = edit_plan(
        plan=approved.plan, values={"goals": "New"}, version=approved.plan.version, by=ada, now=now
    )
    assert fresh(approved).calendar_sequence == before
    edit_plan(plan=plan, values={"place": "The other library"}, version=plan.version, by=ada, now=now)
    assert fresh(approved).calendar_sequence == before + 1


def test_documents_are_seen_by_their_audience_and_ask_for_no_new_signature(approved, ada, bo, cleo, now):
    seat = seat_of(approved, "learns")
    for audience in ("own", "partners", "public"):
        add_material(
            plan=approved.plan,
            seat=seat,
            title=audience,
            link="https://example.org/",
            audience=audience,
            by=ada,
            now=now,
        )
    assert [m.title for m in materials_seen_by(approved.plan, ada)] == ["own", "partners", "public"]
    assert [m.title for m in materials_seen_by(approved.plan, bo)] == ["partners", "public"]
    assert [m.title for m in materials_seen_by(approved.plan, cleo)] == ["partners", "public"]
    remove_material(material=materials_seen_by(approved.plan, bo)[0], by=ada, now=now)
    assert [m.title for m in materials_seen_by(approved.plan, bo)] == ["public"]
    assert states(approved) == ("planned", "approved")


def test_a_document_is_a_link_or_a_file(exchange, ada, now):
    with pytest.raises(NothingToShare):
        add_material(
            plan=exchange.plan,
            seat=seat_of(exchange, "learns"),
            title="None",
            audience="own",
            by=ada,
            now=now,
        )
