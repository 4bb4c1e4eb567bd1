"""A cohort in the office: every pair and how it does, and the hours of all of them. Few queries, always."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from talka.exchanges.lifecycle import PlanStatus
from talka.exchanges.models import Exchange, Hours, Mood
from talka.exchanges.queries.cohorts import Pair, pairs_of
from talka.programmes.models import Cycle
from talka.web.office.cycles_found import run_cycle
from talka.web.office.mentorship_forms import OVER, HoursSearchForm, PairSearchForm
from talka.web.shared.downloads import table_file
from talka.web.shared.lists import page_of
from talka.web.shared.timelines import today_in

# How far behind the days that have passed the hours may be before a pair counts as behind.
BEHIND = 0.5


def run_cohort(request: HttpRequest, pk: int) -> Cycle:
    """Return a cycle with mentorships that the reader coordinates. Raises Http404."""
    cycle = run_cycle(request, pk)
    if cycle.plan.mentorship is None:
        raise Http404
    return cycle


def pairs_seen(request: HttpRequest, cycle: Cycle, today: date) -> list[Pair]:
    """List the pairs of a cohort; of those the reader takes part in, without what is private to others."""
    own = Exchange.objects.of_the_pair(request.user).values_list("pk", flat=True)
    return pairs_of(cycle, today=today, hidden_from=own)


def is_behind(pair: Pair, today: date, zone: str) -> bool:
    """Tell whether a pair has far fewer confirmed hours than the days that have passed would bring."""
    first, last = today_in(zone, pair.exchange.started_at), pair.exchange.ends_on
    if not pair.is_working or last is None or last <= first:
        return False
    passed = min(1.0, max(0, (today - first).days) / (last - first).days)
    return pair.hours.confirmed < pair.hours.needed * passed * BEHIND


def _kept(show: str, today: date, zone: str) -> Callable[[Pair], bool]:
    tests: dict[str, Callable[[Pair], bool]] = {
        "quiet": lambda pair: bool(pair.step),
        "unhappy": lambda pair: pair.is_unhappy,
        "no_plan": lambda pair: pair.is_working and pair.exchange.plan.status == PlanStatus.DRAFT,
        "few_hours": lambda pair: is_behind(pair, today, zone),
        "paused": lambda pair: pair.silence.is_paused,
        "over": lambda pair: pair.exchange.status in OVER,
    }
    return tests.get(show, lambda pair: True)


SORTS: dict[str, Callable[[Pair], Any]] = {
    "quiet": lambda pair: (not pair.is_working, -pair.quiet_days, pair.exchange.pk),
    "hours": lambda pair: (not pair.is_working, pair.hours.confirmed, pair.exchange.pk),
    "end": lambda pair: (not pair.is_working, pair.exchange.ends_on or date.max, pair.exchange.pk),
}


def _by_name(pair: Pair) -> Any:
    return (str(pair.exchange).casefold(), pair.exchange.pk)


def _listed(request: HttpRequest, cycle: Cycle) -> tuple[PairSearchForm, list[Pair], int]:
    """Return the search, the pairs that it finds, in order, and how many there are in all."""
    today, form = today_in(cycle.programme.zone, timezone.now()), PairSearchForm(request.GET)
    found = pairs_seen(request, cycle, today)
    asked = form.cleaned_data if form.is_valid() else {"show": "", "sort": "", "q": ""}
    words = asked["q"].casefold().split()[:8]
    keep = _kept(asked["show"], today, cycle.programme.zone)
    kept = [
        pair for pair in found if keep(pair) and all(word in str(pair.exchange).casefold() for word in words)
    ]
    return form, sorted(kept, key=SORTS.get(asked["sort"], _by_name)), len(found)


@require_safe
def mentorships(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the board of a cohort: each pair with its hours, its last sign of life, and how it is going."""
    cycle = run_cohort(request, pk)
    form, found, count = _listed(request, cycle)
    context = {
        "cycle": cycle,
        "form": form,
        "page": page_of(request, found),
        "count": count,
        "working": sum(pair.is_working for pair in found),
    }
    return render(request, "office/mentorships.html", context)


@require_safe
def export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Hand out the same list as a file."""
    cycle = run_cohort(request, pk)
    rows = [_row(pair) for pair in _listed(request, cycle)[1]]
    return table_file(_("Mentorships"), _header(), rows, name=f"mentorships-{cycle.slug}", kind=kind)


def _header() -> list[str]:
    return [
        _("Mentee"),
        _("Mentor"),
        _("Status"),
        _("Plan"),
        _("Confirmed hours"),
        _("Hours that wait"),
        _("Hours needed"),
        _("Check-ins"),
        _("Last sign of life"),
        _("Quiet days"),
        _("Last day"),
        _("The mentee says"),
        _("The mentor says"),
    ]


def _row(pair: Pair) -> list[Any]:
    exchange = pair.exchange
    return [
        str(exchange.mentee),
        str(exchange.mentor),
        exchange.get_status_display(),
        exchange.plan.get_status_display(),
        round(pair.hours.confirmed / 60, 2),
        round(pair.hours.waiting / 60, 2),
        round(pair.hours.needed / 60, 2),
        pair.check_ins,
        pair.silence.since,
        pair.quiet_days if pair.is_working else None,
        exchange.ends_on,
        _said(pair.moods.get("learns")),
        _said(pair.moods.get("teaches")),
    ]


def _said(mood: Mood | None) -> str:
    return mood.get_feeling_display() if mood else ""


def _names(cycle: Cycle) -> dict[int, str]:
    """Return the name of each mentorship of a cohort, read once."""
    found = Exchange.objects.mentorships().filter(match__cycle=cycle).with_names()
    return {one.pk: str(one) for one in found}


def _hours(request: HttpRequest, cycle: Cycle, names: dict[int, str]) -> tuple[Any, QuerySet[Hours]]:
    form = HoursSearchForm(request.GET)
    found = Hours.objects.filter(exchange__match__cycle=cycle, exchange__in=names)
    found = found.select_related("logged_by", "answered_by", "seat").order_by("-day", "-pk")
    if not form.is_valid():
        return form, found
    words = form.cleaned_data["q"].casefold().split()[:8]
    if words:
        kept = [key for key, name in names.items() if all(word in name.casefold() for word in words)]
        found = found.filter(exchange__in=kept)
    status = form.cleaned_data["status"]
    return form, found.filter(status=status) if status else found.exclude(status="withdrawn")


@require_safe
def hours(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the hours of a whole cohort, the newest day first, with their sums."""
    cycle = run_cohort(request, pk)
    names = _names(cycle)
    form, found = _hours(request, cycle, names)
    page = page_of(request, found)
    sums = found.order_by().aggregate(
        confirmed=Sum("minutes", filter=Q(status="confirmed"), default=0),
        waiting=Sum("minutes", filter=Q(status="logged"), default=0),
        questioned=Sum("minutes", filter=Q(status="questioned"), default=0),
    )
    rows = [(one, names[one.exchange_id]) for one in page]
    context = {"cycle": cycle, "form": form, "page": page, "rows": rows, "sums": sums}
    return render(request, "office/mentorship_hours.html", context)


@require_safe
def hours_export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Hand out the same hours as a file."""
    cycle = run_cohort(request, pk)
    names = _names(cycle)
    header = [_("Pair"), _("Day"), _("Minutes"), _("What you did"), _("Status"), _("Written down by")]
    rows = [
        [
            names[one.exchange_id],
            one.day,
            one.minutes,
            one.what,
            one.get_status_display(),
            one.logged_by.name if one.logged_by else "",
        ]
        for one in _hours(request, cycle, names)[1]
    ]
    return table_file(_("Hours"), header, rows, name=f"hours-{cycle.slug}", kind=kind)


urlpatterns = [
    path("cycles/<int:pk>/mentorships/", mentorships, name="mentorships"),
    path("cycles/<int:pk>/mentorships.xlsx", export, {"kind": "xlsx"}, name="mentorships_xlsx"),
    path("cycles/<int:pk>/mentorships.csv", export, {"kind": "csv"}, name="mentorships_csv"),
    path("cycles/<int:pk>/hours/", hours, name="mentorship_hours"),
    path("cycles/<int:pk>/hours.xlsx", hours_export, {"kind": "xlsx"}, name="mentorship_hours_xlsx"),
    path("cycles/<int:pk>/hours.csv", hours_export, {"kind": "csv"}, name="mentorship_hours_csv"),
]
