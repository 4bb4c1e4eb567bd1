"""One request in the office: taken up, answered, brought to a mentor, turned into an application."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from talka.applications.actions import ApplicationRefused, start_from_need
from talka.applications.queries import calls_that_learn
from talka.capacities.actions import (
    NeedRefused,
    close_need,
    introduce,
    lay_back_need,
    note_need,
    reply_to_need,
    take_up_need,
    withdraw_introduction,
    write_to_asker,
)
from talka.capacities.lifecycle import NEED, IntroductionStatus
from talka.capacities.models import Need, Offer
from talka.capacities.queries import fitting_offers
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Entry, Overtaken
from talka.web.office.request_forms import (
    ApplyForm,
    CloseForm,
    IntroduceForm,
    ReplyForm,
    TakeForm,
    WriteForm,
)
from talka.web.office.requests import triaged_programme
from talka.web.shared.asking import facts_of, requests_of
from talka.web.shared.may import require
from talka.web.shared.timelines import today_in
from talka.web.templatetags.words import reason

SHOWN_OFFERS = 10


def run_need(request: HttpRequest, slug: str, pk: int) -> Need:
    """Return a request to a programme that the reader coordinates. Raises Http404 and PermissionDenied."""
    programme = triaged_programme(request, slug)
    related = ("programme", "person", "community", "owner", "asked_by")
    need = get_object_or_404(Need.objects.filter(programme=programme).select_related(*related), pk=pk)
    require(request, "need.triage", need)
    return need


def show(request: HttpRequest, need: Need, *, status: int = 200, **forms: Any) -> HttpResponse:
    """Draw the page; `forms` holds forms that were sent and are shown with what was typed."""
    now = timezone.now()
    plan, calls = requests_of(need.programme), calls_that_learn(need.programme, now=now)
    offers = fitting_offers(need, today=today_in(need.programme.zone, now))
    introductions = need.introductions.select_related("offer__person", "offer__community")
    context = {
        "need": need,
        "programme": need.programme,
        "plan": plan,
        "facts": facts_of(need, now),
        "is_late": need.is_late(now, plan.answer_days),
        "notes": need.notes.select_related("by"),
        "fitting": [one for one in offers if one.fit.is_possible][:SHOWN_OFFERS],
        "nearly": [one for one in offers if not one.fit.is_possible][:SHOWN_OFFERS],
        "introductions": introductions,
        "mentor_is_asked": any(one.status == IntroductionStatus.ASKED for one in introductions),
        "became": need.became.select_related("call__cycle").order_by("pk").last(),
        "can": set(NEED.verbs(need.status)),
        "take_form": TakeForm(auto_id="take_%s"),
        "write_form": WriteForm(auto_id="write_%s"),
        "reply_form": ReplyForm(auto_id="reply_%s"),
        "close_form": CloseForm(auto_id="close_%s"),
        "introduce_form": IntroduceForm(auto_id="introduce_%s"),
        "apply_form": ApplyForm(calls=calls, auto_id="apply_%s") if calls else None,
        "entries": Entry.objects.about(need).select_related("actor"),
    }
    return render(request, "office/request.html", context | forms, status=status)


@require_safe
def need(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show a request, with the offers that fit beside it."""
    return show(request, run_need(request, slug, pk))


def _attempt(
    request: HttpRequest, need: Need, name: str, form: Form, act: Callable[[], Any], words: str
) -> HttpResponse:
    """Do something with a request; where somebody was faster, or it is refused, keep what was typed."""
    if not form.is_valid():
        return show(request, need, status=422, **{name: form})
    try:
        act()
    except (NeedRefused, ApplicationRefused) as refused:
        form.add_error(None, reason(refused.reason))
        return show(request, _fresh(need), status=422, **{name: form})
    except (Overtaken, NotAllowed):
        form.add_error(None, _("Somebody was faster: see how it stands now. What you typed is still there."))
        return show(request, _fresh(need), status=409, **{name: form})
    messages.success(request, words)
    return redirect("office:request", need.programme.slug, need.pk)


def _fresh(need: Need) -> Need:
    related = ("programme", "person", "community", "owner", "asked_by")
    return Need.objects.select_related(*related).get(pk=need.pk)


@require_POST
def take(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a request up, with a note to the asker."""
    found, form = run_need(request, slug, pk), TakeForm(request.POST, auto_id="take_%s")

    def act() -> None:
        take_up_need(need=found, note=form.cleaned_data["note"], by=request.user, now=timezone.now())

    return _attempt(request, found, "take_form", form, act, _("You are on it. The asker gets a letter."))


@require_POST
def lay_back(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Let another coordinator be on it."""
    found = run_need(request, slug, pk)
    lay_back_need(need=found, by=request.user, now=timezone.now())
    messages.success(request, _("It waits for somebody to take it up."))
    return redirect("office:request", slug, pk)


@require_POST
def write(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Write to the asker, or something that only coordinators read."""
    found, form = run_need(request, slug, pk), WriteForm(request.POST, auto_id="write_%s")

    def act() -> None:
        say = note_need if form.cleaned_data["audience"] == "office" else write_to_asker
        say(need=found, text=form.cleaned_data["text"], by=request.user, now=timezone.now())

    return _attempt(request, found, "write_form", form, act, _("Written."))


@require_POST
def reply(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Answer a request with words."""
    found, form = run_need(request, slug, pk), ReplyForm(request.POST, auto_id="reply_%s")

    def act() -> None:
        reply_to_need(need=found, text=form.cleaned_data["text"], by=request.user, now=timezone.now())

    return _attempt(request, found, "reply_form", form, act, _("Answered. The asker gets a letter."))


@require_POST
def close(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Close a request with words to the asker."""
    found, form = run_need(request, slug, pk), CloseForm(request.POST, auto_id="close_%s")

    def act() -> None:
        close_need(need=found, text=form.cleaned_data["text"], by=request.user, now=timezone.now())

    return _attempt(request, found, "close_form", form, act, _("Closed. The asker gets a letter."))


@require_POST
def ask_mentor(request: HttpRequest, slug: str, pk: int, offer: int) -> HttpResponse:
    """Ask a mentor whether they help with a request."""
    found, form = run_need(request, slug, pk), IntroduceForm(request.POST, auto_id="introduce_%s")
    given = get_object_or_404(Offer.objects.filter(programme=found.programme), pk=offer)
    form.chosen = given.pk

    def act() -> None:
        note = form.cleaned_data["note"]
        introduce(need=found, offer=given, note=note, by=request.user, now=timezone.now())

    words = _("The mentor is asked. On a yes, both get each other's address.")
    return _attempt(request, found, "introduce_form", form, act, words)


@require_POST
def take_back(request: HttpRequest, slug: str, pk: int, introduction: int) -> HttpResponse:
    """Stop asking a mentor who has not answered."""
    found = run_need(request, slug, pk)
    one = get_object_or_404(found.introductions.select_related("offer__programme"), pk=introduction)
    withdraw_introduction(introduction=one, by=request.user, now=timezone.now())
    messages.success(request, _("The mentor need not answer any more."))
    return redirect("office:request", slug, pk)


@require_POST
def apply(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Turn a request into a draft application of the asker."""
    found, now = run_need(request, slug, pk), timezone.now()
    calls = calls_that_learn(found.programme, now=now)
    form = ApplyForm(request.POST, calls=calls, auto_id="apply_%s")

    def act() -> None:
        start_from_need(need=found, call=form.calls[form.cleaned_data["call"]], by=request.user, now=now)

    words = _("A draft application was begun with what they wrote. The asker gets a letter.")
    return _attempt(request, found, "apply_form", form, act, words)


def _at(ending: str, view: Any, name: str) -> Any:
    return path(f"programmes/<slug:slug>/requests/<int:pk>/{ending}", view, name=name)


urlpatterns = [
    _at("", need, "request"),
    _at("take/", take, "request_take"),
    _at("lay-back/", lay_back, "request_lay_back"),
    _at("write/", write, "request_write"),
    _at("reply/", reply, "request_reply"),
    _at("close/", close, "request_close"),
    _at("introduce/<int:offer>/", ask_mentor, "request_introduce"),
    _at("introductions/<int:introduction>/take-back/", take_back, "request_take_back"),
    _at("apply/", apply, "request_apply"),
]
