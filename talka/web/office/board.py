"""Where cycles stand: the sentence with its counts, and what needs a coordinator. Few queries, always."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.urls import NoReverseMatch, reverse

from talka.applications.lifecycle import ApplicationStatus
from talka.applications.models import Application
from talka.applications.queries import LEARNS
from talka.exchanges.lifecycle import ExchangeStatus, PlanStatus
from talka.exchanges.models import Concern, Exchange, Plan
from talka.exchanges.queries.circles import silent_circles
from talka.exchanges.queries.cohorts import offered_exchanges, quiet_exchanges, unhappy_moods
from talka.impact.models import ImpactReport
from talka.matching.lifecycle import CircleDraftStatus, MatchStatus, RunStatus
from talka.matching.models import CircleDraft, Match, Part, Run, Seat
from talka.programmes.models import Cycle
from talka.recognition.queries import deserving_counts
from talka.reports.lifecycle import ReportStatus
from talka.reports.models import Report
from talka.screening.models import Decision, Ruling, Verdict
from talka.travel.lifecycle import BookingStatus
from talka.travel.models import Booking

CONCERNED = "lesson__exchange__match__cycle_id"
A, E, M, R = ApplicationStatus, ExchangeStatus, MatchStatus, ReportStatus


@dataclass
class Tally:
    """How many of each status a cycle has, by kind of record: `tally["report"]["accepted"]`."""

    counts: dict[str, dict[str, int]] = field(default_factory=dict)

    def of(self, kind: str, *statuses: str) -> int:
        """Add up the statuses named, or all of them when none is."""
        found = self.counts.get(kind, {})
        return sum(found.get(status, 0) for status in statuses or found)


def tallies_of(cycles: Iterable[Cycle], *, today: date, reader: Any) -> dict[int, Tally]:
    """Count the records of all the cycles in one query a kind of record, and a few more for certificates.

    What is private from the reader is not counted.
    """
    listed = list(cycles)
    keys = [cycle.pk for cycle in listed]
    found = {key: Tally() for key in keys}
    for kind, (rows, cycle_path, status_path) in _counted(today, reader).items():
        grouped = (
            rows.filter(**{f"{cycle_path}__in": keys})
            .order_by()
            .values_list(F(cycle_path), F(status_path))
            .annotate(count=Count("pk"))
        )
        for cycle, status, count in grouped:
            found[cycle].counts.setdefault(kind, {})[str(status)] = count
    running = [cycle for cycle in listed if cycle.status != "closed" and cycle.plan.certificates]
    for key, count in deserving_counts(running, today=today).items() if running else ():
        found[key].counts["deserving"] = {"deserving": count}
    return found


def _counted(today: date, reader: Any) -> dict[str, tuple[QuerySet[Any], str, str]]:
    """Name what is counted: which records, the path to their cycle, and what they are told apart by."""
    live = Seat.objects.filter(application=OuterRef("pk"), match__status__in=[M.PROPOSED, M.AGREED])
    live = live.exclude(part=Part.PEER)
    unread = Report.objects.filter(exchange=OuterRef("pk")).exclude(status=R.ACCEPTED)
    # Who ended a mentorship early is asked once to look back, and chased by nobody.
    late = Report.objects.filter(status__in=[R.DRAFT, R.RETURNED], due_on__lt=today)
    late = late.exclude(exchange__status=E.STOPPED)
    ripe = Exchange.objects.filter(~Exists(unread), status=E.VISITED)
    between = Exchange.objects.between_sides()
    unbooked = Exchange.objects.filter(status=E.PLANNED, bookings__isnull=True)
    unsure = Verdict.objects.filter(ruling=Ruling.PERSON, application__status=A.SUBMITTED)
    in_application, in_exchange = "application__call__cycle_id", "exchange__match__cycle_id"
    return {
        "application": (Application.objects.all(), "call__cycle_id", "status"),
        "partnerless": (Application.objects.filter(~Exists(live)), "call__cycle_id", "status"),
        "seeking": (
            Application.objects.filter(~Exists(live), status=A.ACCEPTED),
            "call__cycle_id",
            "call__role",
        ),
        "unsure": (unsure, in_application, "ruling"),
        "prepared": (Decision.objects.filter(released_at__isnull=True), in_application, "outcome"),
        "run": (Run.objects.all(), "cycle_id", "status"),
        "match": (Match.objects.between_sides(), "cycle_id", "status"),
        "plan": (Plan.objects.filter(exchange__status=E.PLANNING), in_exchange, "status"),
        "exchange": (between, "match__cycle_id", "status"),
        "mentorship": (Exchange.objects.mentorships(), "match__cycle_id", "status"),
        "ripe": (ripe, "match__cycle_id", "status"),
        "quiet": (quiet_exchanges(), "match__cycle_id", "kind"),
        "offered": (offered_exchanges(), "match__cycle_id", "kind"),
        "unhappy": (unhappy_moods(reader=reader), in_exchange, "feeling"),
        "unbooked": (unbooked, "match__cycle_id", "status"),
        "booking": (Booking.objects.all(), in_exchange, "status"),
        "report": (Report.objects.asked(), in_exchange, "status"),
        "late": (late, in_exchange, "status"),
        "circle_draft": (CircleDraft.objects.all(), "cycle_id", "status"),
        "concern": (Concern.objects.filter(settled_at__isnull=True), CONCERNED, "lesson__status"),
        "silent_circle": (silent_circles(today), "match__cycle_id", "status"),
        "impact": (ImpactReport.objects.all(), "cycle_id", "number"),
    }


@dataclass(frozen=True)
class Cell:
    """One word of the sentence with its count, of how many, and the list it opens."""

    key: str
    count: int
    address: str
    out_of: int | None = None


def cells_of(cycle: Cycle, tally: Tally) -> list[Cell]:
    """Write the sentence of a cycle: from drafts to closed exchanges."""
    applied = tally.of("application", A.SUBMITTED, A.RETURNED, A.ACCEPTED, A.WAITING, A.DECLINED)
    decided = tally.of("application", A.ACCEPTED, A.WAITING, A.DECLINED)
    matches = tally.of("match", M.AGREED), tally.of("match", M.AGREED, M.PROPOSED)
    left_out = tally.of("partnerless", A.ACCEPTED, A.WAITING)
    applications, matching = (list_of(f"office:{name}", cycle) for name in ("applications", "matching"))
    work = _mentored if cycle.plan.mentorship else _visited
    return [
        Cell("drafts", tally.of("application", A.DRAFT), applications),
        Cell("applied", applied, applications),
        Cell("decided", decided, applications, applied),
        Cell("matched", matches[0], matching, matches[1]),
        Cell("left_out", left_out, matching),
        *work(cycle, tally),
    ]


def _visited(cycle: Cycle, tally: Tally) -> list[Cell]:
    """Write the part of the sentence about visits and their reports."""
    exchanges = tally.of("exchange", E.PLANNING, E.PLANNED, E.VISITED, E.CLOSED)
    handed_in = tally.of("report", R.SUBMITTED, R.ACCEPTED, R.ANSWERED)
    here, reports = list_of("office:exchanges", cycle), list_of("office:reports", cycle)
    return [
        Cell("planned", tally.of("exchange", E.PLANNED, E.VISITED, E.CLOSED), here, exchanges),
        Cell("visited", tally.of("exchange", E.VISITED, E.CLOSED), here, exchanges),
        Cell("reported", handed_in, reports, tally.of("report")),
        Cell("closed", tally.of("exchange", E.CLOSED), list_of("office:impact", cycle), exchanges),
    ]


def _mentored(cycle: Cycle, tally: Tally) -> list[Cell]:
    """Write the part of the sentence about mentorships."""
    here = list_of("office:mentorships", cycle)
    pairs = tally.of("mentorship") - tally.of("mentorship", E.CANCELLED)
    signed = pairs - tally.of("mentorship", E.PLANNING)
    return [
        Cell("signed", signed, here, pairs),
        Cell("underway", tally.of("mentorship", E.UNDERWAY), f"{here}", pairs),
        Cell("paused", tally.of("mentorship", E.PAUSED), f"{here}?show=paused"),
        Cell("completed", tally.of("mentorship", E.COMPLETED, E.CLOSED), f"{here}?show=over", pairs),
        Cell("stopped", tally.of("mentorship", E.STOPPED), f"{here}?show=over"),
    ]


@dataclass(frozen=True)
class Need:
    """Something that waits for a coordinator: its key, how many there are, and where it is done."""

    key: str
    count: int
    address: str


def needs_of(cycle: Cycle, tally: Tally) -> list[Need]:
    """List what needs a coordinator now, along the sentence; a closed cycle asks nothing more."""
    if cycle.status == "closed":
        return []
    begun = tally.of("exchange") - tally.of("exchange", E.CANCELLED, E.STOPPED)
    all_visited = bool(begun) and tally.of("exchange", E.VISITED, E.COMPLETED, E.CLOSED) == begun
    all_closed = bool(begun) and tally.of("exchange", E.COMPLETED, E.CLOSED) == begun
    here = reverse("office:cycle", args=[cycle.pk])
    found = [
        ("announce", int(cycle.status == "draft"), here),
        ("publish", int(not (cycle.programme.is_published or cycle.programme.is_rehearsal)), ""),
        ("unsure", tally.of("unsure"), "applications"),
        ("undecided", tally.of("application", A.SUBMITTED) - tally.of("prepared"), "applications"),
        ("prepared", tally.of("prepared"), "applications"),
        ("partnerless", 0 if all_visited else _seeking(cycle, tally), "matching"),
        ("runs", tally.of("run", RunStatus.DRAFT), "matching"),
        ("plans", tally.of("plan", PlanStatus.SIGNED), "exchanges"),
        ("unbooked", tally.of("unbooked"), "exchanges"),
        ("quotes", tally.of("booking", BookingStatus.QUOTED), "budget#exchanges"),
        ("to_book", tally.of("booking", BookingStatus.APPROVED), "budget#exchanges"),
        ("to_pay", tally.of("booking", BookingStatus.BOOKED), "budget#exchanges"),
        ("reports", tally.of("report", R.SUBMITTED), "reports"),
        ("late", tally.of("late"), "reports"),
        ("concerns", tally.of("concern"), "circles#concerns"),
        ("circle_drafts", tally.of("circle_draft", CircleDraftStatus.DRAFT), "circles"),
        ("silent_circles", tally.of("silent_circle"), "circles"),
        ("ripe", tally.of("ripe"), "reports#closings"),
        ("certificates", tally.of("deserving"), "certificates"),
        ("unhappy", tally.of("unhappy"), "mentorships?show=unhappy"),
        ("quiet", tally.of("quiet"), "mentorships?show=quiet&sort=quiet"),
        ("offered", tally.of("offered"), "mentorships?show=quiet&sort=quiet"),
        ("impact", int(all_closed and not tally.of("impact")), "impact"),
    ]
    return [Need(key, count, _place(name, cycle)) for key, count, name in found if count > 0]


def _seeking(cycle: Cycle, tally: Tally) -> int:
    """Count those who are to learn and have no partner: who would teach waits for nobody."""
    counts = tally.counts.get("seeking", {})
    return sum(counts.get(role.key, 0) for role in cycle.plan.roles if role.part in LEARNS)


def _place(name: str, cycle: Cycle) -> str:
    if name.startswith("/"):
        return name
    if not name:
        return reverse("office:programme_edit", args=[cycle.programme.slug])
    page, rest = next(iter(re.findall(r"^(\w+)(.*)$", name)))
    return f"{list_of(f'office:{page}', cycle)}{rest}"


def list_of(name: str, cycle: Cycle) -> str:
    """Return the address of a list of the cycle; nothing where there is no such list."""
    try:
        return reverse(name, args=[cycle.pk])
    except NoReverseMatch:
        return ""
