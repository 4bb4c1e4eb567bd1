"""The requests of a programme in the office: who waits for how long, and what is offered."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from talka.capacities.actions import take_up_need
from talka.capacities.lifecycle import NeedStatus
from talka.capacities.models import Need, Offer
from talka.capacities.models.needs import NeedQuerySet
from talka.capacities.queries import listed_needs, listed_offers
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Overtaken
from talka.papers.tables import write_csv
from talka.programmes.models import Post, Programme
from talka.web.office.request_forms import RequestListForm
from talka.web.shared.asking import days_since, languages_in_words, model_names, requests_of, topics_in_words
from talka.web.shared.downloads import spreadsheet
from talka.web.shared.lists import page_of
from talka.web.shared.may import require
from talka.web.shared.timelines import today_in

LARGEST_KEY = 2**63


def triaged_programme(request: HttpRequest, slug: str) -> Programme:
    """Return a programme with requests that the reader coordinates. Raises Http404 and PermissionDenied."""
    found = get_object_or_404(Programme.objects.run_by(request.user, Post.COORDINATOR), slug=slug)
    requests_of(found)
    require(request, "need.triage", found)
    return found


def _narrowed(
    request: HttpRequest, programme: Programme, now: datetime
) -> tuple[RequestListForm, NeedQuerySet]:
    asked_from = (
        Need.objects.filter(programme=programme).exclude(country="").values_list("country", flat=True)
    )
    form = RequestListForm(request.GET, programme=programme, asked_from=asked_from)
    days = requests_of(programme).answer_days
    return form, form.narrow(listed_needs(programme), account=request.user, answer_days=days, now=now)


@require_safe
def requests(request: HttpRequest, slug: str) -> HttpResponse:
    """List the requests of a programme, those that wait for longest first."""
    programme, now = triaged_programme(request, slug), timezone.now()
    form, found = _narrowed(request, programme, now)
    plan, page = requests_of(programme), page_of(request, found)
    context = {
        "programme": programme,
        "plan": plan,
        "form": form,
        "page": page,
        "rows": [_line(need, now, plan.answer_days) for need in page],
        "models": model_names(programme),
        "offers": Offer.objects.filter(programme=programme, status="open").count(),
    }
    return render(request, "office/requests.html", context)


def _line(need: Need, now: datetime, answer_days: int) -> dict[str, Any]:
    return {
        "need": need,
        "age": days_since(need.waits_since if need.is_waiting else need.asked_at, now),
        "untouched": days_since(need.moved_at, now),
        "is_late": need.is_late(now, answer_days),
        "is_selectable": need.status == NeedStatus.ASKED,
    }


@require_POST
def take_selected(request: HttpRequest, slug: str) -> HttpResponse:
    """Take up the requests that were selected; what somebody else took meanwhile is passed over."""
    programme, now = triaged_programme(request, slug), timezone.now()
    keys = [int(pk) for pk in request.POST.getlist("need") if pk.isdecimal() and len(pk) < 19]
    taken = 0
    for need in Need.objects.filter(programme=programme, pk__in=keys).select_related("programme"):
        try:
            take_up_need(need=need, note="", by=request.user, now=now)
        except (NotAllowed, Overtaken):
            continue
        taken += 1
    words = ngettext("You are on %(count)d request now.", "You are on %(count)d requests now.", taken)
    messages.success(request, words % {"count": taken})
    address = reverse("office:requests", args=[slug])
    return redirect(f"{address}?{request.GET.urlencode()}" if request.GET else address)


@require_safe
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand out the same list as a spreadsheet, with what is offered beside it."""
    programme, now = triaged_programme(request, slug), timezone.now()
    rows = [_row(need, now) for need in _narrowed(request, programme, now)[1]]
    name = f"requests-{programme.slug}"
    if request.GET.get("as") == "csv":
        answer = HttpResponse(write_csv(_header(), rows), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return answer
    offers = [_offer_row(offer) for offer in listed_offers(programme)]
    sheets = {_("Requests"): (_header(), rows), _("Offers"): (_offer_header(), offers)}
    return spreadsheet(sheets, name=name)


def _header() -> list[str]:
    return [
        _("Asked"),
        _("Days"),
        _("Asker"),
        _("Status"),
        _("Who is on it"),
        _("Topics"),
        _("Kind of programme"),
        _("Country"),
        _("Languages"),
        _("When"),
        _("In their words"),
    ]


def _row(need: Need, now: datetime) -> list[Any]:
    return [
        need.asked_at.date(),
        days_since(need.waits_since if need.is_waiting else need.asked_at, now),
        str(need.asker),
        need.get_status_display(),
        need.owner.name if need.owner else "",
        "; ".join(topics_in_words(need)),
        model_names(need.programme).get(need.model, need.model),
        need.country,
        "; ".join(languages_in_words(need.languages)),
        need.when,
        need.text,
    ]


def _offer_header() -> list[str]:
    return [
        _("Mentor"),
        _("Status"),
        _("Topics"),
        _("Country"),
        _("Languages"),
        _("Places"),
        _("Places left"),
        _("Confirmed"),
    ]


def _offer_row(offer: Offer) -> list[Any]:
    return [
        str(offer.mentor),
        offer.get_status_display(),
        "; ".join(topics_in_words(offer)),
        offer.country,
        "; ".join(languages_in_words(offer.languages)),
        offer.places,
        max(0, offer.places - offer.taken),
        offer.confirmed_at.date(),
    ]


@require_safe
def offers(request: HttpRequest, slug: str) -> HttpResponse:
    """List what is offered: by whom, to how many, and who is away."""
    programme = triaged_programme(request, slug)
    today = today_in(programme.zone, timezone.now())
    page = page_of(request, listed_offers(programme))
    rows = [(offer, max(0, offer.places - offer.taken), offer.away_until(today)) for offer in page]
    context = {"programme": programme, "page": page, "rows": rows}
    return render(request, "office/offers.html", context)


urlpatterns = [
    path("programmes/<slug:slug>/requests/", requests, name="requests"),
    path("programmes/<slug:slug>/requests/take/", take_selected, name="requests_take"),
    path("programmes/<slug:slug>/requests/export/", export, name="requests_export"),
    path("programmes/<slug:slug>/offers/", offers, name="offers"),
]
