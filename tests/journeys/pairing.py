"""The steps from the closed call to 36 pairs that have agreed."""

import re

from talka.exchanges.models import Exchange
from tests.journeys.crowd import letters
from tests.journeys.founding import COHORT
from tests.journeys.hands import as_person, follow, goes_to, press, sees, tick_off, type_in, unfold

MENTEES, MENTORS = 36, 22


def opens_the_cohort(world):
    """Let Cleo go from the desk to the board of the cohort."""
    page = as_person(world, "cleo")
    goes_to(page, "Office")
    follow(page, COHORT)
    return page


def opens_the_list(world, name):
    """Let Cleo go to one of the lists of the cohort."""
    page = opens_the_cohort(world)
    follow(page.get_by_role("navigation", name="Lists of the cycle"), name)
    return page


def cleo_accepts_everybody(world):
    """Cleo selects whole pages of the list, accepts all, and releases the letters together."""
    page = opens_the_list(world, "Applications")
    sees(page, f"{MENTEES + MENTORS} applications")
    for role in ("Mentee", "Mentor"):
        page.get_by_label("Role").select_option(label=role)
        press(page, "Show")
        tick_all(page.get_by_role("checkbox", name=re.compile("^Select ")))
        unfold(page, "Prepare a decision for those selected")
        tick_off(page.get_by_role("group", name="Decision"), "Accepted")
        press(page, "Prepare")
        opens_the_list(world, "Applications")
    follow(page, "Decisions")
    sees(page, f"Accepted: {MENTEES + MENTORS}", f"{MENTEES + MENTORS} letters leave at once")
    press(page, "Release the decisions and send the letters")
    assert len(letters("application_accepted")) == MENTEES + MENTORS


def tick_all(boxes):
    """Click one box after the other, in one breath: asked one by one, as many as these take seconds."""
    boxes.evaluate_all("boxes => boxes.forEach(box => box.click())")
    assert all(box.is_checked() for box in (boxes.first, boxes.last))


def cleo_lets_the_engine_match(world):
    """Cleo lets the engine make a draft: everybody has a mentor, two mentors are left over; she publishes."""
    page = opens_the_list(world, "Matching")
    sees(page, f"{MENTEES} accepted to learn", f"{MENTORS} accepted to teach")
    type_in(page, {"Name of the draft": "First draft"})
    press(page, "Make a draft")
    sees(page, f"{MENTEES} of {MENTEES} learners have a partner", "2 are left out, both sides counted")
    sees(page.get_by_role("row").filter(has_text="Ada"), "Bo", "Finding and keeping partners")
    follow(page, "See the letters and publish")
    press(page, re.compile("Publish and send"))
    sees(page, f"{MENTEES} matches proposed so far")
    assert (len(letters("match_proposed")), letters("unmatched")) == (2 * MENTEES, ["ruth", "uma"])


def ada_and_bo_agree(world):
    """Ada and Bo say yes at the page, and see how to write to each other."""
    for name in ("ada", "bo"):
        page = as_person(world, name)
        goes_to(page, "My desk")
        follow(page.locator("main"), "Answer")
        press(page, "Yes, we want this")
    sees(page, "Both sides said yes", "ada@demo.invalid")


def everybody_has_a_partner(world):
    """There are 36 pairs, each of a mentee and a mentor; those named here are the ones to follow."""
    page = opens_the_list(world, "Mentorships")
    sees(page, f"{MENTEES} of {MENTEES} pairs")
    pairs = {str(one.mentee): str(one.mentor) for one in Exchange.objects.with_sides()}
    assert (len(pairs), len(letters("mentorship_started"))) == (MENTEES, 2 * MENTEES)
    named = {"Ada": "Bo", "Nadia": "Tove", "Leila": "Samir", "Oskar": "Greta"}
    assert {name: pairs[name] for name in named} == named
