"""The communities that learn from each other."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_safe

from talka.people.models import Community


@login_not_required
@require_safe
def communities(request: HttpRequest) -> HttpResponse:
    """List the communities that match a search."""
    found = Community.objects.named_like(request.GET.get("q", "")).order_by("name")[:50]
    return render(request, "public/communities.html", {"communities": found})


@login_not_required
@require_safe
def community(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is publicly known of one community."""
    return render(request, "public/community.html", {"community": get_object_or_404(Community, pk=pk)})


urlpatterns = [
    path("communities/", communities, name="communities"),
    path("communities/<int:pk>/", community, name="community"),
]
