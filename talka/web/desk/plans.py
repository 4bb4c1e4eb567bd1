"""Writing and signing the joint plan."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.exchanges.actions import (
    PlanIncomplete,
    add_material,
    add_plan_item,
    add_questions,
    edit_plan,
    remove_material,
    remove_plan_item,
    remove_question,
    sign_plan,
)
from talka.exchanges.models import Exchange, PlanItem, Question
from talka.exchanges.queries import materials_seen_by, seats_held_by
from talka.files.actions import FileRefused, delete_upload, store_file
from talka.files.models import Upload
from talka.kernel.models import Overtaken
from talka.web.desk.plan_forms import ItemForm, MaterialForm, PlanForm, QuestionsForm, plan_values
from talka.web.shared.downloads import download
from talka.web.shared.exchange_story import exchange_of, story_of
from talka.web.shared.may import require
from talka.web.shared.overtaken import keep_typing
from talka.web.templatetags.words import reason


def edited(request: HttpRequest, pk: int) -> Exchange:
    """Return an exchange whose plan the reader may edit. Raises Http404 and PermissionDenied."""
    found = exchange_of(request, pk)
    require(request, "plan.edit", found)
    return found


def show_plan(request: HttpRequest, exchange: Exchange, *, status: int = 422, **forms: Any) -> HttpResponse:
    """Show the page on which a plan is written, with the forms given instead of fresh ones."""
    context = {
        "form": PlanForm(initial=plan_values(exchange.plan)),
        "item_form": ItemForm(initial={"day": exchange.plan.starts_on}),
        "questions_form": QuestionsForm(),
        "material_form": MaterialForm(),
        "materials": materials_seen_by(exchange.plan, request.user),
        "own": [seat.pk for seat in seats_held_by(exchange, request.user)],
    }
    context |= story_of(exchange, now=timezone.now()) | forms
    return render(request, "desk/plan.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the texts, days and place of a plan; who is overtaken gets both texts."""
    exchange = edited(request, pk)
    if request.method != "POST":
        return show_plan(request, exchange, status=200)
    form = PlanForm(request.POST)
    if not form.is_valid():
        return show_plan(request, exchange, form=form)
    try:
        edit_plan(
            plan=exchange.plan,
            values=form.cleaned_data,
            version=form.cleaned_data["version"],
            by=request.user,
            now=timezone.now(),
        )
    except Overtaken:
        return _show_both(request, pk, form)
    messages.success(request, _("The plan is saved."))
    return redirect("desk:plan", pk)


def _show_both(request: HttpRequest, pk: int, form: PlanForm) -> HttpResponse:
    """Show what was typed in the form, and beside it what somebody else saved in between."""
    exchange = exchange_of(request, pk)
    saved = plan_values(exchange.plan)
    theirs = [
        (form[name].label, saved[name])
        for name in form.fields
        if name != "version" and saved[name] != form.cleaned_data[name]
    ]
    keep_typing(form, exchange.plan.version)
    return show_plan(request, exchange, status=409, form=form, theirs=theirs)


@require_POST
def add_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a part of a day."""
    exchange = edited(request, pk)
    form = ItemForm(request.POST)
    if not form.is_valid():
        return show_plan(request, exchange, item_form=form)
    add_plan_item(plan=exchange.plan, **form.cleaned_data, by=request.user, now=timezone.now())
    return redirect(_part(pk, "days"))


@require_POST
def remove_item(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Take a part of a day out."""
    exchange = edited(request, pk)
    found = get_object_or_404(PlanItem, plan=exchange.plan, pk=item)
    remove_plan_item(item=found, by=request.user, now=timezone.now())
    return redirect(_part(pk, "days"))


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Add questions that are sent ahead."""
    exchange = edited(request, pk)
    form = QuestionsForm(request.POST)
    if not form.is_valid():
        return show_plan(request, exchange, questions_form=form)
    add_questions(plan=exchange.plan, texts=form.cleaned_data["texts"], by=request.user, now=timezone.now())
    return redirect(_part(pk, "questions"))


@require_POST
def unask(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    """Take a question out."""
    exchange = edited(request, pk)
    found = get_object_or_404(Question, plan=exchange.plan, pk=question)
    remove_question(question=found, by=request.user, now=timezone.now())
    return redirect(_part(pk, "questions"))


@require_POST
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Share a document for one's own side."""
    exchange = edited(request, pk)
    seat = seats_held_by(exchange, request.user)[0]
    require(request, "material.share", seat)
    form = MaterialForm(request.POST, request.FILES)
    if not form.is_valid():
        return show_plan(request, exchange, material_form=form)
    given = {name: form.cleaned_data[name] for name in ("title", "link", "audience")}
    now = timezone.now()
    try:
        with _stored(request, form) as upload:
            add_material(plan=exchange.plan, seat=seat, **given, upload=upload, by=request.user, now=now)
    except FileRefused as refused:
        form.add_error("file", reason(refused.reason))
        return show_plan(request, exchange, material_form=form)
    return redirect(_part(pk, "materials"))


@contextmanager
def _stored(request: HttpRequest, form: MaterialForm) -> Iterator[Upload | None]:
    """Store the file that was sent, and take it away again when it finds no place."""
    file = form.cleaned_data["file"]
    upload = (
        store_file(data=file.read(), name=file.name, by=request.user, now=timezone.now()) if file else None
    )
    try:
        yield upload
    except BaseException:
        if upload:
            delete_upload(pk=upload.pk)
        raise


@require_POST
def unshare(request: HttpRequest, pk: int, material: int) -> HttpResponse:
    """Take a document of one's own side back."""
    exchange = edited(request, pk)
    found = get_object_or_404(exchange.plan.materials, pk=material)
    require(request, "material.share", found.seat)
    remove_material(material=found, by=request.user, now=timezone.now())
    if found.upload_id:
        delete_upload(pk=found.upload_id)
    return redirect(_part(pk, "materials"))


@require_safe
def material(request: HttpRequest, pk: int, material: int) -> HttpResponseBase:
    """Hand out the file of a document to its audience."""
    seen = materials_seen_by(exchange_of(request, pk).plan, request.user)
    found = next((one.upload for one in seen if one.pk == material and one.upload), None)
    if found is None:
        raise Http404
    return download(found)


@require_POST
def sign(request: HttpRequest, pk: int, seat: int, version: int) -> HttpResponse:
    """Sign the plan for a side, at the version that was on the page."""
    exchange = exchange_of(request, pk)
    found = get_object_or_404(exchange.match.seats, pk=seat)
    require(request, "plan.sign", found)
    try:
        sign_plan(plan=exchange.plan, seat=found, version=version, by=request.user, now=timezone.now())
    except PlanIncomplete as refused:
        messages.error(request, reason(refused.reasons[0]))
    else:
        messages.success(
            request, _("You have signed the plan. Whoever changes it now asks for both signatures again.")
        )
    return redirect("desk:exchange", pk)


def _part(pk: int, part: str) -> str:
    return f"{reverse('desk:plan', args=[pk])}#{part}"


urlpatterns = [
    path("exchanges/<int:pk>/plan/", plan, name="plan"),
    path("exchanges/<int:pk>/plan/days/add/", add_item, name="plan_item_add"),
    path("exchanges/<int:pk>/plan/days/<int:item>/remove/", remove_item, name="plan_item_remove"),
    path("exchanges/<int:pk>/plan/questions/add/", ask, name="plan_questions_add"),
    path("exchanges/<int:pk>/plan/questions/<int:question>/remove/", unask, name="plan_question_remove"),
    path("exchanges/<int:pk>/plan/materials/add/", share, name="material_add"),
    path("exchanges/<int:pk>/plan/materials/<int:material>/remove/", unshare, name="material_remove"),
    path("exchanges/<int:pk>/materials/<int:material>/", material, name="material"),
    path("exchanges/<int:pk>/plan/sign/<int:seat>/<int:version>/", sign, name="plan_sign"),
]
