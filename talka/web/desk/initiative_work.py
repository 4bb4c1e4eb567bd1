"""Feedback on an initiative, and the materials that people work on for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from talka.files.actions import FileRefused, delete_upload, store_file
from talka.files.models import Upload
from talka.initiatives.actions import (
    Refused,
    add_initiative_material,
    add_material_version,
    answer_feedback,
    correct_feedback,
    give_feedback,
    publish_feedback,
    remove_initiative_material,
    share_initiative_material,
    unpublish_feedback,
)
from talka.initiatives.models import Feedback, Material
from talka.initiatives.queries import open_to
from talka.kernel.models import Overtaken
from talka.web.desk.initiative_forms import (
    FeedbackAnswerForm,
    FeedbackForm,
    MaterialForm,
    NewMaterialForm,
    VersionOfMaterialForm,
)
from talka.web.desk.initiative_page import show, worked_on
from talka.web.shared.may import require
from talka.web.shared.overtaken import answer_form, newer
from talka.web.shared.timelines import today_in
from talka.web.templatetags.words import reason

ASKING = ["GET", "HEAD", "POST"]


def _back(pk: int, part: str) -> HttpResponse:
    return redirect(f"{reverse('desk:initiative', args=[pk])}#{part}")


def _feedback(request: HttpRequest, pk: int, verb: str) -> Feedback:
    """Return a feedback on an initiative on which the reader works, which they may do the verb to."""
    seen = Feedback.objects.filter(initiative__in=open_to(request.user).values("pk"))
    related = ("initiative__programme", "initiative__community", "initiative__person", "author")
    found = get_object_or_404(seen.select_related(*related), pk=pk)
    require(request, verb, found)
    return found


@require_POST
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how an initiative develops."""
    found = worked_on(request, pk, "feedback.give")
    now = timezone.now()
    form = FeedbackForm(request.POST, today=today_in(found.programme.zone, now), auto_id="feedback_%s")
    if form.is_valid():
        try:
            give_feedback(initiative=found, **form.cleaned_data, by=request.user, now=now)
        except Refused as refused:
            form.add_error("on", reason(refused.reason))
        else:
            messages.success(request, _("Its people and the coordinators can read it now."))
            return _back(pk, "feedback")
    return show(request, found, feedback_form=form, sent="feedback")


@require_http_methods(ASKING)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put another text beside one's own; both stay."""
    found = _feedback(request, pk, "feedback.correct")
    initiative, now = found.initiative, timezone.now()
    initial = {"text": found.text}
    form = FeedbackForm(request.POST or None, today=today_in(initiative.programme.zone, now), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            correct_feedback(feedback=found, **form.cleaned_data, by=request.user, now=now)
        except Refused as refused:
            form.add_error("on", reason(refused.reason))
        else:
            messages.success(request, _("Corrected. Both texts stay, and its people are told."))
            return _back(initiative.pk, "feedback")
    context = {"feedback": found, "initiative": initiative}
    return answer_form(request, "desk/feedback_correct.html", form, **context)


@require_http_methods(ASKING)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a feedback for the initiative."""
    found = _feedback(request, pk, "feedback.answer")
    initial = {"answer": found.answer, "version": found.version}
    form = FeedbackAnswerForm(request.POST or None, initial=initial)
    context: dict[str, Any] = {"feedback": found, "initiative": found.initiative}
    if request.method == "POST" and form.is_valid():
        try:
            answer_feedback(feedback=found, **form.cleaned_data, by=request.user, now=timezone.now())
        except Overtaken:
            context["theirs"] = newer(form, Feedback.objects.get(pk=pk))
        else:
            messages.success(request, _("Answered. Who wrote the feedback gets a letter."))
            return _back(found.initiative_id, "feedback")
    return answer_form(request, "desk/feedback_answer.html", form, **context)


@require_POST
def open_feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """Let everybody read a feedback."""
    found = _feedback(request, pk, "feedback.answer")
    publish_feedback(feedback=found, by=request.user, now=timezone.now())
    messages.success(request, _("Everybody who sees the initiative can read it now."))
    return _back(found.initiative_id, "feedback")


@require_POST
def close_feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a feedback back to the people of the initiative."""
    found = _feedback(request, pk, "feedback.answer")
    unpublish_feedback(feedback=found, by=request.user, now=timezone.now())
    messages.success(request, _("Only your people and the coordinators read it now."))
    return _back(found.initiative_id, "feedback")


@contextmanager
def _stored(request: HttpRequest, form: VersionOfMaterialForm) -> Iterator[dict[str, Any]]:
    """Store the file that was sent, and take it away again when it finds no place."""
    given = form.cleaned_data
    file, upload = given["file"], None
    if file:
        upload = store_file(data=file.read(), name=file.name, by=request.user, now=timezone.now())
    try:
        yield {"link": given["link"], "note": given["note"], "upload": upload}
    except BaseException:
        if isinstance(upload, Upload):
            delete_upload(pk=upload.pk)
        raise


@require_POST
def add_material(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a document with its first version."""
    found = worked_on(request, pk, "initiative.material")
    form = NewMaterialForm(request.POST, request.FILES, auto_id="material_%s")
    if form.is_valid():
        title, now = form.cleaned_data["title"], timezone.now()
        try:
            with _stored(request, form) as given:
                add_initiative_material(initiative=found, title=title, **given, by=request.user, now=now)
        except FileRefused as refused:
            form.add_error("file", reason(refused.reason))
        else:
            return _back(pk, "materials")
    return show(request, found, material_form=form, sent="material")


def _material(request: HttpRequest, pk: int) -> Material:
    seen = Material.objects.filter(initiative__in=open_to(request.user).values("pk"))
    found = get_object_or_404(seen.select_related("initiative__programme"), pk=pk)
    require(request, "initiative.material", found)
    return found


@require_http_methods(ASKING)
def add_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a version of a document."""
    found = _material(request, pk)
    form = VersionOfMaterialForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            with _stored(request, form) as given:
                add_material_version(material=found, **given, by=request.user, now=timezone.now())
        except FileRefused as refused:
            form.add_error("file", reason(refused.reason))
        else:
            return _back(found.initiative_id, "materials")
    context = {"material": found, "initiative": found.initiative}
    return answer_form(request, "desk/material_version.html", form, **context)


@require_http_methods(ASKING)
def edit_material(request: HttpRequest, pk: int) -> HttpResponse:
    """Name a document, and say who may see it and under which licence."""
    found = _material(request, pk)
    initial = {name: getattr(found, name) for name in MaterialForm.base_fields}
    form = MaterialForm(request.POST or None, initial=initial)
    context: dict[str, Any] = {"material": found, "initiative": found.initiative}
    if request.method == "POST" and form.is_valid():
        try:
            share_initiative_material(
                material=found, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except Refused as refused:
            form.add_error("licence", reason(refused.reason))
        except Overtaken:
            context["theirs"] = newer(form, Material.objects.get(pk=pk))
        else:
            return _back(found.initiative_id, "materials")
    return answer_form(request, "desk/material.html", form, **context)


@require_POST
def remove_material(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a document away with all its versions."""
    found = _material(request, pk)
    remove_initiative_material(material=found, by=request.user, now=timezone.now())
    messages.success(request, _("The document is gone."))
    return _back(found.initiative_id, "materials")


urlpatterns = [
    path("initiatives/<int:pk>/feedback/", give, name="feedback_give"),
    path("initiatives/feedback/<int:pk>/correct/", correct, name="feedback_correct"),
    path("initiatives/feedback/<int:pk>/answer/", answer, name="feedback_answer"),
    path("initiatives/feedback/<int:pk>/open/", open_feedback, name="feedback_open"),
    path("initiatives/feedback/<int:pk>/close/", close_feedback, name="feedback_close"),
    path("initiatives/<int:pk>/materials/", add_material, name="initiative_material_add"),
    path("initiatives/materials/<int:pk>/", edit_material, name="initiative_material"),
    path("initiatives/materials/<int:pk>/version/", add_version, name="initiative_material_version"),
    path("initiatives/materials/<int:pk>/remove/", remove_material, name="initiative_material_remove"),
]
