"""An applicant's own applications: begun, written, handed in, withdrawn."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.applications.actions import (
    ApplicationRefused,
    Incomplete,
    accept_commitments,
    remove_goal,
    save_format,
    set_goal,
    start_application,
)
from talka.applications.lifecycle import ApplicationStatus
from talka.applications.models import Application, Goal
from talka.applications.queries import goal_values, role_of, takes, topics_to_choose
from talka.calls.models import Call
from talka.forms.fields import plain
from talka.forms.merging import seen_after
from talka.kernel.lifecycle import NotAllowed
from talka.people.models import Community
from talka.programmes.models import Cycle
from talka.screening.actions import edit_answers, hand_in_application
from talka.travel.actions import withdraw_application
from talka.web.desk.application_forms import (
    commitments_form,
    format_form,
    goal_form,
    sheet_form,
)
from talka.web.desk.application_page import Kept, answer, attempt, attempt_edit, incomplete, show, uploads_of
from talka.web.desk.autosave import seen_in
from talka.web.shared.downloads import download
from talka.web.shared.may import require
from talka.web.templatetags.words import reason

LARGEST_KEY = 2**63


def own_application(request: HttpRequest, pk: int) -> Application:
    """Return an application of the reader's own. Raises Http404."""
    own = Application.objects.written_by(request.user)
    related = (
        "call__cycle__programme",
        "call__form",
        "community",
        "sheet__form_version",
        "partner__community",
    )
    return get_object_or_404(own.distinct().select_related(*related), pk=min(pk, LARGEST_KEY - 1))


def editable(request: HttpRequest, pk: int) -> tuple[Application, datetime]:
    """Return an application that the reader may edit, and the moment. Raises Http404 and PermissionDenied."""
    application = own_application(request, pk)
    require(request, "application.edit", application)
    return application, timezone.now()


def _call(request: HttpRequest, pk: int) -> Call:
    known = Call.objects.public() | Call.objects.filter(cycle__in=Cycle.objects.run_by(request.user))
    return get_object_or_404(
        known.distinct().select_related("cycle__programme", "form"), pk=min(pk, LARGEST_KEY - 1)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, call: int) -> HttpResponse:
    """Choose who applies, and begin; or read why one cannot and what to do."""
    found, now = _call(request, call), timezone.now()
    choices = _may_apply(request, found)
    context: dict[str, Any] = {"call": found, "role": role_of(found), "now": now, "choices": choices}
    if request.method == "POST":
        chosen = next((one for one in choices if one.key == request.POST.get("applicant")), None)
        if chosen is None:
            context["problem"] = _("Choose who applies.")
            return render(request, "desk/start.html", context, status=422)
        require(request, "application.start", chosen.applicant)
        try:
            return redirect(start_application(call=found, **chosen.given, by=request.user, now=now))
        except ApplicationRefused as refused:
            context["problem"] = reason(refused.reason)
    return render(request, "desk/start.html", context, status=422 if "problem" in context else 200)


class Applicant(NamedTuple):
    """Who could apply: the key of the choice, and the community or the person."""

    key: str
    applicant: Any
    given: dict[str, Any]


def _may_apply(request: HttpRequest, call: Call) -> list[Applicant]:
    """List whom the reader could apply for, as the programme takes them: themselves, their communities."""
    plan, found = call.cycle.plan, []
    if takes(plan, "people"):
        found.append(Applicant("myself", request.user, {"person": request.user}))
    if takes(plan, "communities"):
        communities = Community.objects.represented_by(request.user).order_by("name")
        found += [Applicant(str(one.pk), one, {"community": one}) for one in communities]
    return found


@require_safe
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an application: to be written while it is open, to be read afterwards."""
    return show(request, own_application(request, pk), timezone.now())


def _dropped(data: QueryDict) -> list[int]:
    """Return the uploads that the sender wants removed."""
    return [int(pk) for pk in data.getlist("drop") if pk.isdecimal() and len(pk) < 19]


@require_POST
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the answers to the call's questions, as far as they could be read."""
    found, now = editable(request, pk)
    form, seen = sheet_form(found, now, request.POST, request.FILES), seen_in(request.POST)
    form.is_valid()
    sent: dict[str, Any] = {
        "answers": form.answers(),
        "files": {key: (file.name, file.read()) for key, file in form.uploads().items()},
        "dropped_files": _dropped(request.POST),
    }
    kept = attempt(lambda: edit_answers(application=found, **sent, seen=seen, by=request.user, now=now))
    form.seen = seen_after(seen=seen, mine=sent["answers"], kept=found.sheet.answers, merged=kept.merged)
    return answer(request, found, now, section="answers", form=form, kept=kept)


@require_POST
def format(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep who would travel."""
    found, now = editable(request, pk)
    form, kept = format_form(found, request.POST), Kept()
    if form.is_valid():
        chosen, seen = form.cleaned_data["format"], seen_in(request.POST)
        given: dict[str, Any] = {"format": chosen, "seen": seen, "by": request.user, "now": now}
        kept = attempt_edit(found, lambda: save_format(application=found, **given), now)
        form.initial = {"format": found.format}
        mine = {"format": chosen}
        form.seen = seen_after(seen=seen, mine=mine, kept=form.initial, merged=kept.merged)
    return answer(request, found, now, section="format", form=form, kept=kept)


@require_POST
def goal(request: HttpRequest, pk: int, goal: int | None = None) -> HttpResponse:
    """Keep a learning goal, or a new one."""
    found, now = editable(request, pk)
    old = get_object_or_404(found.goals, pk=min(goal, LARGEST_KEY - 1)) if goal is not None else None
    form, seen = goal_form(old, topics_to_choose(found), request.POST), seen_in(request.POST)
    form.is_valid()
    # What could not be read stays as it is.
    values = {**goal_values(old), **form.cleaned_data}
    given: dict[str, Any] = {"goal": old, "values": values, "seen": seen, "by": request.user, "now": now}
    kept = attempt_edit(found, lambda: set_goal(application=found, **given), now)
    new = kept.result or old
    form.initial = goal_values(new)
    mine = {name: plain(value) for name, value in values.items()}
    form.seen = seen_after(seen=seen, mine=mine, kept=form.initial, merged=kept.merged)
    name, address = ("goal-new", "") if new is None else (f"goal-{new.pk}", _goal_address(found, new))
    return answer(request, found, now, section=name, form=form, kept=kept, address=address)


def _goal_address(application: Application, goal: Goal) -> str:
    return reverse("desk:goal", args=[application.pk, goal.pk])


@require_POST
def goal_remove(request: HttpRequest, pk: int, goal: int) -> HttpResponse:
    """Take a learning goal away."""
    found, now = editable(request, pk)
    gone = get_object_or_404(found.goals, pk=min(goal, LARGEST_KEY - 1))
    kept = attempt_edit(found, lambda: remove_goal(goal=gone, by=request.user, now=now), now)
    if kept.refusal is not None:
        return show(request, found, now, status=422, kept=kept)
    messages.success(request, _("The goal was removed."))
    return redirect(f"{found.get_absolute_url()}#goals")


@require_POST
def commitments(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep which commitments are accepted."""
    found, now = editable(request, pk)
    form = commitments_form(found, request.POST)
    form.is_valid()
    keys = [key for key, ticked in form.cleaned_data.items() if ticked]
    given: dict[str, Any] = {"application": found, "keys": keys, "by": request.user, "now": now}
    kept = attempt_edit(found, lambda: accept_commitments(**given), now)
    return answer(request, found, now, section="commitments", form=form, kept=kept)


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in the application; a second click changes nothing."""
    found, now = editable(request, pk)
    try:
        hand_in_application(application=found, by=request.user, now=now)
    except Incomplete as gaps:
        return incomplete(request, found, now, gaps)
    except ApplicationRefused as refused:
        return show(request, found, now, status=422, kept=Kept(refusal=refused.reason))
    except NotAllowed:
        found.refresh_from_db()
        if found.status != ApplicationStatus.SUBMITTED:
            raise
    messages.success(request, _("Your application is handed in. A receipt comes by mail."))
    return redirect(found)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether the application should really be withdrawn, and do it."""
    found, now = editable(request, pk)
    if request.method == "POST":
        withdraw_application(application=found, by=request.user, now=now)
        messages.success(request, _("The application is withdrawn."))
        return redirect(found)
    return render(request, "desk/withdraw.html", {"application": found, "now": now})


@require_safe
def file(request: HttpRequest, pk: int, upload: int) -> HttpResponseBase:
    """Give a file of the application to those who act for it."""
    known = {one.pk: one for one in uploads_of(own_application(request, pk))}
    if upload not in known:
        raise Http404
    return download(known[upload])


Page = Callable[..., HttpResponseBase]


def _at(address: str, view: Page, name: str) -> Any:
    return path(f"applications/<int:pk>/{address}", view, name=name)


urlpatterns = [
    path("apply/<int:call>/", start, name="start"),
    _at("", application, "application"),
    _at("answers/", answers, "application_answers"),
    _at("format/", format, "application_format"),
    _at("goals/", goal, "goal_add"),
    _at("goals/<int:goal>/", goal, "goal"),
    _at("goals/<int:goal>/remove/", goal_remove, "goal_remove"),
    _at("commitments/", commitments, "application_commitments"),
    _at("files/<int:upload>/", file, "application_file"),
    _at("submit/", submit, "application_submit"),
    _at("withdraw/", withdraw, "application_withdraw"),
]
