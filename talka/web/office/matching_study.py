"""A draft looked into before it is published: who is matched, what each decision costs, what stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from babel import Locale
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from talka.kernel.locales import locale_of
from talka.matching.actions import ask_for_study, ask_to_stop, work_on_study
from talka.matching.engine.lens import Share
from talka.matching.engine.study import Price, Study
from talka.matching.lifecycle import RunStatus
from talka.matching.models import Run
from talka.matching.queries.drafts import shares_of_draft, study_of
from talka.matching.queries.fits import PART_NAMES, RULE_NAMES, UNIT
from talka.matching.queries.words import names_of
from talka.people.models import CommunityKind, Region
from talka.web.office.matching_runs import run_of
from talka.web.shared.matching_words import stage_of

MOST_RIVALS = 20

LENSES = {
    "region": gettext_lazy("Region"),
    "kind": gettext_lazy("Kind of community"),
    "language": gettext_lazy("Language"),
    "newcomer": gettext_lazy("Experience with the programme"),
}
NEWCOMERS = {"yes": gettext_lazy("for the first time"), "no": gettext_lazy("has taken part before")}


@dataclass(frozen=True)
class Cost:
    """A decision with what would be different without it, in words and points."""

    decision: str
    matched: int
    worst: int
    total: int
    moved: int
    possible: bool

    @property
    def is_free(self) -> bool:
        """Tell whether nothing would be different."""
        return self.possible and not (self.matched or self.worst or self.total or self.moved)


@require_safe
def study(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who is matched, what each decision costs, which pairs stand, and who would rather be together."""
    found = run_of(request, pk)
    if found.status not in (RunStatus.DRAFT, RunStatus.PUBLISHED):
        return redirect("office:run", pk)
    worked_out = study_of(found)
    if "HX-Request" in request.headers and not found.study_asked:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {
        "run": found,
        "cycle": found.cycle,
        "lenses": _lenses(found),
        "study": worked_out,
        "stage": stage_of(found),
        **(_in_words(found, worked_out) if worked_out else {}),
    }
    return render(request, "office/run_study.html", context)


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Have it worked out what each decision costs."""
    found, now = run_of(request, pk), timezone.now()
    ask_for_study(run=found, by=request.user, now=now)
    if not work_on_study(run=found, clock=timezone.now):
        messages.success(request, _("This takes a while. You can leave this page and come back."))
    return redirect("office:run_study", pk)


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """End what waits or is worked on."""
    found = run_of(request, pk)
    ask_to_stop(run=found, by=request.user, now=timezone.now())
    messages.success(request, _("It ends within seconds. What was found so far is kept."))
    found.refresh_from_db()
    if found.status == RunStatus.DISCARDED:
        return redirect("office:matching", found.cycle_id)
    return redirect("office:run", pk)


# In words


def _lenses(run: Run) -> list[dict[str, Any]]:
    """Put the equity lens into tables: for each lens the values with both sides, unless none is known."""
    shares = shares_of_draft(run)
    tables = []
    for lens, title in LENSES.items():
        rows: dict[str, dict[str, Share]] = {}
        for share in shares:
            if share.lens == lens:
                rows.setdefault(share.value, {})[share.side] = share
        named = [(_value(lens, value), both) for value, both in rows.items()]
        if any(rows):
            tables.append({"title": title, "rows": sorted(named, key=lambda row: row[0])})
    return tables


def _value(lens: str, value: str) -> str:
    """Say a value of a lens."""
    if not value:
        return _("not known")
    if lens == "language":
        return _locale().languages.get(value.replace("-", "_")) or value
    words: Mapping[str, Any] = {
        "region": dict(Region.choices),
        "kind": dict(CommunityKind.choices),
        "newcomer": NEWCOMERS,
    }[lens]
    return str(words.get(value, value))


def _locale() -> Locale:
    return locale_of(get_language() or "en")


def _in_words(run: Run, worked_out: Study) -> dict[str, Any]:
    """Put what was worked out into words and points."""
    called = names_of(run.cycle, run).parties
    shaky = [one for one in worked_out.standings if one.stands < one.tries]
    rivals = [
        (called.get(one.learner, ""), called.get(one.teacher, ""), round(one.score / UNIT))
        for one in worked_out.rivals
    ]
    costs = list(_costs(worked_out.prices, called))
    return {
        "costs": [cost for cost in costs if not cost.is_free],
        "free": [cost for cost in costs if cost.is_free],
        "firm": len(worked_out.standings) - len(shaky),
        "shaky": [
            (called.get(one.learner, ""), called.get(one.teacher, ""), 100 * one.stands // one.tries)
            for one in sorted(shaky, key=lambda one: one.stands)
        ],
        "rivals": rivals[:MOST_RIVALS],
        "more_rivals": max(0, len(rivals) - MOST_RIVALS),
    }


def _costs(prices: tuple[Price, ...], called: Mapping[str, str]) -> Iterator[Cost]:
    """Yield each decision with its cost, those that matter first."""
    order = sorted(prices, key=lambda one: (one.possible, -one.matched, -abs(one.total), -one.moved))
    for price in order:
        yield Cost(
            _decision(price, called),
            price.matched,
            round(price.worst / UNIT),
            round(price.total / UNIT),
            price.moved,
            price.possible,
        )


def _decision(price: Price, called: Mapping[str, str]) -> str:
    """Say what a decision is."""
    two = {"learner": called.get(price.learner, ""), "teacher": called.get(price.teacher, "")}
    if price.kind == "lock":
        return _("%(learner)s and %(teacher)s are kept together") % two
    if price.kind == "ban":
        return _("%(learner)s and %(teacher)s are never together") % two
    if price.kind == "rule":
        return _("The rule: %(rule)s") % {"rule": RULE_NAMES.get(price.name, price.name)}
    return _("The weight of “%(part)s”") % {"part": PART_NAMES.get(price.name, price.name)}


urlpatterns = [
    path("matching/runs/<int:pk>/study/", study, name="run_study"),
    path("matching/runs/<int:pk>/study/ask/", ask, name="ask_for_study"),
    path("matching/runs/<int:pk>/stop/", stop, name="stop_run"),
]
