"""Lessons in the office: those that are published, and those that coordinators are asked to look at."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from talka.exchanges.actions import remove_lesson, settle_concern, take_back_lesson
from talka.exchanges.lifecycle import LessonStatus
from talka.exchanges.models import Lesson
from talka.kernel.models import Entry
from talka.programmes.models import Cycle
from talka.web.shared.exchange_forms import LinesField
from talka.web.shared.may import require
from talka.web.shared.overtaken import answer_form


class ReasonForm(forms.Form):
    """Asks why a lesson is taken back or removed."""

    reason = LinesField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("The author reads this in a letter."),
        max_length=2000,
    )


class SettleForm(forms.Form):
    """Asks for the answer to who asked."""

    answer = LinesField(
        label=gettext_lazy("Your answer"),
        help_text=gettext_lazy(
            "Whoever asked reads this in a letter. You no longer see the text after that."
        ),
        max_length=2000,
    )


def _lesson(request: HttpRequest, pk: int) -> Lesson:
    """Return a lesson that coordinators may read. Raises Http404, also for what is the circle's own."""
    cycles = Cycle.objects.run_by(request.user, "coordinator").values("pk")
    found = Lesson.objects.shown_to_office().filter(exchange__match__cycle__in=cycles)
    related = found.select_related("author", "capacity", "exchange__match__cycle__programme")
    lesson = get_object_or_404(related, pk=pk)
    require(request, "lesson.handle", lesson)
    return lesson


def _show(request: HttpRequest, lesson: Lesson, form: forms.Form | None = None) -> HttpResponse:
    """Draw a lesson; its answers only while somebody's question about it is open."""
    concerns = list(lesson.concerns.filter(settled_at__isnull=True).select_related("raised_by"))
    shown: dict[str, Any] = {
        "take_form": ReasonForm(prefix="take"),
        "remove_form": ReasonForm(prefix="remove"),
    }
    shown["settle_form"] = SettleForm(prefix="settle")
    if form is not None:
        shown[f"{form.prefix}_form"] = form
    context = shown | {
        "lesson": lesson,
        "circle": lesson.exchange,
        "cycle": lesson.exchange.match.cycle,
        "concerns": concerns,
        "replies": lesson.replies.select_related("author").order_by("pk") if concerns else [],
        "entries": Entry.objects.about(lesson).select_related("actor"),
    }
    return answer_form(request, "office/lesson.html", form or shown["settle_form"], **context)


@require_safe
def lesson(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a lesson that is published, or that somebody asked about."""
    return _show(request, _lesson(request, pk))


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a published lesson out of the library, with a reason for its author."""
    found = _lesson(request, pk)
    form = ReasonForm(request.POST, prefix="take")
    if not form.is_valid():
        return _show(request, found, form)
    cycle = found.exchange.match.cycle_id
    if found.status == LessonStatus.PUBLISHED:
        reason = form.cleaned_data["reason"]
        take_back_lesson(lesson=found, reason=reason, by=request.user, now=timezone.now())
    messages.success(request, _("Taken back: only the circle reads it now. The author gets your reason."))
    return redirect("office:circles", cycle)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a lesson away from everybody, with a reason for its author."""
    found = _lesson(request, pk)
    form = ReasonForm(request.POST, prefix="remove")
    if not form.is_valid():
        return _show(request, found, form)
    reason = form.cleaned_data["reason"]
    remove_lesson(lesson=found, reason=reason, by=request.user, now=timezone.now())
    messages.success(request, _("Removed. The author gets your reason."))
    return redirect("office:circles", found.exchange.match.cycle_id)


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer whoever asked."""
    found = _lesson(request, pk)
    form = SettleForm(request.POST, prefix="settle")
    if not form.is_valid():
        return _show(request, found, form)
    answer = form.cleaned_data["answer"]
    for concern in found.concerns.filter(settled_at__isnull=True):
        settle_concern(concern=concern, answer=answer, by=request.user, now=timezone.now())
    messages.success(request, _("Settled. Whoever asked gets your answer."))
    return redirect("office:circles", found.exchange.match.cycle_id)


urlpatterns = [
    path("lessons/<int:pk>/", lesson, name="lesson"),
    path("lessons/<int:pk>/take-back/", take_back, name="lesson_take_back"),
    path("lessons/<int:pk>/remove/", remove, name="lesson_remove"),
    path("lessons/<int:pk>/settle/", settle, name="lesson_settle"),
]
