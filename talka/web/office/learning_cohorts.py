"""Where a cohort stands with the modules: who has done what, and how many have done each."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from talka.kernel.wording import Wording
from talka.learning.models import Module
from talka.learning.queries import Learner, cohort_of, learners, progress_of
from talka.papers.tables import write_csv
from talka.programmes.models import Cycle
from talka.web.office.cycles_found import run_cycle
from talka.web.office.learning_forms import CohortForm
from talka.web.shared.downloads import spreadsheet
from talka.web.shared.fields import offer
from talka.web.shared.lists import page_of
from talka.web.templatetags.words import said

Cohort = list[tuple[int, str, str]]


def _cycle(request: HttpRequest, pk: int) -> Cycle:
    """Return a cycle that the reader coordinates, of a programme with modules. Raises Http404."""
    cycle = run_cycle(request, pk)
    if not cycle.programme.plan.modules:
        raise Http404
    return cycle


def _narrowed(request: HttpRequest, cycle: Cycle, cohort: Cohort) -> tuple[CohortForm, Cohort]:
    form = CohortForm(request.GET)
    offer(form, "role", [("", _("All")), *((key, said(name)) for key, name in _roles(cycle).items())])
    if not form.is_valid():
        return form, cohort
    words, role = form.cleaned_data["q"].casefold().split(), form.cleaned_data["role"]
    found = [one for one in cohort if all(word in one[1].casefold() for word in words)]
    return form, [one for one in found if role in ("", one[2])]


def _roles(cycle: Cycle) -> dict[str, Wording]:
    return {role.key: role.name for role in cycle.plan.roles}


@require_safe
def cohort(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a page of the cohort against the modules, and how many have done each."""
    cycle = _cycle(request, pk)
    modules = list(cycle.programme.modules.standing())
    everybody = cohort_of(cycle)
    form, found = _narrowed(request, cycle, everybody)
    page = page_of(request, found)
    roles = _roles(cycle)
    context = {
        "cycle": cycle,
        "form": form,
        "page": page,
        "modules": modules,
        "progress": progress_of(everybody, modules),
        "count": len({account for account, _name, _role in everybody}),
        "rows": [(one, roles.get(one.role, {}), _marks(one, modules)) for one in learners(page, modules)],
    }
    return render(request, "office/learning.html", context)


def _marks(learner: Learner, modules: list[Module]) -> list[tuple[Module, bool]]:
    return [(module, module.pk in learner.done) for module in modules]


def _table(request: HttpRequest, cycle: Cycle) -> tuple[list[str], list[list[Any]]]:
    """Return the header and the rows of the whole list as it is narrowed."""
    modules = list(cycle.programme.modules.standing())
    roles = _roles(cycle)
    found = _narrowed(request, cycle, cohort_of(cycle))[1]
    header = [_("Name"), _("In the cohort as"), _("Role"), _("Done"), *(said(one.name) for one in modules)]
    rows = [
        [
            one.account.name,
            one.name,
            said(roles.get(one.role, {})),
            len(one.done),
            *(_("yes") if is_done else "" for _module, is_done in _marks(one, modules)),
        ]
        for one in learners(found, modules)
    ]
    return header, rows


@require_safe
def export_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the list as a spreadsheet."""
    cycle = _cycle(request, pk)
    return spreadsheet({_("Modules"): _table(request, cycle)}, name=f"modules-{cycle.slug}")


@require_safe
def export_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the list as CSV."""
    cycle = _cycle(request, pk)
    headers = {"Content-Disposition": f'attachment; filename="modules-{cycle.slug}.csv"'}
    table = write_csv(*_table(request, cycle))
    return HttpResponse(table, content_type="text/csv; charset=utf-8", headers=headers)


urlpatterns = [
    path("cycles/<int:pk>/modules/", cohort, name="learning"),
    path("cycles/<int:pk>/modules.xlsx", export_xlsx, name="learning_xlsx"),
    path("cycles/<int:pk>/modules.csv", export_csv, name="learning_csv"),
]
