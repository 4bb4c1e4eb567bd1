"""What a working group does in the second half of its year, each as somebody does it at the pages."""

import re

from tests.journeys.hands import (
    answer,
    as_person,
    follow,
    goes_to,
    newest_letter,
    press,
    sees,
    sees_no,
    status_of,
    tick_off,
    type_in,
    unfold,
)
from tests.journeys.signing import PROGRAMME, opens_the_office

MEETING = "How we find mentors"
THERE = ("Ngozi Adeyemi", "Tomasz W.")
DECISION = "Each mentor asks one person they know."
TASK = "Write a letter that mentors can send on"
MINUTES = "### Mentors\n\nFour places are missing. We ask people we know."
LATER = "What nobody had written down"


def dan_joins_and_eva_leaves(world):
    """Dan puts himself on the roll of the group; Eva, who was on it, leaves."""
    page = opens_the_group(as_person(world, "dan"))
    follow(page, "Join")
    tick_off(page, "I help others one to one")
    press(page, "Join")
    sees(page, "You are on the roll. Welcome!")
    page = opens_the_group(as_person(world, "eva"))
    follow(page, "Change what you bring, or leave")
    unfold(page, "Leave")
    press(page.locator("details"), "Leave")


def opens_the_group(page):
    """Find the group from the list of programmes."""
    goes_to(page, "Programmes")
    follow(page, PROGRAMME)
    follow(page, "The group and its members")
    return page


def cleo_answers_a_request(world):
    """Cleo takes up what Ivana asked, and answers her."""
    page = opens_the_office(world, "Requests and offers")
    follow(page.get_by_role("rowheader"), "Ivana")
    press(page, "I take it up")
    type_in(page, {"Your answer": "Jan trains teachers in towns of five thousand: he writes to you."})
    press(page, "Send the answer")
    assert status_of(page) == "Answered"
    assert "Jan trains teachers" in newest_letter(world, "ivana")


def bo_confirms_hours(world):
    """Bo confirms what his partner wrote down and nobody has looked at yet."""
    page = as_person(world, "bo")
    goes_to(page, "My desk")
    follow(page, re.compile("^Confirm hours"))
    press(page, "Confirm all that wait for you")


def cleo_sets_a_meeting(world, title, day):
    """Cleo sets a meeting of the group on a day, from ten to eleven."""
    page = opens_the_office(world, "Meetings")
    follow(page, "Set a meeting")
    type_in(page, {"Title (English)": title})
    type_in(page, {"Starts": f"{day}T10:00", "Ends": f"{day}T11:00"})
    press(page, "Save")
    sees(page, "The meeting is set. People can sign up on its page.")
    return page


def bo_signs_up(world):
    """Bo finds the meeting among those of the programme, and signs up."""
    page = as_person(world, "bo")
    goes_to(page, "Programmes")
    follow(page, PROGRAMME)
    follow(page.get_by_role("navigation", name="More of the programme"), "Meetings")
    follow(page, MEETING)
    press(page, "Sign me up")
    sees(page, "You are on the list.")


def cleo_writes_the_meeting_down(world):
    """Cleo says who was there, what was decided and who does what, and publishes the minutes."""
    page = opens_the_office(world, "Meetings")
    follow(page, re.compile(f"Say who was there.*{MEETING}"))
    tick_off(page, "Bo")
    says_who_was_there(page, count=1 + len(THERE))
    follow(page, "Agenda and results")
    unfold(page, "Write down a decision")
    type_in(page, {"What was decided": DECISION})
    press(page.locator("#decisions"), "Write it down")
    unfold(page, "Write down what somebody will do")
    type_in(page, {"What is to be done": TASK, "Who does it": "Bo", "By when": "2027-10-01"})
    press(page.locator("#action-items"), "Write it down")
    sees(page.locator("#action-items"), "Bo, by 1 October 2027")
    follow(page.get_by_role("navigation", name="Pages of the meeting"), "Minutes")
    type_in(page, {"Minutes (English)": MINUTES})
    press(page, "Save")
    press(page, "Publish the minutes")
    sees(page, "Version 1 is published.")


def everybody_reads_the_minutes(world):
    """A stranger finds what was written down and decided, and what follows from it, but not who was there."""
    page = world.page_of("a stranger")
    page.goto("/")
    follow(page, PROGRAMME)
    follow(page.get_by_role("navigation", name="More of the programme"), "Meetings")
    follow(page, re.compile(f"^Minutes.*{MEETING}"))
    sees(page, "Four places are missing.", DECISION, TASK)
    sees_no(page, THERE[0])


def says_who_was_there(page, *, count):
    """Write down names of those who were there and have no account; `count` are there in all."""
    type_in(page, {"Others who were there": "\n".join(THERE)})
    press(page, "Save")
    sees(page, f"{count} were there.")


def bo_does_what_he_took_on(world):
    """Bo finds on his desk what he took on, and says that it is done."""
    page = as_person(world, "bo")
    goes_to(page, "My desk")
    sees(page, TASK)
    follow(page, re.compile(f"Say what became of it.*{TASK}"))
    answer(page, "What became of it?", "It is done")
    type_in(page, {"What the others should know of it": "It is on the page of the group."})
    press(page, "Say so")


def ada_looks_back(world):
    """Ada is asked after three months how it goes, answers, and hands it in."""
    page = as_person(world, "ada")
    goes_to(page, "My desk")
    follow(page, re.compile("^Answer.*Mid-point evaluation"))
    answer(page.locator("#answers"), "How is it going?", "Well")
    press(page.locator("#answers"), "Save")
    press(page, "Hand it in")
    assert status_of(page) == "Answered"


def a_meeting_is_added_afterwards(world):
    """Cleo remembers a meeting of that year, and writes down who was there."""
    page = cleo_sets_a_meeting(world, LATER, "2027-12-10")
    follow(page, "Who was there")
    says_who_was_there(page, count=len(THERE))
