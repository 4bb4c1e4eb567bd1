"""Hours of a mentorship: written down, corrected, confirmed and asked about."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from talka.exchanges.actions import (
    Refused,
    amend_hours,
    confirm_all,
    confirm_hours,
    log_hours,
    question_hours,
    withdraw_hours,
)
from talka.exchanges.lifecycle import HOURS
from talka.exchanges.models import Exchange, Hours
from talka.exchanges.queries import seats_held_by
from talka.kernel.models import Overtaken
from talka.web.desk.mentorship_forms import (
    CONFIRMED,
    AnswerForm,
    HoursForm,
    HoursQuestionForm,
    SeenForm,
    hours_values,
)
from talka.web.desk.mentorships import ASKING, show_mentorship
from talka.web.shared.may import require
from talka.web.shared.mentorship_story import mentorship_of
from talka.web.shared.overtaken import answer_form, newer
from talka.web.templatetags.words import reason

ASKS_AGAIN = "exchanges.partner_has_that_day"


def hours_seen(request: HttpRequest, pk: int) -> Hours:
    """Return hours of a mentorship that the reader may know of. Raises Http404."""
    visible = Exchange.objects.mentorships().visible_to(request.user).values("pk")
    found = Hours.objects.filter(exchange__in=visible)
    return get_object_or_404(found.select_related("seat", "exchange__match__cycle__programme"), pk=pk)


def _back(exchange: Exchange) -> HttpResponse:
    return redirect(f"{exchange.get_absolute_url()}#hours")


def _values(form: HoursForm) -> dict[str, Any]:
    given = form.cleaned_data
    return {"day": given["day"], "minutes": given["total"], "what": given["what"]}


def _refuse(form: HoursForm, refused: Refused) -> None:
    """Say in the form what the rules refuse; where the partner has that day, let it ask again."""
    (why,) = refused.reasons
    if why.key == ASKS_AGAIN:
        form.ask_again()
    about_day = why.key in ("exchanges.day_ahead", "exchanges.day_before_start", ASKS_AGAIN)
    form.add_error("day" if about_day else "hours", reason(why))


@require_POST
def log(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down hours for one's own side."""
    exchange = mentorship_of(request, pk)
    require(request, "hours.log", exchange)
    form, seat = HoursForm(request.POST), seats_held_by(exchange, request.user)[0]
    if form.is_valid():
        is_another, now = form.cleaned_data.get("is_another", False), timezone.now()
        values = _values(form) | {"is_another": is_another}
        try:
            log_hours(exchange=exchange, seat=seat, **values, by=request.user, now=now)
        except Refused as refused:
            _refuse(form, refused)
        else:
            messages.success(request, _("Written down. Your partner is asked to confirm it."))
            return _back(exchange)
    return show_mentorship(request, exchange, status=422, hours_form=form)


@require_http_methods(ASKING)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct hours of one's own side that are not confirmed; who is overtaken gets both texts."""
    found = hours_seen(request, pk)
    require(request, "hours.amend", found)
    HOURS.target("amend", found.status)
    form = HoursForm(request.POST or None, initial=hours_values(found))
    context: dict[str, Any] = {"hours": found, "exchange": found.exchange}
    if request.method == "POST" and form.is_valid():
        version, again = form.cleaned_data["version"] or 0, form.cleaned_data.get("is_another", False)
        values, now = _values(form), timezone.now()
        try:
            amend_hours(
                hours=found, values=values, version=version, is_another=again, by=request.user, now=now
            )
            return _back(found.exchange)
        except Refused as refused:
            _refuse(form, refused)
        except Overtaken:
            context["theirs"] = newer(form, Hours.objects.get(pk=pk))
    return answer_form(request, "desk/hours.html", form, **context)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take hours of one's own side back."""
    found = hours_seen(request, pk)
    require(request, "hours.amend", found)
    withdraw_hours(hours=found, by=request.user, now=timezone.now())
    messages.success(request, _("Taken back."))
    return _back(found.exchange)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that hours of the other side are right, as they stood on the page."""
    found = hours_seen(request, pk)
    require(request, "hours.confirm", found)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise Overtaken(f"hours {found.pk}")
    version = form.cleaned_data["version"]
    confirm_hours(hours=found, version=version, by=request.user, now=timezone.now())
    messages.success(request, _("Confirmed."))
    return _back(found.exchange)


@require_POST
def confirm_every(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm all hours of the other side that were on the page."""
    exchange = mentorship_of(request, pk)
    require(request, "hours.log", exchange)
    form = SeenForm(request.POST)
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        count = confirm_all(exchange=exchange, seen=seen, by=request.user, now=timezone.now())
        messages.success(request, CONFIRMED % {"count": count})
    return _back(exchange)


@require_http_methods(ASKING)
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the other side about hours."""
    found = hours_seen(request, pk)
    require(request, "hours.confirm", found)
    HOURS.target("question", found.status)
    form = HoursQuestionForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            question_hours(hours=found, **form.cleaned_data, by=request.user, now=timezone.now())
        except Refused as refused:
            form.add_error("question", reason(refused.reasons[0]))
        else:
            messages.success(request, _("Your partner gets your question."))
            return _back(found.exchange)
    return answer_form(request, "desk/hours_question.html", form, hours=found, exchange=found.exchange)


urlpatterns = [
    path("mentorships/<int:pk>/hours/", log, name="hours_log"),
    path("mentorships/<int:pk>/hours/confirm/", confirm_every, name="hours_confirm_all"),
    path("hours/<int:pk>/", edit, name="hours"),
    path("hours/<int:pk>/withdraw/", withdraw, name="hours_withdraw"),
    path("hours/<int:pk>/confirm/", confirm, name="hours_confirm"),
    path("hours/<int:pk>/question/", question, name="hours_question"),
]
