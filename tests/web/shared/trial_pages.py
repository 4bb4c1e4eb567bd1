"""Talka's addresses with one page more: its form ends as its address says, and every sending is noted."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import path

from talka.urls import handler400, handler403, handler404, handler500
from talka.urls import urlpatterns as talkas

__all__ = ["handler400", "handler403", "handler404", "handler500"]


def _save(request):
    messages.success(request, "It is saved.")
    return redirect("/trial/saved/?done")


def _break(request):
    raise ZeroDivisionError


def _die(request):
    raise SystemExit


def _set_cookie(request):
    answer = redirect("/trial/saved/")
    answer.set_cookie("something", "secret")
    return answer


def _begin_session(request):
    request.session["something"] = 1
    return redirect("/trial/saved/")


ENDS = {
    "saved": _save,
    "broken": _break,
    "dying": _die,
    "cookie": _set_cookie,
    "session": _begin_session,
    "shown": lambda request: HttpResponse("Shown."),
    "refused": lambda request: HttpResponse("No.", status=422),
    "elsewhere": lambda request: redirect("https://example.invalid/"),
    "slashes": lambda request: redirect("//example.invalid/"),
}
worked = []


@login_not_required
def trial(request, end):
    """Show a form, and end as the address says when it is sent."""
    if request.method == "GET":
        token = f'<input type="hidden" name="csrfmiddlewaretoken" value="{get_token(request)}">'
        return HttpResponse(f'<form method="post">{token}<input name="word" value="hello"></form>')
    worked.append({name: [file.read() for file in sent] for name, sent in request.FILES.lists()})
    return ENDS[end](request)


urlpatterns = [*talkas, path("trial/<str:end>/", trial, name="trial")]
