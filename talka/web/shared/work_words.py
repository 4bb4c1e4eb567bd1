"""The words of what a programme did in a period: parts, and their figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

PARTS: Mapping[str, Any] = {
    # Translators: headings of a report about the work of a period.
    "group": _("The group"),
    "requests": _("Requests and offers"),
    "meetings": _("Meetings"),
    "people": _("Applications"),
    "pairs": _("Partners"),
    "time": _("Time together"),
    "evaluations": _("Reports, evaluations and certificates"),
    "lessons": _("Lessons and learning"),
    "initiatives": _("What was built"),
}

FACTS: Mapping[str, Any] = {
    # Translators: each stands before a number: "Members who joined: 4".
    "joined": _("Members who joined"),
    "left": _("Members who left"),
    "members": _("Members at the end"),
    "contacts": _("Talks with groups outside"),
    "notices": _("Notices of collaboration and funding shown"),
    "asked": _("Requests for help"),
    "answered": _("Requests answered"),
    "introduced": _("Requests that led to a mentor"),
    "became_applications": _("Requests that became applications"),
    "offers": _("Offers made"),
    "meetings_held": _("Meetings held"),
    "led_check_ins": _("Check-ins with a cohort"),
    "attendances": _("Attendances"),
    "decisions": _("Decisions of meetings"),
    "actions_done": _("Things done that meetings decided"),
    "applications": _("Applications handed in"),
    "accepted": _("Applications accepted"),
    "agreed": _("Matches to which both sides said yes"),
    "begun": _("Pairs that agreed on a plan"),
    "visits": _("Visits made"),
    "completed": _("Pairs that completed it"),
    "ended_early": _("Pairs that ended it early"),
    "hours": _("Hours of work together, confirmed by both"),
    "check_ins": _("Check-ins of pairs"),
    "reports": _("Reports and evaluations handed in"),
    "certificates": _("Certificates issued"),
    "impact_reports": _("Impact reports published"),
    "lessons_published": _("Lessons published"),
    "modules_done": _("Modules done"),
    "initiatives_new": _("Initiatives begun"),
    "stages_reached": _("Stages that initiatives reached"),
    "feedback": _("Times that evaluators gave feedback"),
}


@dataclass(frozen=True)
class ShownPart:
    """A part of a report: its heading, its figures in words, and what was written about it."""

    key: str
    heading: Any
    facts: list[tuple[Any, int]]
    words: str


def shown_parts(figures: Iterable[Mapping[str, Any]], words: Mapping[str, str]) -> list[ShownPart]:
    """Put the figures of a report into words. What a newer Talka no longer counts is named by its key."""
    return [
        ShownPart(
            key=part["key"],
            heading=PARTS.get(part["key"], part["key"]),
            facts=[(FACTS.get(fact["key"], fact["key"]), fact["count"]) for fact in part["facts"]],
            words=words.get(part["key"], ""),
        )
        for part in figures
    ]
