"""The communities that learn from each other."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_safe

from talka.capacities.queries import offers_and_needs, search_capacities
from talka.exchanges.queries import finished_exchanges
from talka.people.models import Community
from talka.people.queries import listed_communities
from talka.web.shared.community_search import SearchForm, searched
from talka.web.shared.lists import page_of

SUGGESTED = 10


@login_not_required
@require_safe
def communities(request: HttpRequest) -> HttpResponse:
    """List the communities that match a search."""
    form = SearchForm(request.GET)
    page = page_of(request, searched(form))
    return render(request, "public/communities.html", {"form": form, "page": page})


@login_not_required
@require_safe
def community(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is publicly known of one community: nothing about its representatives."""
    one = get_object_or_404(Community.objects.real(), pk=pk)
    offers, needs = offers_and_needs(one)
    context = {"community": one, "offers": offers, "needs": needs, "exchanges": finished_exchanges(one)}
    return render(request, "public/community.html", context)


def _typed(request: HttpRequest) -> str:
    """Return what was typed into the picker that asks."""
    return request.GET.get(request.GET.get("field", ""), "")[:200]


@login_not_required
@require_safe
def community_suggestions(request: HttpRequest) -> HttpResponse:
    """Suggest communities while somebody types into a picker."""
    typed = _typed(request)
    found = listed_communities(words=typed)[:SUGGESTED] if len(typed.strip()) > 1 else []
    return render(request, "shared/picker_options.html", {"found": found})


@login_not_required
@require_safe
def capacity_suggestions(request: HttpRequest) -> HttpResponse:
    """Suggest capacities while somebody types into a picker."""
    typed = _typed(request)
    found = search_capacities(typed, most=SUGGESTED) if len(typed.strip()) > 1 else []
    return render(request, "shared/picker_options.html", {"found": found})


urlpatterns = [
    path("communities/", communities, name="communities"),
    path("communities/<int:pk>/", community, name="community"),
    path("communities/suggestions/", community_suggestions, name="community_suggestions"),
    path("capacities/suggestions/", capacity_suggestions, name="capacity_suggestions"),
]
