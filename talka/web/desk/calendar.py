"""The secret address at which a calendar program reads what a person goes to and took on."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from talka.gatherings.actions import make_feed, revoke_feed
from talka.gatherings.models import CalendarFeed
from talka.web.shared.may import require


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Say whether there is an address, and make a new one, which is shown in this one answer only."""
    require(request, "account.use")
    me: Any = request.user
    address = ""
    if request.method == "POST":
        secret = make_feed(account=me, now=timezone.now())
        address = settings.SITE_ADDRESS + reverse("public:my_feed", args=[secret])
    context = {"feed": CalendarFeed.objects.filter(account=me).first(), "address": address}
    return render(request, "desk/calendar.html", context)


@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    """Let the address lead nowhere."""
    require(request, "account.use")
    revoke_feed(account=request.user, now=timezone.now())
    messages.success(request, _("The address leads nowhere any more."))
    return redirect("desk:calendar")


urlpatterns = [
    path("calendar/", calendar, name="calendar"),
    path("calendar/revoke/", revoke, name="calendar_revoke"),
]
