"""Requests and offers of the demonstration, of different ages and at every point of their road."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from talka.capacities.actions import (
    accept_introduction,
    ask_for_help,
    go_away,
    introduce,
    make_offer,
    note_need,
    reply_to_need,
    take_up_need,
)
from talka.capacities.models import Need, Offer
from talka.programmes.models import Programme

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Question:
    """What somebody of the cast asks, and how many days ago."""

    who: str
    days_ago: int
    text: str
    topics: tuple[str, ...]
    country: str
    language: str
    model: str = ""
    when: str = ""
    is_public: bool = False
    community: str = ""


@dataclass(frozen=True)
class Gift:
    """What somebody of the cast offers, and since how many days."""

    who: str
    days_ago: int
    text: str
    topics: tuple[str, ...]
    country: str
    language: str
    models: tuple[str, ...] = ()
    places: int = 1
    community: str = ""


QUESTIONS = (
    Question(
        "filip",
        25,
        "A museum school would like to write about its collection with its pupils. Nobody of us has ever "
        "worked with a class, and the teachers ask what it is good for.",
        ("education", "glam"),
        "AL",
        "sq",
        model="school",
        when="Before the school year begins",
        is_public=True,
        community="Friends of Wikipedia in Borduria",
    ),
    Question(
        "ada",
        11,
        "A lecturer wants to give Wikipedia articles as an assignment, and we have no outline for her.",
        ("education",),
        "SK",
        "sk",
        model="university",
        is_public=True,
        community="Wikimedians of Ruritania",
    ),
    Question(
        "dan",
        6,
        "I teach at a secondary school and would like to learn how others mark what pupils write.",
        ("education",),
        "SI",
        "sl",
        model="school",
    ),
    Question(
        "eva",
        4,
        "Our newcomers from the student club leave after one term. How do others keep them?",
        ("volunteer_retention", "volunteer_onboarding"),
        "MK",
        "mk",
        model="club",
        community="Syldavian Wikimedians",
    ),
    Question(
        "ivana",
        1,
        "Is there anybody who has trained teachers in a small town, without a university nearby?",
        ("education", "partnerships"),
        "RO",
        "ro",
        model="teachers",
        is_public=True,
    ),
    Question(
        "hugo",
        40,
        "Which of the modules suits teachers who have never edited?",
        ("education",),
        "HU",
        "hu",
        model="teachers",
    ),
)
GIFTS = (
    Gift(
        "jan",
        120,
        "Eight years of Wikipedia in schools. I can look through plans and come to calls in the evening.",
        ("education", "partnerships"),
        "EE",
        "et",
        models=("school", "teachers"),
        places=2,
    ),
    Gift(
        "greta",
        90,
        "We welcome forty newcomers a year, and show how.",
        ("volunteer_onboarding", "volunteer_retention"),
        "CZ",
        "cs",
        models=("club",),
        community="Wikimedia Orsinia",
    ),
    Gift(
        "bo",
        30,
        "Museums and archives that work with schools.",
        ("glam", "education"),
        "PL",
        "pl",
        models=("school", "university"),
    ),
    Gift("rosa", 200, "Data models for beginners.", ("wikidata",), "HR", "hr"),
)


def ask_and_offer(programme: Programme, people: Mapping[str, Any], now: datetime) -> list[Need]:
    """Fill a programme that takes requests with some, and with offers; return the requests, oldest first.

    `people` names the cast and their communities, as `introduce_everybody` returns them.
    """
    offers = {gift.who: _offer(programme, people, gift, now) for gift in GIFTS}
    needs = {
        question.who: _ask(programme, people, question, now)
        for question in sorted(QUESTIONS, key=lambda one: -one.days_ago)
    }
    cleo = people["cleo"]
    take_up_need(need=needs["ada"], note="I ask two of our mentors.", by=cleo, now=now - 9 * A_DAY)
    text = "Bo does this with two universities: ask him first."
    note_need(need=needs["ada"], text=text, by=cleo, now=now - 9 * A_DAY)
    note = "A lecturer wants to give articles as an assignment, and the community has no outline to show her."
    introduce(need=needs["ada"], offer=offers["bo"], note=note, by=cleo, now=now - 2 * A_DAY)
    note = "A student club loses its newcomers after one term."
    made = introduce(need=needs["eva"], offer=offers["greta"], note=note, by=cleo, now=now - 3 * A_DAY)
    accept_introduction(introduction=made, by=people["greta"], now=now - 2 * A_DAY)
    text = "Begin with the first module: it needs no account and takes an hour. Tell us how it went."
    reply_to_need(need=needs["hugo"], text=text, by=cleo, now=now - 35 * A_DAY)
    today = now.date()
    rosa = people["rosa"]
    go_away(offer=offers["rosa"], starts_on=today, ends_on=today + 20 * A_DAY, by=rosa, now=now)
    return list(Need.objects.filter(programme=programme).order_by("asked_at", "pk"))


def _languages(own: str) -> list[dict[str, Any]]:
    return [{"language": own, "level": 6}, {"language": "en", "level": 4}]


def _side(people: Mapping[str, Any], who: str, community: str) -> dict[str, Any]:
    return {"community": people[community]} if community else {"person": people[who]}


def _ask(programme: Programme, people: Mapping[str, Any], asked: Question, now: datetime) -> Need:
    words = {
        "text": asked.text,
        "model": asked.model,
        "country": asked.country,
        "languages": _languages(asked.language),
        "when": asked.when,
        "is_public": asked.is_public,
    }
    return ask_for_help(
        programme=programme,
        words=words,
        topics=[{"capacity": key, "level": 1} for key in asked.topics],
        by=people[asked.who],
        now=now - asked.days_ago * A_DAY,
        **_side(people, asked.who, asked.community),
    )


def _offer(programme: Programme, people: Mapping[str, Any], gift: Gift, now: datetime) -> Offer:
    words = {
        "text": gift.text,
        "for_models": list(gift.models),
        "country": gift.country,
        "languages": _languages(gift.language),
        "places": gift.places,
    }
    return make_offer(
        programme=programme,
        words=words,
        topics=[{"capacity": key, "level": 4} for key in gift.topics],
        by=people[gift.who],
        now=now - gift.days_ago * A_DAY,
        **_side(people, gift.who, gift.community),
    )
