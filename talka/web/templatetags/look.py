"""Pieces of the look: icons, chips, messages."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.db.models import Model
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from talka.access.scopes import programme_of
from talka.people.models import Community

register = template.Library()

ICONS = Path(__file__).resolve().parent.parent / "built" / "codex-icons.json"

TONES = {
    # Statuses of every room, by how good or pressing they are.
    "draft": "subtle",
    "named": "subtle",
    "discarded": "subtle",
    "dropped": "subtle",
    "ended": "subtle",
    "left": "subtle",
    "set_aside": "subtle",
    "suggested": "warning",
    "resting": "warning",
    "invited": "warning",
    "asked": "warning",
    "stale": "warning",
    "taken": "progressive",
    "answered": "success",
    "matched": "success",
    "applied": "success",
    "held": "warning",
    "returned": "warning",
    "waiting": "warning",
    "pending": "warning",
    "person": "warning",
    "proposed": "warning",
    "quoted": "warning",
    "partly": "warning",
    "planning": "progressive",
    "submitted": "progressive",
    "queued": "progressive",
    "sending": "progressive",
    "signed": "progressive",
    "announced": "progressive",
    "planned": "progressive",
    "booked": "progressive",
    "visited": "progressive",
    "open": "progressive",
    "shown": "success",
    "refused": "error",
    "underway": "progressive",
    "logged": "warning",
    "questioned": "warning",
    "paused": "warning",
    "unsure": "warning",
    "remind": "warning",
    "warn": "warning",
    "pause": "warning",
    "stopped": "subtle",
    "recused": "subtle",
    "active": "success",
    "taken_up": "success",
    "accepted": "success",
    "issued": "success",
    "revoked": "error",
    "confirmed": "success",
    "agreed": "success",
    "approved": "success",
    "published": "success",
    "paid": "success",
    "sent": "success",
    "pass": "success",
    "yes": "success",
    "done": "success",
    "completed": "success",
    "good": "success",
    "closed": "success",
    "accept": "success",
    "wait": "warning",
    "decline": "error",
    "declined": "error",
    "fail": "error",
    "failed": "error",
    "not_good": "error",
    "offer": "error",
    "no": "error",
    "lapsed": "error",
    "cancelled": "error",
    "withdrawn": "subtle",
}


@lru_cache(1)
def _icons() -> dict[str, Any]:
    return json.loads(ICONS.read_text())


def _drawing(name: str, language: str) -> tuple[str, bool]:
    """Return the icon's SVG for the language, and whether it is mirrored in right-to-left text."""
    icon = _icons()[f"cdxIcon{name}"]
    if not isinstance(icon, dict):
        return icon, False
    mirrored = bool(icon.get("shouldFlip")) and language not in icon.get("shouldFlipExceptions", [])
    drawing = icon.get("langCodeMap", {}).get(language) or icon.get("default") or icon.get("ltr")
    if isinstance(drawing, dict):
        drawing = drawing.get("path", "")
    return drawing or icon.get("path", ""), mirrored


@register.simple_tag
def icon(name: str, size: str = "medium") -> SafeString:
    """Draw a Codex icon inline: the same in every language, theme and direction."""
    drawing, mirrored = _drawing(name, (get_language() or "en").split("-")[0])
    if not drawing.lstrip().startswith("<"):
        drawing = f'<path d="{drawing}"/>'
    return format_html(
        '<span class="cdx-icon cdx-icon--{}{}" aria-hidden="true"><svg xmlns="http://www.w3.org/2000/svg" '
        'width="20" height="20" viewBox="0 0 20 20"><g>{}</g></svg></span>',
        size,
        " cdx-icon--flipped" if mirrored else "",
        mark_safe(drawing),  # noqa: S308  (drawings come from the Codex package)
    )


@register.simple_tag
def chip(status: str, words: Any) -> SafeString:
    """Draw a status as a chip with a word: never colour alone."""
    tone = TONES.get(str(status), "")
    return format_html(
        '<span class="cdx-info-chip{}"><span class="cdx-info-chip__text">{}</span></span>',
        f" cdx-info-chip--{tone}" if tone else "",
        words,
    )


@register.simple_tag
def status(record: Any) -> SafeString:
    """Draw the status of a record as a chip."""
    return chip(record.status, record.get_status_display())


@register.inclusion_tag("shared/message.html")
def notice(text: Any, tone: str = "notice") -> dict[str, Any]:
    """Draw a message box: tone is notice, success, warning or error."""
    icons = {"notice": "InfoFilled", "success": "Success", "warning": "Alert", "error": "Error"}
    return {"text": text, "tone": tone, "icon": icons[tone]}


@register.filter
def message_tone(message: Any) -> str:
    """Name the tone of one of Django's messages."""
    return {"debug": "notice", "info": "notice"}.get(message.level_tag, message.level_tag)


@register.inclusion_tag("shared/rehearsal_mark.html", takes_context=True)
def rehearsal_mark(context: template.Context) -> dict[str, Any]:
    """Say that everybody is invented, on any page that shows a record of a rehearsal."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    audience = match.namespace if match else ""
    shown = context.flatten().values() if audience in ("office", "desk") else ()
    records = [value for value in shown if isinstance(value, Model) and value.pk]
    homes = (programme_of(record) for record in records)
    rehearsal = next((home for home in homes if home is not None and home.is_rehearsal), None)
    is_invented = any(isinstance(record, Community) and record.is_synthetic for record in records)
    return {
        "is_invented": rehearsal is not None or is_invented,
        "rehearsal": rehearsal if audience == "office" else None,
    }
