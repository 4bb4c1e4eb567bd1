"""Partners agreed beforehand: naming one, and answering when one was named."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from talka.applications.actions import (
    ApplicationRefused,
    confirm_partner,
    drop_partner,
    invite_partner,
    name_partner,
    refuse_partner,
)
from talka.applications.lifecycle import ApplicationStatus, PartnerStatus
from talka.applications.models import Partner
from talka.forms.reading import answers_for
from talka.people.models import Community
from talka.web.desk.application_forms import partner_form
from talka.web.desk.application_page import Kept, answer, attempt_edit, show
from talka.web.desk.applications import LARGEST_KEY, editable
from talka.web.shared.may import require
from talka.web.templatetags.words import reason


@require_POST
def name(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the community with which the applicant agreed."""
    found, now = editable(request, pk)
    form, kept = partner_form(found, request.POST), Kept()
    if form.is_valid():
        given = form.cleaned_data | {"by": request.user, "now": now}
        kept = attempt_edit(found, lambda: name_partner(application=found, **given), now)
        if kept.refusal is not None:
            form.add_error("community", reason(kept.refusal))
    return answer(request, found, now, section="partner", form=form, kept=kept)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Name no partner any more."""
    found, now = editable(request, pk)
    kept = attempt_edit(found, lambda: drop_partner(application=found, by=request.user, now=now), now)
    if kept.refusal is not None:
        return show(request, found, now, status=422, kept=kept)
    messages.success(request, _("No partner is named any more. The organisers look for one."))
    return redirect(f"{found.get_absolute_url()}#partner")


@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the named community to confirm, before the application is handed in."""
    found, now = editable(request, pk)
    partner = get_object_or_404(Partner, application=found)
    if invite_partner(partner=partner, by=request.user, now=now):
        messages.success(request, _("A letter asks them to confirm."))
    else:
        messages.warning(request, _("Nobody represents this community in Talka yet. Ask them to sign in."))
    return redirect(f"{found.get_absolute_url()}#partner")


def _asked(request: HttpRequest, pk: int) -> Partner:
    """Return a partnership about which the reader's community was asked. Raises Http404."""
    asked = Partner.objects.exclude(status=PartnerStatus.NAMED).filter(
        community__in=Community.objects.represented_by(request.user)
    )
    related = ("application__call__cycle__programme", "application__sheet__form_version", "community")
    return get_object_or_404(asked.select_related(*related), pk=min(pk, LARGEST_KEY - 1))


@require_safe
def partner(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who names the reader's community as its partner, and what they wrote."""
    found = _asked(request, pk)
    application = found.application
    context: dict[str, Any] = {"partner": found, "application": application, "cycle": application.call.cycle}
    # A draft is nobody's but the applicant's: before it is handed in, only the note is shown.
    if application.status != ApplicationStatus.DRAFT:
        language = get_language() or "en"
        context["sections"] = answers_for(application.sheet, audience="partner", language=language)
        context["goals"] = application.goals.select_related("capacity").order_by("position", "pk")
    return render(request, "desk/partner.html", context)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that the two agreed, and go on to the partner's own application."""
    found = _asked(request, pk)
    require(request, "partner.answer", found)
    try:
        own = confirm_partner(partner=found, by=request.user, now=timezone.now())
    except ApplicationRefused as refused:
        messages.error(request, reason(refused.reason))
        return redirect("desk:partner", found.pk)
    messages.success(request, _("You confirmed. Now fill in what you can teach, and hand it in."))
    return redirect(own if own is not None else "desk:home")


@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the two did not agree."""
    found = _asked(request, pk)
    require(request, "partner.answer", found)
    try:
        refuse_partner(partner=found, by=request.user, now=timezone.now())
    except ApplicationRefused as refused:
        messages.error(request, reason(refused.reason))
        return redirect("desk:partner", found.pk)
    messages.success(request, _("You declined. They were told by mail."))
    return redirect("desk:home")


urlpatterns = [
    path("applications/<int:pk>/partner/", name, name="partner_name"),
    path("applications/<int:pk>/partner/drop/", drop, name="partner_drop"),
    path("applications/<int:pk>/partner/invite/", invite, name="partner_invite"),
    path("partners/<int:pk>/", partner, name="partner"),
    path("partners/<int:pk>/confirm/", confirm, name="partner_confirm"),
    path("partners/<int:pk>/refuse/", refuse, name="partner_refuse"),
]
