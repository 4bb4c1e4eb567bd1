"""Reads for the impact report: the rows behind its figures, the stories that may be told."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from talka.applications.lifecycle import ApplicationStatus
from talka.applications.models import Application
from talka.applications.queries import topics_in_goals, topics_of
from talka.blueprints.exchanges import Evaluation
from talka.blueprints.questions import Question as FormQuestion
from talka.capacities.models import Capacity
from talka.exchanges.models import Exchange
from talka.exchanges.queries import SIDE
from talka.forms.models import FormVersion
from talka.impact.figures import (
    Applicant,
    Cost,
    Figures,
    Limits,
    Question,
    Rows,
    Visit,
    compute,
    count_answers,
)
from talka.impact.models import ImpactReport
from talka.kernel.wording import Wording
from talka.programmes.models import Cycle
from talka.reports.lifecycle import ReportStatus
from talka.reports.models import Evidence, NextStep, Report
from talka.reports.queries import SEATS, exchanges_of, published_with_consent
from talka.travel.models import Booking

# In the order in which one application of an applicant counts before another.
OUTCOME_OF = {
    ApplicationStatus.ACCEPTED: "accepted",
    ApplicationStatus.WAITING: "waiting",
    ApplicationStatus.DECLINED: "declined",
    ApplicationStatus.SUBMITTED: "undecided",
    ApplicationStatus.RETURNED: "undecided",
    ApplicationStatus.WITHDRAWN: "withdrawn",
}
ORDER = ("took_part", *dict.fromkeys(OUTCOME_OF.values()))
# What participants are told is counted; beside it, what they know to be public.
COUNTED_QUESTION = "goals_met"


@dataclass(frozen=True)
class Story:
    """A story that may be told: the report it stands in, its words, and photos of which everybody agrees."""

    report: Report
    text: str
    photos: tuple[Evidence, ...]


def figures_of(cycle: Cycle) -> Figures:
    """Compute what may be published of a cycle as it stands."""
    counts = cycle.plan.small_counts
    return compute(collect(cycle), Limits(counts.per_question, counts.per_option))


def collect(cycle: Cycle) -> Rows:
    """Read the rows behind the figures of a cycle, in as many queries however many rows there are."""
    visits = list(exchanges_of(cycle).took_place())
    topics = _topics(visits)
    reports = list(
        Report.objects.filter(exchange__in=visits, status=ReportStatus.ACCEPTED).select_related("sheet")
    )
    steps = NextStep.objects.filter(report__in=reports)
    bookings = Booking.objects.filter(exchange__match__cycle=cycle).counted()
    return Rows(
        applicants=_applicants(cycle, visits),
        visits=tuple(_visit(exchange, topics) for exchange in visits),
        costs=tuple(Cost(*row) for row in bookings.values_list("kind", "amount_in_budget")),
        steps=tuple(steps.values_list("status", flat=True)),
        questions=_questions(cycle, reports),
        topic_names=dict(Capacity.objects.filter(key__in=_keys(topics)).values_list("key", "name")),
        cost_names={cost.key: cost.name for cost in cycle.plan.costs},
        currency=cycle.currency,
        are_people=cycle.plan.applicants != "communities",
    )


def _applicant_key(application: Application) -> int:
    # A person's key is below zero, so that it is never a community's.
    return application.community_id or -int(application.person_id or 0)


def _topics(visits: list[Exchange]) -> dict[int, tuple[str, ...]]:
    """Find what the learning sides wanted to learn, by application."""
    learners = Application.objects.filter(pk__in=[exchange.mentee.pk for exchange in visits])
    read = learners.select_related("sheet__form_version").prefetch_related("goals__capacity")
    # Those that a goal serves are what the visit was about; the others were only asked for.
    return {learner.pk: tuple(topics_in_goals(learner) or topics_of(learner)) for learner in read}


def _keys(topics: dict[int, tuple[str, ...]]) -> set[str]:
    return {key for keys in topics.values() for key in keys}


def _visit(exchange: Exchange, topics: dict[int, tuple[str, ...]]) -> Visit:
    closing = getattr(exchange, "closing", None)
    return Visit(
        sides=tuple(_applicant_key(seat.application) for seat in exchange.match.seats.all()),
        origin=exchange.match.origin,
        days=exchange.plan.days,
        topics=topics.get(exchange.mentee.pk, ()),
        goals_met=closing.goals_met if closing else "",
    )


def _applicants(cycle: Cycle, visits: list[Exchange]) -> tuple[Applicant, ...]:
    """Say of each that handed something in how it went in the end: the best of its applications counts."""
    took_part = {
        _applicant_key(seat.application) for exchange in visits for seat in exchange.match.seats.all()
    }
    handed_in = Application.objects.filter(call__cycle=cycle, submitted_at__isnull=False)
    found: dict[int, Applicant] = {}
    for application in handed_in.exclude(status=ApplicationStatus.DRAFT).select_related("community"):
        key = _applicant_key(application)
        outcome = "took_part" if key in took_part else OUTCOME_OF[ApplicationStatus(application.status)]
        country = application.community.country if application.community else ""
        known = found.get(key)
        if known is None or ORDER.index(outcome) < ORDER.index(known.outcome):
            found[key] = Applicant(key, country, outcome)
    return tuple(found.values())


def _questions(cycle: Cycle, reports: list[Report]) -> tuple[Question, ...]:
    """Find the questions that are counted, with what the accepted reports chose."""
    asked = cycle.plan.report
    form = FormVersion.objects.filter(
        form__cycle=cycle, form__key=asked.form if asked else "", published_at__isnull=False
    )
    version = form.order_by("-number").first()
    if version is None:
        return ()
    return tuple(_question(one, reports) for one in version.draft.questions if _is_counted(one))


def _is_counted(question: FormQuestion) -> bool:
    return question.kind == "one_of" and (question.key == COUNTED_QUESTION or "public" in question.audience)


def evaluation_figures(cycle: Cycle, evaluation: Evaluation) -> Figures:
    """Count what was answered to the questions of an evaluation that have choices, without names.

    Of a question with several choices each choice is counted as a question of its own, with yes and no: else
    what a choice hides could be found from the others.
    """
    reports = list(
        Report.objects.filter(exchange__match__cycle=cycle, key=evaluation.key, status=ReportStatus.ANSWERED)
        .select_related("sheet__form_version")
        .order_by("pk")
    )
    asked: dict[str, FormQuestion] = {}
    for version in {report.sheet.form_version_id: report.sheet.form_version for report in reports}.values():
        asked |= {question.key: question for question in version.draft.questions}
    counts = cycle.plan.small_counts
    counted = [table for question in asked.values() for table in _choices(question, reports)]
    return count_answers(counted, Limits(counts.per_question, counts.per_option))


def _choices(question: FormQuestion, reports: list[Report]) -> list[Question]:
    if question.kind == "one_of":
        return [_question(question, reports)]
    given = [report.sheet.answers.get(question.key) for report in reports]
    if question.kind == "yes_no":
        return [_yes_or_no(question.key, question.label, given)]
    if question.kind == "several_of":
        chosen = [set(answer) for answer in given if answer]
        return [
            _yes_or_no(
                f"{question.key}_{option.key}",
                _joined(question.label, option.label),
                [option.key in answer for answer in chosen],
            )
            for option in question.options
        ]
    return []


def _yes_or_no(key: str, label: Wording, given: list[Any]) -> Question:
    answers = tuple("yes" if answer else "no" for answer in given if isinstance(answer, bool))
    return Question(key, label, (("yes", {}), ("no", {})), answers)


def _joined(question: Wording, option: Wording) -> Wording:
    """Name a choice after its question, in each language that has both."""
    both = {code: f"{words}: {option[code]}" for code, words in question.items() if code in option}
    return both or question


def _question(question: FormQuestion, reports: list[Report]) -> Question:
    options = tuple((option.key, option.label) for option in question.options)
    chosen = [report.sheet.answers.get(question.key) for report in reports]
    answers = tuple(key for key in chosen if key in dict(options))
    return Question(question.key, question.label, options, answers)


def possible_stories(cycle: Cycle) -> list[Story]:
    """List the stories of a cycle whose writers agreed to their publication."""
    reports = (
        Report.objects.filter(exchange__match__cycle=cycle, status=ReportStatus.ACCEPTED)
        .select_related("sheet", "exchange__match", *SIDE)
        .prefetch_related("evidence", Prefetch("exchange__match__seats", SEATS.queryset))
        .order_by("pk")
    )
    found = ((report, *published_with_consent(report)) for report in reports)
    return [Story(report, text, tuple(photos)) for report, text, photos in found if text]


def impact_reports(cycle: Cycle) -> QuerySet[ImpactReport]:
    """Find what was published about a cycle, the newest first."""
    return ImpactReport.objects.filter(cycle=cycle).order_by("-number")


def public_photos(stories: list[dict[str, Any]]) -> set[int]:
    """Return which photos of published stories may still be shown: consent can be taken back."""
    listed = {photo["pk"] for story in stories for photo in story["photos"]}
    return set(Evidence.objects.filter(pk__in=listed, has_consent=True).values_list("pk", flat=True))


def is_published(photo: Evidence) -> bool:
    """Tell whether anyone may see a photo: all agree, and it stands in a story of a published report."""
    if not photo.has_consent:
        return False
    published = ImpactReport.objects.filter(cycle__matches__exchange=photo.report.exchange_id)
    stories = (story for report in published.values_list("stories", flat=True) for story in report)
    return any(photo.pk == listed["pk"] for story in stories for listed in story["photos"])
