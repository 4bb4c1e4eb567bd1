"""What the engine and the actions say, in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from babel import Locale
from babel.dates import format_date, format_time, get_day_names
from babel.lists import format_list
from babel.numbers import format_decimal
from django.utils.translation import get_language, gettext, ngettext

from talka.applications.models import Application
from talka.capacities.models import Capacity
from talka.kernel.locales import locale_of
from talka.kernel.reasons import unpack
from talka.kernel.registry import reasons
from talka.kernel.speech import noted
from talka.kernel.wording import Wording, say
from talka.matching.models import Run
from talka.programmes.models import Cycle

NATIVE = 6


@dataclass(frozen=True)
class Names:
    """What the codes in a reason are called."""

    capacities: Mapping[str, Wording] = field(default_factory=dict)
    formats: Mapping[str, Wording] = field(default_factory=dict)
    parties: Mapping[str, str] = field(default_factory=dict)
    currency: str = ""


def names_of(cycle: Cycle, run: Run | None = None) -> Names:
    """Return the names of topics and formats, and, for a run, of who is behind each pseudonym."""
    plan = cycle.plan
    parties = {}
    if run is not None:
        found = Application.objects.filter(pk__in=run.who.values()).select_related("community", "person")
        by_pk = {application.pk: str(application) for application in found}
        parties = {key: by_pk[pk] for key, pk in run.who.items() if pk in by_pk}
    return Names(
        capacities=dict(Capacity.objects.values_list("key", "name")),
        formats={one.key: one.name for one in plan.visit.formats} if plan.visit else {},
        parties=parties,
        currency=plan.currency,
    )


def speak(given: Any, names: Names = Names()) -> str:
    """Put a reason (the engine's, ours, or a packed one) into the reader's words."""
    reason = unpack(given) if isinstance(given, Mapping) else given
    values = {name: _spoken(name, value, names) for name, value in reason.values.items()}
    if "level" in reason.values:
        values["or_better"] = _or_better(reason.values["level"])
    return str(reasons.get(reason.key)) % values


def speak_all(given: Iterable[Any], names: Names = Names()) -> list[str]:
    """Put each of the reasons into words."""
    return [speak(reason, names) for reason in given]


def _spoken(name: str, value: Any, names: Names) -> Any:
    """Say one value of a reason; what needs no words stays as it is."""
    sayers = {
        "topic": lambda: _called(value, names.capacities),
        "capacity": lambda: _called(value, names.capacities),
        "topics": lambda: _listed(_called(one, names.capacities) for one in value),
        "format": lambda: _called(value, names.formats),
        "formats": lambda: _listed(_called(one, names.formats) for one in value),
        "code": lambda: _language(value),
        "codes": lambda: _listed(_language(one) for one in value),
        "clock_hours": lambda: ngettext("%(count)d hour", "%(count)d hours", value) % {"count": value},
        "learner_speaks": lambda: _language(value),
        "teacher_speaks": lambda: _language(value),
        # Translators: the level of a native speaker, after the word "level".
        "level": lambda: gettext("N (native)") if value == NATIVE else value,
        "days": lambda: ngettext("%(count)d day", "%(count)d days", value) % {"count": value},
        "meetings": lambda: ngettext("%(count)d meeting", "%(count)d meetings", value) % {"count": value},
        "weekday": lambda: get_day_names(locale=_locale())[value],
        "starts": lambda: _minute(value),
        "ends": lambda: _minute(value),
        "cost": lambda: f"{format_decimal(value, locale=_locale())} {names.currency}".strip(),
        "above": lambda: _above(value),
        "by": lambda: _wished(value),
        "start": lambda: _day(value),
        "end": lambda: _day(value),
        "learner": lambda: names.parties.get(value, value),
        "teacher": lambda: names.parties.get(value, value),
        "key": lambda: names.parties.get(value, value),
        "other": lambda: names.parties.get(value, value),
        "keys": lambda: _listed(names.parties.get(one, one) for one in value),
    }
    return sayers[name]() if name in sayers else value


def _locale() -> Locale:
    return locale_of(get_language() or "en")


def _called(key: str, wordings: Mapping[str, Wording]) -> str:
    return noted(say(wordings.get(key, {}), get_language() or "en")) or key


def _listed(words: Iterable[str]) -> str:
    return format_list(list(words), locale=_locale())


def _language(code: str) -> str:
    return _locale().languages.get(code.replace("-", "_")) or code


def _day(value: str) -> str:
    return format_date(date.fromisoformat(value), "long", locale=_locale())


def _minute(value: int) -> str:
    return format_time(time(value // 60 % 24, value % 60), "short", locale=_locale())


def _above(levels: int) -> str:
    if levels > 0:
        # Translators: after "The mentor is"; levels of experience run from 1 to 5.
        more = ngettext("%(count)d level more experienced", "%(count)d levels more experienced", levels)
        return more % {"count": levels}
    # Translators: these two follow "The mentor is" as well.
    return gettext("as experienced as the mentee") if levels == 0 else gettext("less experienced")


def _or_better(level: int) -> str:
    """Say how well both know a language at least."""
    if level == NATIVE:
        return gettext("as native speakers")
    # Translators: of a language: 0 to 5 as in Babel boxes.
    return gettext("level %(level)d or better") % {"level": level}


def _wished(by: str) -> str:
    return {
        "both": gettext("Both asked for each other."),
        "learner": gettext("The mentee asked for this partner."),
        "teacher": gettext("The mentor asked for this partner."),
    }.get(by, gettext("Neither asked for the other."))
