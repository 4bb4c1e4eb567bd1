"""One certificate in the office: what it says, why it was issued, and how it ends."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from talka.access.table import may
from talka.kernel.models import Entry
from talka.programmes.models import Cycle
from talka.recognition.actions import replace_certificate, revoke_certificate
from talka.recognition.models import Certificate, RevokeReason
from talka.recognition.queries import is_intact
from talka.web.office.certificate_forms import RevokeForm
from talka.web.shared.may import require


def run_certificate(request: HttpRequest, pk: int) -> Certificate:
    """Return a certificate of a cycle that the reader coordinates. Raises Http404."""
    cycles = Cycle.objects.run_by(request.user, "coordinator").values("pk")
    related = ("cycle__programme", "holder", "application__call__cycle__programme", "application__community")
    found = Certificate.objects.filter(cycle__in=cycles).select_related(*related, "application__person")
    return get_object_or_404(found, pk=pk)


def show(
    request: HttpRequest, certificate: Certificate, form: RevokeForm, *, status: int = 200
) -> HttpResponse:
    """Draw the page, with the form as it was sent."""
    context = {
        "certificate": certificate,
        "content": certificate.content,
        "cycle": certificate.cycle,
        "is_intact": certificate.is_erased or is_intact(certificate),
        "may_revoke": certificate.is_valid and may(request.user, "certificate.revoke", certificate),
        "form": form,
        "entries": Entry.objects.about(certificate).select_related("actor"),
    }
    return render(request, "office/certificate.html", context, status=status)


@require_safe
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a certificate with its history."""
    return show(request, run_certificate(request, pk), RevokeForm())


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke a certificate, with a reason for everybody and a note for the coordinators."""
    found = run_certificate(request, pk)
    require(request, "certificate.revoke", found)
    form = RevokeForm(request.POST)
    if not form.is_valid():
        return show(request, found, form, status=422)
    revoke_certificate(
        certificate=found,
        reason=RevokeReason(form.cleaned_data["reason"]),
        note=form.cleaned_data["note"],
        by=request.user,
        now=timezone.now(),
    )
    messages.success(request, _("Revoked. Whoever verifies it reads so, and its holder gets a letter."))
    return redirect("office:certificate", found.pk)


@require_POST
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue a certificate anew, with the name and the words of today; the old one holds no longer."""
    found = run_certificate(request, pk)
    require(request, "certificate.revoke", found)
    made = replace_certificate(certificate=found, by=request.user, now=timezone.now())
    messages.success(request, _("Issued anew. The holder gets a letter with the new one."))
    return redirect("office:certificate", made.pk)


urlpatterns = [
    path("certificates/<int:pk>/", certificate, name="certificate"),
    path("certificates/<int:pk>/revoke/", revoke, name="certificate_revoke"),
    path("certificates/<int:pk>/replace/", replace, name="certificate_replace"),
]
