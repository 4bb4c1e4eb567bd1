"""A form that is sent twice is answered once: a double click, or a second try on a poor line.

Each page carries a token of its own in its forms (Django masks the CSRF token anew for each), so the same
token with the same words and files at the same address is the same sending, and not a second wish.
"""

import hashlib
import json
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from talka.kernel.claims import claim_post, keep_answer, release_claim
from talka.kernel.models import AnsweredPost

Handler = Callable[[HttpRequest], HttpResponseBase]

# How long the second waits for the first between looks, in seconds: five in all.
PAUSES = (0.05,) * 20 + (0.2,) * 20
# What an answer sets in the browser that may be set again. Never who is signed in.
REPEATED = (CookieStorage.cookie_name, settings.LANGUAGE_COOKIE_NAME)


def answered_once(handler: Handler) -> Handler:
    """Work on each sending of a form once; lead whoever sends it again where the first was led.

    Stands where the token is checked and the sender known before it, and where messages are in the answer.
    """

    def process_view(request: HttpRequest, *_view: Any) -> HttpResponse | None:
        key = key_of(request)
        return None if key is None else _claim_or_answer(request, key)

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = handler(request)
        claim = getattr(request, "claim", None)
        if claim is not None:
            _settle(request, response, claim)
        return response

    answer.process_view = process_view  # type: ignore[attr-defined]
    return answer


def key_of(request: HttpRequest) -> str | None:
    """Return what tells this sending of a form from every other, or None where it is no form of a page.

    Scripts are not guarded: they wait for their own answer, and send a page that stays open again and again.
    """
    if request.method != "POST" or request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return None
    if not request.POST.get("csrfmiddlewaretoken"):
        return None
    files = [(name, [_print_of(file) for file in sent]) for name, sent in request.FILES.lists()]
    sending = [request.user.pk, request.get_full_path(), list(request.POST.lists()), files]
    return salted_hmac("talka.answered_once", json.dumps(sending), algorithm="sha256").hexdigest()


def _print_of(file: UploadedFile) -> tuple[str | None, int | None, str]:
    """Return what a file is known by, read in pieces and left as it came."""
    content = hashlib.sha256()
    for piece in file.chunks():
        content.update(piece)
    file.seek(0)
    return file.name, file.size, content.hexdigest()


def _claim_or_answer(request: HttpRequest, key: str) -> HttpResponse | None:
    """Claim a sending for this request; where somebody was faster, answer as they did."""
    for pause in (*PAUSES, 0):
        request.claim = claim_post(key=key, now=timezone.now())  # type: ignore[attr-defined]
        if request.claim is not None:  # type: ignore[attr-defined]
            return None
        answered = AnsweredPost.objects.filter(key=key, answered_at__isnull=False).first()
        if answered is not None:
            return _answer_again(answered)
        time.sleep(pause)
    messages.warning(request, _("This was already being saved. Load the page again in a moment to see it."))
    return redirect(_came_from(request))


def _answer_again(answered: AnsweredPost) -> HttpResponse:
    response = HttpResponseRedirect(answered.location)
    response.cookies.load(answered.cookies)
    return response


def _came_from(request: HttpRequest) -> str:
    page, here = request.headers.get("Referer", ""), {request.get_host()}
    ours = url_has_allowed_host_and_scheme(page, here, require_https=request.is_secure())
    return page if ours else "public:home"


def _settle(request: HttpRequest, response: HttpResponseBase, claim: AnsweredPost) -> None:
    """Keep an answer that can be given again; otherwise let the form be sent again."""
    if not _is_repeatable(request, response):
        release_claim(claim=claim)
        return
    said = [response.cookies[name].OutputString() for name in REPEATED if name in response.cookies]
    keep_answer(
        claim=claim, location=response.headers["Location"], cookies="; ".join(said), now=timezone.now()
    )


def _is_repeatable(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Tell whether an answer only leads to another page of ours, in the session that the browser has.

    Signing in and out gives the browser another session, which is given to nobody a second time.
    """
    if response.status_code not in (302, 303):
        return False
    if not url_has_allowed_host_and_scheme(response.headers["Location"], None):
        return False
    session = request.session
    known = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    return not session.modified or (known is not None and session.session_key == known)
