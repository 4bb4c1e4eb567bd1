"""A meeting in the office: set, moved, called off, and who means to come."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from talka.gatherings.actions import cancel_gathering, create_gathering, edit_gathering
from talka.gatherings.models import Gathering
from talka.kernel.models import Entry, Overtaken
from talka.programmes.models import Programme
from talka.web.office.cycles import edited_cycle
from talka.web.office.meeting_forms import CycleGatheringForm, GatheringForm, ProgrammeGatheringForm, shown
from talka.web.office.programmes import ASKING, programmes_of
from talka.web.shared.may import require
from talka.web.shared.overtaken import answer_form, newer


@require_http_methods(ASKING)
def create(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a meeting of a cycle."""
    cycle = edited_cycle(request, pk)
    initial = {"zone": cycle.programme.zone}
    form = CycleGatheringForm(request.POST or None, languages=cycle.plan.languages, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        made = create_gathering(cycle=cycle, **given, by=request.user, now=timezone.now())
        messages.success(
            request, _("The meeting is set. People can sign up on its page once the cycle is announced.")
        )
        return redirect("office:gathering", made.pk)
    return answer_form(request, "office/gathering.html", form, cycle=cycle, programme=cycle.programme)


def run_programme(request: HttpRequest, slug: str) -> Programme:
    """Return a programme whose meetings the reader runs. Raises Http404 and PermissionDenied."""
    programme = get_object_or_404(programmes_of(request), slug=slug)
    require(request, "meeting.run", programme)
    return programme


@require_http_methods(ASKING)
def create_for_programme(request: HttpRequest, slug: str) -> HttpResponse:
    """Set a meeting of a programme."""
    programme = run_programme(request, slug)
    asked: dict[str, Any] = {"languages": programme.plan.languages, "initial": {"zone": programme.zone}}
    form = ProgrammeGatheringForm(request.POST or None, cycles=programme.cycles.order_by("-pk"), **asked)
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        made = create_gathering(programme=programme, **given, by=request.user, now=timezone.now())
        messages.success(request, _("The meeting is set. People can sign up on its page."))
        return redirect("office:gathering", made.pk)
    return answer_form(request, "office/gathering.html", form, programme=programme)


def run_gathering(request: HttpRequest, pk: int) -> Gathering:
    """Return a meeting that the reader runs. Raises Http404 and PermissionDenied."""
    meetings = Gathering.objects.filter(programme__in=programmes_of(request).values("pk"))
    found = get_object_or_404(meetings.select_related("programme", "cycle__programme", "series"), pk=pk)
    require(request, "meeting.run", found)
    return found


def _signed_up(gathering: Gathering) -> dict[str, Any]:
    """Return who signed up, how many that are, and how many of them are no longer named."""
    named = list(gathering.registrations.exclude(email="").order_by("registered_at", "pk"))
    count = gathering.registrations.count()
    return {"registrations": named, "taken": count, "unnamed": count - len(named)}


@require_http_methods(ASKING)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a meeting; who signed up is told when its time or its address changes."""
    found = run_gathering(request, pk)
    texts = {"title": found.title, "description": found.description}
    languages = found.programme.plan.languages
    form = GatheringForm(request.POST or None, languages=languages, texts=texts, initial=shown(found))
    context: dict[str, Any] = {"cycle": found.cycle, "programme": found.programme, "gathering": found}
    context.update(_signed_up(found))
    context["entries"] = Entry.objects.about(found).select_related("actor")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"version": form.cleaned_data["version"] or 0}
        try:
            edit_gathering(gathering=found, **given, by=request.user, now=timezone.now())
        except Overtaken:
            context["theirs"] = newer(form, Gathering.objects.get(pk=pk))
        else:
            messages.success(request, _("The meeting is saved."))
            return redirect("office:gathering", pk)
    return answer_form(request, "office/gathering.html", form, **context)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a meeting off and tell those who signed up."""
    found = run_gathering(request, pk)
    if found.cancelled_at is None:
        cancel_gathering(gathering=found, version=found.version, by=request.user, now=timezone.now())
    messages.success(request, _("The meeting is cancelled. Those who signed up get a letter."))
    return redirect("office:meetings", found.programme.slug)


urlpatterns = [
    path("cycles/<int:pk>/meetings/new/", create, name="gathering_create"),
    path("programmes/<slug:slug>/meetings/new/", create_for_programme, name="meeting_create"),
    path("meetings/<int:pk>/", edit, name="gathering"),
    path("meetings/<int:pk>/cancel/", cancel, name="gathering_cancel"),
]
