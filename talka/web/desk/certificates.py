"""A certificate for those who took part: what is missing for it, and the paper once it is there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from talka.applications.models import Application
from talka.papers.pdf import FONTS, write_pdf
from talka.recognition.models import Certificate
from talka.recognition.queries import asked_of, newest_exchange, paper_of, standing_of
from talka.web.shared.may import require


@require_safe
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the certificates that the reader has for an application, or what is missing for one."""
    own = Application.objects.written_by(request.user) | Application.objects.filter(
        certificates__holder=request.user.pk
    )
    related = own.distinct().select_related("call__cycle__programme", "community", "person")
    application = get_object_or_404(related, pk=pk)
    mine = Certificate.objects.filter(application=application, holder=request.user.pk)
    standing = standing_of(application, now=timezone.now())
    if standing is None and not mine.exists():
        raise Http404
    context = {
        "application": application,
        "cycle": application.call.cycle,
        "certificates": mine.select_related("cycle").order_by("-number"),
        "standing": standing,
        "exchange": newest_exchange(application),
    }
    return render(request, "desk/certificate.html", context)


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a certificate as it was issued; of one whose holder's data were erased there is none."""
    found = get_object_or_404(Certificate.objects.visible_to(request.user).select_related("cycle"), pk=pk)
    require(request, "certificate.download", found)
    if found.is_erased:
        raise Http404
    content = write_pdf("certificate", data=paper_of(found), font_folder=FONTS)
    headers = {"Content-Disposition": f'attachment; filename="certificate-{found.reference}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def has_outlook(application: Application) -> bool:
    """Tell whether the page of an application leads on to its certificate."""
    asked = asked_of(application.call.cycle, application.call.role)
    return asked is not None and newest_exchange(application) is not None


urlpatterns = [
    path("applications/<int:pk>/certificate/", certificate, name="certificate"),
    path("certificates/<int:pk>.pdf", paper, name="certificate_pdf"),
]
