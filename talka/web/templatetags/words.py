"""Words: content in several languages, reasons, days and deadlines as people say them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import nh3
from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from django import template
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from talka.kernel import lists, speech
from talka.kernel.locales import direction_of, language_called, locale_of
from talka.kernel.windows import last_minute, zone
from talka.kernel.wording import Said, Wording, in_order, say
from talka.web.shared.ledger_words import in_words

register = template.Library()

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
# A picture from elsewhere would tell its host who reads the page.
_TAGS = nh3.ALLOWED_TAGS - {"img"}


def locale() -> Locale:
    """Return the reader's locale, for dates and numbers."""
    return locale_of(get_language() or "en")


@register.simple_tag
def wording(words: Wording) -> SafeString:
    """Say a wording in the reader's language; a fall-back is marked with its language."""
    return conditional_escape(speech.marked(say(words or {}, get_language() or "en")))


@register.filter
def marked(words: Any) -> Any:
    """Draw what was said already, such as the label of a field: a fall-back is marked with its language."""
    return speech.marked(words)


@register.filter
def said(words: Wording) -> str:
    """Say a wording as plain text, for titles: a fall-back names its language."""
    return speech.noted(say(words or {}, get_language() or "en"))


@register.filter
def by_language(words: Wording) -> list[tuple[str, str]]:
    """List the texts of a wording, each after its language."""
    return list(in_order(words or {}).items())


@register.filter
def spoken_in(said: Said) -> str:
    """Write the attributes of an element that holds a text in another language than the page's."""
    if not said.is_fallback:
        return ""
    return format_html(' lang="{}" dir="{}"', said.language, direction_of(said.language))


@register.simple_tag
def fallback(said: Said) -> str:
    """Say before a long text that it is in another language than the reader's; nothing where it is not."""
    if not said.is_fallback:
        return ""
    names = {"here": language_name(get_language() or "en"), "there": language_name(said.language)}
    # Translators: both are names of languages.
    return _("There is no text in %(here)s yet; this is the one in %(there)s.") % names


@register.filter
def markdown(text: str) -> SafeString:
    """Draw Markdown that coordinators wrote, cleaned of everything active."""
    return mark_safe(nh3.clean(_MARKDOWN.render(text or ""), tags=_TAGS, link_rel="noopener nofollow"))  # noqa: S308


@register.filter
def ledger_verb(verb: str) -> str:
    """Say what was done, as the ledger of a record tells it."""
    return in_words(verb)


@register.filter
def reason(packed: Any) -> str:
    """Put a reason into the reader's words."""
    return speech.speak(packed)


@register.filter
def signed(value: int) -> str:
    """Write a difference out: +1,200, −3 or 0."""
    return format_decimal(value, "+#,##0;-#,##0" if value else "0", locale=locale())


@register.filter
def day(value: date | None) -> str:
    """Write a day out: 1 March 2027."""
    return format_date(value, "long", locale=locale()) if value else ""


@register.filter
def weekday(value: date | None) -> str:
    """Write a day out with its weekday: Monday, 1 March 2027."""
    return format_date(value, "full", locale=locale()) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """Write a moment out in the reader's zone: 1 March 2027, 13:59."""
    return _day_and_time(timezone.localtime(value), "d MMMM y") if value else ""


@register.filter
def weekday_and_time(value: datetime) -> str:
    """Write a moment out on the clock it is given on: Monday, 1 March 2027, 13:59."""
    return _day_and_time(value, "full")


@register.filter
def listed(words: Iterable[Any]) -> str:
    """Join words as the reader's language does."""
    return lists.listed(words)


@register.filter
def language_names(codes: Iterable[str]) -> str:
    """Name languages in the reader's language, joined as it does."""
    return lists.listed(language_name(code) for code in codes)


def _day_and_time(value: datetime, day_pattern: str) -> str:
    plain = value.replace(tzinfo=None)
    # Translators: a moment, such as "1 March 2027, 13:59".
    return _("%(day)s, %(time)s") % {
        "day": format_date(plain, day_pattern, locale=locale()),
        "time": format_datetime(plain, "HH:mm", locale=locale()),
    }


@register.filter
def money(amount: Any, currency: str = "") -> str:
    """Write an amount with its currency, as the reader's language does."""
    return f"{locale_number(amount)} {currency}".strip() if amount is not None else ""


def locale_number(amount: Any) -> str:
    """Write an amount with two decimals in the reader's digits and separators."""
    return format_decimal(amount, "#,##0.00", locale=locale())


def _time_left(left: timedelta) -> str:
    if left >= timedelta(days=2):
        # Translators: part of a deadline: "closes in 6 days".
        return ngettext("in %(count)d day", "in %(count)d days", left.days) % {"count": left.days}
    hours = int(left.total_seconds() // 3600)
    if hours >= 1:
        return ngettext("in %(count)d hour", "in %(count)d hours", hours) % {"count": hours}
    minutes = max(1, int(left.total_seconds() // 60))
    return ngettext("in %(count)d minute", "in %(count)d minutes", minutes) % {"count": minutes}


def _moment_in(value: datetime, zone_name: str) -> str:
    return _day_and_time(value.astimezone(zone(zone_name)), "EEEE d MMMM")


@register.simple_tag
def moment_there(value: datetime, zone_name: str) -> str:
    """Write a moment out in the organisers' zone, and name the zone."""
    place = _("Anywhere on Earth") if zone_name == "AoE" else zone_name.split("/")[-1].replace("_", " ")
    return _("%(moment)s %(zone)s") % {"moment": _moment_in(value, zone_name), "zone": place}


@register.simple_tag(takes_context=True)
def deadline(context: Any, closes_at: datetime, zone_name: str) -> str:
    """Say a deadline as people do: what is left, in the organisers' zone, and in the reader's."""
    now = context["now"] if "now" in context else timezone.now()
    last = last_minute(closes_at)
    when = moment_there(last, zone_name)
    mine = timezone.get_current_timezone_name()
    if (
        zone_name not in (mine,)
        and last.astimezone(ZoneInfo(mine)).utcoffset() != last.astimezone(zone(zone_name)).utcoffset()
    ):
        # Translators: a deadline in the reader's own time zone, after the same in the organisers'.
        yours = _("which is %(moment)s in %(zone)s") % {"moment": _moment_in(last, mine), "zone": mine}
        when = _("%(when)s, %(yours)s") % {"when": when, "yours": yours}
    if closes_at <= now:
        return _("closed: %(when)s") % {"when": when}
    return _("closes %(left)s: %(when)s") % {"left": _time_left(closes_at - now), "when": when}


@register.filter
def language_name(code: str) -> str:
    """Name a language in the reader's language; an unknown code stays as it is."""
    return language_called(code, get_language() or "en")


@register.filter
def country_name(code: str) -> str:
    """Name a country in the reader's language."""
    return locale().territories.get(code, code)


@register.filter
def lasting(minutes: int) -> str:
    """Write a time out in hours and minutes: 1 h 30 min, 18 h, 45 min."""
    hours, rest = divmod(int(minutes), 60)
    # Translators: a length of time, such as the first part of "1 h 30 min".
    parts = [_("%(hours)d h") % {"hours": hours}] if hours else []
    if rest or not hours:
        # Translators: a length of time, such as the last part of "1 h 30 min".
        parts.append(_("%(minutes)d min") % {"minutes": rest})
    # A number stays with its unit.
    return " ".join(part.replace(" ", "\u00a0") for part in parts)
