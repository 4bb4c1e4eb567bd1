"""The office: the programmes one runs, and what needs one now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from talka.web.shared.may import require


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the programmes that the reader runs."""
    require(request, "office.enter")
    return render(request, "office/home.html", {})


urlpatterns = [path("", home, name="home")]
