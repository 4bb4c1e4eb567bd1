"""Pages that say what went wrong and what to do."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

WORDS = {
    "overtaken": (
        _("Somebody was faster"),
        _("This has changed since you opened the page. Go back, load it again, and see what is new."),
    ),
    "not_now": (
        _("This is not possible now"),
        _("It has moved on since you opened the page. Go back and load it again to see where it stands."),
    ),
    "not_yours": (
        _("You may not do this"),
        _("Your account has no right to do this here. If you think it should, ask the coordinators."),
    ),
    "not_as_invented": (
        _("You are looking as somebody invented"),
        _("Somebody invented stays in the rehearsal and cannot do this. Go back to yourself first."),
    ),
    "not_found": (
        _("There is no such page"),
        _("The address may be mistyped, or you may need to sign in with another account to see it."),
    ),
    "form_expired": (
        _("The page was open for too long"),
        _("Go back, load the page again and send it once more. What you typed is still in your browser."),
    ),
    "odd_request": (
        _("We could not read that"),
        _("Something in the address or in what was sent is not text we can keep. Go back and try again."),
    ),
    "our_fault": (
        _("Something went wrong on our side"),
        _("It has been written down. Nothing half-done was kept. Please try again in a moment."),
    ),
}


def answer_error(request: HttpRequest, status: int, key: str) -> HttpResponse:
    """Answer with a page that names the problem and what to do."""
    title, text = WORDS[key]
    return render(request, "shared/error.html", {"title": title, "text": text}, status=status)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or old."""
    return answer_error(request, 403, "form_expired")


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Answer what cannot be read."""
    return answer_error(request, 400, "odd_request")


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Answer what a person may not do."""
    return answer_error(request, 403, "not_yours")


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Answer an address that leads nowhere, or nowhere for this person."""
    return answer_error(request, 404, "not_found")


def our_fault(request: HttpRequest) -> HttpResponse:
    """Answer what nobody expected."""
    return answer_error(request, 500, "our_fault")
