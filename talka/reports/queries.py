"""Reads around reports: what they lack, what letters say of them, quotes for a closing."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from talka.blueprints.questions import Question
from talka.exchanges.lifecycle import ExchangeStatus
from talka.exchanges.models import Exchange
from talka.exchanges.models.exchanges import ExchangeQuerySet
from talka.forms.reading import ReadSection, answers_for, missing
from talka.kernel.models import Entry
from talka.kernel.reasons import Gap
from talka.matching.models import Seat
from talka.programmes.models import Cycle
from talka.reports.lifecycle import ReportStatus
from talka.reports.models import Evidence, FollowUp, Report
from talka.reports.rules import ReportFacts, what_is_missing

# Of the blueprint's closing questions, those that a Closing has a field for already.
ASKED_ALREADY = ("goals_met", "evidence", "lessons", "went_wrong", "both_sides", "mentee_said", "mentor_said")
# What a report says that the other side and the coordinators should weigh when an exchange is closed.
QUOTED = ("goals_reasons", "learned", "lessons")

SEATS_OF_EXCHANGE = Prefetch("exchange__match__seats", Seat.objects.with_applicants().order_by("pk"))
SEATS = Prefetch("match__seats", Seat.objects.with_applicants().order_by("pk"))


def reports_of(cycle: Cycle) -> QuerySet[Report]:
    """Find the reports of a cycle, the earliest due first, with what a list of them shows."""
    return (
        Report.objects.filter(exchange__match__cycle=cycle)
        .select_related("exchange", "seat__application__community", "seat__application__person")
        .order_by("due_on", "pk")
    )


def exchanges_of(cycle: Cycle) -> ExchangeQuerySet:
    """Find the exchanges of a cycle with their sides and reports."""
    return (
        Exchange.objects.between_sides()
        .filter(match__cycle=cycle)
        .select_related("match", "plan", "closing")
        .prefetch_related(SEATS, "reports")
        .order_by("pk")
    )


def open_exchanges(cycle: Cycle) -> list[Exchange]:
    """List the exchanges of a cycle that are not closed: while there are any, its impact is not published."""
    found = exchanges_of(cycle).exclude(status=ExchangeStatus.CLOSED)
    return list(found)


def missing_in(report: Report) -> list[Gap]:
    """List what the report lacks before it can be handed in."""
    asked = report.exchange.match.cycle.plan.report
    facts = ReportFacts(
        unanswered={question.key: question.label for question in missing(report.sheet)},
        evidence_count=report.evidence.count(),
        steps_due=tuple(report.next_steps.order_by("pk").values_list("due_on", flat=True)),
    )
    return what_is_missing(
        facts,
        evidence_min=asked.evidence_min if asked else 0,
        steps_min=asked.next_steps_min if asked else 0,
        last_day=report.exchange.plan.ends_on,
    )


def partner_of(report: Report) -> Any:
    """Return the applicant on the other side of the report's exchange."""
    others = [seat for seat in report.exchange.match.seats.all() if seat.pk != report.seat_id]
    return others[0].application if others else None


def letter_values(report: Report, *, office: bool = False) -> dict[str, Any]:
    """Return what letters say of a report, to its writers or to the office."""
    cycle = report.exchange.match.cycle
    address = reverse("office:report", args=[report.pk]) if office else report.get_absolute_url()
    return {
        "programme": cycle.programme,
        "community": report.seat.application,
        "partner": partner_of(report),
        "due_on": report.due_on,
        "path": address,
    }


def follow_up_values(follow_up: FollowUp) -> dict[str, Any]:
    """Return what the letter about a follow-up says."""
    path = reverse("desk:follow_up", args=[follow_up.pk])
    return letter_values(follow_up.report) | {"months": follow_up.months, "path": path}


def coordinators_question(report: Report) -> str:
    """Return the question with which a returned report came back; empty for any other."""
    if report.status != ReportStatus.RETURNED:
        return ""
    entry = Entry.objects.about(report).filter(verb__in=["return", "reopen"]).last()
    return entry.note if entry else ""


def closing_questions(cycle: Cycle) -> tuple[Question, ...]:
    """Return the blueprint's closing questions that a Closing has no field of its own for."""
    return tuple(question for question in cycle.plan.closing if question.key not in ASKED_ALREADY)


def quotes(report: Report, *, language: str) -> str:
    """Return what a side said of the exchange, as text for coordinators to shorten: only what is no secret.

    What it wrote for the coordinators alone is left out: the closing quotes
    what the partner may read as well.
    """
    sections = answers_for(report.sheet, audience="partner", language=language)
    return "\n\n".join(f"“{line}”" for line in _quoted_lines(sections))


def _quoted_lines(sections: Iterable[ReadSection]) -> list[str]:
    return [
        line
        for section in sections
        for answer in section.answers
        if answer.key in QUOTED
        for line in answer.lines
    ]


def published_with_consent(report: Report) -> tuple[str, list[Evidence]]:
    """Return the story of an accepted report and its photos, as far as those concerned agreed."""
    answers = report.sheet.answers
    if report.status != ReportStatus.ACCEPTED or answers.get("story_consent") is not True:
        return "", []
    photos = [photo for photo in report.evidence.all() if photo.has_consent]
    return str(answers.get("story") or ""), sorted(photos, key=lambda photo: photo.pk)
