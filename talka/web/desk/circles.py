"""The page of a circle for its members: who they are, when they could meet, what they wrote; leaving it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from talka.exchanges.actions import leave_circle
from talka.exchanges.lifecycle import ExchangeStatus
from talka.exchanges.models import Exchange, LessonKind
from talka.exchanges.queries import seats_held_by
from talka.exchanges.queries.circles import fellows_of, lessons_of, meetings_of, members_of
from talka.web.shared.lists import page_of
from talka.web.shared.may import require


def own_circles(request: HttpRequest) -> QuerySet[Exchange]:
    """Find the circles in which the reader sits now; coordinators have another page, without the texts."""
    return Exchange.objects.circles().held_by(request.user).with_sides()


def own_circle(request: HttpRequest, pk: int) -> Exchange:
    """Return a circle in which the reader sits. Raises Http404."""
    return get_object_or_404(own_circles(request), pk=pk)


@require_safe
def circle(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a circle to one of its members."""
    found = own_circle(request, pk)
    kind = request.GET.get("kind", "")
    lessons = lessons_of(found)
    if kind in LessonKind.values:
        lessons = lessons.filter(kind=kind)
    context = _shown(found) | {"page": page_of(request, lessons), "kind": kind, "kinds": LessonKind.choices}
    return render(request, "desk/circle.html", context)


def _shown(circle: Exchange) -> dict[str, Any]:
    now, seats = timezone.now(), members_of(circle)
    return {
        "circle": circle,
        "cycle": circle.match.cycle,
        "is_open": circle.status == ExchangeStatus.UNDERWAY,
        "fellows": fellows_of(seats, now=now),
        "meetings": meetings_of(seats, now=now),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether somebody means to leave, then let them go; no reason is asked."""
    found = own_circle(request, pk)
    require(request, "circle.leave", found)
    if found.status != ExchangeStatus.UNDERWAY:
        messages.error(request, _("This circle is over already."))
        return redirect(found)
    if request.method == "POST":
        for seat in seats_held_by(found, request.user):
            leave_circle(circle=found, seat=seat, by=request.user, now=timezone.now())
        messages.success(request, _("You have left the circle. The others get a letter that blames nobody."))
        return redirect("desk:home")
    return render(request, "desk/circle_leave.html", {"circle": found, "cycle": found.match.cycle})


urlpatterns = [
    path("circles/<int:pk>/", circle, name="circle"),
    path("circles/<int:pk>/leave/", leave, name="circle_leave"),
]
