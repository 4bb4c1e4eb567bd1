"""Belonging to a programme's group: joining, saying what one brings, leaving."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from talka.kernel.models import Overtaken
from talka.programmes.actions import RollRefused, edit_membership, join_roll, leave_roll
from talka.programmes.models import Membership, Programme
from talka.web.shared.group_parts import (
    MemberForm,
    as_said,
    contribution_words,
    group_programme,
    roll_of,
)
from talka.web.shared.may import require
from talka.web.shared.overtaken import answer_form, newer
from talka.web.templatetags.words import reason


@require_http_methods(["GET", "HEAD", "POST"])
def membership(request: HttpRequest, slug: str) -> HttpResponse:
    """Join a programme's group, or change what one brings."""
    programme = group_programme(request, slug)
    roll = roll_of(programme)
    require(request, "roll.join", programme)
    found = Membership.objects.filter(programme=programme, account=request.user.pk).first()
    initial = as_said(found) if found else {"name": str(request.user)}
    form = MemberForm(request.POST or None, programme=programme, initial=initial)
    theirs = None
    if request.method == "POST" and form.is_valid():
        theirs, is_done = _save(request, programme, found, form)
        if is_done:
            return redirect("public:members", programme.slug)
    context: dict[str, Any] = {"programme": programme, "roll": roll, "mine": found, "theirs": theirs}
    context["words"] = contribution_words(programme)
    return answer_form(request, "desk/membership.html", form, **context)


def _save(
    request: HttpRequest, programme: Programme, found: Membership | None, form: MemberForm
) -> tuple[Membership | None, bool]:
    """Join or change; return what somebody else saved, if so, and whether it was done."""
    now = timezone.now()
    try:
        if found is None or found.left_at is not None:
            join_roll(programme=programme, account=request.user, **form.said(), now=now)
            messages.success(request, _("You are on the roll. Welcome!"))
        else:
            version = form.cleaned_data["version"] or found.version
            edit_membership(membership=found, **form.said(), version=version, by=request.user, now=now)
            messages.success(request, _("Saved."))
    except RollRefused as refused:
        form.add_error("user_name", reason(refused.reason))
        return None, False
    except Overtaken:
        return newer(form, Membership.objects.get(programme=programme, account=request.user.pk)), False
    return None, True


@require_POST
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave a programme's group."""
    programme = group_programme(request, slug)
    found = get_object_or_404(Membership, programme=programme, account=request.user.pk)
    require(request, "membership.edit", found)
    leave_roll(membership=found, by=request.user, now=timezone.now())
    messages.success(request, _("You have left. You can come back whenever you like."))
    return redirect("public:members", programme.slug)


urlpatterns = [
    path("programmes/<slug:slug>/membership/", membership, name="membership"),
    path("programmes/<slug:slug>/membership/leave/", leave, name="membership_leave"),
]
