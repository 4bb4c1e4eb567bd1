"""The communities that one represents."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from talka.kernel.models import Overtaken
from talka.people.actions.communities import edit_community
from talka.web.shared import community_parts
from talka.web.shared.community_forms import OwnFactsForm
from talka.web.shared.community_parts import back, community_of, show_both, show_community
from talka.web.shared.may import require


@require_http_methods(["GET", "HEAD", "POST"])
def community(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and change what a community says about itself."""
    one = community_of(request, pk)
    require(request, "community.edit", one)
    if request.method != "POST":
        return show_community(request, one)
    form = OwnFactsForm(request.POST)
    if not form.is_valid():
        return show_community(request, one, status=422, form=form)
    facts = form.cleaned_data
    version = facts.pop("version") or one.version
    try:
        edit_community(community=one, facts=facts, version=version, by=request.user, now=timezone.now())
    except Overtaken:
        return show_both(request, pk, form)
    return back(request, pk, _("Saved."))


urlpatterns = [
    path("communities/<int:pk>/", community, name="community"),
    *community_parts.urlpatterns,
]
