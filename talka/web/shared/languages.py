"""The language that a reader chose for the pages."""

from django.conf import settings
from django.http import HttpResponseBase


def keep_language(answer: HttpResponseBase, chosen: str) -> None:
    """Keep the choice in a cookie for a year; a language that is not offered is not kept."""
    if chosen in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=365 * 24 * 3600,
            samesite="Lax",
            httponly=True,
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )
