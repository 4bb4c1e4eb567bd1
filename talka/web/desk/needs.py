"""Asking for help: the request, what becomes of it, and what one writes back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.capacities.actions import (
    NeedRefused,
    ask_for_help,
    edit_need,
    settle_need,
    withdraw_need,
    write_back,
)
from talka.capacities.lifecycle import NEED, IntroductionStatus
from talka.capacities.models import Need
from talka.capacities.queries import (
    agreed_introduction,
    notes_for_asker,
    own_introductions,
    own_needs,
    own_offers,
    people_of,
)
from talka.kernel.models import Entry, Overtaken
from talka.people.models import Community
from talka.programmes.models import Programme
from talka.web.desk.asking_forms import NeedForm, WordsForm, suggested_languages, topic_lines
from talka.web.shared.asking import asked_programme, days_since, facts_of, requests_of
from talka.web.shared.may import require
from talka.web.shared.overtaken import answer_form, newer
from talka.web.templatetags.words import reason

ASKING = ["GET", "HEAD", "POST"]
WORDS = ("text", "model", "country", "languages", "when", "starts_on", "ends_on", "is_public")


@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """List what the reader asked for and what they offer, and which mentors' questions wait for them."""
    now = timezone.now()
    helping = [
        one for one in Programme.objects.visible_to(request.user).order_by("slug") if one.plan.requests
    ]
    context = {
        "needs": [(need, days_since(need.asked_at, now)) for need in own_needs(request.user)],
        "offers": own_offers(request.user),
        "introductions": own_introductions(request.user),
        "programmes": helping,
    }
    return render(request, "desk/requests.html", context)


@require_http_methods(ASKING)
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask a programme for help."""
    programme = asked_programme(request, slug)
    require(request, "need.ask", programme)
    communities = Community.objects.represented_by(request.user).order_by("name")
    form = NeedForm(request.POST or None, programme=programme, communities=communities, is_new=True)
    if request.method == "POST" and form.is_valid() and (need := _asked(request, programme, form)):
        messages.success(
            request, _("Your request is with the coordinators. You see here what becomes of it.")
        )
        return redirect(need)
    context = {"programme": programme, "plan": requests_of(programme), "common": suggested_languages()}
    return answer_form(request, "desk/need_form.html", form, **context)


def _asked(request: HttpRequest, programme: Programme, form: NeedForm) -> Need | None:
    """Keep a request; where the room refuses it, say so in the form."""
    community = form.community()
    side: dict[str, Any] = {"community": community} if community else {"person": request.user}
    given = {name: form.cleaned_data[name] for name in WORDS if name in form.cleaned_data}
    topics = form.cleaned_data["topics"]
    try:
        return ask_for_help(
            programme=programme, words=given, topics=topics, **side, by=request.user, now=timezone.now()
        )
    except NeedRefused as refused:
        form.add_error(None, reason(refused.reason))
        return None


def own_need(request: HttpRequest, pk: int) -> Need:
    """Return a request of the reader's own. Raises Http404 and PermissionDenied."""
    related = ("programme", "person", "community", "owner")
    need = get_object_or_404(Need.objects.own_of(request.user).select_related(*related).distinct(), pk=pk)
    require(request, "need.write", need)
    return need


def show(request: HttpRequest, need: Need, form: WordsForm, *, status: int = 200) -> HttpResponse:
    """Draw the page of a request for those who asked."""
    now, introduction = timezone.now(), agreed_introduction(need)
    context = {
        "need": need,
        "programme": need.programme,
        "plan": requests_of(need.programme),
        "facts": facts_of(need, now),
        "notes": notes_for_asker(need),
        "introduction": introduction,
        "contacts": people_of(introduction.offer) if introduction else [],
        "mentor_is_asked": need.introductions.filter(status=IntroductionStatus.ASKED).exists(),
        "became": need.became.order_by("pk").last(),
        "can": set(NEED.verbs(need.status)),
        "form": form,
        "entries": Entry.objects.about(need).exclude(verb="note").select_related("actor"),
    }
    return render(request, "desk/need.html", context, status=status)


@require_safe
def need(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a request, where it stands, and what was written."""
    return show(request, own_need(request, pk), WordsForm())


@require_http_methods(ASKING)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a request while it waits."""
    found = own_need(request, pk)
    initial = {name: getattr(found, name) for name in (*WORDS, "version")} | {"topics": topic_lines(found)}
    form = NeedForm(
        request.POST or None, programme=found.programme, communities=(), is_new=False, initial=initial
    )
    context: dict[str, Any] = {"need": found, "programme": found.programme, "common": suggested_languages()}
    context["plan"] = requests_of(found.programme)
    if request.method == "POST" and form.is_valid():
        try:
            _edit(request, found, form)
        except Overtaken:
            context["theirs"] = newer(form, Need.objects.select_related("programme").get(pk=pk))
        except NeedRefused as refused:
            form.add_error(None, reason(refused.reason))
        else:
            messages.success(request, _("Saved."))
            return redirect(found)
    return answer_form(request, "desk/need_form.html", form, **context)


def _edit(request: HttpRequest, need: Need, form: NeedForm) -> None:
    given = {name: form.cleaned_data[name] for name in WORDS if name in form.cleaned_data}
    topics, version = form.cleaned_data["topics"], form.cleaned_data["version"] or 0
    edit_need(need=need, words=given, topics=topics, version=version, by=request.user, now=timezone.now())


@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to the coordinators; a request that was settled waits for them again."""
    found = own_need(request, pk)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return show(request, found, form, status=422)
    write_back(need=found, text=form.cleaned_data["text"], by=request.user, now=timezone.now())
    messages.success(request, _("Sent. The coordinators get a letter."))
    return redirect(found)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a request back."""
    found = own_need(request, pk)
    withdraw_need(need=found, by=request.user, now=timezone.now())
    messages.success(request, _("Withdrawn. If you need it after all, write back: it is open again then."))
    return redirect(found)


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the answer helped."""
    found = own_need(request, pk)
    settle_need(need=found, by=request.user, now=timezone.now())
    messages.success(request, _("Thank you. If something is left, write back: it is open again then."))
    return redirect(found)


urlpatterns = [
    path("requests/", requests, name="requests"),
    path("programmes/<slug:slug>/ask/", ask, name="need_ask"),
    path("requests/<int:pk>/", need, name="need"),
    path("requests/<int:pk>/edit/", edit, name="need_edit"),
    path("requests/<int:pk>/write/", write, name="need_write"),
    path("requests/<int:pk>/withdraw/", withdraw, name="need_withdraw"),
    path("requests/<int:pk>/settle/", settle, name="need_settle"),
]
