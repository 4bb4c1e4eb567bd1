"""The meetings of a programme in the office, and the series that they come from."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.gatherings.actions import create_series, edit_series, end_series
from talka.gatherings.actions.series import FIELDS
from talka.gatherings.models import Gathering, Registration, Series
from talka.gatherings.queries import SeriesChange, change_of_series, needing, with_counts
from talka.kernel.models import Entry, Overtaken
from talka.web.office.gatherings import run_programme
from talka.web.office.meeting_forms import NewSeriesForm, SeriesForm, series_shown
from talka.web.office.programmes import ASKING, programmes_of
from talka.web.shared.lists import page_of
from talka.web.shared.may import require
from talka.web.shared.overtaken import answer_form, newer


@require_safe
def meetings(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is coming, what is still to be written down, and the series."""
    programme = run_programme(request, slug)
    now = timezone.now()
    found = Gathering.objects.filter(programme=programme).select_related("cycle")
    context = {
        "programme": programme,
        "needing": needing(programme, now=now)[:20],
        "coming": with_counts(found.coming(now))[:50],
        "series": programme.series.order_by("ended_at", "pk"),
        "page": page_of(request, with_counts(found.filter(ends_at__lte=now).order_by("-starts_at", "-pk"))),
    }
    return render(request, "office/meetings.html", context)


@require_http_methods(ASKING)
def create(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a series."""
    programme = run_programme(request, slug)
    asked: dict[str, Any] = {"languages": programme.plan.languages, "initial": {"zone": programme.zone}}
    form = NewSeriesForm(request.POST or None, cycles=programme.cycles.order_by("-pk"), **asked)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        place = {"programme": programme, "cycle": given["cycle"], "kind": given["kind"]}
        made = create_series(**place, values=given, by=request.user, now=timezone.now())
        count = made.gatherings.count()
        said = ngettext(
            "The series is there, with one meeting.", "The series is there, with %(n)d meetings.", count
        )
        messages.success(request, said % {"n": count})
        return redirect("office:series", made.pk)
    return answer_form(request, "office/series.html", form, programme=programme)


def _run_series(request: HttpRequest, pk: int) -> Series:
    found = Series.objects.filter(programme__in=programmes_of(request).values("pk"))
    series = get_object_or_404(found.select_related("programme", "cycle"), pk=pk)
    require(request, "meeting.run", series)
    return series


@require_http_methods(ASKING)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a series; before anybody is told, it is said who."""
    series = _run_series(request, pk)
    texts = {"title": series.title, "description": series.description}
    initial, languages = series_shown(series, FIELDS), series.programme.plan.languages
    form = SeriesForm(request.POST or None, languages=languages, texts=texts, initial=initial)
    context = _around(series)
    if request.method == "POST" and form.is_valid():
        change = _change(series, form.cleaned_data)
        if not _is_agreed(form, change):
            return answer_form(request, "office/series.html", form, **context, change=change)
        try:
            _apply(request, series, form.cleaned_data)
        except Overtaken:
            context["theirs"] = newer(form, Series.objects.get(pk=pk))
        else:
            return redirect("office:series", pk)
    return answer_form(request, "office/series.html", form, **context)


def _around(series: Series) -> dict[str, Any]:
    now = timezone.now()
    coming = Gathering.objects.filter(series=series, ends_at__gt=now).order_by("starts_at", "pk")
    signed_up = Registration.objects.filter(gathering__in=coming, gathering__cancelled_at__isnull=True)
    return {
        "series": series,
        "programme": series.programme,
        "coming": with_counts(coming),
        "signed_up": signed_up.count(),
        "entries": Entry.objects.about(series).select_related("actor"),
    }


def _change(series: Series, given: dict[str, Any]) -> SeriesChange:
    """Look at what the series would do as it is given, without saving it."""
    wanted = copy(series)
    for name in FIELDS:
        setattr(wanted, name, given[name])
    return change_of_series(wanted, now=timezone.now())


def _is_agreed(form: SeriesForm, change: SeriesChange) -> bool:
    """Tell whether the reader has seen what this does to people and meetings; if not, ask in the form."""
    mark = f"{change.told}-{len(change.dropped)}-{len(change.kept)}"
    if form.cleaned_data["agreed"] == mark or not (change.told or change.dropped):
        return True
    typed: Any = form.data.copy()  # type: ignore[attr-defined]
    typed["agreed"] = mark
    form.data = typed
    return False


def _apply(request: HttpRequest, series: Series, given: dict[str, Any]) -> None:
    change = edit_series(
        series=series, values=given, version=given["version"], by=request.user, now=timezone.now()
    )
    follow, letters = len(change.kept), change.told
    said = ngettext("Saved. One meeting ahead follows.", "Saved. %(n)d meetings ahead follow.", follow)
    told = ngettext("One person is told.", "%(n)d people are told.", letters)
    messages.success(request, f"{said % {'n': follow}} {told % {'n': letters}}")


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a series and cancel its meetings ahead."""
    series = _run_series(request, pk)
    if series.ended_at is None:
        count, told = end_series(series=series, version=series.version, by=request.user, now=timezone.now())
        said = ngettext("One meeting is cancelled.", "%(n)d meetings are cancelled.", count) % {"n": count}
        letters = ngettext("One person is told.", "%(n)d people are told.", told) % {"n": told}
        messages.success(request, f"{_('The series has ended.')} {said} {letters}")
    return redirect("office:meetings", series.programme.slug)


urlpatterns = [
    path("programmes/<slug:slug>/meetings/", meetings, name="meetings"),
    path("programmes/<slug:slug>/series/new/", create, name="series_create"),
    path("series/<int:pk>/", edit, name="series"),
    path("series/<int:pk>/end/", end, name="series_end"),
]
