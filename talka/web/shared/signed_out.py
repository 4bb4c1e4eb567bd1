"""Pages that letters lead to, of what not everybody may know of."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def or_sign_in(view: View) -> View:
    """Send whoever is signed out and would find nothing to sign in, and from there back to the page.

    It is so whether the page is there or not: a stranger learns nothing from it.
    """

    @wraps(view)
    def led(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            if request.user.is_authenticated:
                raise
            return redirect_to_login(request.get_full_path())

    return led
