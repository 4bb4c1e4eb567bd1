"""What people of a programme build at home, as anyone may read it once it is published."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from talka.access.table import may
from talka.initiatives.models import Initiative, MaterialVersion
from talka.initiatives.queries import names_in, open_to
from talka.programmes.models import Programme
from talka.web.shared.downloads import download
from talka.web.shared.initiatives import InitiativeSearchForm, facts_of, listed, search_in, searched, story_of
from talka.web.shared.lists import page_of


@login_not_required
@require_safe
def initiatives(request: HttpRequest, slug: str) -> HttpResponse:
    """List the published initiatives of a programme that match a search."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    asked = programme.plan.initiatives
    if asked is None:
        raise Http404
    among = Initiative.objects.filter(programme=programme, is_public=True)
    form = search_in(request.GET, programme, among, InitiativeSearchForm)
    page = page_of(request, searched(form, among))
    context = {"programme": programme, "called": asked, "form": form, "page": page}
    context["rows"] = listed(page, names_in(programme))
    context["may_start"] = may(request.user, "initiative.start", programme)
    return render(request, "public/initiatives.html", context)


@login_not_required
@require_safe
def initiative(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an initiative, its stages, and what its people opened to everybody."""
    seen = Initiative.objects.visible_to(request.user).with_owner()
    found = get_object_or_404(seen, pk=pk)
    newest = MaterialVersion.objects.newest().filter(material__initiative=found, material__is_public=True)
    context = facts_of(found) | {
        "story": story_of(found, now=timezone.now()),
        "feedback": found.feedback.public().select_related("author").order_by("-given_on", "-pk"),
        "materials": newest.select_related("material", "upload").order_by("material__title", "pk"),
        "works_on_it": request.user.is_authenticated and open_to(request.user).filter(pk=pk).exists(),
    }
    return render(request, "public/initiative.html", context)


@login_not_required
@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out the file of a material to those who may see it."""
    seen = MaterialVersion.objects.visible_to(request.user).filter(upload__isnull=False)
    version = get_object_or_404(seen.select_related("upload"), pk=pk)
    assert version.upload is not None
    return download(version.upload)


urlpatterns = [
    path("programmes/<slug:slug>/initiatives/", initiatives, name="initiatives"),
    path("initiatives/<int:pk>/", initiative, name="initiative"),
    path("initiatives/materials/<int:pk>/", file, name="initiative_file"),
]
