"""Publishing what a cycle has changed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from talka.exchanges.models import Exchange
from talka.impact.figures import plain, seal
from talka.impact.models import ImpactReport
from talka.impact.queries import Story, figures_of, possible_stories
from talka.kernel.ledger import record
from talka.kernel.wording import Wording
from talka.programmes.actions import close_cycle
from talka.programmes.lifecycle import CycleStatus
from talka.programmes.models import Cycle
from talka.reports.queries import open_exchanges, partner_of


class ExchangesOpen(Exception):
    """The impact cannot be published while exchanges are not closed; carries them."""

    def __init__(self, exchanges: list[Exchange]) -> None:
        super().__init__(", ".join(str(exchange.pk) for exchange in exchanges))
        self.exchanges = exchanges


@transaction.atomic
def publish_impact(
    *, cycle: Cycle, introduction: Wording, stories: Iterable[int], by: Any, now: datetime
) -> ImpactReport:
    """Freeze the figures of the cycle as its next impact report, and close the cycle.

    `stories` are keys of reports; one whose writers did not agree is left out.
    What is published never changes: a later report stands beside it; the very
    same one is returned instead of published again. Raises ExchangesOpen, and
    NotAllowed for a cycle in preparation.
    """
    # The row is the lock: two people who publish at once get two numbers.
    fresh = Cycle.objects.select_for_update().get(pk=cycle.pk)
    waiting = open_exchanges(cycle)
    if waiting:
        raise ExchangesOpen(waiting)
    if fresh.status != CycleStatus.CLOSED:
        close_cycle(cycle=cycle, by=by, now=now)
    figures, chosen = plain(figures_of(cycle)), set(stories)
    told = [_told(story) for story in possible_stories(cycle) if story.report.pk in chosen]
    words = {language: text for language, text in introduction.items() if text}
    last = ImpactReport.objects.filter(cycle=cycle).order_by("number").last()
    if last is not None and (last.seal, last.stories, last.introduction) == (seal(figures), told, words):
        # Two clicks publish once.
        return last
    report = ImpactReport.objects.create(
        cycle=cycle,
        number=last.number + 1 if last else 1,
        figures=figures,
        stories=told,
        introduction=words,
        seal=seal(figures),
        published_by=by,
        published_at=now,
    )
    record(cycle, "publish impact", by=by, now=now, note=str(report.number))
    return report


def _told(story: Story) -> dict[str, Any]:
    """Write a story down as it is published."""
    partner = partner_of(story.report)
    return {
        "report": story.report.pk,
        "community": str(story.report.seat.application.applicant),
        "partner": str(partner) if partner else "",
        "text": story.text,
        "photos": [
            {
                "pk": photo.pk,
                "caption": photo.caption,
                "author": photo.author,
                "licence": photo.get_licence_display(),
            }
            for photo in story.photos
        ],
    }
