"""One's own data: to take along, and to have erased."""

from tempfile import TemporaryFile
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.privacy.erasure import erase_person, programmes_left_alone
from talka.privacy.export import export_data
from talka.programmes.actions import LastCoordinator
from talka.web.shared.may import require
from talka.web.shared.sessions import forget_sessions


class EraseForm(forms.Form):
    """Asks once more."""

    is_sure = forms.BooleanField(label=gettext_lazy("Erase my data. I know that nobody can bring it back."))


@require_safe
def your_data(request: HttpRequest) -> HttpResponse:
    """Offer the reader what is kept about them."""
    require(request, "account.use")
    return render(request, "desk/your_data.html")


@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """Hand out everything that is kept about the reader."""
    require(request, "account.use")
    me: Any = request.user
    packed = TemporaryFile()  # noqa: SIM115  (closed with the answer)
    export_data(account=me, into=packed, by=me, now=timezone.now())
    packed.seek(0)
    return FileResponse(packed, as_attachment=True, filename="your-data.zip", content_type="application/zip")


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays, ask once more, and erase the reader."""
    require(request, "account.use")
    me: Any = request.user
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            erase_person(account=me, by=me, now=timezone.now())
        except LastCoordinator:
            form.add_error(None, _("Without you nobody would run these programmes. See below."))
        else:
            forget_sessions(me)
            logout(request)
            messages.success(request, _("Your data is erased. A last letter confirms it."))
            return redirect("public:home")
    context = {"form": form, "left_alone": programmes_left_alone(me).order_by("pk")}
    return render(request, "desk/your_data_erase.html", context, status=422 if form.errors else 200)


urlpatterns = [
    path("your-data/", your_data, name="your_data"),
    path("your-data/export/", export, name="your_data_export"),
    path("your-data/erase/", erase, name="your_data_erase"),
]
