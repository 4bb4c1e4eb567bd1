"""Who gets which letter of matching, before it is written: what a page previews and what an action sends."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import translation

from talka.applications.models import Application
from talka.kernel.windows import end_of, zone
from talka.kernel.wording import say
from talka.matching.queries.cohort import LEARNS, TEACHES
from talka.matching.queries.fits import lines_of
from talka.matching.queries.words import Names, speak, speak_all
from talka.people.models import Account
from talka.programmes.models import Cycle


@dataclass(frozen=True)
class Post:
    """One letter to one person about one application."""

    key: str
    to: Account
    application: Application
    values: Mapping[str, Any]


def answer_by(cycle: Cycle, now: datetime) -> datetime:
    """Return the end of the last day to answer, in the programme's zone."""
    days = cycle.plan.matching.answer_days if cycle.plan.matching else 7
    today = now.astimezone(zone(cycle.programme.zone)).date()
    return end_of(today + timedelta(days=days), cycle.programme.zone)


def posts_of_pair(
    key: str,
    learner: Application,
    teacher: Application,
    *,
    cycle: Cycle,
    readers: Mapping[int, list[Account]],
    names: Names = Names(),  # noqa: B008  (frozen)
    parts: Iterable[Mapping[str, Any]] = (),
    **values: Any,
) -> list[Post]:
    """Address a letter to everybody who acts for one of the two; each reads who the partner is, and why."""
    posts = []
    for own, partner, part in ((learner, teacher, LEARNS), (teacher, learner, TEACHES)):
        for account in readers.get(own.pk, []):
            with translation.override(account.language):
                told = {
                    "partner": str(partner),
                    "part": part,
                    "why": [line.words for line in lines_of(parts, names) if line.points],
                    **_about(cycle, own),
                    **values,
                }
            posts.append(Post(key, account, own, told))
    return posts


def posts_of_one(
    key: str, application: Application, *, cycle: Cycle, accounts: Iterable[Account], **values: Any
) -> list[Post]:
    """Address a letter to everybody who acts for one application; a packed `reason` is put into words."""
    posts = []
    for account in accounts:
        with translation.override(account.language):
            told = {**_about(cycle, application), **values}
            told["why"] = speak_all(values.get("why", ()), values.get("names", Names()))
            told["change"] = speak(values["change"], values["names"]) if values.get("change") else ""
            told["resources"] = [
                {"name": say(one.name, account.language).text, "address": one.address}
                for one in cycle.plan.resources
            ]
        posts.append(Post(key, account, application, told))
    return posts


def deadline_values(moment: datetime, cycle: Cycle) -> dict[str, Any]:
    """Return the last day that counts and its zone, for a letter: the moment itself is the day after."""
    last = moment - timedelta(microseconds=1)
    return {"answer_on": last.astimezone(zone(cycle.programme.zone)).date(), "zone": cycle.programme.zone}


def _about(cycle: Cycle, application: Application) -> dict[str, Any]:
    """Say the programme, the cycle and the applicant in the language that is active."""
    language = translation.get_language() or "en"
    return {
        "programme": say(cycle.programme.name, language).text,
        "cycle": say(cycle.label, language).text,
        "community": str(application),
    }
