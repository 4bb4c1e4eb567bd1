"""Certificates of a cycle: those that were issued, who else has everything for one, and who lacks what."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.applications.models import Application
from talka.applications.queries import day_of
from talka.kernel.speech import speak
from talka.programmes.models import Cycle
from talka.recognition.actions import CertificateRefused, issue_by_exception, issue_certificates
from talka.recognition.models import Certificate, CertificateQuerySet
from talka.recognition.queries import Standing, deserving_counts, standing_of, standings
from talka.web.office.certificate_forms import CertificateListForm, ExceptionForm
from talka.web.office.cycles_found import run_cycle
from talka.web.shared.downloads import spreadsheet
from talka.web.shared.lists import page_of
from talka.web.shared.may import require


def certifying_cycle(request: HttpRequest, pk: int) -> Cycle:
    """Return a cycle that gives certificates and that the reader coordinates. Raises Http404."""
    cycle = run_cycle(request, pk)
    if not cycle.plan.certificates:
        raise Http404
    require(request, "certificate.issue", cycle)
    return cycle


def _listed(request: HttpRequest, cycle: Cycle) -> tuple[CertificateListForm, CertificateQuerySet]:
    form = CertificateListForm(request.GET)
    found = Certificate.objects.filter(cycle=cycle).select_related(
        "cycle", "holder", "application__community", "application__person"
    )
    if not form.is_valid():
        return form, found.order_by("-number")
    if form.cleaned_data["status"]:
        found = found.filter(status=form.cleaned_data["status"])
    words = form.cleaned_data["q"].strip()
    if words:
        named = found.filter(holder__name__icontains=words)
        number = words.rpartition("-")[2]
        counted = found.filter(number=int(number)) if number.isdecimal() and len(number) < 9 else found.none()
        found = named | found.filter(application__community__name__icontains=words) | counted
        found = found | Certificate.objects.filter(cycle=cycle).coded(words)
    return form, found.order_by("-number")


@require_safe
def certificates(request: HttpRequest, pk: int) -> HttpResponse:
    """List the certificates of a cycle, the newest first."""
    cycle = certifying_cycle(request, pk)
    form, found = _listed(request, cycle)
    waiting = deserving_counts([cycle], today=day_of(cycle, timezone.now()))[cycle.pk]
    context = {"cycle": cycle, "form": form, "page": page_of(request, found), "waiting": waiting}
    return render(request, "office/certificates.html", context)


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the same list as a spreadsheet."""
    cycle = certifying_cycle(request, pk)
    header = [_("Number"), _("Name"), _("For"), _("Role"), _("Hours"), _("Issued"), _("Status"), _("Code")]
    rows = [_row(one) for one in _listed(request, cycle)[1]]
    return spreadsheet({_("Certificates"): (header, rows)}, name=f"certificates-{cycle.slug}")


def _row(one: Certificate) -> list[Any]:
    content = one.content
    role = content["role"]["text"] if content else one.role
    return [
        one.reference,
        content.get("name", ""),
        content.get("community", ""),
        role,
        content.get("hours", ""),
        one.issued_at.date(),
        one.get_status_display(),
        one.written_code,
    ]


def _sorted_standings(cycle: Cycle) -> tuple[list[Standing], list[Standing]]:
    """Return who has everything and somebody who can get one, and who lacks something."""
    found = standings([cycle], today=day_of(cycle, timezone.now())).get(cycle.pk, [])
    in_order = sorted(found, key=lambda one: str(one.application).casefold())
    ready = [one for one in in_order if one.verdict.is_met and one.candidates]
    lacking = [one for one in in_order if not one.verdict.is_met and one.candidates]
    return ready, lacking


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who gets a certificate when the button is pressed, and who does not, and why."""
    cycle = certifying_cycle(request, pk)
    ready, lacking = _sorted_standings(cycle)
    context = {"cycle": cycle, "ready": ready, "lacking": lacking, "page": page_of(request, lacking)}
    return render(request, "office/certificates_preview.html", context)


@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue certificates to those who were ticked and have everything."""
    cycle = certifying_cycle(request, pk)
    named = {pair for typed in request.POST.getlist("who") if (pair := _pair(typed))}
    issued = issue_certificates(cycle=cycle, named=named, by=request.user, now=timezone.now())
    words = ngettext("%(count)d certificate is issued.", "%(count)d certificates are issued.", len(issued))
    if issued:
        messages.success(request, words % {"count": len(issued)})
        return redirect("office:certificates", cycle.pk)
    messages.info(request, _("Nothing was issued: nobody was ticked who has everything and no certificate."))
    return redirect("office:certificates_preview", cycle.pk)


def _pair(typed: str) -> tuple[int, int] | None:
    application, _dash, account = typed.partition("-")
    if not (application.isdecimal() and account.isdecimal() and len(typed) < 40):
        return None
    return int(application), int(account)


@require_http_methods(["GET", "HEAD", "POST"])
def exception(request: HttpRequest, pk: int, application: int) -> HttpResponse:
    """Issue a certificate although something is missing, with the reason."""
    cycle = certifying_cycle(request, pk)
    applied = Application.objects.filter(call__cycle=cycle).select_related("call__cycle__programme")
    found = get_object_or_404(applied, pk=application)
    require(request, "certificate.except", found)
    standing = standing_of(found, now=timezone.now())
    if standing is None:
        raise Http404
    people = [person for person, _is_ticked in standing.candidates]
    form = ExceptionForm(request.POST or None, people=people)
    if form.is_valid() and _made(request, standing, form):
        messages.success(request, _("Issued. The holder gets a letter; your reason stays here."))
        return redirect("office:certificates", cycle.pk)
    context = {"cycle": cycle, "standing": standing, "form": form}
    return render(request, "office/certificate_exception.html", context, status=422 if form.errors else 200)


def _made(request: HttpRequest, standing: Standing, form: ExceptionForm) -> bool:
    holder = next(one for one in standing.people if one.pk == form.cleaned_data["holder"])
    try:
        issue_by_exception(
            application=standing.application,
            holder=holder,
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        )
    except CertificateRefused as refused:
        form.add_error("holder", speak(refused.reason))
        return False
    return True


urlpatterns = [
    path("cycles/<int:pk>/certificates/", certificates, name="certificates"),
    path("cycles/<int:pk>/certificates.xlsx", export, name="certificates_export"),
    path("cycles/<int:pk>/certificates/preview/", preview, name="certificates_preview"),
    path("cycles/<int:pk>/certificates/issue/", issue, name="certificates_issue"),
    path(
        "cycles/<int:pk>/certificates/exception/<int:application>/", exception, name="certificate_exception"
    ),
]
