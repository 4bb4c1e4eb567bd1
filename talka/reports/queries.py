"""Reads around reports: what they lack, what letters say of them, quotes for a closing."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Prefetch
from django.urls import reverse

from talka.blueprints.exchanges import Evaluation
from talka.blueprints.questions import Question
from talka.exchanges.lifecycle import ExchangeStatus
from talka.exchanges.models import Exchange, ExchangeKind
from talka.exchanges.models.exchanges import ExchangeQuerySet
from talka.forms.reading import ReadSection, answers_for, missing
from talka.kernel.models import Entry
from talka.kernel.reasons import Gap
from talka.kernel.wording import Wording
from talka.matching.models import Seat
from talka.programmes.models import Cycle
from talka.reports.lifecycle import ReportStatus
from talka.reports.models import Evidence, FollowUp, Report, ReportQuerySet
from talka.reports.rules import ReportFacts, what_is_missing

# Of the blueprint's closing questions, those that a Closing has a field for already.
ASKED_ALREADY = ("goals_met", "evidence", "lessons", "went_wrong", "both_sides", "mentee_said", "mentor_said")
# What a report says that the other side and the coordinators should weigh when an exchange is closed.
QUOTED = ("goals_reasons", "learned", "lessons")

# The kinds of question that are answered in words.
WRITTEN = ("short", "long")

SEATS_OF_EXCHANGE = Prefetch("exchange__match__seats", Seat.objects.with_applicants().order_by("pk"))
SEATS = Prefetch("match__seats", Seat.objects.with_applicants().order_by("pk"))


def reports_of(cycle: Cycle) -> ReportQuerySet:
    """Find the reports and evaluations of a cycle, the earliest due first, with what a list of them shows."""
    return (
        Report.objects.filter(exchange__match__cycle=cycle)
        .select_related("exchange", "seat__application__community", "seat__application__person")
        .order_by("due_on", "pk")
    )


def evaluation_of(report: Report) -> Evaluation | None:
    """Return the evaluation that the report answers, as the blueprint describes it; None on a visit."""
    asked = report.exchange.match.cycle.plan.evaluations
    return next((one for one in asked if one.key == report.key), None)


def last_evaluation(cycle: Cycle) -> str:
    """Return the key of the evaluation that looks back on the whole; empty where nothing is evaluated."""
    asked = sorted(cycle.plan.evaluations, key=lambda one: (one.after_months, one.key))
    return asked[-1].key if asked else ""


def answered_counts(cycle: Cycle) -> dict[str, tuple[int, int]]:
    """Return by evaluation how many have answered, and of how many that were asked."""
    counted = Report.objects.evaluations().asked().filter(exchange__match__cycle=cycle).order_by()
    rows = counted.values_list("key", "status").annotate(count=Count("pk"))
    found: dict[str, tuple[int, int]] = {}
    for key, status, count in rows:
        answered, asked = found.get(key, (0, 0))
        found[key] = answered + (count if status == ReportStatus.ANSWERED else 0), asked + count
    return found


def texts_in(cycle: Cycle, evaluation: Evaluation) -> list[tuple[Wording, list[str]]]:
    """List what was written freely in an evaluation, by question, in an order that tells of no writer.

    For coordinators only: words can tell who wrote them.
    """
    answered = Report.objects.filter(
        exchange__match__cycle=cycle, key=evaluation.key, status=ReportStatus.ANSWERED
    )
    reports = list(answered.select_related("sheet__form_version").order_by("pk"))
    versions = {report.sheet.form_version_id: report.sheet.form_version for report in reports}
    asked = {key: version.draft.questions for key, version in versions.items()}
    labels: dict[str, Wording] = {}
    found: dict[str, list[str]] = {}
    for report in reports:
        for question in asked[report.sheet.form_version_id]:
            text = report.sheet.answers.get(question.key)
            if question.kind in WRITTEN and text:
                labels[question.key] = question.label
                found.setdefault(question.key, []).append(str(text))
    return [(labels[key], sorted(texts, key=str.casefold)) for key, texts in found.items()]


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
    """List the exchanges of a cycle that go on: while there are any, its impact is not published.

    A visit is over once it is closed; a mentorship when it was completed or ended early; circles may go on.
    """
    found = exchanges_of(cycle).between_sides()
    over = {"kind": ExchangeKind.MENTORSHIP, "status__in": [ExchangeStatus.COMPLETED, ExchangeStatus.STOPPED]}
    return list(found.exclude(status=ExchangeStatus.CLOSED).exclude(**over))


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
    seats = report.exchange.match.seats.all()
    others = [seat for seat in seats if seat.is_side and seat.part != report.seat.part]
    # Who sits there now; where nobody does, who did last.
    sitting = [seat for seat in others if seat.left_at is None] or others[-1:]
    return sitting[0].application if sitting else None


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
