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


def hold_undecided(application: Application, verb: str) -> Application:
    """Lock the row of an application until the transaction ends, and return it as it is now.

    By the row, not by what was read: a hand-in, a release or another coordinator comes before this or after.
    Raises NotAllowed unless the application is handed in and not decided yet.
    """
    related = ("call__cycle__programme", "community", "person", "sheet__form_version")
    held = Application.objects.select_for_update(of=("self",)).select_related(*related).get(pk=application.pk)
    if held.status not in (ApplicationStatus.SUBMITTED, ApplicationStatus.RETURNED):
        raise NotAllowed(verb, held.status)
    return held
