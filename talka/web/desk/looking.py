"""The way back from being somebody invented."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from talka.demo.looking import look_back
from talka.web.shared.looking import end


@require_POST
def back(request: HttpRequest) -> HttpResponse:
    """Let the coordinator be themselves again."""
    looking: Any = getattr(request, "looking", None)
    if looking is None:
        return redirect("desk:home")
    look_back(looking=looking, now=timezone.now())
    end(request)
    return redirect("office:rehearsal", looking.programme.slug)


urlpatterns = [path("rehearsal/back/", back, name="look_back")]
