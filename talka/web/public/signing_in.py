"""Signing in by one-time code (or as one of the demo's cast), signing out, and the language of the pages."""

from django import forms
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.letters.models import Letter
from talka.people.actions.sign_in import (
    CODE_LIFE,
    TooManyCodes,
    WrongCode,
    send_sign_in_code,
    use_sign_in_code,
)
from talka.people.models import Account
from talka.web.shared.languages import keep_language

LONGEST_NEXT = 1000
CAST = {
    "ada@demo.invalid": gettext_lazy(
        "Wants to learn: for a community in the exchange, and as a mentee herself. "
        "Try: hand in an application, confirm hours."
    ),
    "bo@demo.invalid": gettext_lazy(
        "Represents an experienced community, and mentors. Try: answer a proposed match, write down hours."
    ),
    "cleo@demo.invalid": gettext_lazy(
        "Coordinates both programmes. Try: screen, match, publish, and look after pairs."
    ),
    "rosa@demo.invalid": gettext_lazy("Reviews applications. Try: score one without seeing what others say."),
    "dan@demo.invalid": gettext_lazy("Is a stranger with an account. Try: to see what is not his."),
}


class AddressForm(forms.Form):
    """Asks for the address the code goes to."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class CodeForm(forms.Form):
    """Asks for the code."""

    code = forms.RegexField(
        r"^\s*\d{6}\s*$",
        label=gettext_lazy("The six digits from the mail"),
        error_messages={"invalid": gettext_lazy("A code is six digits, such as 123456.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        """Write the digits as the mail does, whatever script they were typed in."""
        return f"{int(self.cleaned_data['code']):06}"


def safe_next(request: HttpRequest, default: str) -> str:
    """Return the address that the reader was on the way to, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    # Only whole paths: `redirect` would take another word for the name of a page.
    return wanted if ours and wanted.startswith("/") and len(wanted) <= LONGEST_NEXT else default


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for an address and mail it a code."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sent = send_sign_in_code(
                email=form.cleaned_data["email"], language=get_language() or "en", now=timezone.now()
            )
        except TooManyCodes:
            form.add_error(
                "email", _("Many codes were sent to this address. Use the last one, or wait an hour.")
            )
        else:
            request.session["signing_in"] = {
                "sent": sent.pk,
                "email": sent.email,
                "next": safe_next(request, ""),
            }
            return redirect("public:code")
    context = {"form": form, "next": safe_next(request, "")}
    return render(request, "public/sign_in.html", context, status=422 if form.errors else 200)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """Exchange the code for a session."""
    asked = request.session.get("signing_in")
    if not asked:
        return redirect("public:sign_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given, language = form.cleaned_data["code"], get_language() or "en"
        try:
            account = use_sign_in_code(sent=asked["sent"], code=given, language=language, now=timezone.now())
        except WrongCode:
            form.add_error("code", _("This code does not open the door. Try again, or ask for a new code."))
        else:
            del request.session["signing_in"]
            login(request, account)
            return redirect(asked["next"] or "desk:home")
    context = {"form": form, "email": asked["email"], "minutes": CODE_LIFE.seconds // 60}
    return render(request, "public/code.html", context, status=422 if form.errors else 200)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("public:home")


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language that the reader chose."""
    answer = redirect(safe_next(request, "/"))
    keep_language(answer, request.POST.get("language", ""))
    return answer


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def cast(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the cast: in the demo only."""
    if not settings.DEMO:
        raise Http404
    if request.method == "POST":
        wanted = request.POST.get("email", "")
        account = get_object_or_404(Account, email=wanted if wanted in CAST else "", is_active=True)
        login(request, account)
        return redirect(safe_next(request, "desk:home"))
    people = {account.email: account for account in Account.objects.filter(email__in=CAST)}
    known = [(people[email], line) for email, line in CAST.items() if email in people]
    return render(request, "public/cast.html", {"cast": known})


@login_not_required
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """Show the newest letters that would have been sent: in the demo only."""
    if not settings.DEMO:
        raise Http404
    letters = Letter.objects.exclude(status__in=["held", "dropped"]).order_by("-pk")[:50]
    return render(request, "public/mailbox.html", {"letters": letters})


urlpatterns = [
    path("sign-in/", sign_in, name="sign_in"),
    path("sign-in/code/", code, name="code"),
    path("sign-out/", sign_out, name="sign_out"),
    path("language/", language, name="language"),
    path("demo/cast/", cast, name="cast"),
    path("demo/mailbox/", mailbox, name="mailbox"),
]
