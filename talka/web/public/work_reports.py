"""What a programme published about its work: the list, each report, and its papers."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_safe

from talka.impact.figures import canonical
from talka.impact.lifecycle import WorkReportStatus
from talka.impact.models import WorkReport
from talka.programmes.models import Programme
from talka.web.shared.work_papers import as_pdf, as_wikitext
from talka.web.shared.work_words import shown_parts


def _published(request: HttpRequest, slug: str, pk: int) -> WorkReport:
    """Return a published report that the reader may see. Raises Http404."""
    found = WorkReport.objects.visible_to(request.user).filter(status=WorkReportStatus.PUBLISHED)
    return get_object_or_404(found.select_related("programme", "replaces"), programme__slug=slug, pk=pk)


@login_not_required
@require_safe
def reports(request: HttpRequest, slug: str) -> HttpResponse:
    """List what was published, the newest period first."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    published = programme.work_reports.filter(status=WorkReportStatus.PUBLISHED)
    context = {
        "programme": programme,
        "reports": published.select_related("replaces").order_by("-ends_on", "-published_at"),
    }
    return render(request, "public/work_reports.html", context)


@login_not_required
@require_safe
def report(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show a report as it was published."""
    found = _published(request, slug, pk)
    later = found.replaced_by.filter(status=WorkReportStatus.PUBLISHED).order_by("-published_at").first()
    context: dict[str, Any] = {
        "report": found,
        "programme": found.programme,
        "parts": shown_parts(found.figures, found.words),
        "later": later,
    }
    return render(request, "public/work_report.html", context)


def _paper(content: bytes | str, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


@login_not_required
@require_safe
def pdf(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Hand out a report as PDF."""
    found = _published(request, slug, pk)
    return _paper(as_pdf(found), "application/pdf", f"{slug}-{found.ends_on}.pdf")


@login_not_required
@require_safe
def wikitext(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Hand out a report as wikitext, for a page of Meta."""
    return HttpResponse(as_wikitext(_published(request, slug, pk)), content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def plain(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Hand out what was published as data, with its seal."""
    found = _published(request, slug, pk)
    days = [found.starts_on.isoformat(), found.ends_on.isoformat()]
    data = {"title": found.title, "days": days, "words": found.words, "figures": found.figures}
    return HttpResponse(canonical({**data, "seal": found.seal}), content_type="application/json")


urlpatterns = [
    path("programmes/<slug:slug>/reports/", reports, name="work_reports"),
    path("programmes/<slug:slug>/reports/<int:pk>/", report, name="work_report"),
    path("programmes/<slug:slug>/reports/<int:pk>.pdf", pdf, name="work_report_pdf"),
    path("programmes/<slug:slug>/reports/<int:pk>.wiki", wikitext, name="work_report_wikitext"),
    path("programmes/<slug:slug>/reports/<int:pk>.json", plain, name="work_report_json"),
]
