"""Circles of a cycle in the office: who is in which, how active they are, who has none; never their texts."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.applications.models import Application
from talka.exchanges.actions import dissolve_circle, join_circle, leave_circle
from talka.exchanges.lifecycle import ExchangeStatus
from talka.exchanges.models import Exchange
from talka.exchanges.queries.circles import circles_of_cycle, members_of, open_concerns
from talka.kernel.models import Entry
from talka.matching.models import CircleDraft, Seat
from talka.matching.queries.circling import without_a_circle
from talka.matching.queries.reasons import Refused
from talka.programmes.models import Cycle
from talka.web.office.cycles_found import run_cycle
from talka.web.shared.downloads import spreadsheet
from talka.web.shared.exchange_forms import LinesField
from talka.web.shared.fields import offer
from talka.web.shared.matching_words import refusal_in_words
from talka.web.shared.may import require
from talka.web.shared.overtaken import answer_form

SILENT_DAYS = 60


class JoinForm(forms.Form):
    """Asks who joins a circle."""

    application = forms.ChoiceField(label=gettext_lazy("Who joins it?"))

    def __init__(self, *args: Any, people: list[Application], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "application", [("", "—"), *((str(one.pk), str(one)) for one in people)])


class DissolveForm(forms.Form):
    """Asks for what the members read."""

    words = LinesField(
        label=gettext_lazy("What do you want to say to them?"),
        help_text=gettext_lazy("It stands in their letter."),
        max_length=2000,
    )


def cycle_with_circles(request: HttpRequest, pk: int) -> Cycle:
    """Return a cycle that the reader coordinates and that has circles. Raises Http404."""
    cycle = run_cycle(request, pk)
    if cycle.plan.circles is None:
        raise Http404
    require(request, "circle.make", cycle)
    return cycle


def run_circle(request: HttpRequest, pk: int) -> Exchange:
    """Return a circle of a cycle that the reader coordinates, with how active it is. Raises Http404."""
    cycles = Cycle.objects.run_by(request.user, "coordinator").select_related("programme")
    asked = get_object_or_404(Exchange.objects.circles().filter(match__cycle__in=cycles.values("pk")), pk=pk)
    circle = circles_of_cycle(asked.match.cycle).get(pk=pk)
    require(request, "circle.make", circle)
    return circle


@require_safe
def circles(request: HttpRequest, pk: int) -> HttpResponse:
    """List the circles of a cycle, what waits for a coordinator, and who has no circle."""
    cycle, now = cycle_with_circles(request, pk), timezone.now()
    found = list(circles_of_cycle(cycle))
    context = {
        "cycle": cycle,
        "circles": [(one, _is_silent(one, now)) for one in found],
        "placed": sum(len(one.match.sides) for one in found if one.status == ExchangeStatus.UNDERWAY),
        "without": without_a_circle(cycle),
        "drafts": CircleDraft.objects.filter(cycle=cycle)
        .exclude(status="discarded")
        .select_related("made_by")
        .order_by("-pk"),
        "concerns": open_concerns(cycle),
        "size": cycle.plan.circles,
    }
    return render(request, "office/circles.html", context)


def _is_silent(circle: Any, now: Any) -> bool:
    return circle.status == ExchangeStatus.UNDERWAY and (now - circle.quiet_since).days >= SILENT_DAYS


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out who is in which circle as a spreadsheet, with counts and days, and none of the texts."""
    cycle = cycle_with_circles(request, pk)
    rows = [row for circle in circles_of_cycle(cycle) for row in _rows(circle)]
    return spreadsheet({_("Circles"): (_header(), rows)}, name=f"circles-{cycle.slug}")


def _header() -> list[str]:
    return [
        _("Circle"),
        _("Status"),
        _("Member"),
        _("Began"),
        _("Lessons"),
        _("Published"),
        _("Answers"),
        _("Last written"),
    ]


def _rows(circle: Any) -> list[list[Any]]:
    """Return a row for each member of a circle."""
    counts = [circle.lesson_count, circle.published_count, circle.reply_count, circle.quiet_since.date()]
    begun, status = circle.started_at.date(), circle.get_status_display()
    return [[circle.pk, status, str(seat.application), begun, *counts] for seat in circle.match.sides]


def _show(request: HttpRequest, circle: Any, **forms_shown: Any) -> HttpResponse:
    """Draw the page of a circle with its forms, as they came back or new."""
    people = without_a_circle(circle.match.cycle)
    context = {
        "circle": circle,
        "cycle": circle.match.cycle,
        "members": members_of(circle),
        "is_open": circle.status == ExchangeStatus.UNDERWAY,
        "people": people,
        "dissolve_form": forms_shown.get("dissolve_form") or DissolveForm(),
        "concerns": open_concerns(circle.match.cycle).filter(lesson__exchange=circle.pk),
        "entries": Entry.objects.about(circle).select_related("actor"),
    }
    form = forms_shown.get("form") or JoinForm(people=people)
    shown_errors = forms_shown.get("dissolve_form")
    if shown_errors is not None and not form.errors:
        return render(request, "office/circle.html", {**context, "form": form}, status=422)
    return answer_form(request, "office/circle.html", form, **context)


@require_safe
def circle(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who is in a circle and how active it is."""
    return _show(request, run_circle(request, pk))


@require_POST
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Add somebody to a circle."""
    found = run_circle(request, pk)
    people = without_a_circle(found.match.cycle)
    form = JoinForm(request.POST, people=people)
    if not form.is_valid():
        return _show(request, found, form=form)
    chosen = next(one for one in people if str(one.pk) == form.cleaned_data["application"])
    try:
        join_circle(circle=found, application=chosen, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, refusal_in_words(refused))
    else:
        messages.success(request, _("Added. They and the others get a letter."))
    return redirect("office:circle", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def let_go(request: HttpRequest, pk: int, seat: int) -> HttpResponse:
    """Ask whether somebody shall leave the circle, as if they had left themselves; then let them go."""
    found = run_circle(request, pk)
    theirs = get_object_or_404(Seat.objects.with_applicants(), match=found.match_id, pk=seat, part="peer")
    if request.method == "POST":
        leave_circle(circle=found, seat=theirs, by=request.user, now=timezone.now())
        messages.success(request, _("They are no longer in the circle. The others get a letter."))
        return redirect("office:circle", pk)
    context = {"circle": found, "cycle": found.match.cycle, "seat": theirs}
    return render(request, "office/circle_let_go.html", context)


@require_POST
def dissolve(request: HttpRequest, pk: int) -> HttpResponse:
    """End a circle early, with words for its members."""
    found = run_circle(request, pk)
    form = DissolveForm(request.POST)
    if not form.is_valid():
        return _show(request, found, dissolve_form=form)
    dissolve_circle(circle=found, words=form.cleaned_data["words"], by=request.user, now=timezone.now())
    messages.success(
        request, _("The circle has ended. Its members get a letter, and can get another circle.")
    )
    return redirect("office:circles", found.match.cycle_id)


urlpatterns = [
    path("cycles/<int:pk>/circles/", circles, name="circles"),
    path("cycles/<int:pk>/circles/export/", export, name="circles_export"),
    path("circles/<int:pk>/", circle, name="circle"),
    path("circles/<int:pk>/join/", join, name="circle_join"),
    path("circles/<int:pk>/members/<int:seat>/let-go/", let_go, name="circle_let_go"),
    path("circles/<int:pk>/dissolve/", dissolve, name="circle_dissolve"),
]
