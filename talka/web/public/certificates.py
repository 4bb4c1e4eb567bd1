"""Verifying a certificate: whoever has its code sees whether it is genuine, and whether it still holds."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from talka.recognition.models import Certificate
from talka.recognition.queries import is_intact


class CodeForm(forms.Form):
    """Asks for the code of a certificate."""

    use_required_attribute = False

    code = forms.CharField(
        label=_("Code of the certificate"),
        help_text=_("It stands in the address at the foot of the certificate: seven groups of four."),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )


def _answer(request: HttpRequest, page: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Answer with a page that no search engine keeps: to show a certificate is up to its holder."""
    answer = render(request, page, context, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _not_found(request: HttpRequest, typed: str) -> HttpResponse:
    """Say that nothing has the code. What is no code at all gets the same answer as one nobody has."""
    form = CodeForm(initial={"code": typed[:200]})
    return _answer(request, "public/certificates.html", {"form": form, "is_unknown": True}, status=404)


@login_not_required
@require_safe
def certificates(request: HttpRequest) -> HttpResponse:
    """Ask for a code, and lead to the certificate that has it."""
    typed = request.GET.get("code", "").strip()
    if not typed:
        return _answer(request, "public/certificates.html", {"form": CodeForm()})
    found = Certificate.objects.coded(typed).first()
    return redirect(found) if found else _not_found(request, typed)


@login_not_required
@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a certificate says, and whether it holds."""
    found = Certificate.objects.coded(code).select_related("cycle__programme").first()
    if found is None:
        return _not_found(request, code)
    context = {
        "certificate": found,
        "content": found.content,
        "programme": found.cycle.programme,
        "cycle": found.cycle,
        "is_intact": is_intact(found),
    }
    return _answer(request, "public/certificate.html", context)


urlpatterns = [
    path("certificates/", certificates, name="certificates"),
    path("certificates/<str:code>/", certificate, name="certificate"),
]
