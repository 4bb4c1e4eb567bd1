"""My initiatives: begun, described, published, and told of from stage to stage."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.access.table import may
from talka.exchanges.models import Exchange
from talka.initiatives.actions import (
    Refused,
    create_initiative,
    edit_initiative,
    publish_initiative,
    set_initiative_status,
    tell_stage,
    unpublish_initiative,
)
from talka.initiatives.lifecycle import INITIATIVE
from talka.initiatives.models import Initiative
from talka.initiatives.queries import exchanges_of, names_in, open_to
from talka.kernel.models import Overtaken
from talka.people.models import Community
from talka.programmes.models import Programme
from talka.web.desk.initiative_forms import InitiativeForm, NewInitiativeForm, StageForm, shown
from talka.web.desk.initiative_page import show, worked_on
from talka.web.shared.initiatives import listed
from talka.web.shared.may import require
from talka.web.shared.overtaken import answer_form, newer
from talka.web.templatetags.words import reason

ASKING = ["GET", "HEAD", "POST"]


@require_safe
def initiatives(request: HttpRequest) -> HttpResponse:
    """List the initiatives that the reader builds, those they help, and where they can begin one."""
    built = Initiative.objects.built_by(request.user)
    helped = Initiative.objects.helped_by(request.user).exclude(pk__in=built.values("pk"))
    programmes = Programme.objects.visible_to(request.user).order_by("pk")
    context = {
        "built": _rows(built),
        "helped": _rows(helped),
        "programmes": [
            one
            for one in programmes
            if one.blueprint.get("initiatives") and may(request.user, "initiative.start", one)
        ],
    }
    return render(request, "desk/initiatives.html", context)


def _rows(found: Any) -> list[Any]:
    return [
        row
        for one in found.with_owner().order_by("name", "pk")
        for row in listed([one], names_in(one.programme))
    ]


def _own_exchanges(request: HttpRequest, programme: Programme) -> list[Exchange]:
    """List the exchanges of the programme from which an initiative of the reader may come."""
    found = Exchange.objects.held_by(request.user).filter(match__cycle__programme=programme)
    return list(found.with_sides().order_by("-pk"))


def _new_form(request: HttpRequest, programme: Programme) -> NewInitiativeForm:
    mine = Community.objects.represented_by(request.user).order_by("name", "pk")
    return NewInitiativeForm(
        request.POST or None,
        names=names_in(programme),
        exchanges=_own_exchanges(request, programme),
        communities=list(mine),
        for_others=may(request.user, "programme.edit", programme),
        initial={"exchange": request.GET.get("exchange", "")},
    )


@require_http_methods(ASKING)
def create(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin an initiative in a programme."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    if programme.plan.initiatives is None:
        raise Http404
    require(request, "initiative.start", programme)
    form = _new_form(request, programme)
    if request.method == "POST" and form.is_valid():
        given = {"facts": form.facts(), "stage": form.cleaned_data["stage"], **form.whose(request.user)}
        made = create_initiative(
            programme=programme,
            exchange=form.cleaned_data.get("exchange"),
            **given,
            by=request.user,
            now=timezone.now(),
        )
        messages.success(
            request, _("It is there. Only its people and the coordinators see it until you publish it.")
        )
        return redirect("desk:initiative", made.pk)
    return answer_form(request, "desk/initiative_edit.html", form, programme=programme)


@require_http_methods(ASKING)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is said of an initiative; who is overtaken gets both texts."""
    found = worked_on(request, pk, "initiative.edit")
    form, theirs = _form(request, found), None
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {
            "version": form.cleaned_data["version"] or 0,
            "by": request.user,
            "now": timezone.now(),
        }
        try:
            edit_initiative(initiative=found, facts=form.facts(), **given)
        except Overtaken:
            theirs = newer(form, Initiative.objects.get(pk=pk))
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:initiative", pk)
    context = {"programme": found.programme, "initiative": found, "theirs": theirs}
    return answer_form(request, "desk/initiative_edit.html", form, **context)


def _form(request: HttpRequest, initiative: Initiative) -> InitiativeForm:
    """Make the form; the exchanges of its owner are offered, whoever opens it."""
    exchanges = {one.pk: one for one in exchanges_of(initiative)}
    if initiative.exchange is not None:
        exchanges[initiative.exchange.pk] = initiative.exchange
    return InitiativeForm(
        request.POST or None,
        names=names_in(initiative.programme),
        exchanges=list(exchanges.values()),
        initial=shown(initiative),
    )


@require_safe
def initiative(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an initiative to those who work on it."""
    return show(request, worked_on(request, pk), status=200)


@require_POST
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep at which stage an initiative is, and what became of it."""
    found = worked_on(request, pk, "initiative.edit")
    form = StageForm(request.POST, names=names_in(found.programme), auto_id="stage_%s")
    if not form.is_valid():
        return show(request, found, stage_form=form)
    given = form.cleaned_data | {"version": form.cleaned_data["version"] or 0}
    try:
        tell_stage(initiative=found, **given, by=request.user, now=timezone.now())
    except Refused as refused:
        form.add_error("on", reason(refused.reason))
    except Overtaken:
        newer(form, open_to(request.user).get(pk=pk))
        return show(request, worked_on(request, pk), status=409, stage_form=form)
    else:
        messages.success(request, _("Thank you! It is written down."))
        return redirect("desk:initiative", pk)
    return show(request, worked_on(request, pk), stage_form=form)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Let everybody see the page."""
    found = worked_on(request, pk, "initiative.publish")
    publish_initiative(initiative=found, by=request.user, now=timezone.now())
    messages.success(request, _("Everybody can see it now. You can take it back at any time."))
    return redirect("desk:initiative", pk)


@require_POST
def unpublish(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the page back to those who work on it."""
    found = worked_on(request, pk, "initiative.unpublish")
    unpublish_initiative(initiative=found, by=request.user, now=timezone.now())
    messages.success(request, _("Only its people and the coordinators see it now."))
    return redirect("desk:initiative", pk)


@require_POST
def change_status(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an initiative rest, go on, end or begin again."""
    found = worked_on(request, pk, "initiative.edit")
    verb = request.POST.get("verb", "")
    if verb not in {one.verb for one in INITIATIVE.moves}:
        return show(request, found)
    set_initiative_status(initiative=found, verb=verb, by=request.user, now=timezone.now())
    messages.success(request, _("Saved: %(status)s.") % {"status": found.get_status_display()})
    return redirect("desk:initiative", pk)


urlpatterns = [
    path("initiatives/", initiatives, name="initiatives"),
    path("initiatives/new/<slug:slug>/", create, name="initiative_create"),
    path("initiatives/<int:pk>/", initiative, name="initiative"),
    path("initiatives/<int:pk>/edit/", edit, name="initiative_edit"),
    path("initiatives/<int:pk>/stage/", tell, name="initiative_stage"),
    path("initiatives/<int:pk>/publish/", publish, name="initiative_publish"),
    path("initiatives/<int:pk>/unpublish/", unpublish, name="initiative_unpublish"),
    path("initiatives/<int:pk>/status/", change_status, name="initiative_status"),
]
