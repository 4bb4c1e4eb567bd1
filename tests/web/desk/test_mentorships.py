"""The pages of a mentorship for the two, its helpers and everybody else."""

from datetime import timedelta

import pytest
from django.urls import reverse

from talka.exchanges.actions import (
    add_check_in,
    confirm_hours,
    give_mood,
    leave_mentorship,
    stop_mentorship,
)
from talka.exchanges.actions.quiet import take_quiet_steps
from talka.exchanges.models import CheckIn, GoalJudgement, Hours, Leaving, Mood, PlanGoal
from talka.kernel.models import Entry
from talka.letters.models import Letter
from talka.matching.actions import ask_to_take_over
from talka.matching.models import Seat
from talka.web.desk.exchange_tasks import exchange_records, exchange_tasks
from talka.web.desk.mentorship_tasks import mentorship_tasks
from talka.web.templatetags.words import lasting
from tests.exchanges.mentorship_samples import (
    apply_as,
    log,
    make_mentorship,
    read,
    seat_of,
    sign_as_both,
)


@pytest.fixture
def begun(ada, bo, cleo, now, time_machine):
    """Return a mentorship of Ada and Bo whose plan is not signed, at the moment of the tests."""
    time_machine.move_to(now, tick=False)
    return make_mentorship(ada, bo, cleo, now)


@pytest.fixture
def underway(begun, now):
    return sign_as_both(begun, now)


@pytest.fixture
def helper(underway, dan, now):
    """Dan helps the pair with materials."""
    application = apply_as(underway.match.cycle, "designer", dan, now)
    return Seat.objects.create(match=underway.match, application=application, part="supports", answer="yes")


def page(exchange, name="mentorship"):
    return reverse(f"desk:{name}", args=[exchange.pk])


def text_of(response):
    return response.content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("ada", 200), ("bo", 200), ("cleo", 200), ("dan", 404), (None, 302)]
)
def test_a_mentorship_is_for_its_sides_and_its_coordinators(underway, client, request, who, status):
    if who:
        client.force_login(request.getfixturevalue(who))
    elif client.get(page(underway)).status_code == 302:
        return
    assert client.get(page(underway)).status_code == status


def test_visits_and_mentorships_do_not_answer_at_each_others_addresses(underway, ada, client_of):
    client = client_of(ada)
    assert client.get(underway.get_absolute_url()).status_code == 200
    names = ("exchange", "plan", "exchange_cancel", "exchange_calendar")
    assert {client.get(reverse(f"desk:{name}", args=[underway.pk])).status_code for name in names} == {404}


def test_a_plan_is_written_signed_and_holds(begun, ada, bo, client, now):
    client.force_login(ada)
    answer = client.post(page(begun, "mentorship_plan"), {"text": "Teach", "by_when": "2027-05-01"})
    assert (answer.status_code, begun.plan.agreed_goals.count()) == (302, 2)
    assert client.post(page(begun, "mentorship_plan"), {"text": ""}).status_code == 422
    for person, part in ((ada, "learns"), (bo, "teaches")):
        client.force_login(person)
        assert "read the goals of your plan" in text_of(client.get(page(begun)))
        version = read(begun).plan.version
        address = reverse("desk:mentorship_sign", args=[begun.pk, seat_of(begun, part).pk, version])
        assert "You have signed." in text_of(client.post(address, follow=True))
    assert (read(begun).status, read(begun).plan.status) == ("underway", "approved")


def test_who_goes_on_is_led_to_the_plan_and_signs_it_while_the_work_goes_on(
    underway, bo, dan, client_of, now
):
    leave_mentorship(exchange=underway, reason="time", by=bo, now=now)
    application = apply_as(underway.match.cycle, "mentor", dan, now)
    seat = ask_to_take_over(match=underway.match, application=application, by=None, now=now)
    client = client_of(dan)
    taken = client.post(reverse("desk:takeover", args=[seat.pk]), {"said": "yes"}, follow=True)
    assert taken.request["PATH_INFO"] == page(underway)
    for words in ("read the goals of your plan, and sign it", "Not signed as it stands", "Write down hours"):
        assert words in text_of(taken)
    sign = reverse("desk:mentorship_sign", args=[underway.pk, seat.pk, read(underway).plan.version])
    signed = client.post(sign, follow=True)
    assert "Not signed as it stands" not in text_of(signed)
    assert read(underway).plan.status == "approved"


def test_whose_mentor_has_left_is_led_from_the_match_to_the_mentorship(underway, ada, bo, client_of, now):
    leave_mentorship(exchange=underway, reason="time", by=bo, now=now)
    shown = client_of(ada).get(reverse("desk:match", args=[underway.match_id]), follow=True)
    assert (shown.status_code, shown.request["PATH_INFO"]) == (200, page(underway))


def test_nobody_signs_for_the_other_side(begun, ada, client_of):
    address = reverse("desk:mentorship_sign", args=[begun.pk, seat_of(begun, "teaches").pk, 1])
    assert client_of(ada).post(address).status_code == 403


def test_the_slower_of_two_who_change_a_goal_gets_both_texts(begun, ada, bo, client):
    goal = begun.plan.agreed_goals.get()
    address, version = reverse("desk:plan_goal", args=[goal.pk]), begun.plan.version
    client.force_login(ada)
    assert client.post(address, {"text": "Ada's words", "version": version}).status_code == 302
    client.force_login(bo)
    answer = client.post(address, {"text": "Bo's words", "version": version})
    assert answer.status_code == 409
    assert [words in text_of(answer) for words in ("Ada&#x27;s words", "Bo&#x27;s words")] == [True, True]
    again = {"text": "Both", "version": answer.context["form"]["version"].value()}
    assert client.post(address, again).status_code == 302
    assert PlanGoal.objects.get().text == "Both"


def hours_words(**changed):
    return {"day": "2027-03-10", "hours": "1", "minutes": "30", "what": "We read"} | changed


def test_hours_are_written_down_on_the_page_and_confirmed_by_the_other(underway, ada, bo, client):
    client.force_login(ada)
    assert client.post(page(underway, "hours_log"), hours_words()).status_code == 302
    hours = Hours.objects.get()
    assert (hours.minutes, hours.seat.part, hours.status) == (90, "learns", "logged")
    confirm = reverse("desk:hours_confirm", args=[hours.pk])
    assert client.post(confirm, {"version": 1}).status_code == 403
    client.force_login(bo)
    assert "Confirm all that wait for you" in text_of(client.get(page(underway)))
    assert client.post(confirm, {"version": "x"}).status_code == 409
    assert client.post(confirm, {"version": 1}).status_code == 302
    assert Hours.objects.get().status == "confirmed"
    assert lasting(90) in text_of(client.get(page(underway)))


@pytest.mark.parametrize(
    "changed",
    [
        {"day": "2027-03-11"},
        {"day": "2026-03-11"},
        {"day": "0001-01-01"},
        {"hours": "0", "minutes": "0"},
        {"hours": "24", "minutes": "5"},
        {"hours": "-1"},
        {"minutes": "7"},
        {"what": ""},
        {"what": "x" * 301},
    ],
)
def test_hours_that_cannot_be_are_refused_and_stay_in_the_form(underway, ada, client_of, changed):
    answer = client_of(ada).post(page(underway, "hours_log"), hours_words(**changed))
    assert (answer.status_code, Hours.objects.count()) == (422, 0)
    assert answer.context["hours_form"]["what"].value() == hours_words(**changed)["what"]


def test_the_same_day_of_both_is_asked_about_once(underway, ada, client_of, now):
    log(underway, "teaches", now)
    client = client_of(ada)
    answer = client.post(page(underway, "hours_log"), hours_words())
    assert (answer.status_code, "It was another meeting" in text_of(answer)) == (422, True)
    assert client.post(page(underway, "hours_log"), hours_words(is_another="on")).status_code == 302


def test_all_hours_on_the_page_are_confirmed_at_once(underway, bo, client_of, now):
    for _number in range(3):
        log(underway, "learns", now)
    client = client_of(bo)
    seen = client.get(page(underway)).context["seen"]
    log(underway, "learns", now)
    answer = client.post(page(underway, "hours_confirm_all"), {"seen": seen}, follow=True)
    assert "Confirmed: 3 entries." in text_of(answer)
    assert sorted(Hours.objects.values_list("status", flat=True)) == ["confirmed"] * 3 + ["logged"]
    for odd in ("", "1", "1:x", "9" * 30 + ":1"):
        assert client.post(page(underway, "hours_confirm_all"), {"seen": odd}).status_code == 302


def test_a_question_about_hours_is_answered_by_a_correction(underway, ada, bo, client, now):
    hours = log(underway, "learns", now)
    client.force_login(bo)
    ask = reverse("desk:hours_question", args=[hours.pk])
    assert client.post(ask, {"question": "", "version": 1}).status_code == 422
    assert client.post(ask, {"question": "So long?", "version": 1}).status_code == 302
    client.force_login(ada)
    edit = reverse("desk:hours", args=[hours.pk])
    assert "So long?" in text_of(client.get(edit))
    assert client.post(edit, hours_words(version=1, hours="0")).status_code == 302
    assert (Hours.objects.get().minutes, Hours.objects.get().status) == (30, "logged")
    late = client.post(edit, hours_words(version=1, what="Older words"))
    assert (late.status_code, "Older words" in text_of(late)) == (409, True)


def test_who_wrote_hours_takes_them_back_and_nobody_else(underway, ada, bo, client, now):
    address = reverse("desk:hours_withdraw", args=[log(underway, "learns", now).pk])
    client.force_login(bo)
    assert client.post(address).status_code == 403
    client.force_login(ada)
    assert client.post(address).status_code == 302
    assert Hours.objects.get().status == "withdrawn"


def test_words_of_a_check_in_are_for_the_two(underway, ada, bo, cleo, client, helper, dan):
    client.force_login(ada)
    words = {"held_on": "2027-03-10", "words": "CNRYcheckinX"}
    assert client.post(page(underway, "check_in_add"), words).status_code == 302
    assert client.post(page(underway, "check_in_add"), words).status_code == 422
    assert CheckIn.objects.count() == 1
    found = {}
    for person in (ada, bo, cleo, dan):
        client.force_login(person)
        found[person.name] = "CNRYcheckinX" in text_of(client.get(page(underway)))
    assert found == {"Ada": True, "Bo": True, "Cleo": False, "Dan": False}


def test_how_it_is_going_is_read_by_whoever_said_it_and_the_office(underway, ada, bo, client, helper, dan):
    client.force_login(ada)
    assert client.post(page(underway, "mood_give"), {"feeling": "?"}).status_code == 422
    words = {"feeling": "not_good", "words": "CNRYmoodX"}
    assert client.post(page(underway, "mood_give"), words).status_code == 302
    assert "CNRYmoodX" in text_of(client.get(page(underway)))
    for person in (bo, dan):
        client.force_login(person)
        seen = text_of(client.get(page(underway))) + text_of(client.get(reverse("desk:home")))
        assert [word in seen for word in ("CNRYmoodX", 'chip__text">Not good')] == [False, False]
    assert client.post(page(underway, "mood_give"), words).status_code == 403


def test_a_helper_sees_plan_and_goals_and_writes_nothing(underway, ada, client_of, helper, dan, now):
    hours = log(underway, "learns", now)
    client = client_of(dan)
    text = text_of(client.get(page(underway)))
    assert ["Two schools teach." in text, "We read a lesson plan" in text, ada.email in text] == [
        True,
        False,
        False,
    ]
    routes = ("hours_log", "hours_confirm_all", "check_in_add", "mood_give", "mentorship_finish")
    answers = {client.post(page(underway, name)).status_code for name in routes}
    answers |= {
        client.get(page(underway, name)).status_code for name in ("mentorship_plan", "mentorship_stop")
    }
    answers |= {client.post(page(underway, "mentorship_pause")).status_code}
    answers |= {client.post(reverse("desk:hours_confirm", args=[hours.pk])).status_code}
    assert answers == {403}


def test_pausing_and_going_on(underway, ada, bo, client, now):
    client.force_login(ada)
    assert client.get(page(underway, "mentorship_pause")).status_code == 200
    assert client.post(page(underway, "mentorship_pause"), {"until": "2027-03-01"}).status_code == 422
    assert client.post(page(underway, "mentorship_pause"), {"until": "2027-03-20"}).status_code == 302
    assert "paused until 20 March 2027" in text_of(client.get(page(underway)))
    assert client.get(page(underway, "mentorship_pause")).status_code == 409
    client.force_login(bo)
    assert client.post(page(underway, "mentorship_resume")).status_code == 302
    assert read(underway).status == "underway"


def test_ending_it_early_tells_the_partner_not_why(underway, ada, bo, client):
    client.force_login(ada)
    shown = client.get(page(underway, "mentorship_stop") + "?another=1")
    assert shown.context["form"]["wants_another"].value() is True
    assert client.post(page(underway, "mentorship_stop"), {"reason": "bored"}).status_code == 422
    words = {"reason": "fit", "words": "CNRYleavingX"}
    assert client.post(page(underway, "mentorship_stop"), words).status_code == 302
    assert Leaving.objects.get().seat.part == "learns"
    assert "Look for another partner" in text_of(client.get(page(underway)))
    client.force_login(bo)
    text = text_of(client.get(page(underway)))
    assert [word in text for word in ("CNRYleavingX", "right partners", "Look for another partner")] == [
        False
    ] * 3
    assert client.post(page(underway, "partner_seek")).status_code == 403
    client.force_login(ada)
    assert "Nobody is free" in text_of(client.post(page(underway, "partner_seek"), follow=True))


def test_goals_are_judged_by_both_and_then_it_is_finished(underway, ada, bo, client, now, time_machine):
    goal = underway.plan.agreed_goals.get()
    time_machine.move_to(now + (underway.ends_on - now.date()), tick=False)
    for person, met in ((ada, "yes"), (bo, "yes")):
        client.force_login(person)
        assert "say which of your goals were reached" in text_of(client.get(page(underway)))
        assert client.post(page(underway, "mentorship_judge"), {"version": 1}).status_code == 422
        assert "Both of you say" in text_of(client.post(page(underway, "mentorship_finish"), follow=True))
        words = {"version": 1, f"met-{goal.pk}": met, f"note-{goal.pk}": "It works"}
        assert client.post(page(underway, "mentorship_judge"), words).status_code == 302
    assert GoalJudgement.objects.count() == 2
    assert "Finish the mentorship" in text_of(client.get(page(underway)))
    assert "completed. Thank you" in text_of(client.post(page(underway, "mentorship_finish"), follow=True))
    assert client.post(page(underway, "hours_log"), hours_words()).status_code == 409


def test_a_quiet_pair_that_was_offered_another_partner_sees_two_buttons(
    underway, ada, client_of, now, time_machine
):
    for day in (21, 35, 49, 63):
        take_quiet_steps(now=now + timedelta(days=day))
    time_machine.move_to(now + timedelta(days=64), tick=False)
    text = text_of(client_of(ada).get(page(underway)))
    assert ["We go on" in text, "End it and look for another partner" in text] == [True, True]


def sentences(account, now):
    return [
        (task.words.partition(": ")[2] or task.words, task.waits) for task in mentorship_tasks(account, now)
    ]


def test_the_desk_asks_for_what_is_due_and_nothing_else(begun, ada, bo, now):
    assert sentences(ada, now) == [("read the goals of your plan, and sign it.", False)]
    sign_as_both(begun, now)
    assert (sentences(ada, now), sentences(bo, now)) == ([], [])
    hours = log(begun, "learns", now)
    assert sentences(bo, now) == [("your partner wrote down hours on 1 day. Are they right?", False)]
    confirm_hours(hours=hours, version=1, by=bo, now=now)
    later = now + timedelta(days=31)
    asked = sentences(ada, later)
    assert [words.partition(".")[0].partition("?")[0] for words, _waits in asked] == [
        "time for a check-in",
        "how is it going",
    ]
    add_check_in(exchange=begun, held_on=later.date(), words="", by=ada, now=later)
    give_mood(exchange=begun, feeling="good", by=ada, now=later)
    assert sentences(ada, later) == []
    assert exchange_tasks(ada, later) == []
    assert [one.words for one in exchange_records(ada, later)] == ["Ada – Bo"]


def test_nothing_is_asked_after_the_end(underway, ada, now):
    stop_mentorship(exchange=underway, seat=seat_of(underway, "learns"), reason="time", by=ada, now=now)
    assert sentences(ada, now) == []


def test_no_history_tells_of_moods(underway, ada, bo, client_of, now):
    give_mood(exchange=underway, feeling="not_good", words="x", by=ada, now=now)
    text = text_of(client_of(bo).get(page(underway)))
    assert "said how it is going" not in text
    assert Entry.objects.filter(subject_type="exchanges.mood").count() == 1
    assert Letter.objects.filter(key="mood_not_good", recipient=bo).count() == 0
    assert Mood.objects.count() == 1
