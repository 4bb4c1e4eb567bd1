"""The outbox of a cycle: what is held, what is on its way, what could not be sent."""

import re
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db.models import Count, Model, Q, QuerySet
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.applications.models import Application, Partner
from talka.calls.models import Call
from talka.exchanges.models import Exchange, Plan, Traveller
from talka.gatherings.models import ActionItem, Gathering, Registration
from talka.kernel.models import Entry, Overtaken
from talka.letters.lifecycle import LetterStatus
from talka.letters.models import Letter
from talka.letters.outbox import NotHeld, edit_letter, retry_letter
from talka.matching.models import Match, PairRuling, Seat
from talka.programmes.models import Cycle
from talka.recognition.models import Certificate
from talka.reports.models import NextStep, Report
from talka.screening.queries import barred_from
from talka.travel.models import InvitationLetter
from talka.web.office.application_forms import LetterForm
from talka.web.office.cycles_found import cycles_of
from talka.web.office.screening import ASKING
from talka.web.shared.lists import page_of
from talka.web.shared.may import require
from talka.web.shared.overtaken import answer_form, keep_typing

# What a letter may tell of, and how that belongs to a cycle.
ROADS: dict[type[Model], str] = {
    Cycle: "pk",
    Call: "cycle",
    Application: "call__cycle",
    Partner: "application__call__cycle",
    Match: "cycle",
    PairRuling: "cycle",
    Seat: "match__cycle",
    Gathering: "cycle",
    Registration: "gathering__cycle",
    ActionItem: "gathering__cycle",
    Exchange: "match__cycle",
    Plan: "exchange__match__cycle",
    Traveller: "exchange__match__cycle",
    InvitationLetter: "traveller__exchange__match__cycle",
    Report: "exchange__match__cycle",
    NextStep: "report__exchange__match__cycle",
    Certificate: "cycle",
}
SHOWN = (
    LetterStatus.FAILED,
    LetterStatus.HELD,
    LetterStatus.QUEUED,
    LetterStatus.SENDING,
    LetterStatus.SENT,
    LetterStatus.DROPPED,
)


def cycle_of(request: HttpRequest, pk: int) -> Cycle:
    """Find a cycle whose letters the reader may handle."""
    found = get_object_or_404(cycles_of(request), pk=pk)
    require(request, "letter.handle", found)
    return found


def letters_about(roads: Mapping[type[Model], str], pk: int) -> Q:
    """Return what a letter has to be about so that one of the roads leads to the record with the key."""
    about = Q(pk__in=())
    for model, road in roads.items():
        keys = model._default_manager.filter(**{road: pk}).values("pk")
        about |= Q(subject_type=model._meta.label_lower, subject_id__in=keys)
    return about


def letters_of(cycle: Cycle, account: Any) -> QuerySet[Letter]:
    """Find the letters of a cycle, without those held about applications the person leaves to others."""
    barred = barred_from(Application.objects.filter(call__cycle=cycle), account)
    theirs = Q(subject_type=Application._meta.label_lower, subject_id__in=barred)
    found = Letter.objects.filter(letters_about(ROADS, cycle.pk))
    return found.exclude(theirs & Q(status=LetterStatus.HELD))


def list_letters(request: HttpRequest, every: QuerySet[Letter], around: dict[str, Any]) -> HttpResponse:
    """List letters by where they are; `around` names what they belong to, and the address of the list."""
    counts = dict(every.order_by().values_list("status").annotate(Count("pk")))
    tabs = [(one, one.label, counts.get(one, 0)) for one in SHOWN]
    chosen = request.GET.get("status", "")
    if chosen not in SHOWN:
        chosen = next((one for one, _label, count in tabs if count), LetterStatus.SENT)
    found = every.filter(status=chosen).select_related("recipient").order_by("-pk")
    context = around | {"tabs": tabs, "chosen": chosen, "page": page_of(request, found)}
    return render(request, "office/letters.html", context)


def show_letter(request: HttpRequest, found: Letter, around: dict[str, Any]) -> HttpResponse:
    """Show a letter; while it is held, change its words."""
    form = LetterForm(request.POST or None, initial=model_to_dict(found) | {"version": found.version})
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            edit_letter(letter=found, **form.cleaned_data, by=request.user, now=timezone.now())
        except (Overtaken, NotHeld):
            theirs = Letter.objects.get(pk=found.pk)
            keep_typing(form, theirs.version)
            form.add_error(
                None, _("The letter has changed, or left, since you opened it. Your text is kept here.")
            )
        else:
            messages.success(request, _("Saved."))
            return redirect(address_of(found, around))
    entries = Entry.objects.about(found).select_related("actor")
    shown = theirs or found
    context = {"letter": shown, "body": without_keys(shown.body), "form": form, "theirs": theirs}
    return answer_form(request, "office/letter.html", **around, **context, entries=entries)


def without_keys(body: str) -> str:
    """Blank what is for the reader of the letter alone: the key by which they leave a meeting's list."""
    before, after = reverse("public:unregister", args=["KEY"]).split("KEY")
    return re.sub(rf"{re.escape(before)}[^/\s]+{re.escape(after)}", f"{before}…{after}", body)


def send_again(request: HttpRequest, found: Letter, around: dict[str, Any]) -> HttpResponse:
    """Queue a letter again that could not be sent."""
    retry_letter(letter=found, by=request.user, now=timezone.now())
    messages.success(request, _("It is queued again and leaves within minutes."))
    return redirect(address_of(found, around))


def address_of(letter: Letter, around: dict[str, Any]) -> str:
    """Return the address of a letter below that of its list."""
    return f"{around['list_address']}{letter.pk}/"


def _around(cycle: Cycle) -> dict[str, Any]:
    return {"cycle": cycle, "list_address": reverse("office:letters", args=[cycle.pk])}


@require_safe
def letters(request: HttpRequest, pk: int) -> HttpResponse:
    """List the letters of a cycle by where they are."""
    cycle = cycle_of(request, pk)
    return list_letters(request, letters_of(cycle, request.user), _around(cycle))


@require_http_methods(ASKING)
def letter(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    """Show a letter of a cycle; while it is held, change its words."""
    cycle = cycle_of(request, pk)
    found = get_object_or_404(letters_of(cycle, request.user), pk=letter)
    return show_letter(request, found, _around(cycle))


@require_POST
def retry(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    """Queue again what could not be sent."""
    cycle = cycle_of(request, pk)
    found = get_object_or_404(letters_of(cycle, request.user), pk=letter)
    return send_again(request, found, _around(cycle))


urlpatterns = [
    path("cycles/<int:pk>/letters/", letters, name="letters"),
    path("cycles/<int:pk>/letters/<int:letter>/", letter, name="letter"),
    path("cycles/<int:pk>/letters/<int:letter>/retry/", retry, name="retry_letter"),
]
