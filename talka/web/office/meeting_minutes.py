"""The minutes of a meeting, and who was there."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.gatherings.actions import publish_minutes, save_minutes, take_attendance
from talka.gatherings.models import Attendance, Gathering, Minutes
from talka.kernel.models import Entry, Overtaken
from talka.people.reading import name_key
from talka.web.office.gatherings import run_gathering
from talka.web.office.meeting_record_forms import MinutesForm, PublishForm
from talka.web.office.programmes import ASKING
from talka.web.shared.downloads import spreadsheet
from talka.web.shared.meeting_story import published_minutes
from talka.web.shared.overtaken import answer_form, newer
from talka.web.shared.words_forms import plain_characters


@require_http_methods(ASKING)
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the minutes of a meeting."""
    found = run_gathering(request, pk)
    kept = Minutes.objects.filter(gathering=found).first()
    texts, version = ({"text": kept.text}, kept.version) if kept else (None, 0)
    languages = found.programme.plan.languages
    form = MinutesForm(request.POST or None, languages=languages, texts=texts, initial={"version": version})
    context = _written(found, kept)
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            return answer_form(
                request, "office/minutes.html", form, **context, preview=form.cleaned_data["text"]
            )
        try:
            save_minutes(gathering=found, **form.cleaned_data, by=request.user, now=timezone.now())
        except Overtaken:
            context["theirs"] = newer(form, Minutes.objects.get(gathering=found))
        else:
            messages.success(request, _("Saved. Nobody else sees it before you publish it."))
            return redirect("office:minutes", pk)
    return answer_form(request, "office/minutes.html", form, **context)


def _written(gathering: Gathering, kept: Minutes | None) -> dict[str, Any]:
    return {
        "gathering": gathering,
        "programme": gathering.programme,
        "cycle": gathering.cycle,
        "kept": kept,
        "publish_form": PublishForm(auto_id="publish_%s", initial={"version": kept.version if kept else 0}),
        "minutes": published_minutes(gathering),
        "there_count": gathering.attendances.filter(account__isnull=False).count(),
        "entries": Entry.objects.about(kept).select_related("actor") if kept else [],
    }


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the minutes as they stand."""
    found = run_gathering(request, pk)
    kept, form = Minutes.objects.filter(gathering=found).first(), PublishForm(request.POST)
    if kept is None or not form.is_valid():
        messages.error(request, _("There is nothing to publish yet."))
        return redirect("office:minutes", pk)
    given = form.cleaned_data
    made = publish_minutes(minutes=kept, **given, by=request.user, now=timezone.now())
    messages.success(request, _("Version %(number)d is published.") % {"number": made.number})
    return redirect("office:minutes", pk)


class NamesForm(forms.Form):
    """Asks for the names of those who were there and are not in the list."""

    names = forms.CharField(
        label=gettext_lazy("Others who were there, one name a line"),
        help_text=gettext_lazy(
            "Names of people who signed up, take part in the cycle or stand on the members’ roll are "
            "recognised. Other names are deleted a year after the meeting; the count stays."
        ),
        max_length=20_000,
        required=False,
        validators=[plain_characters],
        widget=forms.Textarea(attrs={"rows": 5}),
    )


@require_http_methods(ASKING)
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down who was there."""
    found = run_gathering(request, pk)
    form = NamesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _take(request, found, form.cleaned_data["names"])
        return redirect("office:attendance", pk)
    rows = _rows(found)
    context: dict[str, Any] = {"gathering": found, "programme": found.programme, "cycle": found.cycle}
    context["rows"] = rows
    context["count"] = sum(1 for row in rows if row["is_there"])
    context["is_ahead"] = found.starts_at > timezone.now()
    return answer_form(request, "office/attendance.html", form, **context)


def _rows(gathering: Gathering) -> list[dict[str, Any]]:
    """List who can be ticked: those who stand there, and those who signed up and do not yet."""
    # Who said so and has left since is nobody that could be confirmed.
    nobody = Q(account__isnull=True, confirmed_at__isnull=True)
    there = gathering.attendances.exclude(nobody).select_related("account").order_by("pk")
    rows = [_row_of(one) for one in there]
    accounts = {one.account_id for one in there}
    guests = {one.guest_key for one in there}
    for one in gathering.registrations.exclude(name="").select_related("account").order_by("pk"):
        if one.account_id is not None and one.account_id not in accounts:
            rows.append({"name": one.name, "key": f"account-{one.account_id}", "signed_up": True})
        elif one.account_id is None and name_key(one.name) not in guests:
            rows.append({"name": one.name, "key": f"guest-{one.pk}", "signed_up": True})
    return sorted(({"is_there": False} | row for row in rows), key=lambda row: name_key(row["name"]))


def _row_of(one: Attendance) -> dict[str, Any]:
    return {
        # Translators: stands for the name of a guest, which is deleted a year after the meeting.
        "name": str(one) or _("Somebody whose name was deleted"),
        "key": f"there-{one.pk}" if one.confirmed_at else f"account-{one.account_id}",
        "is_there": one.confirmed_at is not None,
        "said_so": one.confirmed_at is None,
        "is_guest": one.account_id is None,
    }


def _take(request: HttpRequest, gathering: Gathering, names: str) -> None:
    """Apply what was changed against what the page showed, so that two who tick at once lose nothing."""
    ticked = set(request.POST.getlist("there"))
    shown = {key for key in request.POST.getlist("shown") if key not in ticked}
    rows = {row["key"]: row for row in _rows(gathering)}
    new = [rows[key] for key in ticked if key in rows and not rows[key]["is_there"]]
    typed = [row["name"] for row in new if row["key"].startswith("guest-")]
    taken = take_attendance(
        gathering=gathering,
        accounts={
            int(row["key"].removeprefix("account-")) for row in new if row["key"].startswith("account-")
        },
        names=[*typed, *names.splitlines()],
        gone={int(key.removeprefix("there-")) for key in shown if key in rows and key.startswith("there-")},
        by=request.user,
        now=timezone.now(),
    )
    said = ngettext("Saved. One was added.", "Saved. %(n)d were added.", taken.added) % {"n": taken.added}
    messages.success(request, said)
    if taken.known:
        words = _("Already in the list, and not added twice: %(names)s")
        messages.info(request, words % {"names": ", ".join(taken.known)})


def _keys(kind: str, keys: Iterable[str]) -> set[int]:
    return {int(key.removeprefix(kind)) for key in keys if key.startswith(kind)}


@require_safe
def attendance_export(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out who was there, as a spreadsheet."""
    found = run_gathering(request, pk)
    header = [_("Name"), _("Account"), _("Confirmed"), _("Written down")]
    rows = [
        (
            str(one),
            _("yes") if one.account_id else _("no"),
            _("yes") if one.confirmed_at else _("no"),
            one.recorded_at,
        )
        for one in found.attendances.select_related("account").order_by("pk")
    ]
    return spreadsheet({_("Attendance"): (header, rows)}, name=f"attendance-{found.pk}")


urlpatterns = [
    path("meetings/<int:pk>/minutes/", minutes, name="minutes"),
    path("meetings/<int:pk>/minutes/publish/", publish, name="minutes_publish"),
    path("meetings/<int:pk>/attendance/", attendance, name="attendance"),
    path("meetings/<int:pk>/attendance.xlsx", attendance_export, name="attendance_export"),
]
