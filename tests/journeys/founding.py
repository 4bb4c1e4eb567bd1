"""The first steps of a cohort: it is founded from the template, and two of many apply at the pages."""

from tests.journeys.applying import hands_in, promises
from tests.journeys.hands import (
    answer,
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

PROGRAMME, COHORT = "Wikipedia & Education mentorship", "Cohort 2027"
GOAL = "Three classes write articles in the spring, and two teachers go on without us."


def cleo_founds_the_programme(world):
    """Cleo makes the programme from the template of a mentorship, and publishes it."""
    page = as_person(world, "cleo")
    goes_to(page, "Office")
    follow(page, "Create a programme")
    tick_off(page, PROGRAMME)
    type_in(page, {"Address": "mentorship", "Time zone": "Europe/Warsaw"})
    press(page, "Create the programme")
    sees(page, PROGRAMME)
    follow(page, "Edit name and publication")
    tick_off(page, "Published")
    press(page, "Save")
    assert status_of(page) == "Published"


def cleo_asks_for_check_ins(world):
    """Cleo sets that a mentee was at two check-ins that the organisers lead: the template leaves it open."""
    page = as_person(world, "cleo")
    follow(page, "Rules and values")
    follow(page, "What a match leads to")
    type_in(page, {"Certificate of completion: check-ins with the organisers, at least": 2})
    press(page, "Save")
    goes_to(page, "Office")
    follow(page, PROGRAMME)


def cleo_opens_a_cohort(world):
    """Cleo opens a cohort with the dates of the template, and announces it."""
    page = as_person(world, "cleo")
    follow(page, "Open a cycle")
    press(page, "Open the cycle")
    sees(page, COHORT, "1 October 2027 – 31 October 2027", "15 November 2027 – 14 May 2028")
    press(page, "Announce the cycle")
    assert status_of(page) == "Announced"


def begins_to_apply(world, name, role):
    """Find the call from the desk, and begin to apply for oneself."""
    page = as_person(world, name)
    goes_to(page, "Programmes")
    follow(page, PROGRAMME)
    follow(page, role)
    follow(page, "Apply")
    tick_off(page, "Myself")
    press(page, "Begin the application")
    assert status_of(page) == "Draft"
    return page


def ada_applies(world):
    """Ada applies for herself, with a goal, hours in which she could meet, and the promises."""
    page = begins_to_apply(world, "ada", "Mentee")
    answers = page.locator("#answers")
    type_in(answers, {"Which programme do you want to begin": "Twelve teachers asked for lessons."})
    type_in(answers, {"What do you find hardest": "Teachers have no time."})
    tells_of_oneself(answers, "Finding and keeping partners", "1 – just beginning", "Slovakia", "Slovak")
    press(answers, "Save")
    sees(page, "Saved")
    goal = page.locator("#goal-new")
    type_in(goal, {"The problem": "Nobody teaches with Wikipedia here.", "What will be different": GOAL})
    type_in(goal, {"How we will know": "We look at it together.", "By when": "2028-04-30"})
    press(goal, "Add this goal")
    promises(page)
    hands_in(page)
    assert "Ada" in newest_letter(world, "ada")


def bo_applies(world):
    """Bo, who has run programmes, offers to be a mentor of one."""
    page = begins_to_apply(world, "bo", "Mentor")
    answers = page.locator("#answers")
    answer(answers, "Have you run education programmes", "Yes")
    type_in(answers, {"Tell us about them": "Four years with schools.", "How many mentees": 1})
    tells_of_oneself(answers, "Finding and keeping partners", "5 – could teach experts", "Poland", "Polish")
    press(answers, "Save")
    promises(page)
    hands_in(page)


def tells_of_oneself(answers, topic, level, country, language):
    """Say what one learns or teaches, where one lives, which languages one speaks, and when one is free."""
    answers.get_by_label("Topic 1").select_option(label=topic)
    answers.get_by_label("Level 1", exact=True).first.select_option(label=level)
    answers.get_by_label("In which country").select_option(label=country)
    spoken = ((language, "Native speaker"), ("English", "5 – professional"))
    for place, (name, how_well) in enumerate(spoken, 1):
        answers.get_by_label(f"Language {place}").fill(name)
        answers.get_by_label(f"Level {place}", exact=True).last.select_option(label=how_well)
    answers.get_by_label("Day 1").select_option(label="Monday to Friday")
    type_in(answers, {"From 1": "16:00", "Until 1": "20:00"})


def the_call_has_closed(world):
    """Nobody can apply any more, and Ada reads that she has applied."""
    page = world.page_of("a stranger")
    page.goto("/programmes/mentorship/")
    follow(page, "Mentee")
    sees(page, "Closed")
    assert page.get_by_role("link", name="Apply", exact=True).count() == 0
    sees(as_person(world, "ada"), "Handed in")
