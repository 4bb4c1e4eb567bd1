"""Initiatives in the office: the list with filters, its export, and how many are at each stage."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from talka.initiatives.models import Initiative
from talka.initiatives.models.initiatives import InitiativeQuerySet
from talka.initiatives.queries import count_stages, names_in
from talka.kernel.windows import add_months
from talka.programmes.models import Programme
from talka.web.office.programmes import programmes_of
from talka.web.shared.downloads import spreadsheet
from talka.web.shared.initiatives import (
    InitiativeSearchForm,
    Listed,
    OfficeInitiativeSearchForm,
    listed,
    search_in,
    searched,
)
from talka.web.shared.lists import page_of
from talka.web.shared.may import require
from talka.web.shared.timelines import today_in
from talka.web.templatetags.words import country_name, language_names, said


def _programme(request: HttpRequest, slug: str) -> Programme:
    """Return a programme with initiatives that the reader coordinates. Raises Http404, PermissionDenied."""
    found = get_object_or_404(programmes_of(request), slug=slug)
    require(request, "programme.edit", found)
    if found.plan.initiatives is None:
        raise Http404
    return found


def _found(request: HttpRequest, programme: Programme) -> tuple[InitiativeSearchForm, InitiativeQuerySet]:
    among = Initiative.objects.filter(programme=programme)
    form = search_in(request.GET, programme, among, OfficeInitiativeSearchForm)
    return form, searched(form, among)


@require_safe
def initiatives(request: HttpRequest, slug: str) -> HttpResponse:
    """List the initiatives, published or not, and count them by stage now and a year ago."""
    programme = _programme(request, slug)
    form, found = _found(request, programme)
    page = page_of(request, found)
    today = today_in(programme.zone, timezone.now())
    names = names_in(programme)
    counts = count_stages(programme, add_months(today, -12), today)
    context = {
        "programme": programme,
        "called": programme.plan.initiatives,
        "form": form,
        "page": page,
        "rows": listed(page, names),
        "counts": [(names.stage(one.key), one) for one in counts],
        "totals": (sum(one.first for one in counts), sum(one.last for one in counts)),
        "a_year_ago": add_months(today, -12),
    }
    return render(request, "office/initiatives.html", context)


@require_safe
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand out the same list as a spreadsheet."""
    programme = _programme(request, slug)
    found = listed(_found(request, programme)[1], names_in(programme))
    rows = [_row(one) for one in found]
    return spreadsheet({_("Initiatives"): (_header(), rows)}, name=f"initiatives-{programme.slug}")


def _header() -> list[str]:
    return [
        _("Name"),
        _("Owner"),
        _("Model"),
        _("Country"),
        _("Languages"),
        _("Stage"),
        _("Status"),
        _("Published"),
        _("Since"),
        _("Last heard of"),
        _("Partners"),
    ]


def _row(one: Listed) -> list[str | date | None]:
    found = one.initiative
    return [
        found.name,
        str(found.owner),
        said(one.model),
        country_name(found.country),
        language_names(found.languages),
        said(one.stage),
        found.get_status_display(),
        _("yes") if found.is_public else _("no"),
        found.started_on,
        found.heard_on,
        found.partners,
    ]


urlpatterns = [
    path("programmes/<slug:slug>/initiatives/", initiatives, name="initiatives"),
    path("programmes/<slug:slug>/initiatives.xlsx", export, name="initiatives_export"),
]
