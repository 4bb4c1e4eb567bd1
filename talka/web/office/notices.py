"""Notices in the office: read first, then shown, or refused with a reason."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Entry, Overtaken
from talka.programmes.actions import refuse_notice, show_notice
from talka.programmes.lifecycle import NoticeStatus
from talka.programmes.models import Notice
from talka.web.office.group_forms import ReasonForm
from talka.web.office.programmes import ASKING
from talka.web.office.terms import run_group
from talka.web.shared.lists import page_of
from talka.web.shared.may import require
from talka.web.shared.overtaken import answer_form, keep_typing
from talka.web.shared.timelines import today_in

DECIDED = (NoticeStatus.SHOWN, NoticeStatus.REFUSED)


@require_safe
def notices(request: HttpRequest, slug: str) -> HttpResponse:
    """List the notices that wait, and those that were decided on."""
    programme = run_group(request, slug, "notice.decide")
    rows = programme.notices.select_related("offered_by")
    waiting = rows.filter(status=NoticeStatus.WAITING).order_by("offered_at", "pk")
    decided = rows.filter(status__in=DECIDED).order_by("-decided_at", "-pk")
    context = {
        "programme": programme,
        "waiting": waiting[:100],
        "page": page_of(request, decided),
        "today": today_in(programme.zone, timezone.now()),
    }
    return render(request, "office/notices.html", context)


def _run(request: HttpRequest, pk: int) -> Notice:
    rows = Notice.objects.handled_by(request.user).exclude(status=NoticeStatus.WITHDRAWN)
    found = get_object_or_404(rows.select_related("programme", "offered_by"), pk=pk)
    require(request, "notice.decide", found)
    return found


def _version(request: HttpRequest, found: Notice) -> int:
    """Return the version that the coordinator has read, as the button carries it."""
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else found.version


@require_POST
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a notice to everybody."""
    found = _run(request, pk)
    version = _version(request, found)
    try:
        show_notice(notice=found, version=version, by=request.user, now=timezone.now())
    except (NotAllowed, Overtaken):
        messages.warning(request, _("Somebody changed it in the meantime: look at it again."))
    else:
        messages.success(request, _("Everybody sees the notice. Who offered it is told by mail."))
    return redirect("office:notices", found.programme.slug)


@require_http_methods(ASKING)
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Do not show a notice, or no more, and say why."""
    found = _run(request, pk)
    form = ReasonForm(request.POST or None, initial={"version": found.version})
    context: dict[str, Any] = {"programme": found.programme, "notice": found}
    if request.method == "POST" and form.is_valid():
        given = {"reason": form.cleaned_data["reason"], "version": _version(request, found)}
        try:
            refuse_notice(notice=found, **given, by=request.user, now=timezone.now())
        except (NotAllowed, Overtaken):
            form.add_error(None, _("Somebody changed it in the meantime: look at it again."))
            keep_typing(form, Notice.objects.get(pk=pk).version)
        else:
            messages.success(request, _("The notice is not shown. Who offered it is told why."))
            return redirect("office:notices", found.programme.slug)
    context["kept"] = Notice.objects.select_related("offered_by").get(pk=pk)
    context["entries"] = Entry.objects.about(found).select_related("actor")
    return answer_form(request, "office/notice_refuse.html", form, **context)


urlpatterns = [
    path("programmes/<slug:slug>/notices/", notices, name="notices"),
    path("notices/<int:pk>/show/", show, name="notice_show"),
    path("notices/<int:pk>/refuse/", refuse, name="notice_refuse"),
]
