"""What applications ask of their applicants, and of partners they named."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from talka.applications.lifecycle import ApplicationStatus, PartnerStatus
from talka.applications.models import Application, Partner
from talka.people.models import Community
from talka.web.shared.tasks import Mine, Task


def _mine(account: Any) -> QuerySet[Application]:
    return Application.objects.written_by(account).select_related(
        "call__cycle__programme", "community", "person"
    )


def application_tasks(account: Any, now: datetime) -> list[Task]:
    """List drafts to finish, questions to answer, partnerships to confirm, and answers to wait for."""
    tasks = [_task(application, now) for application in _mine(account)]
    asked = Partner.objects.filter(
        community__in=Community.objects.represented_by(account), status=PartnerStatus.INVITED
    ).exclude(application__status=ApplicationStatus.WITHDRAWN)
    related = ("application__call__cycle__programme", "application__community", "community")
    return [task for task in tasks if task] + [_partner_task(one) for one in asked.select_related(*related)]


def _task(application: Application, now: datetime) -> Task | None:
    call = application.call
    names = {"applicant": application.applicant, "programme": call.cycle.programme}
    until = max((at for at in (application.open_until, call.closes_at) if at), default=None)
    if application.status == ApplicationStatus.DRAFT and application.takes_changes(now):
        words = _("Finish the application of %(applicant)s to %(programme)s and hand it in.") % names
        return Task(words, application.get_absolute_url(), _("Go on"), until, call.zone)
    if application.status == ApplicationStatus.RETURNED and application.takes_changes(now):
        words = _("The coordinators of %(programme)s ask %(applicant)s for more.") % names
        return Task(words, application.get_absolute_url(), _("Answer"), until, call.zone)
    if application.status in (ApplicationStatus.SUBMITTED, ApplicationStatus.RETURNED):
        words = (
            _("%(applicant)s has applied to %(programme)s. The coordinators answer after the call.") % names
        )
        return Task(words, application.get_absolute_url(), _("Look at it"), None, call.zone, waits=True)
    return None


def _partner_task(partner: Partner) -> Task:
    words = _("%(applicant)s says that you have agreed on an exchange. Is that so?") % {
        "applicant": partner.application.applicant
    }
    call = partner.application.call
    return Task(words, reverse("desk:partner", args=[partner.pk]), _("Answer"), call.closes_at, call.zone)


def application_records(account: Any, now: datetime) -> list[Mine]:
    """List the person's applications with their status, newest first."""
    return [
        Mine(
            _("%(applicant)s in %(programme)s, %(cycle)s")
            % {
                "applicant": application.applicant,
                "programme": application.call.cycle.programme,
                "cycle": application.call.cycle,
            },
            application.get_absolute_url(),
            application,
        )
        for application in _mine(account).order_by("-pk")[:50]
    ]
