"""The desk: what is asked of me now, what waits for others, and what is mine."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what is asked of the reader, nearest deadline first."""
    return render(request, "desk/home.html", {})


urlpatterns = [path("", home, name="home")]
