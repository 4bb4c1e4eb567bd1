"""The goals of a mentorship: written together, and judged by each side at the end."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from talka.exchanges.actions import Refused, add_goal, edit_goal, judge_goals, raise_goal, remove_goal
from talka.exchanges.lifecycle import EXCHANGE
from talka.exchanges.models import Exchange, PlanGoal
from talka.exchanges.queries import goals_of, seats_held_by
from talka.kernel.models import Overtaken
from talka.web.desk.mentorship_forms import GoalForm, JudgeForm, goal_values
from talka.web.desk.mentorships import ASKING
from talka.web.shared.may import require
from talka.web.shared.mentorship_story import mentorship_of, mentorship_story
from talka.web.shared.overtaken import answer_form, keep_typing
from talka.web.templatetags.words import reason


def goal_written(request: HttpRequest, pk: int) -> PlanGoal:
    """Return a goal that the reader may change. Raises Http404 and PermissionDenied."""
    visible = Exchange.objects.mentorships().visible_to(request.user).values("pk")
    found = PlanGoal.objects.filter(plan__exchange__in=visible)
    goal = get_object_or_404(found.select_related("plan__exchange__match__cycle__programme"), pk=pk)
    require(request, "goal.edit", goal)
    return goal


@require_http_methods(ASKING)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the goals to those who write them, and add one."""
    exchange = mentorship_of(request, pk)
    require(request, "goal.edit", exchange)
    form = GoalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("text", "evidence", "by_when")}
        try:
            add_goal(plan=exchange.plan, **given, by=request.user, now=timezone.now())
        except Refused as refused:
            form.add_error(None, reason(refused.reasons[0]))
        else:
            return redirect("desk:mentorship_plan", pk)
    context = mentorship_story(exchange, now=timezone.now()) | {"form": form}
    return render(request, "desk/mentorship_plan.html", context, status=422 if form.errors else 200)


@require_http_methods(ASKING)
def goal(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a goal; who is overtaken gets both texts."""
    found = goal_written(request, pk)
    form = GoalForm(request.POST or None, initial=goal_values(found) | {"version": found.plan.version})
    context: dict[str, Any] = {"goal": found, "exchange": found.plan.exchange}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"version": form.cleaned_data["version"] or 0}
        try:
            edit_goal(goal=found, **given, by=request.user, now=timezone.now())
        except Overtaken:
            context["theirs"] = _newer(form, pk)
        else:
            return redirect("desk:mentorship_plan", found.plan.exchange_id)
    return answer_form(request, "desk/plan_goal.html", form, **context)


def _newer(form: GoalForm, pk: int) -> PlanGoal:
    """Keep what was typed, and return the goal as it is now. Raises Overtaken when it was taken out."""
    now = PlanGoal.objects.select_related("plan").filter(pk=pk).first()
    if now is None:
        raise Overtaken(f"goal {pk} was taken out")
    keep_typing(form, now.plan.version)
    form.add_error(None, _("Somebody changed the plan while you were writing. Look at both, then save."))
    return now


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a goal out of the plan."""
    found = goal_written(request, pk)
    remove_goal(goal=found, by=request.user, now=timezone.now())
    messages.success(request, _("The goal is taken out."))
    return redirect("desk:mentorship_plan", found.plan.exchange_id)


@require_POST
def move_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a goal before the one above it."""
    found = goal_written(request, pk)
    raise_goal(goal=found, by=request.user, now=timezone.now())
    return redirect("desk:mentorship_plan", found.plan.exchange_id)


@require_http_methods(ASKING)
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Say for one's own side which goals were reached."""
    exchange = mentorship_of(request, pk)
    require(request, "goal.judge", exchange)
    EXCHANGE.target("complete", exchange.status)
    seat, goals = seats_held_by(exchange, request.user)[0], goals_of(exchange)
    initial = {"version": exchange.plan.version}
    form = JudgeForm(request.POST or None, initial=initial, goals=goals, part=seat.part)
    if request.method == "POST" and form.is_valid():
        version, now = form.cleaned_data["version"], timezone.now()
        try:
            judge_goals(
                exchange=exchange, seat=seat, said=form.said(), version=version, by=request.user, now=now
            )
        except Refused as refused:
            form.add_error(None, reason(refused.reasons[0]))
        else:
            messages.success(request, _("Kept. You can change it until the mentorship is completed."))
            return redirect(f"{exchange.get_absolute_url()}#finish")
    return answer_form(request, "desk/mentorship_judge.html", form, exchange=exchange, goals=goals)


urlpatterns = [
    path("mentorships/<int:pk>/plan/", plan, name="mentorship_plan"),
    path("mentorships/<int:pk>/goals/", judge, name="mentorship_judge"),
    path("plan-goals/<int:pk>/", goal, name="plan_goal"),
    path("plan-goals/<int:pk>/remove/", remove, name="plan_goal_remove"),
    path("plan-goals/<int:pk>/up/", move_up, name="plan_goal_up"),
]
