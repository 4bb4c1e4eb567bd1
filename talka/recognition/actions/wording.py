"""What a certificate says: written in its holder's language when it is issued, and frozen."""

from datetime import datetime
from typing import Any

from babel.dates import format_date
from babel.units import format_unit
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from talka.applications.queries import role_of
from talka.exchanges.rules.hours import AN_HOUR, in_hours
from talka.kernel.locales import direction_of, locale_of
from talka.kernel.windows import zone
from talka.kernel.wording import Wording, say
from talka.papers import wikitext
from talka.papers.plain import one_line, undirected
from talka.people.models import Account
from talka.recognition.models import Certificate
from talka.recognition.queries import Standing, newest_exchange, reached_goals
from talka.recognition.rules import fill

# A page holds no more; of more goals the others are counted.
MOST_GOALS = 8


def write_content(
    certificate: Certificate, standing: Standing, holder: Account, *, now: datetime
) -> dict[str, Any]:
    """Write down everything that a certificate says, as the plain data that its paper is set from."""
    language, cycle = holder.language, certificate.cycle
    reached = _reached(standing)
    with translation.override(language):
        content = {
            "lang": language,
            "dir": "rtl" if translation.get_language_bidi() else "ltr",
            "title": _spoken(standing.asked.title, language),
            "text": _spoken(standing.asked.text, language),
            "programme": _spoken(cycle.programme.name, language),
            "cycle": _spoken(cycle.label, language),
            "role": _spoken(role_of(standing.application.call).name, language),
            "name": printed(holder.name),
            "community": printed(standing.application.community or ""),
            "hours": hours_in_words(standing.facts.confirmed_minutes, language),
            "goals": _first(reached),
            "goal_count": len(reached),
            "dated": _day(now, cycle.programme.zone, language),
            "number": certificate.reference,
            "code": certificate.written_code,
            "address": f"{settings.SITE_ADDRESS}{certificate.get_absolute_url()}",
            "labels": _labels(),
        }
    hours = in_hours(standing.facts.confirmed_minutes)
    return {**content, "barnstar": _barnstar(standing.asked.barnstar, content, hours)}


def printed(name: object) -> str:
    """Write a name in one line, without marks that would turn the words around it."""
    return one_line(undirected(name))


def hours_in_words(minutes: int, language: str) -> str:
    """Say how long somebody worked: 18 hours, or 18 hours 30 minutes."""
    hours, rest = divmod(minutes, AN_HOUR)
    locale = locale_of(language)
    parts = [format_unit(hours, "duration-hour", locale=locale)]
    return " ".join([*parts, format_unit(rest, "duration-minute", locale=locale)] if rest else parts)


def _spoken(words: Wording, language: str) -> dict[str, str]:
    """Say a wording with the language it is in, which papers and pages mark."""
    said = say(words, language)
    there = said.language or language
    return {"text": said.text, "lang": there, "dir": direction_of(there), "mark": ""}


def _reached(standing: Standing) -> list[str]:
    exchange = newest_exchange(standing.application)
    if exchange is None or not standing.asked.goals_met:
        return []
    return [one_line(undirected(goal)) for goal in reached_goals(exchange)]


def _first(goals: list[str]) -> list[str]:
    """List the goals that the paper has room for, and how many more there are."""
    more = len(goals) - MOST_GOALS
    # Translators: after a list of goals that were reached.
    return [*goals[:MOST_GOALS], *([_("and %(count)s more") % {"count": more}] if more > 0 else [])]


def _day(now: datetime, zone_name: str, language: str) -> str:
    return format_date(now.astimezone(zone(zone_name)).date(), "long", locale=locale_of(language))


def _labels() -> dict[str, str]:
    return {
        # Translators: on a certificate, before the name of a community.
        "community": _("For"),
        # Translators: on a certificate, before a number of hours that somebody worked.
        "hours": _("Time worked together"),
        "goals": _("Goals reached"),
        "dated": _("Issued on"),
        "number": _("Number"),
        # Translators: on a certificate, before an address at which anybody can see that it is genuine.
        "verify": _("Verify this certificate at"),
        "qr": _("The same address as a code to scan"),
    }


def _barnstar(template: Wording, content: dict[str, Any], hours: str) -> str:
    """Write the wikitext of a barnstar. No name in it is ever markup; the address is our own.

    Hours are a number there: the blueprint's text says what they are.
    """
    said = say(template, content["lang"]).text
    values = {key: wikitext.escape(_text(content[key])) for key in ("name", "programme", "cycle")}
    return fill(said, {**values, "hours": wikitext.escape(hours), "address": content["address"]})


def _text(value: Any) -> str:
    return value["text"] if isinstance(value, dict) else str(value)
