"""A gathering as anyone sees it: when it is, signing up, what was written down, and the calendar file."""

from datetime import datetime
from typing import Any

from django import forms
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

from talka.access.table import may
from talka.gatherings.actions import GatheringOver, NoPlaceLeft, register, registration_of, unregister
from talka.gatherings.models import Gathering, Registration
from talka.gatherings.queries import places_left, still_open
from talka.gatherings.rules import may_say_so
from talka.kernel.wording import say
from talka.web.shared.agenda_forms import AgendaForm
from talka.web.shared.lines import LineField
from talka.web.shared.meeting_calendars import calendar_file, events_of
from talka.web.shared.meeting_story import story_of
from talka.web.shared.signed_out import or_sign_in


class RegistrationForm(forms.Form):
    """Asks who will come. Somebody who is signed in is known already."""

    name = LineField(label=gettext_lazy("Your name"), max_length=120)
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy(
            "The address of the meeting is sent there. Of people without an account here, name, address and "
            "question are deleted a year after the meeting; the count stays."
        ),
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


def visible_gatherings(request: HttpRequest) -> QuerySet[Gathering]:
    """Find the gatherings that the reader may know of."""
    return Gathering.objects.visible_to(request.user).select_related(
        "programme", "cycle__programme", "series"
    )


def _my_registration(request: HttpRequest, gathering: Gathering) -> Registration | None:
    if not request.user.is_authenticated:
        return None
    return gathering.registrations.filter(account=request.user).first()


@login_not_required
@or_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def gathering(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a gathering and sign people up."""
    found = get_object_or_404(visible_gatherings(request), pk=pk)
    form = RegistrationForm(request.POST or None, account=request.user)
    if request.method == "POST" and form.is_valid():
        _sign_up(request, found, form)
        return redirect(found)
    return show(request, found, form=form, status=422 if form.errors else 200)


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
    except NoPlaceLeft:
        messages.error(request, _("The last place has just been taken. You are not on the list."))
    else:
        sent = _("You are on the list. A mail with the address of the meeting is on its way to %(email)s.")
        messages.success(request, sent % {"email": who["email"]})


def show(request: HttpRequest, gathering: Gathering, *, status: int = 200, **forms: Any) -> HttpResponse:
    """Draw the page; `forms` holds forms that were sent and are shown with what was typed."""
    now = timezone.now()
    context = {
        "form": RegistrationForm(account=request.user),
        "agenda_form": AgendaForm(auto_id="agenda_%s"),
        "mine": _my_registration(request, gathering),
        **_described(gathering, now=now),
        **story_of(gathering, request.user),
        **_for_reader(request, gathering, now=now),
    }
    return render(request, "public/gathering.html", context | forms, status=status)


def _described(gathering: Gathering, *, now: datetime) -> dict[str, Any]:
    """Return what the page says to everybody."""
    left = places_left(gathering)
    return {
        "gathering": gathering,
        "programme": gathering.programme,
        "cycle": gathering.cycle,
        "description": say(gathering.description, get_language() or "en"),
        "is_open": gathering.takes_registrations(now),
        "is_over": gathering.ends_at <= now,
        "places_left": left,
        "is_full": left == 0,
    }


def _for_reader(request: HttpRequest, gathering: Gathering, *, now: datetime) -> dict[str, Any]:
    """Return what the page says only to who is signed in: what is left to do, and whether they were there."""
    me = request.user
    if not me.is_authenticated:
        return {}
    is_fresh = may_say_so(gathering.ends_at, gathering.starts_at, now=now) and not gathering.cancelled_at
    return {
        "still_open": still_open(gathering),
        "is_fresh": is_fresh,
        "attendance": gathering.attendances.filter(account=me).first(),
        "runs_it": may(me, "meeting.run", gathering),
    }


@login_not_required
@or_sign_in
@require_safe
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the gathering as a calendar file; with the address of the meeting for who signed up."""
    found = get_object_or_404(visible_gatherings(request), pk=pk)
    events = events_of([found], request.user, now=timezone.now())
    return calendar_file(events, name=str(found), file=f"meeting-{found.pk}")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Take somebody off the list, by the address that only their mail has."""
    registration = registration_of(token)
    if request.method == "POST" and registration is not None:
        found = registration.gathering
        unregister(registration=registration, by=None, now=timezone.now())
        messages.success(request, _("You are off the list. Nothing of you is kept there."))
        is_seen = visible_gatherings(request).filter(pk=found.pk).exists()
        return redirect(found) if is_seen else redirect("public:unregister", token)
    return render(request, "public/unregister.html", {"registration": registration})


@require_http_methods(["POST"])
def leave_as_myself(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the reader off the list."""
    found = get_object_or_404(visible_gatherings(request), pk=pk)
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
