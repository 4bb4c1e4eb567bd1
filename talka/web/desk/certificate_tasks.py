"""Certificates on the desk: told of once they are issued, and kept at hand."""

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from talka.recognition.models import Certificate
from talka.web.shared.tasks import Mine, Task

NEWS_FOR = timedelta(days=30)


def certificate_tasks(account: Any, now: datetime) -> list[Task]:
    """Tell of the certificates of the last weeks."""
    issued = Certificate.objects.valid().filter(holder=account, issued_at__gte=now - NEWS_FOR)
    return [
        Task(
            words=_("%(programme)s: your certificate is here.") % {"programme": one.cycle.programme},
            address=reverse("desk:certificate", args=[one.application_id]),
            button=_("See the certificate"),
        )
        for one in issued.select_related("cycle__programme").order_by("pk")
    ]


def certificate_records(account: Any, now: datetime) -> list[Mine]:
    """List the person's certificates."""
    mine = Certificate.objects.filter(holder=account).select_related("cycle__programme")
    return [
        Mine(
            words=_("%(programme)s: certificate %(number)s")
            % {"programme": one.cycle.programme, "number": one.reference},
            address=reverse("desk:certificate", args=[one.application_id]),
            record=one,
        )
        for one in mine.order_by("-number", "pk")
    ]
