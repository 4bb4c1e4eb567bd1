"""The members' roll in the office: searched, exported, corrected."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.kernel.models import Entry, Overtaken
from talka.papers.tables import write_csv
from talka.programmes.actions import (
    RollRefused,
    edit_membership,
    part_from_account,
    remove_member,
    restore_member,
)
from talka.programmes.models import Membership, Programme
from talka.web.office.group_forms import OfficeRollForm, ReasonForm
from talka.web.office.programmes import ASKING
from talka.web.office.terms import run_group
from talka.web.shared.downloads import spreadsheet
from talka.web.shared.group_parts import MemberForm, as_said, contribution_words, roll_of, with_words
from talka.web.shared.lists import page_of
from talka.web.shared.may import require
from talka.web.shared.overtaken import answer_form, newer
from talka.web.templatetags.words import reason


def run_roll(request: HttpRequest, slug: str) -> Programme:
    """Find a programme with a roll that the reader looks after. Raises Http404 and PermissionDenied."""
    programme = run_group(request, slug, "roll.handle")
    roll_of(programme)
    return programme


@require_safe
def roll(request: HttpRequest, slug: str) -> HttpResponse:
    """List the roll, also those who have left."""
    programme = run_roll(request, slug)
    form = OfficeRollForm(request.GET, programme=programme)
    page = page_of(request, form.rows())
    listed = with_words(page, contribution_words(programme))
    context = {"programme": programme, "roll": roll_of(programme), "form": form, "page": page}
    return render(request, "office/roll.html", context | {"listed": listed})


@require_safe
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand the listed rows out as a table."""
    programme = run_roll(request, slug)
    header, rows = _table(programme, OfficeRollForm(request.GET, programme=programme).rows())
    name = f"{programme.slug}-members"
    if request.GET.get("as") == "csv":
        answer = HttpResponse(write_csv(header, rows), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return answer
    return spreadsheet({_("Members"): (header, rows)}, name=name)


def _table(programme: Programme, members: Any) -> tuple[list[str], list[list[Any]]]:
    """Write members as rows; moments are in UTC, as the column says."""
    words = contribution_words(programme)
    header = [
        _("Name"),
        _("Wikimedia user name"),
        _("Brings"),
        _("Member since (UTC)"),
        _("UTC was assumed"),
        _("Signed"),
        _("Left (UTC)"),
    ]
    rows = [
        [
            one.name,
            one.user_name,
            ", ".join(brings),
            one.joined_at,
            _("yes") if one.joined_assumed else _("no"),
            one.get_source_display(),
            one.left_at,
        ]
        for one, brings in with_words(members, words)
    ]
    return header, rows


def _run(request: HttpRequest, pk: int) -> Membership:
    rows = Membership.objects.handled_by(request.user).select_related("programme", "account")
    found = get_object_or_404(rows, pk=pk)
    require(request, "roll.handle", found)
    if found.programme.plan.roll is None:
        raise Http404
    return found


@require_http_methods(ASKING)
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what is said of a member."""
    found = _run(request, pk)
    form = MemberForm(request.POST or None, programme=found.programme, initial=as_said(found))
    theirs = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or found.version
        try:
            said = form.said() | {"by": request.user, "now": timezone.now()}
            kept = edit_membership(membership=found, **said, version=version)
        except RollRefused as refused:
            form.add_error("user_name", reason(refused.reason))
        except Overtaken:
            theirs = newer(form, Membership.objects.get(pk=pk))
        else:
            messages.success(request, _("Saved."))
            return redirect(kept)
    return answer_form(request, "office/member.html", form, theirs=theirs, **_around(found))


def _around(found: Membership) -> dict[str, Any]:
    return {
        "programme": found.programme,
        "member": Membership.objects.select_related("account").get(pk=found.pk),
        "words": contribution_words(found.programme),
        "reason_form": ReasonForm(auto_id="remove_%s"),
        "entries": Entry.objects.about(found).select_related("actor"),
    }


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a member off the roll, with a reason."""
    found = _run(request, pk)
    form = ReasonForm(request.POST, auto_id="remove_%s")
    if not form.is_valid():
        shown = MemberForm(programme=found.programme, initial=as_said(found))
        context = _around(found) | {"reason_form": form, "form": shown}
        return render(request, "office/member.html", context, status=422)
    why = form.cleaned_data["reason"]
    remove_member(membership=found, reason=why, by=request.user, now=timezone.now())
    messages.success(request, _("They are off the roll. You can put them back on this page."))
    return redirect(found)


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put somebody back on the roll."""
    found = _run(request, pk)
    restore_member(membership=found, by=request.user, now=timezone.now())
    messages.success(request, _("They are on the roll again."))
    return redirect(found)


@require_POST
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a member from an account that is somebody else's."""
    found = _run(request, pk)
    part_from_account(membership=found, by=request.user, now=timezone.now())
    messages.success(request, _("The account has nothing to do with this member any more."))
    return redirect(found)


urlpatterns = [
    path("programmes/<slug:slug>/roll/", roll, name="roll"),
    path("programmes/<slug:slug>/roll/export/", export, name="roll_export"),
    path("members/<int:pk>/", member, name="member"),
    path("members/<int:pk>/remove/", remove, name="member_remove"),
    path("members/<int:pk>/restore/", restore, name="member_restore"),
    path("members/<int:pk>/part/", part, name="member_part"),
]
