"""What does not go well: a pair from which nothing is heard, and a mentor who has to leave."""

import re

from talka.exchanges.models import Exchange
from tests.journeys.crowd import letters
from tests.journeys.hands import (
    as_person,
    follow,
    goes_to,
    newest_letter,
    press,
    sees,
    status_of,
    tick_off,
    type_in,
)
from tests.journeys.mentoring import opens_the_pair
from tests.journeys.pairing import opens_the_list

QUIET = ["nadia", "tove"]


def only_nadia_and_tove_are_written_to(key):
    """Of 36 pairs the clock writes to the one from which nothing was heard, and to nobody else."""
    assert letters(key) == QUIET


def nadia_sees_that_it_is_paused(world):
    """Nobody is pressed: Nadia reads that nothing is asked of her."""
    page = opens_the_pair(world, "nadia", "Nadia – Tove")
    sees(page, "This mentorship is paused. Nothing is asked of you")
    assert status_of(page) == "Paused"


def cleo_finds_nadia_another_mentor(world):
    """Cleo, who was written to, ends the quiet pair without blame and proposes another mentor."""
    assert letters("quiet_offer_office") == ["cleo"]
    page = opens_the_list(world, "Mentorships")
    follow(page, "Nadia – Tove")
    sees(page, "Last heard of 64 days ago.")
    follow(page, "End it early")
    tick_off(page, "Something else needs me now")
    press(page, "End it")
    assert status_of(page) == "Ended early"
    assert "Look back on it with us" in newest_letter(world, "tove")
    press(page, "Propose another partner to the mentee")
    sees(page, "Nadia – Ruth")
    for name in ("nadia", "ruth"):
        asked = as_person(world, name)
        goes_to(asked, "My desk")
        follow(asked.locator("main"), "Answer")
        press(asked, "Yes, we want this")
    sees(asked, "Both sides said yes")


def samir_leaves(world):
    """Samir cannot go on as Leila's mentor: she is told kindly, and not why."""
    page = opens_the_pair(world, "samir", "Leila – Samir")
    follow(page, "Leave it to another mentor")
    tick_off(page, "There is less time than we thought")
    type_in(page, {"What the coordinators should know": "My daughter was born."})
    press(page, "Leave it to another")
    assert (letters("mentor_left"), letters("mentor_left_office")) == (["leila"], ["cleo"])
    told = newest_letter(world, "leila")
    assert "Your mentor Samir cannot go on" in told
    assert "daughter" not in told


def uma_goes_on_with_leila(world):
    """Cleo asks Uma to go on in his place: with her yes the work goes on, and she signs the plan."""
    page = opens_the_list(world, "Mentorships")
    follow(page, re.compile("^Leila$"))
    follow(page, "Who else is there for them")
    sees(page, "The mentor has left")
    page.locator("#successor_application").select_option(label=_first_choice(page, "Uma"))
    press(page, "Ask them to go on")
    uma = as_person(world, "uma")
    goes_to(uma, "My desk")
    follow(uma.locator("main"), re.compile("Answer|Read"))
    sees(uma, "Would you go on with Leila?")
    press(uma, "Yes, I go on with them")
    assert (letters("takeover_answered"), letters("plan_handed_over")) == (["leila"], ["uma"])
    sees(uma, "Leila – Uma: read the goals of your plan, and sign it.")
    sees(uma.locator("#plan"), "Not signed as it stands")
    press(uma, "Sign for Uma")
    sees(uma.locator("#plan"), "Signed by both")
    leila = opens_the_pair(world, "leila", "Leila – Uma")
    assert status_of(leila) == "Under way"
    sees(leila.locator("#hours"), "10 h")


def _first_choice(page, name):
    """Return how the best fit is written: it stands first, and is who is expected."""
    first = page.locator("#successor_application option").first.inner_text()
    assert first.startswith(name)
    return first


def nobody_is_orphaned():
    """Every mentorship that goes on has somebody who learns and somebody who teaches."""
    pairs = {str(one.mentee): str(one.mentor) for one in Exchange.objects.working().with_sides()}
    assert len(pairs) == 36
    assert {name: pairs[name] for name in ("Ada", "Leila", "Nadia")} == {
        "Ada": "Bo",
        "Leila": "Uma",
        "Nadia": "Ruth",
    }
