"""The desk: what is asked of me now, what waits for others, and what is mine."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from talka.applications.queries import role_of
from talka.blueprints.schema import Role
from talka.calls.models import Call
from talka.people.models import Community
from talka.web.desk.tasks import RECORDS, TASKS
from talka.web.shared.tasks import Task

NEVER = datetime.max.replace(tzinfo=UTC)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what is asked of the reader, nearest deadline first, and what is waited for."""
    now = timezone.now()
    tasks = sorted((task for list_tasks in TASKS for task in list_tasks(request.user, now)), key=_due)
    context = {
        "now": now,
        "asked": [task for task in tasks if not task.waits],
        "waiting": [task for task in tasks if task.waits],
        "records": [one for list_records in RECORDS for one in list_records(request.user, now)],
        "communities": Community.objects.represented_by(request.user).order_by("name"),
        "open_calls": _open_calls(now),
    }
    return render(request, "desk/home.html", context)


def _due(task: Task) -> datetime:
    return task.due_at or NEVER


def _open_calls(now: datetime) -> list[tuple[Call, Role]]:
    """List the calls that anyone may answer now, with their roles, those that close first before others."""
    found = Call.objects.public().open(now).select_related("cycle__programme")
    first = sorted(found, key=lambda call: call.closes_at or NEVER)[:10]
    return [(call, role_of(call)) for call in first]


urlpatterns = [path("", home, name="home")]
