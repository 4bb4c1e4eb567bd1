"""One's own account: name, language, time zone, communities, sessions."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from talka.people.actions.accounts import edit_account, sign_out_everywhere
from talka.people.models import Representation
from talka.web.shared.languages import keep_language
from talka.web.shared.lines import LineField
from talka.web.shared.may import require


def zones() -> list[tuple[str, list[tuple[str, str]]]]:
    """List the time zones people live in, by continent."""
    continents: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(available_timezones()):
        continent, _slash, place = name.partition("/")
        if place and continent not in ("Etc", "SystemV", "US", "posix", "right"):
            continents.setdefault(continent, []).append((name, place.replace("_", " ")))
    return [("UTC", [("UTC", "UTC")]), *continents.items()]


class AccountForm(forms.Form):
    """How Talka calls a person, in which language it speaks to them, and on which clock."""

    name = LineField(
        label=gettext_lazy("Your name"),
        help_text=gettext_lazy("As others in your exchanges read it. It need not be your legal name."),
        max_length=120,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of pages and letters"), choices=settings.LANGUAGES
    )
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy("Deadlines and meetings are shown on this clock, too."),
        choices=zones,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Show and change the reader's account."""
    require(request, "account.use")
    me: Any = request.user
    known = {"name": me.name, "language": me.language, "time_zone": me.time_zone}
    form = AccountForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        edit_account(account=me, by=me, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Saved."))
        answer = redirect("desk:account")
        keep_language(answer, form.cleaned_data["language"])
        return answer
    mine = Representation.objects.current().filter(account=me).select_related("community")
    asked = Representation.objects.awaiting(me).select_related("community", "invited_by")
    context = {"form": form, "mine": mine.order_by("community__name"), "asked": asked.order_by("-pk")}
    return render(request, "desk/account.html", context, status=422 if form.errors else 200)


@require_POST
def leave_everywhere(request: HttpRequest) -> HttpResponse:
    """Sign the reader out on every device."""
    require(request, "account.use")
    me: Any = request.user
    sign_out_everywhere(account=me, by=me, now=timezone.now())
    logout(request)
    messages.success(request, _("You are signed out everywhere."))
    return redirect("public:home")


urlpatterns = [
    path("account/", account, name="account"),
    path("account/sign-out-everywhere/", leave_everywhere, name="sign_out_everywhere"),
]
