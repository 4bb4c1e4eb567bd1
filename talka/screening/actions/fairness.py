"""What no verb of screening may do: judge one's own application, or one that is decided already."""

from typing import Any

from talka.applications.lifecycle import ApplicationStatus
from talka.applications.models import Application
from talka.kernel.lifecycle import NotAllowed
from talka.screening.queries import barred_from


class InConflict(Exception):
    """The person acts for the applicant, or declared a conflict of interest."""


def refuse_conflict(application: Application, by: Any) -> None:
    """Raise InConflict where the person must leave the application to others."""
    if barred_from([application], by):
        raise InConflict


def refuse_unless_undecided(application: Application, verb: str) -> None:
    """Raise NotAllowed unless the application is handed in and not decided yet."""
    if application.status not in (ApplicationStatus.SUBMITTED, ApplicationStatus.RETURNED):
        raise NotAllowed(verb, application.status)
