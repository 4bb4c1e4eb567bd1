"""The first page, and what anyone may read about Talka itself."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from talka.programmes.models import Programme


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what Talka is and the programmes it runs."""
    programmes = Programme.objects.public().order_by("slug")
    return render(request, "public/home.html", {"programmes": programmes})


urlpatterns = [path("", home, name="home")]
