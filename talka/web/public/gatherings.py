"""A gathering as anyone sees it: when it is, signing up, and the calendar file."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from talka.gatherings.actions import GatheringOver, register, registration_of, unregister
from talka.gatherings.models import Gathering, Registration
from talka.kernel.windows import zone
from talka.kernel.wording import say
from talka.papers.calendars import Event, write_calendar


class RegistrationForm(forms.Form):
    """Asks who will come. Somebody who is signed in is known already."""

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=120)
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("The address of the meeting is sent there. It is kept for this meeting only."),
        max_length=200,
    )
    question = forms.CharField(
        label=gettext_lazy("A question you would like to see answered"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, account: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if account.is_authenticated and account.email:
            del self.fields["name"], self.fields["email"]
            self.known = {"name": account.name, "email": account.email}
        else:
            self.known = {}


def _gatherings(request: HttpRequest) -> QuerySet[Gathering]:
    return Gathering.objects.visible_to(request.user).select_related("cycle__programme")


def _my_registration(request: HttpRequest, gathering: Gathering) -> Registration | None:
    if not request.user.is_authenticated:
        return None
    return gathering.registrations.filter(account=request.user).first()


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def gathering(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a gathering and sign people up."""
    found = get_object_or_404(_gatherings(request), pk=pk)
    form = RegistrationForm(request.POST or None, account=request.user)
    if request.method == "POST" and form.is_valid():
        _sign_up(request, found, form)
        return redirect(found)
    context = _described(found, now=timezone.now()) | {"form": form, "mine": _my_registration(request, found)}
    return render(request, "public/gathering.html", context, status=422 if form.errors else 200)


def _sign_up(request: HttpRequest, gathering: Gathering, form: RegistrationForm) -> None:
    account = request.user if request.user.is_authenticated else None
    who = form.known or {key: form.cleaned_data[key] for key in ("name", "email")}
    try:
        register(
            gathering=gathering,
            **who,
            question=form.cleaned_data["question"],
            account=account,
            language=account.language if account else get_language() or "en",
            now=timezone.now(),
        )
    except GatheringOver:
        messages.error(request, _("This meeting takes no more people: it is over or was cancelled."))
    else:
        sent = _("You are on the list. A mail with the address of the meeting is on its way to %(email)s.")
        messages.success(request, sent % {"email": who["email"]})


def _described(gathering: Gathering, *, now: datetime) -> dict[str, Any]:
    """Return what the page says: the time on the organisers' clock and, where it differs, on the reader's."""
    theirs = gathering.starts_at.astimezone(zone(gathering.zone))
    mine = timezone.localtime(gathering.starts_at)
    return {
        "gathering": gathering,
        "programme": gathering.cycle.programme,
        "cycle": gathering.cycle,
        "description": say(gathering.description, get_language() or "en"),
        "starts_there": theirs.replace(tzinfo=None),
        "ends_there": gathering.ends_at.astimezone(zone(gathering.zone)).replace(tzinfo=None),
        "zone_there": gathering.zone.replace("_", " "),
        "differs": theirs.utcoffset() != mine.utcoffset(),
        "is_open": gathering.takes_registrations(now),
        "is_over": gathering.ends_at <= now,
    }


def _event(gathering: Gathering, *, link: str) -> Event:
    return Event(
        uid=f"gathering-{gathering.pk}@{settings.SITE_ADDRESS.rpartition('/')[2]}",
        title=str(gathering),
        stamped_at=timezone.now(),
        starts_at=gathering.starts_at,
        ends_at=gathering.ends_at,
        zone=gathering.zone,
        place=link,
        description=say(gathering.description, get_language() or "en").text,
        url=settings.SITE_ADDRESS + gathering.get_absolute_url(),
        sequence=gathering.version,
        cancelled=gathering.cancelled_at is not None,
    )


@login_not_required
@require_safe
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the gathering as a calendar file; with the address of the meeting for who signed up."""
    found = get_object_or_404(_gatherings(request), pk=pk)
    event = _event(found, link=found.link if _my_registration(request, found) else "")
    answer = HttpResponse(
        write_calendar([event], name=str(found)), content_type="text/calendar; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="meeting-{found.pk}.ics"'
    return answer


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Take somebody off the list, by the address that only their mail has."""
    registration = registration_of(token)
    if request.method == "POST" and registration is not None:
        found = registration.gathering
        unregister(registration=registration, by=None, now=timezone.now())
        messages.success(request, _("You are off the list. Nothing of you is kept there."))
        return redirect(found)
    return render(request, "public/unregister.html", {"registration": registration})


@require_http_methods(["POST"])
def leave_as_myself(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the reader off the list."""
    found = get_object_or_404(_gatherings(request), pk=pk)
    registration = get_object_or_404(found.registrations, account=request.user)
    unregister(registration=registration, by=request.user, now=timezone.now())
    messages.success(request, _("You are off the list. Nothing of you is kept there."))
    return redirect(found)


urlpatterns = [
    path("gatherings/<int:pk>/", gathering, name="gathering"),
    path("gatherings/<int:pk>/calendar.ics", calendar, name="gathering_calendar"),
    path("gatherings/<int:pk>/leave/", leave_as_myself, name="leave_gathering"),
    path("gatherings/leave/<str:token>/", leave, name="unregister"),
]
