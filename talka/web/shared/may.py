"""The second step of a view: may this person do this?"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from talka.access.table import may


def require(request: HttpRequest, verb: str, subject: Any = None) -> None:
    """Refuse with PermissionDenied unless the access table says yes."""
    if not may(request.user, verb, subject):
        raise PermissionDenied(verb)
