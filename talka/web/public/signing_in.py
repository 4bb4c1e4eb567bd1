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
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.letters.models import Letter
from talka.people.actions.sign_in import TooManyCodes, WrongCode, send_sign_in_code, use_sign_in_code
from talka.people.models import Account

CAST = {
    "ada@demo.invalid": gettext_lazy("Represents a community that wants to learn. Try: hand in an application."),
    "bo@demo.invalid": gettext_lazy("Represents an experienced community. Try: answer a proposed match."),
    "cleo@demo.invalid": gettext_lazy("Coordinates the programme. Try: screen, match, and publish."),
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


def safe_next(request: HttpRequest, default: str) -> str:
    """Return the address that the reader was on the way to, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else default


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for an address and mail it a code."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            send_sign_in_code(
                email=form.cleaned_data["email"], language=get_language() or "en", now=timezone.now()
            )
        except TooManyCodes:
            form.add_error("email", _("Five codes were sent within the hour. Please wait, or use the last one."))
        else:
            request.session["signing_in"] = form.cleaned_data["email"]
            request.session["signing_in_next"] = safe_next(request, "")
            return redirect("public:code")
    context = {"form": form, "next": safe_next(request, "")}
    return render(request, "public/sign_in.html", context, status=422 if form.errors else 200)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Exchange the code for a session."""
    email = request.session.get("signing_in")
    if not email:
        return redirect("public:sign_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        onward = request.session.get("signing_in_next") or "desk:home"
        try:
            account = use_sign_in_code(
                email=email,
                code=form.cleaned_data["code"],
                language=get_language() or "en",
                now=timezone.now(),
            )
        except WrongCode:
            form.add_error("code", _("This code does not open the door. Look for the newest mail, or ask for a new code."))
        else:
            login(request, account)
            return redirect(onward)
    return render(request, "public/code.html", {"form": form, "email": email}, status=422 if form.errors else 200)


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
    chosen = request.POST.get("language", "")
    answer = redirect(safe_next(request, "/"))
    if chosen in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=365 * 24 * 3600,
            samesite="Lax",
            httponly=True,
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )
    return answer


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def cast(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the cast: in the demo only."""
    if not settings.DEMO:
        raise Http404
    if request.method == "POST":
        account = get_object_or_404(Account, email=request.POST.get("email", ""), email__in=CAST)
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
    letters = Letter.objects.exclude(status="dropped").order_by("-pk")[:50]
    return render(request, "public/mailbox.html", {"letters": letters})


urlpatterns = [
    path("sign-in/", sign_in, name="sign_in"),
    path("sign-in/code/", code, name="code"),
    path("sign-out/", sign_out, name="sign_out"),
    path("language/", language, name="language"),
    path("demo/cast/", cast, name="cast"),
    path("demo/mailbox/", mailbox, name="mailbox"),
]
