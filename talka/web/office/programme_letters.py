"""The outbox of a programme beside its cycles: letters about its group, its meetings, and its requests."""

from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.capacities.models import Introduction, Need, Offer, Outreach
from talka.gatherings.models import ActionItem, Gathering, Registration
from talka.initiatives.models import Feedback, Initiative, InitiativeMember
from talka.learning.models import Module, Suggestion
from talka.letters.models import Letter
from talka.programmes.models import Appointment, Membership, Notice, OutsideGroup, Programme, Tenure
from talka.web.office.letters import letters_about, list_letters, send_again, show_letter
from talka.web.office.programmes import ASKING, programmes_of
from talka.web.shared.may import require

# What a letter may tell of that belongs to no cycle, and how that belongs to a programme.
ROADS: dict[type[Model], str] = {
    Programme: "pk",
    Appointment: "programme",
    Membership: "programme",
    Tenure: "programme",
    Notice: "programme",
    OutsideGroup: "programme",
    Need: "programme",
    Introduction: "need__programme",
    Offer: "programme",
    Outreach: "programme",
    Module: "programme",
    Suggestion: "module__programme",
    Initiative: "programme",
    InitiativeMember: "initiative__programme",
    Feedback: "initiative__programme",
}


def programme_of(request: HttpRequest, slug: str) -> Programme:
    """Find a programme whose letters the reader may handle. Raises Http404 and PermissionDenied."""
    found = get_object_or_404(programmes_of(request), slug=slug)
    require(request, "letter.handle", found)
    return found


def letters_of(programme: Programme) -> QuerySet[Letter]:
    """Find the letters of a programme that are of none of its cycles."""
    meetings = Gathering.objects.filter(programme=programme, cycle__isnull=True)
    return Letter.objects.filter(
        letters_about(ROADS, programme.pk)
        | _about(meetings)
        | _about(Registration.objects.filter(gathering__in=meetings))
        | _about(ActionItem.objects.filter(gathering__in=meetings))
    )


def _about(rows: QuerySet[Any]) -> Q:
    return Q(subject_type=rows.model._meta.label_lower, subject_id__in=rows.values("pk"))


def _around(programme: Programme) -> dict[str, Any]:
    return {
        "programme": programme,
        "list_address": reverse("office:programme_letters", args=[programme.slug]),
    }


@require_safe
def letters(request: HttpRequest, slug: str) -> HttpResponse:
    """List the letters beside the cycles by where they are."""
    programme = programme_of(request, slug)
    return list_letters(request, letters_of(programme), _around(programme))


@require_http_methods(ASKING)
def letter(request: HttpRequest, slug: str, letter: int) -> HttpResponse:
    """Show a letter; while it is held, change its words."""
    programme = programme_of(request, slug)
    found = get_object_or_404(letters_of(programme), pk=letter)
    return show_letter(request, found, _around(programme))


@require_POST
def retry(request: HttpRequest, slug: str, letter: int) -> HttpResponse:
    """Queue again what could not be sent."""
    programme = programme_of(request, slug)
    found = get_object_or_404(letters_of(programme), pk=letter)
    return send_again(request, found, _around(programme))


urlpatterns = [
    path("programmes/<slug:slug>/letters/", letters, name="programme_letters"),
    path("programmes/<slug:slug>/letters/<int:letter>/", letter, name="programme_letter"),
    path("programmes/<slug:slug>/letters/<int:letter>/retry/", retry, name="retry_programme_letter"),
]
