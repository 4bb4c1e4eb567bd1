"""What people add to a gathering: points of its agenda, and that they were there. And its old minutes."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.access.table import may
from talka.gatherings.actions import (
    AgendaClosed,
    NotFresh,
    add_agenda_item,
    edit_agenda_item,
    remove_agenda_item,
    say_was_there,
    take_back,
)
from talka.gatherings.models import AgendaItem, Gathering
from talka.kernel.models import Overtaken
from talka.web.public.gatherings import show, visible_gatherings
from talka.web.shared.agenda_forms import AgendaEditForm, AgendaForm, agenda_values
from talka.web.shared.may import require
from talka.web.shared.meeting_story import published_minutes
from talka.web.shared.overtaken import answer_form, newer


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a point to the agenda."""
    found = get_object_or_404(visible_gatherings(request), pk=pk)
    require(request, "agenda.add", found)
    form = AgendaForm(request.POST, auto_id="agenda_%s")
    if not form.is_valid():
        return show(request, found, agenda_form=form, status=422)
    try:
        add_agenda_item(gathering=found, **form.cleaned_data, by=request.user, now=timezone.now())
    except AgendaClosed:
        messages.error(request, _("The meeting is over: its agenda takes no more points."))
    else:
        messages.success(request, _("It is on the agenda."))
    return redirect(f"{found.get_absolute_url()}#agenda")


def _item(request: HttpRequest, pk: int) -> AgendaItem:
    """Return a point that the reader may change now. Raises Http404 and PermissionDenied."""
    items = AgendaItem.objects.filter(gathering__in=Gathering.objects.visible_to(request.user).values("pk"))
    found = get_object_or_404(items.select_related("gathering__programme", "added_by"), pk=pk)
    require(request, "agenda.edit", found)
    return found


def _back(request: HttpRequest, gathering: Gathering) -> str:
    if may(request.user, "meeting.run", gathering):
        return f"{reverse('office:meeting_record', args=[gathering.pk])}#agenda"
    return f"{gathering.get_absolute_url()}#agenda"


def _is_closed(request: HttpRequest, item: AgendaItem) -> bool:
    """Tell whether the reader, who does not run the meeting, is too late to change the point."""
    return not (may(request.user, "meeting.run", item) or item.takes_changes(timezone.now()))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a point of the agenda: one's own until the meeting ends, any for who runs it."""
    item = _item(request, pk)
    form = AgendaEditForm(request.POST or None, initial=agenda_values(item))
    context: dict[str, Any] = {
        "item": item,
        "gathering": item.gathering,
        "back": _back(request, item.gathering),
    }
    context["is_closed"] = _is_closed(request, item)
    if request.method == "POST" and form.is_valid() and not context["is_closed"]:
        try:
            edit_agenda_item(item=item, **form.cleaned_data, by=request.user, now=timezone.now())
        except Overtaken:
            context["theirs"] = newer(form, AgendaItem.objects.get(pk=pk))
        else:
            messages.success(request, _("Saved."))
            return redirect(context["back"])
    return answer_form(request, "public/agenda_item.html", form, **context)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a point off the agenda."""
    item = _item(request, pk)
    if _is_closed(request, item):
        messages.error(request, _("The meeting is over: its agenda stays as it is."))
    else:
        remove_agenda_item(item=item, by=request.user, now=timezone.now())
        messages.success(request, _("It is off the agenda."))
    return redirect(_back(request, item.gathering))


@require_POST
def was_there(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the reader say that they were there."""
    found = get_object_or_404(visible_gatherings(request), pk=pk)
    require(request, "attendance.say", found)
    try:
        say_was_there(gathering=found, account=request.user, now=timezone.now())
    except NotFresh:
        messages.error(request, _("It is too early or too late to say so. Ask the organisers to add you."))
    else:
        messages.success(request, _("Thank you. It counts once the organisers have confirmed it."))
    return redirect(found)


@require_POST
def was_not_there(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the reader take back that they were there."""
    found = get_object_or_404(visible_gatherings(request), pk=pk)
    require(request, "attendance.say", found)
    if take_back(gathering=found, account=request.user, now=timezone.now()):
        messages.success(request, _("You are not among those who were there any more."))
    else:
        messages.error(request, _("The organisers have confirmed it. Ask them to change it."))
    return redirect(found)


@login_not_required
@require_safe
def minutes(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """Show one version of the minutes as it was published."""
    found = get_object_or_404(visible_gatherings(request), pk=pk)
    published = published_minutes(found, version)
    if published is None:
        raise Http404
    context = {"gathering": found, "programme": found.programme, "cycle": found.cycle, "minutes": published}
    return render(request, "public/minutes.html", context)


urlpatterns = [
    path("gatherings/<int:pk>/agenda/", add, name="agenda_add"),
    path("gatherings/agenda/<int:pk>/", edit, name="agenda_item"),
    path("gatherings/agenda/<int:pk>/remove/", remove, name="agenda_remove"),
    path("gatherings/<int:pk>/attended/", was_there, name="was_there"),
    path("gatherings/<int:pk>/not-attended/", was_not_there, name="was_not_there"),
    path("gatherings/<int:pk>/minutes/<int:version>/", minutes, name="minutes"),
]
