"""Groups outside with which coordinators work: whom they write to, and the log of what was said."""

from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.kernel.models import Entry, Overtaken
from talka.programmes.actions import (
    add_contact_note,
    add_outside_group,
    edit_contact_note,
    edit_outside_group,
    remove_outside_group,
)
from talka.programmes.models import ContactNote, OutsideGroup
from talka.web.office.group_forms import NoteForm, OutsideForm
from talka.web.office.programmes import ASKING
from talka.web.office.terms import run_group
from talka.web.shared.lists import page_of
from talka.web.shared.may import require
from talka.web.shared.overtaken import answer_form, newer
from talka.web.shared.timelines import today_in


@require_safe
def outside(request: HttpRequest, slug: str) -> HttpResponse:
    """List the groups outside, those with the nearest date first."""
    programme = run_group(request, slug, "outside.handle")
    groups = programme.outside_groups.with_next_date()
    page = page_of(request, groups.order_by(F("next_on").asc(nulls_last=True), "name", "pk"))
    context = {"programme": programme, "page": page, "today": today_in(programme.zone, timezone.now())}
    return render(request, "office/outside.html", context)


@require_http_methods(ASKING)
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Name a group outside."""
    programme = run_group(request, slug, "outside.handle")
    form = OutsideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        made = add_outside_group(programme=programme, **given, by=request.user, now=timezone.now())
        messages.success(request, _("The group is there. Write down what you have talked about so far."))
        return redirect(made)
    return answer_form(request, "office/outside_edit.html", form, programme=programme)


def _run(request: HttpRequest, pk: int) -> OutsideGroup:
    rows = OutsideGroup.objects.handled_by(request.user).with_next_date().select_related("programme")
    found = get_object_or_404(rows, pk=pk)
    require(request, "outside.handle", found)
    return found


@require_http_methods(ASKING)
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a group outside with its log, and write in it."""
    found = _run(request, pk)
    now = timezone.now()
    today = today_in(found.programme.zone, now)
    form = NoteForm(request.POST or None, initial={"met_on": today})
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        add_contact_note(group=found, **given, by=request.user, now=now)
        messages.success(request, _("Written down."))
        return redirect(found)
    notes = found.notes.select_related("written_by").order_by("-met_on", "-pk")
    context = {"programme": found.programme, "group": found, "today": today, "page": page_of(request, notes)}
    context["entries"] = Entry.objects.about(found).select_related("actor")
    return answer_form(request, "office/outside_group.html", form, **context)


@require_http_methods(ASKING)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is said of a group outside."""
    found = _run(request, pk)
    names = ("name", "purpose", "contact", "address", "version")
    form = OutsideForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    context: dict[str, Any] = {"programme": found.programme, "group": found}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"version": form.cleaned_data["version"] or found.version}
        try:
            edit_outside_group(group=found, **given, by=request.user, now=timezone.now())
        except Overtaken:
            context["theirs"] = newer(form, OutsideGroup.objects.get(pk=pk))
        else:
            messages.success(request, _("Saved."))
            return redirect(found)
    return answer_form(request, "office/outside_edit.html", form, **context)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a group outside, with its log."""
    found = _run(request, pk)
    try:
        remove_outside_group(group=found, version=found.version, by=request.user, now=timezone.now())
    except Overtaken:
        messages.warning(request, _("Somebody changed it in the meantime: look at it again."))
        return redirect(found)
    messages.success(request, _("The group and its log are gone."))
    return redirect("office:outside", found.programme.slug)


@require_http_methods(ASKING)
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a note of the log."""
    groups = OutsideGroup.objects.handled_by(request.user).values("pk")
    rows = ContactNote.objects.filter(group__in=groups).select_related("group__programme")
    found = get_object_or_404(rows, pk=pk)
    require(request, "outside.handle", found)
    names = ("met_on", "said", "agreed", "next_on", "version")
    form = NoteForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    context: dict[str, Any] = {"programme": found.group.programme, "group": found.group, "note": found}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"version": form.cleaned_data["version"] or found.version}
        try:
            edit_contact_note(note=found, **given, by=request.user, now=timezone.now())
        except Overtaken:
            context["theirs"] = newer(form, ContactNote.objects.get(pk=pk))
        else:
            messages.success(request, _("Saved."))
            return redirect(found.group)
    return answer_form(request, "office/outside_note.html", form, **context)


urlpatterns = [
    path("programmes/<slug:slug>/outside/", outside, name="outside"),
    path("programmes/<slug:slug>/outside/new/", add, name="outside_add"),
    path("outside/<int:pk>/", group, name="outside_group"),
    path("outside/<int:pk>/edit/", edit, name="outside_edit"),
    path("outside/<int:pk>/remove/", remove, name="outside_remove"),
    path("outside/notes/<int:pk>/", note, name="outside_note"),
]
