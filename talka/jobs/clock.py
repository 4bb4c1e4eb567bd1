"""What happens by the clock. Every job may run twice, at once, or after a long pause, to the same end."""

import logging
from datetime import datetime

from django.db import close_old_connections
from django.utils import timezone

from talka.kernel.registry import clockwork

log = logging.getLogger(__name__)


def tick(now: datetime | None = None) -> dict[str, int]:
    """Run every timed job once; return how much each did. A job that fails does not stop the others."""
    moment = now or timezone.now()
    done = {}
    for name in clockwork:
        close_old_connections()
        try:
            done[name] = clockwork.get(name)(now=moment)
        except Exception:
            log.exception("timed job %s failed", name)
            done[name] = 0
    return done
