"""The page on which people work on an initiative: found, and drawn with the forms that the reader may use."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from talka.access.table import may
from talka.initiatives.lifecycle import MemberStatus
from talka.initiatives.models import Initiative, Material, MaterialVersion
from talka.initiatives.queries import feedback_on, names_in, open_to
from talka.kernel.models import Entry
from talka.web.desk.initiative_forms import FeedbackForm, InviteForm, NewMaterialForm, StageForm
from talka.web.shared.initiatives import facts_of, story_of
from talka.web.shared.may import require
from talka.web.shared.timelines import today_in

VERBS = {
    "may_edit": "initiative.edit",
    "may_publish": "initiative.publish",
    "may_invite": "initiative.invite",
    "names_helpers": "initiative.name_helper",
    "may_work": "initiative.material",
    "reads_all": "feedback.read",
    "may_give": "feedback.give",
    "may_answer": "feedback.answer",
}


def worked_on(request: HttpRequest, pk: int, verb: str = "") -> Initiative:
    """Return an initiative on which the reader works. Raises Http404, and PermissionDenied for the verb."""
    found = get_object_or_404(open_to(request.user).with_owner().select_related("exchange"), pk=pk)
    if verb:
        require(request, verb, found)
    return found


def show(request: HttpRequest, initiative: Initiative, *, status: int = 422, **given: Any) -> HttpResponse:
    """Draw the page, with the forms given instead of fresh ones."""
    now = timezone.now()
    today = today_in(initiative.programme.zone, now)
    rights = {name: may(request.user, verb, initiative) for name, verb in VERBS.items()}
    members = initiative.members.filter(status__in=[MemberStatus.INVITED, MemberStatus.ACCEPTED])
    context = facts_of(initiative) | rights
    context |= {
        "story": story_of(initiative, now=now),
        "is_asked": initiative.asked_on is not None and initiative.asked_on > initiative.heard_on,
        "feedback": feedback_on(initiative, reader=request.user, reads_all=rights["reads_all"]),
        "materials": _materials(initiative, request.user),
        "members": members.select_related("account").order_by("part", "pk"),
        "stage_form": _stage_form(initiative, today),
        "feedback_form": FeedbackForm(today=today, auto_id="feedback_%s"),
        "material_form": NewMaterialForm(auto_id="material_%s"),
        "invite_form": InviteForm(names_helpers=rights["names_helpers"], auto_id="invite_%s"),
        "entries": Entry.objects.about(initiative).select_related("actor") if rights["reads_all"] else [],
    }
    return render(request, "desk/initiative.html", context | given, status=status)


def _stage_form(initiative: Initiative, today: Any) -> StageForm:
    initial = {"stage": initiative.stage, "on": today, "version": initiative.version}
    return StageForm(names=names_in(initiative.programme), initial=initial, auto_id="stage_%s")


def _materials(initiative: Initiative, account: Any) -> list[tuple[Material, list[MaterialVersion]]]:
    """List the documents that the person may see, each with its versions, the newest first."""
    seen = MaterialVersion.objects.visible_to(account).filter(material__initiative=initiative)
    found: dict[Material, list[MaterialVersion]] = {}
    for version in seen.select_related("material", "upload", "added_by").order_by("material", "-number"):
        found.setdefault(version.material, []).append(version)
    return list(found.items())
