"""Drafts of circles: made by the engine, changed by hand, made again, and published."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.applications.models import Application
from talka.exchanges.actions import publish_circles
from talka.kernel.models import Entry, Overtaken
from talka.matching.actions import discard_circles, draft_circles, keep_circle, move_to_circle
from talka.matching.lifecycle import CircleDraftStatus
from talka.matching.models import CircleDraft
from talka.matching.queries.circle_drafts import DraftCircle, drawn_circles
from talka.matching.queries.reasons import Refused
from talka.matching.queries.words import Names, names_of, speak, speak_all
from talka.programmes.models import Cycle
from talka.web.office.circles import cycle_with_circles
from talka.web.shared.lists import page_of
from talka.web.shared.matching_words import refusal_in_words
from talka.web.shared.may import require

OVERTAKEN = _(
    "Somebody else changed this draft meanwhile. You see it as it is now: look whether you still want to "
    "change it, and do it again."
)


def draft_of(request: HttpRequest, pk: int) -> CircleDraft:
    """Return a draft of a cycle that the reader coordinates. Raises Http404."""
    drafts = CircleDraft.objects.filter(cycle__in=Cycle.objects.run_by(request.user, "coordinator"))
    found = get_object_or_404(drafts.select_related("cycle__programme", "made_by"), pk=pk)
    require(request, "circle.make", found)
    return found


def attempt(request: HttpRequest, act: Callable[[], Any], done: str) -> Any:
    """Do something that may be refused or come too late; say what came of it, None where nothing did."""
    try:
        result = act()
    except Refused as refused:
        messages.error(request, refusal_in_words(refused))
        return None
    except Overtaken:
        messages.error(request, OVERTAKEN)
        return None
    messages.success(request, done)
    return result


@require_POST
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the engine propose circles for everybody who has none."""
    cycle = cycle_with_circles(request, pk)
    done = _("Here is a draft. Nobody is told of it before you publish it.")
    made = attempt(request, lambda: draft_circles(cycle=cycle, by=request.user, now=timezone.now()), done)
    return redirect("office:circle_draft", made.pk) if made else redirect("office:circles", pk)


@require_POST
def make_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a new draft in which the circles that are kept stay as they are."""
    like = draft_of(request, pk)
    done = _("Here is a new draft; the circles you kept are in it. The other draft stays as it was.")
    made = attempt(
        request,
        lambda: draft_circles(cycle=like.cycle, like=like, by=request.user, now=timezone.now()),
        done,
    )
    return redirect("office:circle_draft", made.pk if made else pk)


@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the circles of a draft and why, who has none, and what is proved."""
    found = draft_of(request, pk)
    context = _shown(found)
    page = page_of(request, context["circles"])
    return render(request, "office/circle_draft.html", {**context, "page": page})


def _shown(draft: CircleDraft) -> dict[str, Any]:
    drawn, names = drawn_circles(draft), names_of(draft.cycle)
    return {
        "draft": draft,
        "cycle": draft.cycle,
        "is_draft": draft.status == CircleDraftStatus.DRAFT,
        "circles": [_circle(one, names) for one in drawn.circles],
        "without": [([one.application], speak(one.reason, names)) for one in drawn.without],
        "circle_count": len(drawn.circles),
        "placed": sum(len(one.members) for one in drawn.circles),
        "faults": drawn.faults,
        "gap": drawn.gap / 10,
        "is_best": drawn.gap == 0,
        "entries": Entry.objects.about(draft).select_related("actor"),
    }


def _circle(one: DraftCircle, names: Names) -> dict[str, Any]:
    return {
        "circle": one,
        "why": speak_all(one.why, names),
        "warnings": speak_all(one.warnings, names),
    }


def _values(request: HttpRequest) -> dict[str, Any]:
    """Return which version of the draft the page showed, who acts, and when."""
    given = request.POST.get("version", "")
    is_number = given.isascii() and given.isdecimal() and len(given) < 10
    return {"version": int(given) if is_number else 0, "by": request.user, "now": timezone.now()}


@require_POST
def move_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Move somebody into another circle, a new one, or out."""
    found, given = draft_of(request, pk), request.POST.get("application", "")
    is_key = given.isascii() and given.isdecimal() and len(given) < 19
    people = Application.objects.select_related("community", "person")
    person = people.filter(pk=int(given) if is_key else 0, pk__in=found.who.values()).first()
    if person is None:
        messages.error(request, _("Choose somebody of this draft."))
        return redirect("office:circle_draft", pk)
    to = (request.POST.get("instead") or request.POST.get("to", ""))[:10]
    done = _("%(name)s is moved.") % {"name": person}
    values = _values(request)
    attempt(request, lambda: move_to_circle(draft=found, application=person, to=to, **values), done)
    return redirect("office:circle_draft", pk)


@require_POST
def keep(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Say whether a circle stays as it is when the others are made again."""
    found, kept = draft_of(request, pk), request.POST.get("kept") == "yes"
    values = _values(request)
    done = (
        _("It stays as it is when you make the others again.")
        if kept
        else _("It is made again with the others.")
    )
    attempt(request, lambda: keep_circle(draft=found, number=number, kept=kept, **values), done)
    return redirect("office:circle_draft", pk)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft aside."""
    found = draft_of(request, pk)
    discard_circles(draft=found, by=request.user, now=timezone.now())
    messages.success(request, _("The draft is put aside."))
    return redirect("office:circles", found.cycle_id)


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what happens and who gets a letter; then begin the circles."""
    found = draft_of(request, pk)
    if found.status != CircleDraftStatus.DRAFT:
        return redirect("office:circle_draft", pk)
    if request.method == "POST":
        values = _values(request)
        done = _("The circles have begun. Everybody in them gets a letter.")
        made = attempt(request, lambda: publish_circles(draft=found, **values), done)
        return redirect("office:circles", found.cycle_id) if made else redirect("office:circle_publish", pk)
    return render(request, "office/circle_publish.html", _shown(found))


urlpatterns = [
    path("cycles/<int:pk>/circles/draft/", make, name="circle_draft_make"),
    path("circles/drafts/<int:pk>/", draft, name="circle_draft"),
    path("circles/drafts/<int:pk>/again/", make_again, name="circle_draft_again"),
    path("circles/drafts/<int:pk>/move/", move_person, name="circle_draft_move"),
    path("circles/drafts/<int:pk>/circles/<int:number>/keep/", keep, name="circle_draft_keep"),
    path("circles/drafts/<int:pk>/discard/", discard, name="circle_draft_discard"),
    path("circles/drafts/<int:pk>/publish/", publish, name="circle_publish"),
]
