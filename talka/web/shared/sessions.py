"""How long a session lasts: two hours without a request, twelve in all."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

Handler = Callable[[HttpRequest], HttpResponseBase]

IDLE = timedelta(hours=2)
WHOLE = timedelta(hours=12)
# Written down at most once a minute, so that reading pages does not write to the database each time.
NOTICE = timedelta(minutes=1)


def session_limits(handler: Handler) -> Handler:
    """End sessions that lasted too long, or that nobody used."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            now = int(timezone.now().timestamp())
            began, seen = request.session.get("lasts", (now, 0))
            if now - began >= WHOLE.total_seconds() or (seen and now - seen >= IDLE.total_seconds()):
                logout(request)
            elif now - seen >= NOTICE.total_seconds():
                request.session["lasts"] = (began, now)
        return handler(request)

    return answer


def forget_sessions(account: Any) -> None:
    """Delete every session of an account: those that could still be used, and those that were left."""
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) == str(account.pk):
            session.delete()
