"""How the communities of the demonstration apply."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from talka.applications.actions import (
    accept_commitments,
    confirm_partner,
    name_partner,
    save_application,
    save_format,
    set_goal,
    start_application,
)
from talka.applications.models import Application, Partner
from talka.demo.scene import Scene
from talka.screening.actions import hand_in_application

COMMITMENTS = ("plan_first", "bookings_by_staff", "report_in_a_month")


@dataclass(frozen=True)
class Wish:
    """What a mentee of the demonstration applies with."""

    who: str
    community: str
    profile: str
    topics: tuple[tuple[str, int], ...]
    problem: str
    change: str
    evidence: str
    language: str
    partner: str = ""


WISHES = {
    "ada": Wish(
        "ada",
        "Wikimedians of Ruritania",
        "Twelve people, most of them editors for three years or longer. We meet every month in Strelsau.",
        (("event_budgets", 1), ("event_management", 2)),
        "The yearly conference ran 30 % over its budget twice: nobody follows the costs until the last week.",
        "We plan the next conference with a budget that two of us keep up to date from the first booking.",
        "The costs stay within 5 % of the budget, and the budget is published on our wiki page.",
        "sk",
        partner="Wikimedia Graustark",
    ),
    "eva": Wish(
        "eva",
        "Syldavian Wikimedians",
        "Nine people around a university library. Every workshop brings newcomers, and hardly anybody stays.",
        (("volunteer_onboarding", 1), ("volunteer_retention", 1)),
        "Of 40 newcomers who came to our workshops last year, two still edit.",
        "Newcomers go through three steps with a person of their own, as they do at an experienced chapter.",
        "Ten of the next 40 newcomers still edit after three months.",
        "mk",
    ),
    "filip": Wish(
        "filip",
        "Friends of Wikipedia in Borduria",
        "Six friends who photograph museums. We are not recognised and have no account.",
        (("glam", 2),),
        "Two museums offered us their pictures, and we do not know how to agree with them in writing.",
        "We have an agreement that both museums sign, and 200 pictures uploaded with their descriptions.",
        "The signed agreement, and the category on Commons.",
        "sq",
    ),
    "hugo": Wish(
        "hugo",
        "Zubrowka Community Wikimedia",
        "Twenty people with an office, supported by a yearly grant.",
        (("fundraising", 1),),
        "We have never asked anybody but the Foundation for money.",
        "We run one campaign for small donations in our own language.",
        "At least 100 donors in the first year.",
        "hu",
    ),
}

MENTORS = {
    "bo": ("Wikimedia Graustark", "pl", (("event_budgets", 5), ("event_management", 5), ("finances", 4))),
    "greta": ("Wikimedia Orsinia", "cs", (("volunteer_onboarding", 5), ("volunteer_retention", 4))),
    "jan": ("Wikimedia Evallonia", "et", (("education", 5), ("partnerships", 4))),
}


def _languages(own: str) -> list[dict[str, Any]]:
    return [{"language": own, "level": 6}, {"language": "en", "level": 4}]


def _dates(scene: Scene) -> list[dict[str, str]]:
    return [{"starts_on": scene.day(85).isoformat(), "ends_on": scene.day(125).isoformat()}]


def draft_wish(scene: Scene, wish: Wish, *, day: int) -> Application:
    """Begin a mentee's application and fill it in."""
    account, community = scene.everybody[wish.who], scene.everybody[wish.community]
    now = scene.at(day)
    call = scene.cycle.calls.get(role="mentee")
    application = start_application(call=call, community=community, by=account, now=now)
    answers = {
        "profile": wish.profile,
        "size": "up_to_20",
        "activity": "regular",
        "maturity": "developing",
        "topics": [{"capacity": key, "level": level} for key, level in wish.topics],
        "languages": _languages(wish.language),
        "dates": _dates(scene),
        "has_passport": True,
        "needs_visa": False,
    }
    save_application(application=application, answers=answers, seen={}, by=account, now=now)
    goal = {
        "capacity": wish.topics[0][0],
        "problem": wish.problem,
        "change": wish.change,
        "evidence": wish.evidence,
        "by_when": scene.day(320),
    }
    set_goal(application=application, goal=None, values=goal, seen={}, by=account, now=now)
    save_format(application=application, format="mentee_travels", seen={}, by=account, now=now)
    if wish.partner:
        partner = scene.everybody[wish.partner]
        note = "We met at the last CEE Meeting and agreed to work on a real budget together."
        name_partner(application=application, community=partner, note=note, by=account, now=now)
    accept_commitments(application=application, keys=COMMITMENTS, by=account, now=now)
    return application


def apply_as_mentee(scene: Scene, who: str, *, day: int) -> Application:
    """Fill in a mentee's application and hand it in."""
    application = draft_wish(scene, WISHES[who], day=day)
    account = scene.everybody[who]
    hand_in_application(application=application, by=account, now=scene.at(day) + timedelta(hours=1))
    scene.applications[who] = application
    return application


def apply_as_mentor(scene: Scene, who: str, *, day: int) -> Application:
    """Fill in a mentor's application and hand it in."""
    name, language, topics = MENTORS[who]
    account, community = scene.everybody[who], scene.everybody[name]
    now = scene.at(day, 15)
    call = scene.cycle.calls.get(role="mentor")
    application = start_application(call=call, community=community, by=account, now=now)
    answers = {
        "topics": [{"capacity": key, "level": level} for key, level in topics],
        "experience": "We have done this every year since 2018, and the papers are ours to show.",
        "formats": ["mentee_travels", "mentor_travels"],
        "places": 1,
        "languages": _languages(language),
        "dates": _dates(scene),
        "has_passport": True,
        "needs_visa": False,
    }
    save_application(application=application, answers=answers, seen={}, by=account, now=now)
    accept_commitments(application=application, keys=COMMITMENTS, by=account, now=now)
    hand_in_application(application=application, by=account, now=now + timedelta(hours=1))
    scene.applications[who] = application
    return application


def confirm_as_partner(scene: Scene, who: str, *, day: int) -> None:
    """Say yes, as the community that an applicant named."""
    account = scene.everybody[who]
    community = scene.everybody[MENTORS[who][0]]
    partner = Partner.objects.get(community=community, application__call__cycle=scene.cycle)
    confirm_partner(partner=partner, by=account, now=scene.at(day))
