"""The steps from the deadline to the agreed match, each as somebody does it at the pages."""

from tests.journeys.applying import GRAUSTARK, ORSINIA, RURITANIA, SYLDAVIA, ZUBROWKA
from tests.journeys.hands import (
    as_person,
    follow,
    goes_to,
    letters_to,
    newest_letter,
    press,
    sees,
    sees_no,
    status_of,
    tick_off,
    type_in,
    unfold,
)

ACCEPTED = (RURITANIA, GRAUSTARK, SYLDAVIA, ORSINIA)
GRANT = "has received a General Support Fund grant"


def opens_the_cycle(world, name="cleo"):
    """Go from the desk to the board of the cycle."""
    page = as_person(world, name)
    goes_to(page, "Office")
    follow(page, "Cycle 2027")
    return page


def opens_the_applications(world, name="cleo"):
    """Go to the list of applications from the board of the cycle."""
    page = opens_the_cycle(world, name)
    follow(page, "5 applied")
    return page


def cleo_settles_what_needs_a_person(world):
    """Cleo decides what the rules leave to a person, with a note."""
    page = opens_the_applications(world)
    sees(page.locator("tr", has_text=ZUBROWKA), "1 not met")
    for community in (RURITANIA, SYLDAVIA):
        sees(page.locator("tr", has_text=community), "1 needs a person")
        follow(page, community)
        follow(page.get_by_role("listitem").filter(has_text="Needs a person"), "Decide")
        page.get_by_label("What counts instead").select_option("Met")
        type_in(page, {"Why": "We asked them: they have no grant."})
        press(page, "Save")
        sees(page, "Cleo decided otherwise")
        follow(page, "Applications")
        sees(page.locator("tr", has_text=community), "all met")


def rosa_reviews(world):
    """Rosa, who reviews, reads what Ada wrote, and gives scores."""
    page = opens_the_applications(world, "rosa")
    follow(page, RURITANIA)
    sees(page, "30 % over its budget")
    follow(page, "Write a review")
    for score in ("Clear goals", "Need", "Use at home", "Readiness"):
        page.get_by_label(score).select_option("5")
    type_in(page, {"Comment for the coordinators": "One will see at once whether they reached it."})
    press(page, "Hand it in")
    sees(page, "1 of 2 wanted are handed in")


def cleo_decides(world):
    """Cleo prepares the decisions, reads the letters, and releases all of them together."""
    page = opens_the_applications(world)
    for community in ACCEPTED:
        tick_off(page, f"Select {community}")
    unfold(page, "Prepare a decision for those selected")
    tick_off(page.get_by_role("group", name="Decision"), "Accepted")
    press(page, "Prepare")
    follow(page, "Applications")
    follow(page, ZUBROWKA)
    follow(page, "Prepare a decision")
    tick_off(page, "Declined")
    press(page, "Prepare")
    opens_the_applications(world)
    follow(page, "Decisions")
    sees_no(as_person(world, "hugo"), "Declined")
    page = as_person(world, "cleo")
    sees(page, "5 letters leave at once", GRANT)
    press(page, "Release the decisions and send the letters")


def hugo_reads_why(world):
    """Hugo reads the reason, in the letter and on his page."""
    assert GRANT in newest_letter(world, "hugo")
    page = as_person(world, "hugo")
    follow(page, f"{ZUBROWKA} in")
    assert status_of(page) == "Declined"
    sees(page, GRANT, "Capacity Exchange")


def cleo_matches(world):
    """Cleo validates the pair that agreed beforehand, lets the engine suggest the other, and publishes."""
    page = opens_the_cycle(world)
    follow(page, "accepted applications have no partner yet")
    sees(page, "Agreed beforehand", f"{RURITANIA} – {GRAUSTARK}")
    press(page, "Validate and ask both", exact=False)
    type_in(page, {"Name of the draft": "First draft"})
    press(page, "Make a draft")
    pair = page.get_by_role("row").filter(has_text=SYLDAVIA)
    sees(pair, ORSINIA, "Teaches what is asked for: Welcoming and onboarding newcomers")
    follow(page, "See the letters and publish")
    press(page, "Publish and send 2 letters")
    sees(page, "Proposed")


def ada_and_bo_agree(world):
    """Both sides say yes, and an exchange begins."""
    for name in ("ada", "bo"):
        page = as_person(world, name)
        goes_to(page, "My desk")
        follow(page.locator("main"), "Answer")
        press(page, "Yes, we want this")
    sees(page, "Both sides said yes", "ada@demo.invalid")


def greta_declines(world):
    """Greta says no and why; Eva is told, and Cleo sees both."""
    page = as_person(world, "greta")
    follow(page.locator("main"), "Answer")
    unfold(page, "No, this does not fit")
    type_in(page, {"Why not?": "We move to another office this summer."})
    press(page, "Decline the match")
    assert status_of(page) == "Declined"
    assert any(f"{ORSINIA} has declined the match" in letter for letter in letters_to(world, "eva"))
    office = opens_the_cycle(world)
    follow(office, "1 matched")
    sees(office.get_by_role("row").filter(has_text=SYLDAVIA), "Declined")
    sees(office.get_by_role("row").filter(has_text=RURITANIA), "Agreed")
