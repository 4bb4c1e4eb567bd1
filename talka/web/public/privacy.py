"""What is kept about people, for everybody to read."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from talka.privacy.inventory import classes, classified_fields


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show the inventory of fields, by the class that says why and for how long."""
    fields = classified_fields()
    inventory = [
        (name, kind, sorted(field for field, its in fields.items() if its == name))
        for name, kind in classes().items()
    ]
    return render(request, "public/privacy.html", {"inventory": inventory})


urlpatterns = [path("privacy/", privacy, name="privacy")]
