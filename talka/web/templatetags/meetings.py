"""When a gathering is, on the organisers' clock and on the reader's."""

from typing import Any

from django import template
from django.utils import timezone

from talka.gatherings.models import Gathering
from talka.kernel.windows import zone

register = template.Library()


@register.inclusion_tag("shared/when.html")
def when(gathering: Gathering) -> dict[str, Any]:
    """Draw the time of a gathering on the organisers' clock and, where it differs, on the reader's."""
    theirs = gathering.starts_at.astimezone(zone(gathering.zone))
    mine = timezone.localtime(gathering.starts_at)
    return {
        "gathering": gathering,
        "starts_there": theirs.replace(tzinfo=None),
        "ends_there": gathering.ends_at.astimezone(zone(gathering.zone)).replace(tzinfo=None),
        "zone_there": gathering.zone.replace("_", " "),
        "differs": theirs.utcoffset() != mine.utcoffset(),
    }
