"""Offering help: what one can give, when one is away, and whether one helps somebody."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.capacities.actions import (
    NeedRefused,
    accept_introduction,
    come_back,
    confirm_offer,
    decline_introduction,
    edit_offer,
    end_offer,
    finish_introduction,
    go_away,
    make_offer,
    resume_offer,
)
from talka.capacities.models import Introduction, Offer
from talka.capacities.queries import own_introductions, people_of
from talka.kernel.models import Entry, Overtaken
from talka.people.models import Community
from talka.programmes.models import Programme
from talka.web.desk.asking_forms import AwayForm, OfferForm, RefusalForm, suggested_languages, topic_lines
from talka.web.shared.asking import (
    asked_programme,
    facts_of,
    languages_in_words,
    model_names,
    topics_in_words,
)
from talka.web.shared.may import require
from talka.web.shared.overtaken import answer_form, newer
from talka.web.shared.timelines import today_in
from talka.web.templatetags.words import reason

ASKING = ["GET", "HEAD", "POST"]
WORDS = ("text", "for_models", "country", "languages", "places")
# What one click says: away for so many days.
AWAY_FOR = (14, 30, 90)


@require_http_methods(ASKING)
def make(request: HttpRequest, slug: str) -> HttpResponse:
    """Offer help in a programme."""
    programme = asked_programme(request, slug)
    require(request, "offer.make", programme)
    communities = Community.objects.represented_by(request.user).order_by("name")
    form = OfferForm(request.POST or None, programme=programme, communities=communities, is_new=True)
    if request.method == "POST" and form.is_valid() and (made := _made(request, programme, form)):
        messages.success(
            request, _("Thank you! The coordinators ask you when somebody needs what you offer.")
        )
        return redirect(made)
    context = {"programme": programme, "common": suggested_languages()}
    return answer_form(request, "desk/offer_form.html", form, **context)


def _made(request: HttpRequest, programme: Programme, form: OfferForm) -> Offer | None:
    """Keep an offer; where there is one already, or the room refuses it, say so in the form."""
    community = form.community()
    side: dict[str, Any] = {"community": community, "person": None if community else request.user}
    if Offer.objects.filter(programme=programme, **side).exists():
        form.add_error(None, _("There is an offer already: change that one, under “My requests and offers”."))
        return None
    given = {name: form.cleaned_data[name] for name in WORDS if name in form.cleaned_data}
    topics = form.cleaned_data["topics"]
    try:
        return make_offer(
            programme=programme, words=given, topics=topics, **side, by=request.user, now=timezone.now()
        )
    except NeedRefused as refused:
        form.add_error(None, reason(refused.reason))
        return None


def own_offer(request: HttpRequest, pk: int) -> Offer:
    """Return an offer of the reader's own. Raises Http404 and PermissionDenied."""
    related = ("programme", "person", "community")
    own = Offer.objects.own_of(request.user).select_related(*related).distinct()
    offer = get_object_or_404(own, pk=pk)
    require(request, "offer.edit", offer)
    return offer


def show(
    request: HttpRequest, offer: Offer, form: AwayForm | None = None, *, status: int = 200
) -> HttpResponse:
    """Draw the page of an offer for those who made it."""
    today = today_in(offer.programme.zone, timezone.now())
    until = offer.away_until(today)
    context = {
        "offer": offer,
        "programme": offer.programme,
        "models": [name for key, name in model_names(offer.programme).items() if key in offer.for_models],
        "spoken": languages_in_words(offer.languages),
        "topics": topics_in_words(offer),
        "away_until": until,
        "absences": [one for one in offer.absences.all() if one.ends_on >= today],
        "away_for": [(days, today + timedelta(days=days - 1)) for days in AWAY_FOR],
        "today": today,
        "form": form or AwayForm(initial={"starts_on": today}),
        "introductions": own_introductions(request.user).filter(offer=offer),
        "entries": Entry.objects.about(offer).select_related("actor"),
    }
    return render(request, "desk/offer.html", context, status=status)


@require_safe
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an offer, and what can be done with it."""
    return show(request, own_offer(request, pk))


@require_http_methods(ASKING)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an offer, which also says that it still holds."""
    found = own_offer(request, pk)
    initial = {name: getattr(found, name) for name in (*WORDS, "version")} | {"topics": topic_lines(found)}
    form = OfferForm(
        request.POST or None, programme=found.programme, communities=(), is_new=False, initial=initial
    )
    context: dict[str, Any] = {"offer": found, "programme": found.programme, "common": suggested_languages()}
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in WORDS if name in form.cleaned_data}
        version, topics = form.cleaned_data["version"] or 0, form.cleaned_data["topics"]
        more: dict[str, Any] = {"version": version, "by": request.user, "now": timezone.now()}
        try:
            edit_offer(offer=found, words=given, topics=topics, **more)
        except Overtaken:
            context["theirs"] = newer(form, Offer.objects.select_related("programme").get(pk=pk))
        else:
            messages.success(request, _("Saved."))
            return redirect(found)
    return answer_form(request, "desk/offer_form.html", form, **context)


@require_POST
def away(request: HttpRequest, pk: int) -> HttpResponse:
    """Be away: nothing is asked of the mentor then."""
    found = own_offer(request, pk)
    form = AwayForm(request.POST)
    if not form.is_valid():
        return show(request, found, form, status=422)
    go_away(offer=found, **form.cleaned_data, by=request.user, now=timezone.now())
    messages.success(request, _("You are away then, and nobody is sent to you. You can come back earlier."))
    return redirect(found)


@require_POST
def back(request: HttpRequest, pk: int, absence: int) -> HttpResponse:
    """Be there again, or not go away after all."""
    found = own_offer(request, pk)
    one = get_object_or_404(found.absences.all(), pk=absence)
    now = timezone.now()
    come_back(absence=one, today=today_in(found.programme.zone, now), by=request.user, now=now)
    messages.success(request, _("You are there again."))
    return redirect(found)


def _changed(request: HttpRequest, pk: int, act: Any, words: str) -> HttpResponse:
    found = own_offer(request, pk)
    act(offer=found, by=request.user, now=timezone.now())
    messages.success(request, words)
    return redirect(found)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an offer still holds."""
    return _changed(request, pk, confirm_offer, _("Thank you: your offer holds for another year."))


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer no help any more."""
    return _changed(request, pk, end_offer, _("Your offer has ended. You can resume it at any time."))


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer help again."""
    return _changed(request, pk, resume_offer, _("Welcome back: your offer is open again."))


def _introductions(request: HttpRequest) -> QuerySet[Introduction]:
    return own_introductions(request.user)


def show_introduction(
    request: HttpRequest, introduction: Introduction, form: RefusalForm, *, status: int = 200
) -> HttpResponse:
    """Draw the page on which a mentor answers; who asks, and what, is shown after a yes."""
    need, agreed = introduction.need, introduction.status in ("accepted", "ended")
    context = {
        "introduction": introduction,
        "programme": need.programme,
        "facts": facts_of(need, timezone.now()),
        "agreed": agreed,
        "need": need,
        "contacts": people_of(need) if introduction.status == "accepted" else [],
        "form": form,
    }
    return render(request, "desk/introduction.html", context, status=status)


@require_safe
def introduction(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a mentor what somebody asks for."""
    return show_introduction(request, get_object_or_404(_introductions(request), pk=pk), RefusalForm())


def _asked(request: HttpRequest, pk: int) -> Introduction:
    found = get_object_or_404(_introductions(request), pk=pk)
    require(request, "introduction.answer", found)
    return found


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes to helping somebody."""
    found = _asked(request, pk)
    try:
        accept_introduction(introduction=found, by=request.user, now=timezone.now())
    except NeedRefused as refused:
        messages.error(request, reason(refused.reason))
    else:
        messages.success(request, _("Thank you! They have your address now, and you have theirs."))
    return redirect(found)


@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no to helping somebody."""
    found = _asked(request, pk)
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return show_introduction(request, found, form, status=422)
    note = form.cleaned_data["note"]
    decline_introduction(introduction=found, note=note, by=request.user, now=timezone.now())
    messages.success(request, _("Thank you for answering. The coordinators look for somebody else."))
    return redirect(found)


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the help has ended, so that the place is free for another."""
    found = _asked(request, pk)
    finish_introduction(introduction=found, by=request.user, now=timezone.now())
    messages.success(request, _("Thank you for helping. The place is free for somebody else."))
    return redirect(found)


urlpatterns = [
    path("programmes/<slug:slug>/offer/", make, name="offer_make"),
    path("offers/<int:pk>/", offer, name="offer"),
    path("offers/<int:pk>/edit/", edit, name="offer_edit"),
    path("offers/<int:pk>/away/", away, name="offer_away"),
    path("offers/<int:pk>/absences/<int:absence>/end/", back, name="offer_back"),
    path("offers/<int:pk>/confirm/", confirm, name="offer_confirm"),
    path("offers/<int:pk>/end/", end, name="offer_end"),
    path("offers/<int:pk>/resume/", resume, name="offer_resume"),
    path("introductions/<int:pk>/", introduction, name="introduction"),
    path("introductions/<int:pk>/accept/", accept, name="introduction_accept"),
    path("introductions/<int:pk>/decline/", decline, name="introduction_decline"),
    path("introductions/<int:pk>/finish/", finish, name="introduction_finish"),
]
