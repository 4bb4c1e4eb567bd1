"""What a meeting talked about, decided and left to do, kept by those who run it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.gatherings.actions import (
    AgendaClosed,
    NoNextMeeting,
    add_action_item,
    add_agenda_item,
    add_decision,
    answer_action_item,
    carry_over,
    edit_action_item,
    edit_decision,
    move_agenda_item,
    remove_decision,
    reopen_action_item,
    tick_off,
)
from talka.gatherings.lifecycle import AgendaStatus
from talka.gatherings.models import ActionItem, AgendaItem, Gathering, MeetingDecision
from talka.gatherings.queries import next_meeting, still_open
from talka.kernel.models import Entry, Overtaken
from talka.web.office.gatherings import run_gathering
from talka.web.office.meeting_record_forms import (
    ActionItemEditForm,
    ActionItemForm,
    DecisionEditForm,
    DecisionForm,
    OutcomeForm,
)
from talka.web.office.programmes import ASKING, programmes_of
from talka.web.shared.agenda_forms import AgendaForm
from talka.web.shared.may import require
from talka.web.shared.meeting_story import action_items_of, agenda_of
from talka.web.shared.overtaken import answer_form, newer


def show(request: HttpRequest, gathering: Gathering, *, status: int = 200, **forms: Any) -> HttpResponse:
    """Draw the page; `forms` holds forms that were sent and are shown with what was typed."""
    now = timezone.now()
    action_form = ActionItemForm(auto_id="action_%s", gathering=gathering)
    context = {
        "gathering": gathering,
        "programme": gathering.programme,
        "cycle": gathering.cycle,
        "is_open": gathering.takes_registrations(now),
        "agenda": agenda_of(gathering),
        "next": next_meeting(gathering, now=now),
        "still_open": still_open(gathering),
        "decisions": gathering.decisions.order_by("pk"),
        "action_items": action_items_of(gathering),
        "people": action_form.people[:200],
        "agenda_form": AgendaForm(auto_id="agenda_%s"),
        "decision_form": DecisionForm(auto_id="decision_%s"),
        "action_form": action_form,
        "entries": Entry.objects.about(gathering).select_related("actor"),
    }
    return render(request, "office/meeting_record.html", context | forms, status=status)


def _back(pk: int, part: str) -> HttpResponse:
    return redirect(f"{reverse('office:meeting_record', args=[pk])}#{part}")


@require_safe
def meeting_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Show agenda, decisions and action items of a meeting."""
    return show(request, run_gathering(request, pk))


@require_POST
def agenda_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a point to the agenda."""
    found = run_gathering(request, pk)
    form = AgendaForm(request.POST, auto_id="agenda_%s")
    if not form.is_valid():
        return show(request, found, agenda_form=form, status=422)
    try:
        add_agenda_item(gathering=found, **form.cleaned_data, by=request.user, now=timezone.now())
    except AgendaClosed:
        messages.error(request, _("The meeting is over: its agenda takes no more points."))
    return _back(pk, "agenda")


def _run_part(request: HttpRequest, model: Any, pk: int) -> Any:
    """Return a part of a meeting that the reader runs. Raises Http404 and PermissionDenied."""
    parts = model.objects.filter(gathering__programme__in=programmes_of(request).values("pk"))
    found = get_object_or_404(parts.select_related("gathering__programme", "gathering__cycle"), pk=pk)
    require(request, "meeting.run", found)
    return found


@require_POST
def agenda_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a point of the agenda up or down."""
    item = _run_part(request, AgendaItem, pk)
    step = -1 if request.POST.get("to") == "up" else 1
    move_agenda_item(item=item, step=step, by=request.user, now=timezone.now())
    return _back(item.gathering_id, "agenda")


@require_POST
def agenda_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a point was talked about, or take that back."""
    item = _run_part(request, AgendaItem, pk)
    tick_off(item=item, by=request.user, now=timezone.now())
    return _back(item.gathering_id, "agenda")


@require_POST
def agenda_carry(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry over to the next meeting what was not talked about."""
    found = run_gathering(request, pk)
    try:
        coming, count = carry_over(gathering=found, by=request.user, now=timezone.now())
    except NoNextMeeting:
        messages.error(request, _("The series has no meeting ahead. Set one first."))
        return _back(pk, "agenda")
    said = ngettext(
        "One point was moved to “%(meeting)s”.", "%(n)d points were moved to “%(meeting)s”.", count
    )
    messages.success(request, said % {"n": count, "meeting": coming})
    return _back(coming.pk, "agenda")


@require_POST
def decision_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down a decision."""
    found = run_gathering(request, pk)
    form = DecisionForm(request.POST, auto_id="decision_%s")
    if not form.is_valid():
        return show(request, found, decision_form=form, status=422)
    add_decision(gathering=found, **form.cleaned_data, by=request.user, now=timezone.now())
    return _back(pk, "decisions")


@require_http_methods(ASKING)
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the words of a decision."""
    found = _run_part(request, MeetingDecision, pk)
    form = DecisionEditForm(request.POST or None, initial={"text": found.text, "version": found.version})
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            edit_decision(decision=found, **form.cleaned_data, by=request.user, now=timezone.now())
        except Overtaken:
            theirs = newer(form, MeetingDecision.objects.get(pk=pk))
        else:
            messages.success(request, _("Saved."))
            return _back(found.gathering_id, "decisions")
    return answer_form(request, "office/decision.html", form, **_part(found), theirs=theirs)


def _part(part: Any) -> dict[str, Any]:
    return {
        "part": part,
        "gathering": part.gathering,
        "programme": part.gathering.programme,
        "entries": Entry.objects.about(part).select_related("actor"),
    }


@require_POST
def decision_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a decision."""
    found = _run_part(request, MeetingDecision, pk)
    remove_decision(decision=found, by=request.user, now=timezone.now())
    messages.success(request, _("The decision is removed."))
    return _back(found.gathering_id, "decisions")


@require_POST
def action_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what somebody will do."""
    found = run_gathering(request, pk)
    form = ActionItemForm(request.POST, auto_id="action_%s", gathering=found)
    if not form.is_valid():
        return show(request, found, action_form=form, status=422)
    made = add_action_item(gathering=found, **form.owned(), by=request.user, now=timezone.now())
    if made.owner is None:
        messages.warning(request, _("No account here has this name: nobody will be reminded by letter."))
    return _back(pk, "action-items")


@require_http_methods(ASKING)
def action_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is to be done, by whom, and by when."""
    item = _run_part(request, ActionItem, pk)
    form, theirs = _item_form(item, request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            edit_action_item(item=item, **form.owned(), by=request.user, now=timezone.now())
        except Overtaken:
            theirs = newer(form, ActionItem.objects.get(pk=pk))
        else:
            messages.success(request, _("Saved."))
            return _back(item.gathering_id, "action-items")
    return _show_item(request, item, form, theirs=theirs, outcome_form=OutcomeForm(auto_id="outcome_%s"))


def _item_form(item: ActionItem, data: Any = None) -> ActionItemEditForm:
    initial = {"text": item.text, "owner": item.who, "due_on": item.due_on, "version": item.version}
    return ActionItemEditForm(data, initial=initial, gathering=item.gathering, owner=item.owner)


def _show_item(
    request: HttpRequest, item: ActionItem, form: ActionItemEditForm, **context: Any
) -> HttpResponse:
    context |= _part(item) | {"people": form.people[:200]}
    return answer_form(request, "office/action_item.html", form, **context)


@require_POST
def action_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what became of an action item, or take it up again."""
    item = _run_part(request, ActionItem, pk)
    form, now = OutcomeForm(request.POST, auto_id="outcome_%s"), timezone.now()
    if not form.is_valid():
        answer = _show_item(request, item, _item_form(item), outcome_form=form)
        answer.status_code = 422
        return answer
    if form.cleaned_data["status"] == AgendaStatus.OPEN:
        reopen_action_item(item=item, by=request.user, now=now)
    else:
        answer_action_item(item=item, **form.cleaned_data, by=request.user, now=now)
    messages.success(request, _("Saved."))
    return _back(item.gathering_id, "action-items")


urlpatterns = [
    path("meetings/<int:pk>/record/", meeting_record, name="meeting_record"),
    path("meetings/<int:pk>/agenda/", agenda_add, name="agenda_add"),
    path("meetings/<int:pk>/agenda/carry/", agenda_carry, name="agenda_carry"),
    path("meetings/agenda/<int:pk>/move/", agenda_move, name="agenda_move"),
    path("meetings/agenda/<int:pk>/done/", agenda_done, name="agenda_done"),
    path("meetings/<int:pk>/decisions/", decision_add, name="meeting_decision_add"),
    path("meetings/decisions/<int:pk>/", decision, name="meeting_decision"),
    path("meetings/decisions/<int:pk>/remove/", decision_remove, name="meeting_decision_remove"),
    path("meetings/<int:pk>/action-items/", action_add, name="action_item_add"),
    path("meetings/action-items/<int:pk>/", action_item, name="action_item"),
    path("meetings/action-items/<int:pk>/answer/", action_answer, name="action_item_answer"),
]
