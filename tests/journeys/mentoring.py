"""Half a year of mentorship at the pages: plans, hours, a check-in, evaluations, goals and the end."""

import re

from tests.journeys.crowd import letters
from tests.journeys.founding import GOAL
from tests.journeys.hands import (
    answer,
    as_person,
    follow,
    goes_to,
    press,
    sees,
    sees_no,
    status_of,
    type_in,
    unfold,
)
from tests.journeys.pairing import opens_the_cohort, opens_the_list, tick_all

PAIR = "Ada – Bo"
CHECK_IN = "How is your half year going?"


def ada_and_bo_sign(world):
    """Ada and Bo read the goal that came with Ada's application, and sign the plan."""
    for name in ("ada", "bo"):
        page = opens_the_pair(world, name)
        sees(page, GOAL)
        press(page, f"Sign for {name.title()}")
    sees(page, "Signed by both")
    assert status_of(page) == "Under way"


def opens_the_pair(world, name, pair=PAIR):
    """Go from the desk to the page of the mentorship."""
    page = as_person(world, name)
    goes_to(page, "My desk")
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.locator("main").get_by_role("link", name=pair, exact=True).click()
    return page


def ada_writes_down_hours(world, day):
    """Ada writes down three hours by mistake; Bo asks, she corrects them to two, and Bo confirms."""
    page = opens_the_pair(world, "ada")
    unfold(page, "Write down hours")
    form = page.locator("#hours form").filter(has_text="What you did")
    type_in(form, {"Day": day, "Hours": 3, "What you did": "We read lesson plans"})
    press(form, "Write down")
    bo = opens_the_pair(world, "bo")
    follow(newest_hours(bo), "Ask about it")
    type_in(bo, {"Your question": "Was it not two hours?"})
    press(bo, "Ask")
    page = opens_the_pair(world, "ada")
    sees(newest_hours(page), "3 h", "Was it not two hours?")
    follow(newest_hours(page), "Correct")
    type_in(page, {"Hours": 2})
    press(page, "Save")
    bo = opens_the_pair(world, "bo")
    press(newest_hours(bo), "Confirm", exact=False)
    sees(newest_hours(bo), "2 h", "4 h", "Confirmed")


def newest_hours(page):
    """Return the line of the hours that were worked last."""
    return page.locator("#hours tbody tr").first


def bo_writes_down_a_check_in(world, day):
    """Bo writes down that the two talked; what they agreed stays between them."""
    page = opens_the_pair(world, "bo")
    unfold(page, "Write down a check-in")
    form = page.locator("#check-ins form")
    type_in(form, {"Day on which you talked": day, "What you agreed": "Shorter meetings."})
    press(form, "Write down")
    sees(page.locator("#check-ins"), "Shorter meetings.")
    cleo = opens_the_list(world, "Mentorships")
    follow(cleo, PAIR)
    sees_no(cleo, "Shorter meetings.")


def cleo_sets_a_check_in(world, day):
    """Cleo sets a check-in that the organisers lead, and Ada signs up for it."""
    page = opens_the_cohort(world)
    follow(page, "Set a meeting")
    page.get_by_label("Kind").select_option(label="Check-in led by the organisers")
    type_in(page, {"Title": CHECK_IN, "Starts": f"{day}T16:00", "Ends": f"{day}T17:00"})
    type_in(page, {"Address of the meeting": "https://meet.example.org/first"})
    press(page, "Save")
    follow(page, "See the page that everybody sees")
    address = page.url
    goes_to(page, "Office")
    ada = as_person(world, "ada")
    ada.goto(address)
    press(ada, "Sign me up")
    sees(ada, "You are on the list")
    goes_to(ada, "My desk")


def cleo_ticks_who_was_there(world):
    """After the check-in Cleo ticks everybody who signed up: they all were there."""
    page = opens_the_cohort(world)
    follow(page, CHECK_IN)
    follow(page, "Who was there")
    tick_all(page.get_by_role("group", name="Tick who was there").get_by_role("checkbox"))
    press(page, "Save")
    sees(page, "Saved. 36 were added.", "36 were there.")


def ada_looks_back_at_half_time(world):
    """All 35 pairs that are half way are asked how it goes; who ended read it in the letter about the end."""
    asked = letters("evaluation_due")
    assert len(asked) == 2 * 35
    assert [name for name in asked if name in ("nadia", "ruth", "samir", "tove", "uma")] == ["uma"]
    assert letters("mentorship_stopped") == ["nadia", "tove"]
    page = answers_what_is_asked(world, "Mid-point evaluation")
    answer(page, "How is it going?", "Well")
    hands_in(page)


def ada_looks_back_at_the_end(world):
    """Ada says at the end what she has built."""
    page = answers_what_is_asked(world, "Final evaluation")
    answer(page, "Was it worth the time?", "Very much")
    answer(page, "Would you do it again", "Yes")
    type_in(page.locator("#answers"), {"What have you built": "Lessons for three classes."})
    hands_in(page)


def answers_what_is_asked(world, evaluation):
    """Let Ada find on her desk what she is asked for."""
    page = as_person(world, "ada")
    goes_to(page, "My desk")
    follow(page, re.compile(f"^Answer.*{evaluation}, for Ada"))
    return page


def hands_in(page):
    """Save the answers and hand them in."""
    press(page.locator("#answers"), "Save")
    press(page, "Hand it in")
    sees(page, "Handed in on", "your partner does not")


def ada_and_bo_finish(world):
    """Both say that the goal was reached; Ada finishes the mentorship."""
    for name in ("ada", "bo"):
        page = opens_the_pair(world, name)
        follow(page.locator("#finish"), "Say which goals were reached")
        answer(page, GOAL, "Reached")
        press(page, "Save")
    page = opens_the_pair(world, "ada")
    sees(page.locator("#plan"), "Reached")
    press(page, "Finish the mentorship")
    assert status_of(page) == "Completed"
