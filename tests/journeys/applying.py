"""The steps up to the deadline of the call, each as somebody does it at the pages."""

from dataclasses import dataclass

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
)

PROGRAMME = "CEE Wiki Peer Learning Exchange"
RURITANIA, GRAUSTARK = "Wikimedians of Ruritania", "Wikimedia Graustark"
SYLDAVIA, ORSINIA = "Syldavian Wikimedians", "Wikimedia Orsinia"
ZUBROWKA = "Zubrowka Community Wikimedia"


@dataclass(frozen=True)
class Wish:
    """What a community that wants to learn writes."""

    who: str
    topic: str
    language: str
    problem: str
    change: str
    evidence: str


WISHES = {
    "ada": Wish(
        "Twelve people, most of them editors for three years. We meet every month in Strelsau.",
        "Planning the budget of an event",
        "Slovak",
        "The yearly conference ran 30 % over its budget twice: nobody follows the costs.",
        "We plan the next conference with a budget that two of us keep up to date.",
        "The costs stay within 5 % of the budget, which stands on our wiki page.",
    ),
    "eva": Wish(
        "Nine people around a university library. Newcomers come, and hardly anybody stays.",
        "Welcoming and onboarding newcomers",
        "Macedonian",
        "Of 40 newcomers who came to our workshops last year, two still edit.",
        "Newcomers go through three steps, each with a person of their own.",
        "Ten of the next 40 newcomers still edit after three months.",
    ),
    "hugo": Wish(
        "Twenty people with an office, supported by a yearly grant.",
        "Fundraising and external funding",
        "Hungarian",
        "We have never asked anybody but the Foundation for money.",
        "We run one campaign for small donations in our own language.",
        "At least 100 donors in the first year.",
    ),
}


def cleo_founds_the_programme(world):
    """Cleo makes the programme from its blueprint, appoints a reviewer, and publishes it."""
    page = as_person(world, "cleo")
    goes_to(page, "Office")
    follow(page, "Create a programme")
    tick_off(page, PROGRAMME)
    type_in(page, {"Address": "peer-learning", "Time zone": "Europe/Warsaw"})
    press(page, "Create the programme")
    sees(page, PROGRAMME)
    follow(page, "Appoint somebody")
    type_in(page, {"mail": "rosa@demo.invalid"})
    tick_off(page, "Reviewer")
    press(page, "Appoint")
    sees(page, "Rosa · Reviewer")
    follow(page, "Edit name and publication")
    tick_off(page, "Published")
    press(page, "Save")
    assert status_of(page) == "Published"


def cleo_opens_a_cycle(world):
    """Cleo opens a cycle of the programme, with a budget, and announces it."""
    page = as_person(world, "cleo")
    follow(page, "Open a cycle")
    type_in(page, {"Budget": 12000})
    press(page, "Open the cycle")
    sees(page, "Cycle 2027", "12,000.00 EUR", "1 March 2027 – 31 March 2027")
    press(page, "Announce the cycle")
    assert status_of(page) == "Announced"


def somebody_reads_what_it_is(world):
    """A stranger reads the public page before anybody can apply."""
    page = world.page_of("a stranger")
    page.goto("/")
    follow(page, PROGRAMME)
    sees(page, "Where we are: Cycle 2027", "Some things are hard to learn from a guide")
    follow(page, "Mentee community")
    sees(page, "Who can apply", "Opens")
    assert page.get_by_role("link", name="Apply", exact=True).count() == 0


def begins_to_apply(world, name, role):
    """Find the call from the desk, and begin an application."""
    page = as_person(world, name)
    goes_to(page, "Programmes")
    follow(page, PROGRAMME)
    return begins_from(page, role)


def begins_from(page, role):
    """Begin an application from a page that shows the call."""
    follow(page, role)
    follow(page, "Apply")
    press(page, "Begin the application")
    assert status_of(page) == "Draft"
    return page


def ada_applies(world):
    """Ada applies for Ruritania, names Graustark as its partner, and hands in."""
    page = begins_to_apply(world, "ada", "Mentee community")
    sees(page, "things are missing")
    writes_a_wish(page, WISHES["ada"])
    names_a_partner(page, GRAUSTARK)
    hands_in(page)
    receipt = newest_letter(world, "ada")
    assert "Wikimedians of Ruritania" in receipt
    sees(as_person(world, "ada"), "Graustark", "Asked to confirm")


def eva_and_hugo_apply(world):
    """Two more communities apply to learn; one of them lives on a General Support Fund grant."""
    for name in ("eva", "hugo"):
        page = begins_to_apply(world, name, "Mentee community")
        writes_a_wish(page, WISHES[name])
        hands_in(page)


def writes_a_wish(page, wish):
    """Fill in the form of a community that wants to learn, its goal, the format and the promises."""
    answers = page.locator("#answers")
    type_in(answers, {"Tell us about your community": wish.who})
    answer(answers, "How many people take part regularly?", "6 to 20")
    answer(answers, "How active are you at present?", "Active every month")
    answer(answers, "Would you call your community developing", "Developing")
    speaks_of(answers, [(wish.topic, "1 – just beginning")], wish.language)
    press(answers, "Save")
    sees(page, "Saved")
    goal = page.locator("#goal-new")
    type_in(goal, {"The problem": wish.problem, "What will be different": wish.change})
    type_in(goal, {"How we will know": wish.evidence, "By when": "2028-01-31"})
    press(goal, "Add this goal")
    tick_off(page.locator("#format"), "The mentee travels to the mentor")
    press(page.locator("#format"), "Save")
    promises(page)


def speaks_of(answers, topics, language):
    """Say which topics one learns or teaches, which languages one speaks, and when one is free."""
    for place, (topic, level) in enumerate(topics, 1):
        answers.get_by_label(f"Topic {place}").select_option(label=topic)
        answers.get_by_label(f"Level {place}", exact=True).first.select_option(label=level)
    for place, (name, level) in enumerate(((language, "Native speaker"), ("English", "5 – professional")), 1):
        answers.get_by_label(f"Language {place}").fill(name)
        answers.get_by_label(f"Level {place}", exact=True).last.select_option(label=level)
    type_in(answers, {"First day 1": "2027-07-01", "Last day 1": "2027-08-31"})


def promises(page):
    """Accept what taking part means."""
    promised = page.locator("#commitments")
    for box in promised.get_by_role("checkbox").all():
        box.check()
    press(promised, "Save")


def names_a_partner(page, community):
    """Name a community by a part of its name, as one would."""
    partner = page.locator("#partner")
    type_in(partner, {"Community": community.split()[-1], "What you agreed": "We met at the CEE Meeting."})
    press(partner, "Name this partner")
    sees(page.locator("#partner"), community)


def hands_in(page):
    """Hand in, once nothing is missing."""
    sees(page, "Nothing is missing")
    press(page.locator("#hand-in"), "Hand in")
    assert status_of(page) == "Handed in"


def bo_confirms_and_offers(world):
    """Bo finds the question of Ada's community on the desk, says yes, and goes on to offer what is asked."""
    page = as_person(world, "bo")
    sees(page, "Asked of you now", RURITANIA)
    follow(page.locator("main"), "Answer")
    sees(page, WISHES["ada"].problem)
    press(page, "Yes, we have agreed")
    assert status_of(page) == "Draft"
    offers_to_teach(page, WISHES["ada"].topic, "Polish")
    assert f"{GRAUSTARK} " in newest_letter(world, "ada")


def greta_offers(world):
    """Another experienced community applies to teach, with nobody in mind."""
    page = begins_to_apply(world, "greta", "Mentor community")
    offers_to_teach(page, WISHES["eva"].topic, "Czech")


def offers_to_teach(page, topic, language):
    """Fill in the form of a community that teaches, accept the promises, and hand in."""
    answers = page.locator("#answers")
    speaks_of(answers, [(topic, "5 – could teach experts")], language)
    type_in(answers, {"What have you done in these topics?": "Every year since 2018, with papers to show."})
    tick_off(answers, "We host a mentee in our city", "We travel to a mentee")
    type_in(answers, {"How many mentee communities": 1})
    press(answers, "Save")
    promises(page)
    hands_in(page)


def the_call_has_closed(world):
    """Nobody can apply any more, and those who did read that they are read now."""
    page = world.page_of("a stranger")
    page.reload()
    sees(page, "Closed")
    assert page.get_by_role("link", name="Apply", exact=True).count() == 0
    sees(as_person(world, "ada"), "has applied")
    sees_no(as_person(world, "ada"), "Finish the application")
