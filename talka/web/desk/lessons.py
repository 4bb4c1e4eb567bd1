"""Lessons of a circle: written, answered, changed, published, taken back and removed by their authors."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from talka.access.table import may
from talka.exchanges.actions import (
    edit_lesson,
    publish_lesson,
    raise_concern,
    remove_lesson,
    remove_reply,
    reply_to_lesson,
    take_back_lesson,
    write_lesson,
)
from talka.exchanges.lifecycle import ExchangeStatus, LessonStatus
from talka.exchanges.models import Exchange, Lesson, LessonReply
from talka.exchanges.queries.circles import languages_of_circle
from talka.kernel.models import Overtaken
from talka.web.desk.circles import own_circle, own_circles
from talka.web.desk.lesson_forms import ConcernForm, LessonForm, PublishForm, ReplyForm
from talka.web.shared.may import require
from talka.web.shared.overtaken import answer_form, newer

ASKING = ["GET", "HEAD", "POST"]


def _lessons(request: HttpRequest) -> QuerySet[Lesson]:
    """Find the lessons of the reader's circles, and those that they wrote themselves."""
    own = Lesson.objects.visible_to(request.user)
    sits_there = Q(exchange__in=own_circles(request).values("pk"))
    theirs = own.filter(sits_there | Q(author=request.user.pk))
    return theirs.select_related("author", "capacity", "exchange__match__cycle__programme")


def _lesson(request: HttpRequest, pk: int, verb: str) -> Lesson:
    found = get_object_or_404(_lessons(request), pk=pk)
    require(request, verb, found)
    return found


def _languages(circle: Exchange) -> list[str]:
    """List the languages in which somebody may write, the page's own first."""
    offered = [get_language() or "en", *circle.match.cycle.plan.languages, *languages_of_circle(circle)]
    return list(dict.fromkeys(offered))


def _given(form: LessonForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


@require_http_methods(ASKING)
def create(request: HttpRequest, pk: int) -> HttpResponse:
    """Write something for the circle."""
    circle = own_circle(request, pk)
    require(request, "lesson.write", circle)
    if circle.status != ExchangeStatus.UNDERWAY:
        messages.error(request, _("This circle is over: nothing more can be written in it."))
        return redirect(circle)
    languages = _languages(circle)
    initial = {"kind": request.GET.get("kind", ""), "language": languages[0]}
    form = LessonForm(request.POST or None, languages=languages, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = write_lesson(circle=circle, values=_given(form), by=request.user, now=timezone.now())
        messages.success(request, _("Written. Only your circle reads it, until you publish it."))
        return redirect("desk:lesson", made.pk)
    return answer_form(request, "desk/lesson_edit.html", form, circle=circle, cycle=circle.match.cycle)


@require_http_methods(ASKING)
def lesson(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a lesson with its answers, and take another one."""
    found = get_object_or_404(_lessons(request), pk=pk)
    may_reply = may(request.user, "lesson.reply", found)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(request, "lesson.reply", found)
        if form.is_valid():
            given = form.cleaned_data["text"]
            reply_to_lesson(lesson=found, text=given, by=request.user, now=timezone.now())
            messages.success(request, _("Your answer stands below. Only your circle reads it."))
            return redirect("desk:lesson", pk)
    return answer_form(request, "desk/lesson.html", form, **_shown(request, found, may_reply=may_reply))


def _shown(request: HttpRequest, lesson: Lesson, *, may_reply: bool) -> dict[str, Any]:
    """Show the answers to who sits in the circle only: whoever has left reads what is their own."""
    replies = lesson.replies.select_related("author").order_by("pk") if may_reply else []
    return {
        "lesson": lesson,
        "circle": lesson.exchange,
        "cycle": lesson.exchange.match.cycle,
        "replies": replies,
        "may_reply": may_reply,
        "is_own": may(request.user, "lesson.edit", lesson),
        "is_asked_about": lesson.concerns.filter(settled_at__isnull=True).exists(),
    }


@require_http_methods(ASKING)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what one wrote."""
    found = _lesson(request, pk, "lesson.edit")
    shown = ("kind", "title", "text", "capacity", "language", "country", "version")
    initial = {name: getattr(found, name) for name in shown}
    languages = list(dict.fromkeys([found.language, *_languages(found.exchange)]))
    form = LessonForm(request.POST or None, languages=languages, initial=initial)
    context = {"lesson": found, "circle": found.exchange, "cycle": found.exchange.match.cycle}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            edit_lesson(
                lesson=found, values=_given(form), version=version, by=request.user, now=timezone.now()
            )
        except Overtaken:
            context["theirs"] = newer(form, Lesson.objects.get(pk=pk))
        else:
            messages.success(request, _("It is saved."))
            return redirect("desk:lesson", pk)
    return answer_form(request, "desk/lesson_edit.html", form, **context)


@require_http_methods(ASKING)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what everybody would read, and ask whether with the name; then publish it."""
    found = _lesson(request, pk, "lesson.publish")
    shown = {"": "", True: "yes", False: "no"}["" if found.published_at is None else found.shows_author]
    form = PublishForm(request.POST or None, initial={"version": found.version, "shows_author": shown})
    context = {"lesson": found, "circle": found.exchange, "cycle": found.exchange.match.cycle}
    if request.method == "POST" and form.is_valid():
        named = form.cleaned_data["shows_author"] == "yes"
        version = form.cleaned_data["version"]
        try:
            publish_lesson(
                lesson=found, shows_author=named, version=version, by=request.user, now=timezone.now()
            )
        except Overtaken:
            context["theirs"] = newer(form, Lesson.objects.get(pk=pk))
        else:
            messages.success(request, _("Published. You can take it back at any time."))
            return redirect("desk:lesson", pk)
    return answer_form(request, "desk/lesson_publish.html", form, **context)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Let only the circle read it again."""
    found = _lesson(request, pk, "lesson.publish")
    if found.status == LessonStatus.PUBLISHED:
        take_back_lesson(lesson=found, by=request.user, now=timezone.now())
    messages.success(request, _("Taken back: only your circle reads it now."))
    return redirect("desk:lesson", pk)


@require_http_methods(ASKING)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether it shall go, then take it away from everybody."""
    found = _lesson(request, pk, "lesson.edit")
    if request.method == "POST":
        remove_lesson(lesson=found, by=request.user, now=timezone.now())
        messages.success(request, _("It is gone."))
        sits = own_circles(request).filter(pk=found.exchange_id).exists()
        return redirect(found.exchange) if sits else redirect("desk:home")
    context = {"lesson": found, "circle": found.exchange, "cycle": found.exchange.match.cycle}
    return render(request, "desk/lesson_remove.html", context)


@require_http_methods(ASKING)
def ask_about(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the coordinators to look at something that stands there."""
    found = _lesson(request, pk, "lesson.ask_about")
    form = ConcernForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        raise_concern(lesson=found, words=form.cleaned_data["words"], by=request.user, now=timezone.now())
        messages.success(
            request, _("The coordinators were asked. They see this text now, and answer you by mail.")
        )
        return redirect("desk:lesson", pk)
    context = {"lesson": found, "circle": found.exchange, "cycle": found.exchange.match.cycle}
    return answer_form(request, "desk/lesson_ask.html", form, **context)


@require_POST
def drop_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete an answer of one's own."""
    replies = LessonReply.objects.filter(lesson__in=_lessons(request).values("pk"))
    found = get_object_or_404(replies.select_related("lesson__exchange__match"), pk=pk)
    require(request, "reply.remove", found)
    remove_reply(reply=found, by=request.user, now=timezone.now())
    messages.success(request, _("Your answer is gone."))
    return redirect("desk:lesson", found.lesson_id)


urlpatterns = [
    path("circles/<int:pk>/write/", create, name="lesson_create"),
    path("lessons/<int:pk>/", lesson, name="lesson"),
    path("lessons/<int:pk>/edit/", edit, name="lesson_edit"),
    path("lessons/<int:pk>/publish/", publish, name="lesson_publish"),
    path("lessons/<int:pk>/take-back/", take_back, name="lesson_take_back"),
    path("lessons/<int:pk>/remove/", remove, name="lesson_remove"),
    path("lessons/<int:pk>/ask/", ask_about, name="lesson_ask"),
    path("lessons/replies/<int:pk>/remove/", drop_reply, name="reply_remove"),
]
