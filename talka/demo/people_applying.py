"""The people of the demonstration's mentorship, and how they apply: all invented."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from talka.applications.actions import accept_commitments, save_application, set_goal, start_application
from talka.applications.models import Application
from talka.applications.queries import commitments_of, is_learner
from talka.demo.cast import make_account
from talka.demo.scene import Scene
from talka.people.models import Account
from talka.screening.actions import (
    hand_in_application,
    override_verdict,
    prepare_decision,
    release_decisions,
    save_review,
    submit_review,
)
from talka.screening.models import Outcome, Ruling

EVENINGS = ("weekdays", "16:00", "21:00")
MORNINGS = ("weekdays", "07:00", "11:00")
WEEKENDS = ("5", "09:00", "18:00")


@dataclass(frozen=True)
class Wisher:
    """Somebody who wants to learn: where from, when, in which language, what, and towards which goal."""

    who: str
    country: str
    zone: str
    language: str
    hours: tuple[str, str, str]
    topics: tuple[str, ...]
    programme: str
    change: str
    challenge: str


@dataclass(frozen=True)
class Giver:
    """Somebody who can teach, or help several pairs."""

    who: str
    country: str
    zone: str
    language: str
    hours: tuple[str, str, str]
    topics: tuple[str, ...]
    places: int = 1
    role: str = "mentor"


MENTEES = (
    Wisher(
        "ada",
        "SK",
        "Europe/Bratislava",
        "sk",
        EVENINGS,
        ("education", "partnerships"),
        "Twelve teachers of a grammar school in Strelsau asked for lessons with Wikipedia.",
        "Three classes write articles in the spring, and two teachers can go on without us.",
        "Teachers have no time to learn it themselves.",
    ),
    Wisher(
        "kofi",
        "GH",
        "Africa/Accra",
        "tw",
        EVENINGS,
        ("education", "volunteer_recruitment"),
        "A student club that translates health articles wants to become part of a course.",
        "One course of the university counts the articles towards the grade.",
        "The university wants to see that it is not a hobby.",
    ),
    Wisher(
        "leila",
        "TN",
        "Africa/Tunis",
        "ar",
        EVENINGS,
        ("education", "event_management"),
        "Librarians in three towns hold workshops, each in a way of her own.",
        "There is one plan of a workshop that all three use, with material in Arabic.",
        "Hardly any material is in Arabic.",
    ),
    Wisher(
        "mirek",
        "CZ",
        "Europe/Prague",
        "cs",
        EVENINGS,
        ("partnerships", "grants"),
        "A teachers' college is curious, and nobody there edits.",
        "The college signs an agreement for two years.",
        "Finding the person who decides.",
    ),
    Wisher(
        "nadia",
        "KE",
        "Africa/Nairobi",
        "sw",
        WEEKENDS,
        ("education", "volunteer_retention"),
        "Sixty pupils came to our first workshop, and two still edit.",
        "Ten pupils of each workshop still edit after three months.",
        "Pupils share telephones.",
    ),
    Wisher(
        "oskar",
        "EE",
        "Europe/Tallinn",
        "et",
        EVENINGS,
        ("education", "volunteer_onboarding"),
        "Our programme with schools has run for a year without anybody looking at its results.",
        "We know after each term what pupils have learned, and say so in public.",
        "We do not know what to measure.",
    ),
    Wisher(
        "petra",
        "RS",
        "Europe/Belgrade",
        "sr",
        MORNINGS,
        ("event_management", "education"),
        "A museum wants pupils to describe what it shows.",
        "Two museums have a programme for pupils that they run themselves.",
        "Museums plan years ahead.",
    ),
    Wisher(
        "quentin",
        "SN",
        "Africa/Dakar",
        "fr",
        WEEKENDS,
        ("grants", "partnerships"),
        "Three teachers run a Wikipedia hour without any support.",
        "We have written a request for a small grant that covers the data for a year.",
        "Data is expensive.",
    ),
)

GIVERS = (
    Giver("bo", "PL", "Europe/Warsaw", "pl", EVENINGS, ("education", "partnerships", "event_management"), 2),
    Giver("greta", "CZ", "Europe/Prague", "cs", EVENINGS, ("volunteer_onboarding", "education"), 1),
    Giver("ruth", "NG", "Africa/Lagos", "ig", EVENINGS, ("education", "volunteer_recruitment"), 2),
    Giver("samir", "EG", "Africa/Cairo", "ar", EVENINGS, ("education", "event_management"), 1),
    Giver("tove", "SE", "Europe/Stockholm", "sv", WEEKENDS, ("volunteer_retention", "grants"), 2),
    Giver("uma", "IN", "Asia/Kolkata", "hi", MORNINGS, ("education", "grants"), 1),
    Giver("vera", "DE", "Europe/Berlin", "de", EVENINGS, (), 4, "designer"),
    Giver("wim", "NL", "Europe/Amsterdam", "nl", EVENINGS, (), 6, "evaluator"),
)


def introduce_people(scene: Scene, *, day: int) -> None:
    """Make the accounts of everybody who applies; those who are there already stay as they are."""
    everybody = {**scene.everybody}
    for one in (*MENTEES, *GIVERS):
        account = make_account(one.who, now=scene.at(day))
        if account.time_zone == "UTC":
            account.time_zone = one.zone
            account.save(update_fields=["time_zone"])
        everybody[one.who] = account
    scene.everybody = everybody


def apply_as_person(
    scene: Scene, account: Account, role: str, answers: dict[str, Any], *, day: int
) -> Application:
    """Begin a person's application, fill it in, and leave it a draft."""
    now = scene.at(day)
    call = scene.cycle.calls.get(role=role)
    application = start_application(call=call, person=account, by=account, now=now)
    save_application(application=application, answers=answers, seen={}, by=account, now=now)
    keys = [one.key for one in commitments_of(call)]
    accept_commitments(application=application, keys=keys, by=account, now=now)
    return application


def apply_to_learn(scene: Scene, wish: Wisher, *, day: int) -> None:
    """Hand in the application of somebody who wants to learn."""
    account = scene.everybody[wish.who]
    answers = {
        "programme": wish.programme,
        "topics": _topics(wish.topics, 1),
        "challenge": wish.challenge,
        "country": wish.country,
        "languages": _languages(wish.language),
        "hours": _hours(wish.hours),
    }
    application = apply_as_person(scene, account, "mentee", answers, day=day)
    goal = {
        "capacity": wish.topics[0],
        "problem": wish.programme,
        "change": wish.change,
        "evidence": "We look at it together in the last month.",
        "by_when": scene.day(220),
    }
    set_goal(application=application, goal=None, values=goal, seen={}, by=account, now=scene.at(day))
    _hand_in(scene, application, account, day=day)


def apply_to_give(scene: Scene, one: Giver, *, day: int) -> None:
    """Hand in the application of a mentor, or of somebody who helps several pairs."""
    account = scene.everybody[one.who]
    answers: dict[str, Any] = {
        "experience": "I have run a programme with schools for four years, with about 200 pupils a year.",
        "languages": _languages(one.language),
        "places": one.places,
    }
    if one.role == "mentor":
        answers |= {
            "ran_programmes": True,
            "topics": _topics(one.topics, 5),
            "country": one.country,
            "hours": _hours(one.hours),
        }
    application = apply_as_person(scene, account, one.role, answers, day=day)
    _hand_in(scene, application, account, day=day)


def _hand_in(scene: Scene, application: Application, account: Account, *, day: int) -> None:
    hand_in_application(application=application, by=account, now=scene.at(day) + timedelta(hours=1))
    scene.applications[account.name.lower()] = application


def _topics(keys: tuple[str, ...], level: int) -> list[dict[str, Any]]:
    return [{"capacity": key, "level": level} for key in keys]


def _languages(own: str) -> list[dict[str, Any]]:
    return [{"language": own, "level": 6}, {"language": "en", "level": 4}]


def _hours(given: tuple[str, str, str]) -> list[dict[str, str]]:
    day, starts, ends = given
    return [{"day": day, "starts": starts, "ends": ends}]


def accept_everybody(scene: Scene, *, day: int) -> None:
    """Review whoever wants to learn, accept everybody, and tell them all at once."""
    rosa, cleo, now = scene.everybody["rosa"], scene.cleo, scene.at(day)
    scores = {score.key: score.highest - 1 for score in scene.cycle.plan.scores}
    for application in scene.applications.values():
        if is_learner(application):
            review = save_review(
                application=application, scores=scores, comment="A clear goal.", version=0, by=rosa, now=now
            )
            submit_review(review=review, by=rosa, now=now)
        for verdict in application.verdicts.filter(ruling=Ruling.PERSON):
            override_verdict(verdict=verdict, ruling=Ruling.PASS, note="We know them.", by=cleo, now=now)
        prepare_decision(application=application, outcome=Outcome.ACCEPT, note="", by=cleo, now=now)
    release_decisions(cycle=scene.cycle, by=cleo, now=now)
    for application in scene.applications.values():
        application.refresh_from_db()
