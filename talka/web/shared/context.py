"""What every page may say about the site and the reader."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from talka.access.table import may


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the languages offered, whether this is the demo, and whether the reader has an office."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return {
        "languages": settings.LANGUAGES,
        "is_demo": settings.DEMO,
        "has_office": SimpleLazyObject(lambda: may(user, "office.enter")) if signed_in else False,
    }
