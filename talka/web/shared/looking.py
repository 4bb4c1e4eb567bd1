"""Looking as somebody invented: the session stays the coordinator's, and only what it shows is another's.

Nobody signs in as anybody. Each request asks anew whether the rehearsal, the invented person and the
coordinator's right are still there, so that nothing of it outlives them.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from talka.demo.looking import Looking, looking
from talka.people.models import Account
from talka.programmes.models import Programme
from talka.web.shared.errors import answer_error

Handler = Callable[[HttpRequest], HttpResponseBase]

KEPT = "looking"
SAFE = ("GET", "HEAD")

# Of the desk: what would reach somebody outside the rehearsal, end the session of both or the invented person
# altogether, look at a real person's emergency contact in an invented name, or make an address that stays.
CLOSED = {
    "sign_out_everywhere",
    "start",
    "need_ask",
    "offer_make",
    "community_invite",
    "community_end",
    "representation",
    "representation_accept",
    "representation_decline",
    "partner_name",
    "emergency_contact",
    "calendar",
    "calendar_revoke",
    "your_data",
    "your_data_export",
    "your_data_erase",
}
# Of the pages for everybody: all can be read, and these can be sent.
OPEN = {"language", "sign_out"}


def begin(request: HttpRequest, account: Account, programme: Programme) -> None:
    """Let the session show the desk of somebody invented, under a new key; forms opened before are void."""
    request.session.cycle_key()
    rotate_token(request)
    request.session[KEPT] = [request.user.pk, account.pk, programme.pk]


def end(request: HttpRequest) -> None:
    """Let the session show what is its owner's own, under a new key; forms opened before are void."""
    request.session.pop(KEPT, None)
    request.session.cycle_key()
    rotate_token(request)


def _found(request: HttpRequest, kept: Any) -> Looking | None:
    owner, account, programme = kept
    if owner != request.user.pk:
        return None
    return looking(by=request.user, account=account, programme=programme)


def _is_open(request: HttpRequest) -> bool:
    match: Any = request.resolver_match
    if match.namespace == "desk":
        return match.url_name not in CLOSED
    return match.namespace == "public" and (request.method in SAFE or match.url_name in OPEN)


def as_somebody_invented(handler: Handler) -> Handler:
    """Answer as the invented person whom a coordinator wants to be, and only what is the rehearsal's."""

    def process_view(request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.is_over:
            messages.warning(request, _("The rehearsal you looked at is gone. You are yourself again."))
            return redirect("desk:home")
        if request.looking and not _is_open(request):
            return answer_error(request, 403, "not_as_invented")
        return None

    def answer(request: Any) -> HttpResponseBase:
        kept = request.session.get(KEPT) if request.user.is_authenticated else None
        request.looking = _found(request, kept) if kept else None
        request.is_over = bool(kept) and request.looking is None
        if request.looking:
            request.user = request.looking.account
        elif request.is_over:
            end(request)
        return handler(request)

    answer.process_view = process_view  # type: ignore[attr-defined]
    return answer
