"""Who travels: named by their community, and told by themselves."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from talka.applications.queries import people_of
from talka.exchanges.actions import name_traveller, save_traveller
from talka.exchanges.actions.travellers import TRAVELLER_FIELDS
from talka.exchanges.models import Exchange, Traveller
from talka.exchanges.queries import emergency_contacts_go_at
from talka.kernel.models import Overtaken
from talka.travel.actions import Refused, remove_traveller
from talka.web.desk.plan_forms import TravellerForm
from talka.web.shared.exchange_story import exchange_of, history_of
from talka.web.shared.may import require
from talka.web.shared.overtaken import keep_typing
from talka.web.templatetags.words import reason

SAID = {True: "yes", False: "no", None: None}


@require_POST
def name(request: HttpRequest, pk: int, account: int) -> HttpResponse:
    """Write down that a representative of the visitors travels."""
    exchange = exchange_of(request, pk)
    require(request, "traveller.name", exchange.visitor)
    people = {person.pk: person for person in people_of([exchange.visitor])}
    if account not in people:
        messages.error(request, _("Only people who act for the community that travels can be travellers."))
    else:
        name_traveller(exchange=exchange, account=people[account], by=request.user, now=timezone.now())
        messages.success(request, _("%(name)s travels.") % {"name": people[account].name})
    return redirect("desk:exchange", pk)


def _of_visible(request: HttpRequest, pk: int) -> Traveller:
    visible = Exchange.objects.visible_to(request.user).values("pk")
    found = Traveller.objects.filter(exchange__in=visible).select_related("account", "exchange__plan")
    return get_object_or_404(found, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def traveller(request: HttpRequest, pk: int) -> HttpResponse:
    """Let travellers tell what their bookings need, and whom to call."""
    found = _of_visible(request, pk)
    require(request, "traveller.edit", found)
    form = TravellerForm(request.POST if request.method == "POST" else None, initial=_shown(found))
    theirs: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, found, form.cleaned_data)
        except Overtaken:
            theirs = _newer(found, form)
        else:
            messages.success(request, _("Saved. Only you and the coordinators see it."))
            return redirect("desk:exchange", found.exchange_id)
    context = {"form": form, "traveller": found, "goes_at": emergency_contacts_go_at(found.exchange)}
    context |= {"theirs": theirs, "entries": history_of(found)}
    return render(
        request, "desk/traveller.html", context, status=409 if theirs else 422 if form.errors else 200
    )


def _save(request: HttpRequest, found: Traveller, given: dict[str, Any]) -> None:
    values = {field: given[field] for field in TRAVELLER_FIELDS}
    save_traveller(
        traveller=found, values=values, version=given["version"], by=request.user, now=timezone.now()
    )


def _newer(traveller: Traveller, form: TravellerForm) -> list[tuple[Any, Any]]:
    """Let the form be saved over what another tab saved, which is returned to be shown beside it."""
    saved = Traveller.objects.get(pk=traveller.pk)
    keep_typing(form, saved.version)
    return [(form[field].label, _shown(saved)[field]) for field in TRAVELLER_FIELDS]


def _shown(traveller: Traveller) -> dict[str, Any]:
    values = {field: getattr(traveller, field) for field in TravellerForm.base_fields}
    for field in ("has_passport", "needs_visa"):
        values[field] = SAID[values[field]]
    return values


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that somebody does not travel after all."""
    found = _of_visible(request, pk)
    require(request, "traveller.name", found.exchange.visitor)
    try:
        remove_traveller(traveller=found, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, reason(refused.reason))
    else:
        messages.success(request, _("%(name)s does not travel.") % {"name": found.account.name})
    return redirect("desk:exchange", found.exchange_id)


urlpatterns = [
    path("exchanges/<int:pk>/travellers/<int:account>/name/", name, name="traveller_name"),
    path("travellers/<int:pk>/", traveller, name="traveller"),
    path("travellers/<int:pk>/remove/", remove, name="traveller_remove"),
]
