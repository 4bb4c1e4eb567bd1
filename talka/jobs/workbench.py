"""Work that takes longer than a person waits at a page, done a piece at a time."""

import logging

from django.db import close_old_connections
from django.utils import timezone

from talka.kernel.registry import long_jobs

log = logging.getLogger(__name__)


def work_once() -> bool:
    """Do one piece of work, if any room has some; tell whether there was any. A failure is logged."""
    for name in long_jobs:
        close_old_connections()
        try:
            if long_jobs.get(name)(clock=timezone.now):
                return True
        except Exception:
            log.exception("long job %s failed", name)
    return False
