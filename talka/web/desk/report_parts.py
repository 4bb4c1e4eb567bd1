"""What belongs to a report: photos of the visit, and next steps."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.files.actions import FileRefused
from talka.kernel.models import Overtaken
from talka.reports.actions import (
    Refused,
    add_evidence,
    add_next_step,
    edit_evidence,
    edit_next_step,
    remove_evidence,
    remove_next_step,
    withdraw_consent,
)
from talka.reports.models import Evidence, NextStep, Report
from talka.web.desk.report_forms import PhotoForm, PhotoWordsForm, StepForm
from talka.web.desk.reports import own_report, own_reports, show
from talka.web.shared.downloads import download
from talka.web.shared.may import require
from talka.web.shared.overtaken import keep_typing
from talka.web.templatetags.words import reason

WORDS = ("caption", "author", "licence", "has_consent")


def _own_photo(request: HttpRequest, pk: int) -> Evidence:
    photos = Evidence.objects.filter(report__in=own_reports(request).values("pk"))
    photo = get_object_or_404(photos.select_related("report", "upload"), pk=pk)
    require(request, "report.write", photo)
    return photo


def _own_step(request: HttpRequest, pk: int) -> NextStep:
    steps = NextStep.objects.filter(report__in=own_reports(request).values("pk"))
    step = get_object_or_404(steps.select_related("report__exchange__plan"), pk=pk)
    require(request, "report.write", step)
    return step


def _back(report: Report, part: str) -> HttpResponse:
    return redirect(f"{report.get_absolute_url()}#{part}")


def _say(form: Any, field: str, refused: Refused | FileRefused) -> None:
    """Put what the room refuses beside the field that it is about."""
    reasons = refused.reasons if isinstance(refused, Refused) else (refused.reason,)
    for one in reasons:
        form.add_error(field if one.key != "reports.not_writable" else None, reason(one))


@require_POST
def photo_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a photo."""
    report = own_report(request, pk)
    form = PhotoForm(request.POST, request.FILES, auto_id="photo_%s")
    if form.is_valid():
        photo = form.cleaned_data.pop("photo")
        sent = {"data": photo.read(), "name": photo.name, "by": request.user, "now": timezone.now()}
        try:
            add_evidence(report=report, **form.cleaned_data, **sent)
        except (FileRefused, Refused) as refused:
            _say(form, "photo", refused)
        else:
            messages.success(request, _("The photo is added."))
            return _back(report, "photos")
    return show(request, report, status=422, sent="photo", photo_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def photo_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is said of a photo."""
    photo = _own_photo(request, pk)
    form = PhotoWordsForm(request.POST or None, initial={name: getattr(photo, name) for name in WORDS})
    if request.method == "POST" and form.is_valid():
        try:
            edit_evidence(photo=photo, **form.cleaned_data, by=request.user, now=timezone.now())
        except Refused as refused:
            _say(form, "caption", refused)
        else:
            return _back(photo.report, "photos")
    context = {"photo": photo, "report": photo.report, "form": form}
    return render(request, "desk/report_photo.html", context, status=422 if form.errors else 200)


@require_POST
def photo_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a photo away."""
    photo = _own_photo(request, pk)
    try:
        remove_evidence(photo=photo, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, reason(refused.reasons[0]))
    return _back(photo.report, "photos")


@require_POST
def consent_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the consent of those shown, also after the report was accepted."""
    photo = _own_photo(request, pk)
    withdraw_consent(photo=photo, by=request.user, now=timezone.now())
    messages.success(request, _("The photo is no longer published anywhere."))
    return _back(photo.report, "photos")


@require_safe
def photo_file(request: HttpRequest, pk: int, size: str) -> HttpResponseBase:
    """Hand out a photo to the side that took it."""
    return download(_own_photo(request, pk).upload, thumbnail=size == "small")


@require_POST
def step_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a next step."""
    report = own_report(request, pk)
    form = StepForm(request.POST, auto_id="step_%s")
    if form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("text", "owner", "due_on")}
        try:
            add_next_step(report=report, **words, by=request.user, now=timezone.now())
        except Refused as refused:
            _say(form, "due_on", refused)
        else:
            messages.success(request, _("The next step is added."))
            return _back(report, "steps")
    return show(request, report, status=422, sent="step", step_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def step_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a next step; where somebody else changed it meanwhile, both texts are shown."""
    step = _own_step(request, pk)
    kept = {"text": step.text, "owner": step.owner, "due_on": step.due_on, "version": step.version}
    form = StepForm(request.POST or None, initial=kept)
    context = {"step": step, "report": step.report, "form": form}
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data | {"version": form.cleaned_data["version"] or 0}
        try:
            edit_next_step(step=step, **words, by=request.user, now=timezone.now())
        except Refused as refused:
            _say(form, "due_on", refused)
        except Overtaken:
            # Sent once more, the form is about what stands there now.
            keep_typing(form, step.version)
            return render(request, "desk/report_step.html", context | {"theirs": kept}, status=409)
        else:
            return _back(step.report, "steps")
    return render(request, "desk/report_step.html", context, status=422 if form.errors else 200)


@require_POST
def step_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a next step away."""
    step = _own_step(request, pk)
    try:
        remove_next_step(step=step, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, reason(refused.reasons[0]))
    return _back(step.report, "steps")


urlpatterns = [
    path("reports/<int:pk>/photos/", photo_add, name="photo_add"),
    path("reports/photos/<int:pk>/", photo_edit, name="photo_edit"),
    path("reports/photos/<int:pk>/remove/", photo_remove, name="photo_remove"),
    path("reports/photos/<int:pk>/withdraw/", consent_withdraw, name="consent_withdraw"),
    path("reports/photos/<int:pk>/file/", photo_file, {"size": "large"}, name="photo_file"),
    path("reports/photos/<int:pk>/thumbnail/", photo_file, {"size": "small"}, name="photo_thumbnail"),
    path("reports/<int:pk>/steps/", step_add, name="step_add"),
    path("reports/steps/<int:pk>/", step_edit, name="step_edit"),
    path("reports/steps/<int:pk>/remove/", step_remove, name="step_remove"),
]
