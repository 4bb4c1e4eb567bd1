"""A call in the office: its window, an extension, and the way to its form."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from talka.applications.actions import extend_and_tell
from talka.applications.queries import role_of
from talka.calls.actions import WindowRefused, edit_call
from talka.calls.models import Call
from talka.kernel.models import Entry, Overtaken
from talka.kernel.windows import zone
from talka.programmes.models import Cycle
from talka.web.office.call_forms import CallForm, ExtensionForm
from talka.web.shared.may import require
from talka.web.templatetags.words import reason


def _call(request: HttpRequest, pk: int) -> Call:
    """Return a call that the reader may edit. Raises Http404 and PermissionDenied."""
    run = Call.objects.filter(cycle__in=Cycle.objects.run_by(request.user))
    found = get_object_or_404(run.select_related("cycle__programme", "form"), pk=min(pk, 2**63 - 1))
    require(request, "call.edit", found)
    return found


def _show(request: HttpRequest, call: Call, status: int = 200, **forms: Any) -> HttpResponse:
    context = {
        "call": call,
        "cycle": call.cycle,
        "role": role_of(call),
        "form": forms.get("form") or CallForm(None, call=call),
        "extension": forms.get("extension") or ExtensionForm(),
        "drafts": call.applications.filter(status="draft").count(),
        "entries": Entry.objects.about(call).select_related("actor"),
        "theirs": forms.get("theirs"),
        "now": timezone.now(),
    }
    return render(request, "office/call.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a call, and change its window or its form."""
    found = _call(request, pk)
    form = CallForm(request.POST or None, call=found)
    if request.method != "POST" or not form.is_valid():
        return _show(request, found, 422 if form.errors else 200, form=form)
    try:
        edit_call(call=found, **form.values(), by=request.user, now=timezone.now())
    except WindowRefused as refused:
        form.add_error("closes", reason(refused.reason))
        return _show(request, found, 422, form=form)
    except Overtaken:
        return _show_both(request, found)
    messages.success(request, _("The call is saved."))
    return redirect("office:call", pk)


def _show_both(request: HttpRequest, call: Call) -> HttpResponse:
    """Show what somebody else saved meanwhile, and what was typed, ready to be put in its place."""
    call.refresh_from_db()
    typed = request.POST.copy()
    typed["version"] = str(call.version)
    return _show(request, call, 409, form=CallForm(typed, call=call), theirs=call)


def _extended(count: int) -> str:
    words = ngettext(
        "The call is extended; the one applicant with a draft gets a letter.",
        "The call is extended; %(count)d applicants with a draft get a letter.",
        count,
    )
    return words % {"count": count}


@require_POST
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Move the end of a call and write to everybody with a draft."""
    found = _call(request, pk)
    form = ExtensionForm(request.POST)
    if form.is_valid():
        until = form.cleaned_data["until"].replace(tzinfo=zone(found.zone))
        note = form.cleaned_data["note"]
        try:
            count = extend_and_tell(
                call=found, closes_at=until, by=request.user, now=timezone.now(), note=note
            )
        except WindowRefused as refused:
            form.add_error("until", reason(refused.reason))
        else:
            messages.success(request, _extended(count))
            return redirect("office:call", pk)
    return _show(request, found, 422, extension=form)


urlpatterns = [
    path("calls/<int:pk>/", call, name="call"),
    path("calls/<int:pk>/extend/", extend, name="call_extend"),
]
