"""What was written down of a gathering, as pages show it: agenda, minutes, decisions, what is to be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from talka.gatherings.models import ActionItem, AgendaItem, Gathering, MinutesVersion
from talka.kernel.wording import Said, say


@dataclass(frozen=True)
class PublishedMinutes:
    """Minutes as they were published: one version in the reader's language, and the numbers there are."""

    version: MinutesVersion
    body: Said
    others: Sequence[MinutesVersion]

    @property
    def is_latest(self) -> bool:
        """Tell whether there is no later version."""
        return not any(other.number > self.version.number for other in self.others)


def agenda_of(gathering: Gathering) -> QuerySet[AgendaItem]:
    """Find the points of an agenda in their order, with who added them."""
    return gathering.agenda.select_related("added_by").order_by("position", "pk")


def action_items_of(gathering: Gathering) -> QuerySet[ActionItem]:
    """Find what is to be done after a gathering, the most pressing first."""
    return gathering.action_items.select_related("owner").order_by("due_on", "pk")


def published_minutes(gathering: Gathering, number: int | None = None) -> PublishedMinutes | None:
    """Return a version of the published minutes, the latest when none is named; None where there is none."""
    versions = list(MinutesVersion.objects.filter(minutes__gathering=gathering).order_by("-number"))
    found = [one for one in versions if number in (None, one.number)]
    if not found:
        return None
    shown = found[0]
    others = [one for one in versions if one is not shown]
    return PublishedMinutes(shown, say(shown.text, get_language() or "en"), others)


def story_of(gathering: Gathering, account: Any) -> dict[str, Any]:
    """Return what the page of a gathering shows of it to a person.

    What is to be done is read by who is signed in, and by everybody with the published minutes.
    """
    minutes = published_minutes(gathering)
    reads = minutes is not None or account.is_authenticated
    return {
        "agenda": agenda_of(gathering),
        "minutes": minutes,
        "action_items": action_items_of(gathering) if reads else [],
    }
