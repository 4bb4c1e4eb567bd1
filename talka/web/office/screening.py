"""What the office does with one application before it is decided: criteria, questions, reviews."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from talka.applications.models import Application
from talka.applications.queries import open_question
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Overtaken
from talka.kernel.registry import reasons
from talka.screening.actions import (
    ask_for_more,
    declare_conflict,
    end_question,
    judge_application,
    override_verdict,
    save_review,
    submit_review,
)
from talka.screening.actions.questions import NotFuture
from talka.screening.actions.reviews import NotBlind, ScoreMissing
from talka.screening.models import Review, Verdict
from talka.web.office.application_forms import OverrideForm, QuestionForm, ReviewForm
from talka.web.office.applications import application_of
from talka.web.shared.may import require
from talka.web.shared.overtaken import answer_form, keep_typing, newer

ASKING = ["GET", "HEAD", "POST"]


def answer_about(
    request: HttpRequest, template: str, form: Any, found: Application, **more: Any
) -> HttpResponse:
    """Show a form about an application."""
    return answer_form(request, template, form, application=found, cycle=found.call.cycle, **more)


@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the criteria anew."""
    found = application_of(request, pk, "verdict.override")
    judge_application(application=found, by=request.user, now=timezone.now())
    messages.success(request, _("The criteria were asked again."))
    return redirect("office:application", pk)


@require_http_methods(ASKING)
def override(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide otherwise than a rule, with a reason; or let the rule count again."""
    verdict = get_object_or_404(Verdict, pk=pk)
    found = application_of(request, verdict.application_id, "verdict.override")
    initial = {"ruling": verdict.override, "note": verdict.override_note, "version": verdict.version}
    form, theirs = OverrideForm(request.POST or None, initial=initial), None
    if request.method == "POST" and form.is_valid():
        try:
            override_verdict(verdict=verdict, **form.cleaned_data, by=request.user, now=timezone.now())
        except Overtaken:
            verdict = theirs = newer(form, Verdict.objects.get(pk=pk))
        else:
            messages.success(request, _("Saved."))
            return redirect("office:application", found.pk)
    return answer_about(request, "office/override.html", form, found, verdict=verdict, theirs=theirs)


@require_http_methods(ASKING)
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the applicant for more, which reopens the application for them alone."""
    found = application_of(request, pk, "application.reopen")
    form = QuestionForm(request.POST or None, zone_name=found.call.zone, version=found.version)
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            ask_for_more(application=found, **form.cleaned_data, by=request.user, now=timezone.now())
        except NotFuture as refused:
            form.add_error("until", str(reasons.get(refused.reason.key)))
        except Overtaken:
            theirs = newer(form, Application.objects.get(pk=pk))
        else:
            messages.success(
                request, _("The question is on its way, and the application is open for the applicant.")
            )
            return redirect("office:application", pk)
    asked = open_question(theirs or found)
    return answer_about(request, "office/ask_for_more.html", form, found, theirs=theirs, asked=asked)


@require_POST
def end_asking(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on without an answer."""
    found = application_of(request, pk, "application.reopen")
    end_question(application=found, by=request.user, now=timezone.now())
    messages.success(request, _("The application is closed again, as it stands."))
    return redirect("office:application", pk)


@require_http_methods(ASKING)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Write one's review: keep it as a draft, or hand it in."""
    found = application_of(request, pk, "review.write")
    own = Review.objects.filter(application=found, reviewer=request.user.pk).first()
    if own is not None and own.status != "draft":
        raise NotAllowed("review", own.status)
    form = ReviewForm(request.POST or None, scales=found.call.cycle.plan.scores, initial=_written(own))
    if request.method == "POST" and form.is_valid():
        try:
            if _keep(request, found, form):
                return redirect("office:application", pk)
        except Overtaken:
            own = Review.objects.get(application=found, reviewer=request.user.pk)
            keep_typing(form, own.version)
            form.add_error(None, _("You changed this review in another window. Both texts are below."))
            return answer_about(request, "office/review.html", form, found, theirs=own)
    return answer_about(request, "office/review.html", form, found)


def _written(own: Review | None) -> dict[str, Any]:
    if own is None:
        return {"version": 0}
    points = {f"score_{key}": points for key, points in own.scores.items()}
    return {"comment": own.comment, "version": own.version, **points}


def _keep(request: HttpRequest, found: Application, form: ReviewForm) -> bool:
    """Keep the review, and hand it in where that was asked; False when something has to be put right."""
    given = {"comment": form.cleaned_data["comment"], "version": form.cleaned_data["version"]}
    now = timezone.now()
    try:
        own = save_review(application=found, scores=form.scores, **given, by=request.user, now=now)
        if "submit" in request.POST:
            submit_review(review=own, by=request.user, now=now)
    except ScoreMissing:
        keep_typing(form, own.version)
        form.add_error(None, _("Give points on every scale before you hand it in. What you wrote is saved."))
        return False
    except NotBlind:
        form.add_error(None, _("You have read the reviews of others already: yours would not be blind."))
        return False
    messages.success(request, _("Your review is handed in.") if "submit" in request.POST else _("Saved."))
    return True


@require_POST
def conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the application to others."""
    found = application_of(request, pk)
    require(request, "review.write", found)
    declare_conflict(application=found, by=request.user, now=timezone.now())
    messages.success(request, _("Thank you. You leave this application to others from now on."))
    return redirect("office:application", pk)


urlpatterns = [
    path("applications/<int:pk>/judge/", judge, name="judge"),
    path("verdicts/<int:pk>/", override, name="override"),
    path("applications/<int:pk>/ask/", ask, name="ask_for_more"),
    path("applications/<int:pk>/ask/end/", end_asking, name="end_question"),
    path("applications/<int:pk>/review/", review, name="review"),
    path("applications/<int:pk>/conflict/", conflict, name="conflict"),
]
