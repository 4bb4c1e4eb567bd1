"""Invitations to act for a community, as tasks of the desk."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from talka.people.models import Representation
from talka.web.shared.tasks import Task


def representation_tasks(account: Any, now: datetime) -> list[Task]:
    """List the communities that ask the person to represent them."""
    return [
        Task(
            _("You are asked to represent %(community)s.") % {"community": asked.community},
            reverse("desk:representation", args=[asked.pk]),
            _("Answer"),
        )
        for asked in Representation.objects.awaiting(account).select_related("community")
    ]
