"""A programme in the office: made from a blueprint, described, published."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from talka.access.table import may
from talka.blueprints.reading import shipped
from talka.kernel.models import Entry, Overtaken
from talka.programmes.actions import AddressTaken, create_programme, edit_programme
from talka.programmes.models import Programme
from talka.web.office.programme_forms import NewProgrammeForm, ProgrammeForm
from talka.web.shared.may import require
from talka.web.shared.overtaken import answer_form, newer
from talka.web.shared.programme_parts import office_parts

ASKING = ["GET", "HEAD", "POST"]


def programmes_of(request: HttpRequest) -> QuerySet[Programme]:
    """Find the programmes that the reader runs, in whichever post."""
    return Programme.objects.run_by(request.user)


@require_http_methods(ASKING)
def create(request: HttpRequest) -> HttpResponse:
    """Make a programme from a shipped blueprint."""
    require(request, "programme.create")
    form = NewProgrammeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _create(request, form.cleaned_data)
        except AddressTaken:
            form.add_error("slug", _("Another programme has this address. Choose a different one."))
        else:
            messages.success(
                request, _("The programme is there. Look through it, then open its first cycle.")
            )
            return redirect("office:programme", made.slug)
    return render(request, "office/programme_create.html", {"form": form}, status=422 if form.errors else 200)


def _create(request: HttpRequest, given: dict[str, Any]) -> Programme:
    plan = shipped()[given["blueprint"]]
    own_name = {(get_language() or "en"): given["name"]} if given["name"] else None
    return create_programme(
        slug=given["slug"],
        blueprint=plan,
        zone=given["zone"],
        name=own_name,
        is_rehearsal=given["is_rehearsal"],
        by=request.user,
        now=timezone.now(),
    )


@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a programme with everything that can be changed about it."""
    found = get_object_or_404(programmes_of(request), slug=slug)
    context = {
        "programme": found,
        "may_edit": may(request.user, "programme.edit", found),
        "cycles": found.cycles.order_by("-pk"),
        "pages": found.pages.order_by("position", "key"),
        "contacts": found.contacts.order_by("pk"),
        "parts": office_parts(found),
        "posts": found.appointments.filter(ended_at__isnull=True)
        .select_related("account")
        .order_by("post", "pk"),
        "entries": Entry.objects.about(found).select_related("actor"),
    }
    return render(request, "office/programme.html", context)


@require_http_methods(ASKING)
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the name, the summary and the zone of a programme, and publish it."""
    found = get_object_or_404(programmes_of(request), slug=slug)
    require(request, "programme.edit", found)
    texts = {"name": found.name, "summary": found.summary}
    initial = {"zone": found.zone, "is_published": found.is_published, "version": found.version}
    form = ProgrammeForm(request.POST or None, languages=found.plan.languages, texts=texts, initial=initial)
    if found.is_rehearsal:
        del form.fields["is_published"]
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            given = {"is_published": False} | form.cleaned_data
            edit_programme(programme=found, **given, by=request.user, now=timezone.now())
        except Overtaken:
            theirs = newer(form, Programme.objects.get(pk=found.pk))
        else:
            messages.success(request, _("Saved."))
            return redirect("office:programme", found.slug)
    return answer_form(request, "office/programme_edit.html", form, programme=found, theirs=theirs)


urlpatterns = [
    path("programmes/new/", create, name="programme_create"),
    path("programmes/<slug:slug>/", programme, name="programme"),
    path("programmes/<slug:slug>/edit/", edit, name="programme_edit"),
]
