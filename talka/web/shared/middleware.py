"""What every request goes through besides Django's own."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Overtaken
from talka.web.shared.errors import answer_error

Handler = Callable[[HttpRequest], HttpResponseBase]

METHODS = ("GET", "HEAD", "POST")


def odd_requests(handler: Handler) -> Handler:
    """Refuse methods that no page answers, and addresses with characters no database keeps."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method not in METHODS:
            refused = HttpResponse(status=405)
            refused["Allow"] = ", ".join(METHODS)
            return refused
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponse(status=400)
        return handler(request)

    return answer


def headers(handler: Handler) -> Handler:
    """Add the headers that Django has no setting for, to answers of every kind."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = handler(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers["Cache-Control"] = "no-store, private"
        return response

    return answer


def readers_language(handler: Handler) -> Handler:
    """Answer in the language the reader chose: by cookie, then account, then browser."""
    offered = {code for code, name in settings.LANGUAGES}

    def choose(request: HttpRequest) -> str:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if chosen in offered:
            return chosen
        if request.user.is_authenticated and request.user.language in offered:
            return request.user.language
        return translation.get_language_from_request(request)

    def answer(request: HttpRequest) -> HttpResponseBase:
        with translation.override(choose(request)):
            response = handler(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "en")
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response

    return answer


def readers_zone(handler: Handler) -> Handler:
    """Show times in the zone that the reader's account names."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return handler(request)
        with timezone.override(ZoneInfo(request.user.time_zone)):
            return handler(request)

    return answer


def expected_failures(handler: Handler) -> Handler:
    """Turn what rooms refuse into a page with a clear sentence."""

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Overtaken):
            return answer_error(request, 409, "overtaken")
        if isinstance(error, NotAllowed):
            return answer_error(request, 409, "not_now")
        if isinstance(error, PermissionDenied):
            return answer_error(request, 403, "not_yours")
        return None

    def answer(request: HttpRequest) -> HttpResponseBase:
        return handler(request)

    answer.process_exception = process_exception  # type: ignore[attr-defined]
    return answer
