"""Communities as coordinators keep them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from talka.kernel.models import Overtaken
from talka.papers.tables import write_csv
from talka.people.actions.communities import FactRefused, create_community, edit_community
from talka.people.queries import community_rows, missing_facts
from talka.people.reading import COLUMNS
from talka.web.office import community_facts, community_import
from talka.web.shared import community_parts
from talka.web.shared.community_forms import AllFactsForm
from talka.web.shared.community_parts import back, community_of, mark_refused, show_both, show_community
from talka.web.shared.community_search import MISSING_WORDS, OfficeSearchForm, searched
from talka.web.shared.downloads import spreadsheet
from talka.web.shared.lists import page_of
from talka.web.shared.may import require


@require_safe
def communities(request: HttpRequest) -> HttpResponse:
    """List communities with what is missing about them."""
    require(request, "community.certify")
    form = OfficeSearchForm(request.GET)
    page = page_of(request, searched(form))
    listed = [(one, [MISSING_WORDS[fact] for fact in missing_facts(one)]) for one in page]
    return render(request, "office/communities.html", {"form": form, "page": page, "listed": listed})


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Hand out the communities of a search as a table that can be imported again."""
    require(request, "community.certify")
    rows = community_rows(searched(OfficeSearchForm(request.GET)))
    if request.GET.get("as") == "csv":
        answer = HttpResponse(write_csv(COLUMNS, rows), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="communities.csv"'
        return answer
    return spreadsheet({_("Communities"): (COLUMNS, rows)}, name="communities")


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Create a community."""
    require(request, "community.create")
    form = AllFactsForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = create_community(facts=form.cleaned_data, by=request.user, now=timezone.now())
        except FactRefused as refused:
            mark_refused(form, "name", refused)
        else:
            return back(request, made.pk, _("Created. Now say what else is known, and who represents it."))
    return render(request, "office/community_new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def community(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and change all facts about a community."""
    one = community_of(request, pk)
    require(request, "community.certify", one)
    if request.method != "POST":
        return show_community(request, one)
    form = AllFactsForm(request.POST)
    if form.is_valid():
        version = form.cleaned_data["version"] or one.version
        try:
            facts = form.cleaned_data
            edit_community(community=one, facts=facts, version=version, by=request.user, now=timezone.now())
        except Overtaken:
            return show_both(request, pk, form)
        except FactRefused as refused:
            mark_refused(form, "name", refused)
        else:
            return back(request, pk, _("Saved."))
    return show_community(request, community_of(request, pk), status=422, form=form)


urlpatterns = [
    path("communities/", communities, name="communities"),
    path("communities/export/", export, name="communities_export"),
    path("communities/new/", create, name="community_new"),
    path("communities/<int:pk>/", community, name="community"),
    *community_import.urlpatterns,
    *community_facts.urlpatterns,
    *community_parts.urlpatterns,
]
