"""Notices of collaboration and funding: offering one, changing it, taking it back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from talka.forms.kinds import DayField
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Entry, Overtaken
from talka.programmes.actions import NoticeRefused, edit_notice, offer_notice, withdraw_notice
from talka.programmes.models import Notice
from talka.web.shared.group_parts import group_programme, long_text
from talka.web.shared.lines import LineField
from talka.web.shared.may import require
from talka.web.shared.overtaken import VersionField, answer_form, newer
from talka.web.shared.timelines import today_in
from talka.web.shared.words_forms import plain_characters
from talka.web.templatetags.words import reason


class NoticeForm(forms.Form):
    """Asks what is offered to others, where to read more, and until when it matters."""

    title = LineField(label=gettext_lazy("Title"), max_length=200, validators=[plain_characters])
    text = long_text(
        gettext_lazy("What is it about?"),
        gettext_lazy("Who can take part, what they get, and what they have to do. Plain text."),
        rows=8,
    )
    address = forms.URLField(
        label=gettext_lazy("Address of a page about it"),
        help_text=gettext_lazy("It begins with https://"),
        max_length=400,
        required=False,
        assume_scheme="https",
    )
    closes_on = DayField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("The notice is shown until this day, and not after it."),
    )
    version = VersionField(required=False)


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, slug: str) -> HttpResponse:
    """Offer a notice to the coordinators."""
    programme = group_programme(request, slug)
    require(request, "notice.offer", programme)
    form = NoticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        try:
            made = offer_notice(programme=programme, **given, by=request.user, now=timezone.now())
        except NoticeRefused as refused:
            _mark(form, refused)
        else:
            messages.success(request, _("Thank you! The coordinators read it, and you get their answer."))
            return redirect(made)
    return answer_form(request, "desk/notice_offer.html", form, programme=programme)


def _mark(form: NoticeForm, refused: NoticeRefused) -> None:
    """Say where it belongs why a notice was refused."""
    form.add_error("closes_on" if refused.reason.key == "notices.over" else None, reason(refused.reason))


def _own(request: HttpRequest, pk: int) -> Notice:
    found = get_object_or_404(Notice.objects.select_related("programme"), pk=pk, offered_by=request.user)
    require(request, "notice.edit", found)
    return found


def _initial(found: Notice) -> dict[str, Any]:
    names = ("title", "text", "address", "closes_on", "version")
    return {name: getattr(found, name) for name in names}


@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what became of a notice of one's own, and let it be changed while it is not shown."""
    found = _own(request, pk)
    form = NoticeForm(request.POST or None, initial=_initial(found))
    context: dict[str, Any] = {"programme": found.programme, "notice": found}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"version": form.cleaned_data["version"] or found.version}
        try:
            edit_notice(notice=found, **given, by=request.user, now=timezone.now())
        except NoticeRefused as refused:
            _mark(form, refused)
        except Overtaken:
            context["theirs"] = newer(form, Notice.objects.get(pk=pk))
        else:
            messages.success(request, _("Saved. The coordinators read it."))
            return redirect(found)
    return answer_form(request, "desk/notice.html", form, **context | _around(found))


def _around(found: Notice) -> dict[str, Any]:
    today = today_in(found.programme.zone, timezone.now())
    # As it stands now: the form may have put other words into what was found.
    kept = Notice.objects.get(pk=found.pk)
    entries = Entry.objects.about(found).select_related("actor")
    return {"kept": kept, "is_over": kept.is_over(today), "entries": entries}


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a notice of one's own back."""
    found = _own(request, pk)
    try:
        withdraw_notice(notice=found, by=request.user, now=timezone.now())
    except (NotAllowed, Overtaken):
        messages.warning(request, _("Somebody changed it in the meantime: look at it again."))
    else:
        messages.success(request, _("The notice is withdrawn. Nobody sees it any more."))
    return redirect(found)


urlpatterns = [
    path("programmes/<slug:slug>/notices/new/", offer, name="notice_offer"),
    path("notices/<int:pk>/", notice, name="notice"),
    path("notices/<int:pk>/withdraw/", withdraw, name="notice_withdraw"),
]
