"""What a cycle has changed, for everybody: the page, its papers, and the photos of its stories."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from talka.impact.figures import read
from talka.impact.models import ImpactReport
from talka.impact.queries import impact_reports, is_published, public_photos
from talka.kernel.wording import say
from talka.programmes.models import Cycle
from talka.reports.models import Evidence
from talka.web.public.impact_papers import as_csv, as_json, as_pdf, as_wikitext, title_of
from talka.web.shared.downloads import download
from talka.web.shared.impact_words import facts_of, tables_of

LARGEST_NUMBER = 10_000


def _reports(request: HttpRequest, slug: str, cycle_slug: str) -> list[ImpactReport]:
    """List what was published about a cycle, the newest first. Raises Http404 where nothing was."""
    cycles = Cycle.objects.visible_to(request.user)
    cycle = get_object_or_404(cycles.select_related("programme"), programme__slug=slug, slug=cycle_slug)
    found = list(impact_reports(cycle))
    for report in found:
        report.cycle = cycle
    if not found:
        raise Http404
    return found


def _report(request: HttpRequest, reports: list[ImpactReport]) -> ImpactReport:
    """Choose the report that the address names by its number, or the newest. Raises Http404."""
    number = request.GET.get("number", "")
    if not number:
        return reports[0]
    for report in reports:
        if str(report.number) == number:
            return report
    raise Http404


@login_not_required
@require_safe
def impact(request: HttpRequest, slug: str, cycle_slug: str) -> HttpResponse:
    """Show an impact report: the newest, or an earlier one by its number."""
    reports = _reports(request, slug, cycle_slug)
    report = _report(request, reports)
    figures, allowed = read(report.figures), public_photos(report.stories)
    context = {
        "report": report,
        "reports": reports,
        "cycle": report.cycle,
        "title": title_of(report),
        "introduction": say(report.introduction, get_language() or "en"),
        "facts": facts_of(figures),
        "tables": tables_of(figures),
        "stories": [_with_photos(story, allowed) for story in report.stories],
        "is_newest": report is reports[0],
    }
    return render(request, "public/impact.html", context)


def _with_photos(story: dict[str, Any], allowed: set[int]) -> dict[str, Any]:
    return story | {"photos": [photo for photo in story["photos"] if photo["pk"] in allowed]}


def _paper(content: bytes | str, kind: str, name: str = "") -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    if name:
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@login_not_required
@require_safe
def paper(request: HttpRequest, slug: str, cycle_slug: str, kind: str) -> HttpResponse:
    """Hand out an impact report as PDF, wikitext, CSV or JSON."""
    report = _report(request, _reports(request, slug, cycle_slug))
    name = f"impact-{slug}-{cycle_slug}-{report.number}"
    if kind == "pdf":
        return _paper(as_pdf(report), "application/pdf", f"{name}.pdf")
    if kind == "csv":
        return _paper(as_csv(report), "text/csv; charset=utf-8", f"{name}.csv")
    if kind == "json":
        return _paper(as_json(report), "application/json")
    return _paper(as_wikitext(report), "text/plain; charset=utf-8")


@login_not_required
@require_safe
def evidence(request: HttpRequest, pk: int, size: str) -> HttpResponseBase:
    """Hand out a photo of a published story, if everybody shown agrees still."""
    photo = get_object_or_404(Evidence.objects.select_related("report", "upload"), pk=pk)
    cycles = Cycle.objects.visible_to(request.user)
    if not is_published(photo) or not cycles.filter(matches__exchange=photo.report.exchange_id).exists():
        raise Http404
    return download(photo.upload, thumbnail=size == "small")


def _at(ending: str, kind: str, name: str) -> Any:
    return path(
        f"programmes/<slug:slug>/cycles/<slug:cycle_slug>/impact{ending}", paper, {"kind": kind}, name=name
    )


urlpatterns = [
    path("programmes/<slug:slug>/cycles/<slug:cycle_slug>/impact/", impact, name="impact"),
    _at(".pdf", "pdf", "impact_pdf"),
    _at(".wikitext", "wikitext", "impact_wikitext"),
    _at(".csv", "csv", "impact_csv"),
    _at(".json", "json", "impact_json"),
    path("photos/<int:pk>/", evidence, {"size": "large"}, name="evidence"),
    path("photos/<int:pk>/thumbnail/", evidence, {"size": "small"}, name="evidence_thumbnail"),
]
