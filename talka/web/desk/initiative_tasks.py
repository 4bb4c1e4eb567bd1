"""What initiatives ask of a person, and which are theirs."""

from datetime import datetime
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from talka.initiatives.lifecycle import InitiativeStatus
from talka.initiatives.models import Initiative, InitiativeMember
from talka.web.shared.tasks import Mine, Task


def initiative_tasks(account: Any, now: datetime) -> list[Task]:
    """List the invitations to answer, and the initiatives of which nobody told for half a year."""
    invited = InitiativeMember.objects.awaiting(account).select_related("initiative__programme")
    silent = Initiative.objects.built_by(account).filter(asked_on__gt=F("heard_on"))
    return [
        *(
            Task(
                _("%(programme)s: you are asked to be part of “%(initiative)s”.")
                % {"programme": one.initiative.programme, "initiative": one.initiative},
                reverse("desk:initiative_invitation", args=[one.pk]),
                _("Answer"),
            )
            for one in invited.order_by("pk")
        ),
        *(
            Task(
                _("%(programme)s: tell what became of “%(initiative)s”.")
                % {"programme": one.programme, "initiative": one},
                reverse("desk:initiative", args=[one.pk]) + "#stage",
                _("Tell"),
            )
            for one in silent.exclude(status=InitiativeStatus.ENDED).with_owner().order_by("pk")
        ),
    ]


def initiative_records(account: Any, now: datetime) -> list[Mine]:
    """List the initiatives that the person builds."""
    return [
        Mine(
            words=str(one),
            note=str(one.programme),
            address=reverse("desk:initiative", args=[one.pk]),
            record=one,
        )
        for one in Initiative.objects.built_by(account).with_owner().order_by("name", "pk")
    ]
