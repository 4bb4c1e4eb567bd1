"""What became of the next steps, some months after the visit."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from talka.reports.actions import Refused, StepAnswer, answer_follow_up
from talka.reports.lifecycle import StepStatus
from talka.reports.models import FollowUp, NextStep
from talka.reports.queries import partner_of
from talka.web.desk.report_forms import FollowUpForm
from talka.web.desk.reports import own_report, own_reports
from talka.web.shared.may import require
from talka.web.templatetags.words import reason


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what became of each open next step, and keep the answer."""
    found = get_object_or_404(FollowUp.objects.filter(report__in=own_reports(request).values("pk")), pk=pk)
    report = own_report(request, found.report_id)
    require(request, "report.write", report)
    steps = list(report.next_steps.order_by("due_on", "pk"))
    still_open = [step for step in steps if step.status == StepStatus.OPEN]
    form = FollowUpForm(request.POST or None, steps=still_open)
    if request.method == "POST" and form.is_valid() and _answer(request, found, form):
        messages.success(request, _("Thank you! Your answer is kept."))
        return redirect(report)
    context = {"follow_up": found, "report": report, "partner": partner_of(report), "form": form}
    context["settled"] = [step for step in steps if step.status != StepStatus.OPEN]
    return render(request, "desk/follow_up.html", context, status=422 if form.errors else 200)


def _answer(request: HttpRequest, follow_up: FollowUp, form: FollowUpForm) -> bool:
    """Keep the answer; where a day is refused, say so beside it."""
    answers = [_read(form, step) for step in form.steps]
    note = form.cleaned_data["note"]
    try:
        answer_follow_up(follow_up=follow_up, steps=answers, note=note, by=request.user, now=timezone.now())
    except Refused as refused:
        form.add_error(None, reason(refused.reasons[0]))
        return False
    return True


def _read(form: FollowUpForm, step: NextStep) -> StepAnswer:
    given = {name: form.cleaned_data[f"{name}_{step.pk}"] for name in ("status", "due", "reason")}
    return StepAnswer(step, given["status"], due_on=given["due"], reason=given["reason"])


urlpatterns = [path("follow-ups/<int:pk>/", follow_up, name="follow_up")]
