"""Applications as the office reads them: the list with filters and export, and one whole application."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from talka.access.table import may
from talka.applications.models import Application
from talka.applications.queries import advice_on, commitments_of, role_of
from talka.forms.reading import answers_for
from talka.kernel.wording import say
from talka.programmes.models import Cycle
from talka.screening.apps import CRITERIA_NAMES
from talka.screening.models import Decision, Review
from talka.screening.queries import (
    barred_from,
    coordinates_cycle,
    has_read_others,
    history_of,
    listed_applications,
    reviews_open_to,
)
from talka.web.office.application_forms import DecisionForm, ListForm
from talka.web.office.cycles_found import cycles_of
from talka.web.shared.downloads import spreadsheet
from talka.web.shared.lists import page_of
from talka.web.shared.may import require


@dataclass(frozen=True)
class Line:
    """One application in the list. Of a barred one the reader learns only that it is there."""

    application: Application
    role: Any
    is_barred: bool
    decision: Decision | None

    @property
    def is_selectable(self) -> bool:
        """Tell whether a decision can be prepared for it here."""
        return not self.is_barred and self.application.status == "submitted"


def application_of(request: HttpRequest, pk: int, verb: str = "application.read") -> Application:
    """Find a handed-in application of what the reader runs; refuse where the verb is not theirs."""
    found = get_object_or_404(
        Application.objects.handed_in()
        .filter(call__cycle__in=Cycle.objects.run_by(request.user))
        .select_related("call__cycle__programme", "community", "person", "sheet__form_version"),
        pk=pk,
    )
    require(request, verb, found)
    return found


def _lines(request: HttpRequest, cycle: Cycle, found: Iterable[Application]) -> list[Line]:
    known = list(found)
    barred = barred_from(known, request.user)
    roles = {role.key: role.name for role in cycle.plan.roles}
    decides = coordinates_cycle(cycle, request.user)

    def decision(one: Application) -> Decision | None:
        made = getattr(one, "decision", None)
        return made if made and one.pk not in barred and (decides or made.released_at) else None

    return [Line(one, roles.get(one.call.role, {}), one.pk in barred, decision(one)) for one in known]


@require_safe
def applications(request: HttpRequest, pk: int) -> HttpResponse:
    """List what was handed in to a cycle."""
    cycle = get_object_or_404(cycles_of(request), pk=pk)
    require(request, "application.read", cycle)
    decides = coordinates_cycle(cycle, request.user)
    form = ListForm(request.GET, plan=cycle.plan, sees_decisions=decides)
    page = page_of(request, form.narrow(listed_applications(cycle)))
    lines = _lines(request, cycle, page)
    context = {
        "cycle": cycle,
        "form": form,
        "page": page,
        "lines": lines,
        "selects": decides and any(line.is_selectable for line in lines),
        "decides": decides,
        "wanted": cycle.plan.reviews_wanted,
        "decision_form": DecisionForm() if decides else None,
    }
    return render(request, "office/applications.html", context)


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the applications of a search as a spreadsheet."""
    cycle = get_object_or_404(cycles_of(request), pk=pk)
    require(request, "application.read", cycle)
    form = ListForm(request.GET, plan=cycle.plan, sees_decisions=coordinates_cycle(cycle, request.user))
    lines = _lines(request, cycle, form.narrow(listed_applications(cycle)))
    header = [_("Applicant"), _("Role"), _("Handed in"), _("Status"), _("Met"), _("Needs a person")]
    header += [_("Not met"), _("Reviews handed in"), _("Decision"), _("Released")]
    rows = [_row(line) for line in lines]
    return spreadsheet({_("Applications"): (header, rows)}, name=f"applications-{cycle.slug}")


def _row(line: Line) -> list[Any]:
    one = line.application
    language = get_language() or "en"
    start = [str(one.applicant), say(line.role, language).text, _local(one.submitted_at)]
    if line.is_barred:
        return [*start, _("You leave this one to others")]
    made = line.decision
    decision = [made.get_outcome_display(), _local(made.released_at)] if made else ["", None]
    return [*start, one.get_status_display(), one.met, one.unsure, one.unmet, one.reviews_in, *decision]  # type: ignore[attr-defined]


def _local(moment: Any) -> Any:
    return localtime(moment) if moment else None


@require_safe
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one application with everything the reader may know of it."""
    found = application_of(request, pk)
    cycle = found.call.cycle
    if barred_from([found], request.user):
        return render(request, "office/application_barred.html", {"application": found, "cycle": cycle})
    decides = coordinates_cycle(cycle, request.user)
    context = _content(found, decides) | _judgement(request, found, decides)
    return render(request, "office/application.html", {"application": found, "cycle": cycle, **context})


def _content(found: Application, decides: bool) -> dict[str, Any]:
    """Return what the applicant wrote, as far as the reader may read it."""
    audience = "coordinator" if decides else "reviewer"
    goals = found.goals.select_related("capacity").order_by("position", "pk")
    accepted = {one.commitment: one for one in found.acceptances.all()}
    return {
        "decides": decides,
        "role": role_of(found.call),
        "sections": answers_for(found.sheet, audience=audience, language=get_language() or "en"),
        "goals": [(goal, advice_on(goal)) for goal in goals],
        "partner": getattr(found, "partner", None),
        "commitments": [(one, accepted.get(one.key)) for one in commitments_of(found.call)],
    }


def _judgement(request: HttpRequest, found: Application, decides: bool) -> dict[str, Any]:
    """Return what criteria, reviewers and coordinators say of it, as far as the reader may know."""
    verdicts = list(found.verdicts.select_related("overridden_by").order_by("position", "pk"))
    reviews = reviews_open_to(found, request.user)
    decision = Decision.objects.filter(application=found).select_related("prepared_by").first()
    scales = found.call.cycle.plan.scores
    judged_at = min((verdict.judged_at for verdict in verdicts), default=None)
    return {
        "verdicts": [(CRITERIA_NAMES.get(one.criterion, one.criterion), one) for one in verdicts],
        "is_open": found.status in ("submitted", "returned"),
        "judged_at": judged_at,
        "may_override": may(request.user, "verdict.override", found),
        "own_review": Review.objects.filter(application=found, reviewer=request.user.pk).first(),
        "may_review": may(request.user, "review.write", found) and not has_read_others(found, request.user),
        "reviews": [(one, [(scale.name, one.scores.get(scale.key)) for scale in scales]) for one in reviews],
        "reviews_in": Review.objects.filter(application=found, status="submitted").count(),
        "decision": decision if decision and (decides or decision.released_at) else None,
        "entries": history_of(found, decides=decides),
    }


urlpatterns = [
    path("cycles/<int:pk>/applications/", applications, name="applications"),
    path("cycles/<int:pk>/applications/export/", export, name="applications_export"),
    path("applications/<int:pk>/", application, name="application"),
]
