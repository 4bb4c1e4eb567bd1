"""One's own account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show the reader's account."""
    return render(request, "desk/account.html", {})


urlpatterns = [path("account/", account, name="account")]
