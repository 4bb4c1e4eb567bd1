"""What is kept about people, for everybody to read."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show the inventory of fields."""
    return render(request, "public/privacy.html", {})


urlpatterns = [path("privacy/", privacy, name="privacy")]
