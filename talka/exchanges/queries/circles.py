"""Reads about circles: who is in one, how it is going, and when most of its members are awake."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from talka.applications.models import Application
from talka.capacities.queries import search_capacities
from talka.exchanges.lifecycle import ExchangeStatus, LessonStatus
from talka.exchanges.models import Concern, Exchange, Lesson, LessonReply
from talka.exchanges.models.exchanges import ExchangeQuerySet
from talka.exchanges.rules.circles import Meeting, Member, best_meetings
from talka.kernel.windows import zone
from talka.matching.models import Part, Seat
from talka.matching.queries.answers import country_of, hours_of, languages_of, zone_of
from talka.matching.queries.cohort import questions_by_version
from talka.programmes.models import Cycle, Programme

MOST_WORDS, MOST_TOPICS = 8, 50
"""Of a search: further words, and further topics of one word, are not looked for."""


@dataclass(frozen=True)
class Fellow:
    """A member of a circle as the others see them: where they are, what they speak, what time it is there."""

    seat: Seat
    country: str
    languages: tuple[str, ...]
    local_time: datetime
    zone: str
    hours_known: bool


def members_of(circle: Exchange) -> list[Seat]:
    """List the seats that are held now, with whoever sits on them."""
    seats = Seat.objects.filter(match=circle.match_id, part=Part.PEER, left_at__isnull=True)
    return list(seats.with_applicants().order_by("pk"))


def fellows_of(seats: Iterable[Seat], *, now: datetime) -> list[Fellow]:
    """Describe members by what their applications say to partners."""
    return [
        Fellow(
            seat=seat,
            country=country_of(application, asked),
            languages=tuple(code for code, _level in languages_of(application, asked)),
            # Without a zone, so that the template shows their clock and no other.
            local_time=now.astimezone(zone(zone_of(application))).replace(tzinfo=None),
            zone=zone_of(application),
            hours_known=hours_of(application, asked) is not None,
        )
        for seat, application, asked in _read(seats)
    ]


def languages_of_circle(circle: Exchange) -> list[str]:
    """List the languages that members named, each once."""
    named = (languages_of(application, asked) for _seat, application, asked in _read(members_of(circle)))
    return list(dict.fromkeys(code for languages in named for code, _level in languages))


def meetings_of(seats: Iterable[Seat], *, now: datetime) -> list[Meeting]:
    """List the next hours at which most could meet: those that they said, else while they are awake."""
    people = [
        Member(zone_of(application), hours_of(application, asked))
        for _seat, application, asked in _read(seats)
    ]
    return best_meetings(people, now=now)


def _read(seats: Iterable[Seat]) -> list[tuple[Seat, Application, Any]]:
    """Read with each seat the questions that its application answered."""
    found = list(seats)
    rows = Application.objects.select_related(
        "call", "community", "person", "started_by", "sheet__form_version"
    ).in_bulk([seat.application_id for seat in found])
    questions = questions_by_version(rows.values())
    return [
        (seat, rows[seat.application_id], questions[rows[seat.application_id].sheet.form_version_id])
        for seat in found
    ]


def with_activity(circles: ExchangeQuerySet) -> Any:
    """Count the lessons and replies of each circle, and say when the last was written: no word of it."""
    there = ~Q(lessons__status=LessonStatus.REMOVED)
    return circles.annotate(
        lesson_count=Count("lessons", filter=there, distinct=True),
        published_count=Count("lessons", filter=Q(lessons__status=LessonStatus.PUBLISHED), distinct=True),
        reply_count=Count("lessons__replies", filter=there, distinct=True),
        quiet_since=Greatest(
            "started_at",
            Coalesce(Max("lessons__written_at"), F("started_at")),
            Coalesce(Max("lessons__replies__written_at"), F("started_at")),
        ),
    )


def circles_of_cycle(cycle: Cycle) -> Any:
    """Find the circles of a cycle with their members and how they are going, those that go on first."""
    found = with_activity(Exchange.objects.circles().filter(match__cycle=cycle)).with_sides()
    return found.order_by("-status", "pk")


def quiet_circles(now: datetime, days: int) -> list[tuple[Exchange, datetime]]:
    """List the circles in which nobody has written anything for so many days, with since when."""
    going = Exchange.objects.circles().filter(status=ExchangeStatus.UNDERWAY)
    going = going.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=now.date()))
    silent = with_activity(going).filter(quiet_since__lte=now - timedelta(days=days))
    return [(one, one.quiet_since) for one in silent.with_sides().order_by("pk")]


def silent_circles(today: date, days: int = 60) -> QuerySet[Exchange]:
    """Find the circles that go on and in which nobody has written for so many days; to be counted."""
    before = datetime.combine(today - timedelta(days=days), datetime.max.time(), tzinfo=UTC)
    written = Lesson.objects.filter(exchange=OuterRef("pk"), written_at__gt=before)
    answered = LessonReply.objects.filter(lesson__exchange=OuterRef("pk"), written_at__gt=before)
    going = Exchange.objects.circles().filter(status=ExchangeStatus.UNDERWAY, started_at__lte=before)
    return going.filter(~Exists(written), ~Exists(answered))


def lessons_of(circle: Exchange) -> QuerySet[Lesson]:
    """Find what a circle wrote, the newest first, with how many replies each has."""
    found = circle.lessons.exclude(status=LessonStatus.REMOVED).select_related("author", "capacity")
    return found.annotate(reply_count=Count("replies"), last_reply=Max("replies__written_at")).order_by("-pk")


def library_of(programme: Programme, *, words: str = "", **wanted: Any) -> QuerySet[Lesson]:
    """Find the published lessons of a programme, newest first; each of the words is in title, text or topic.

    `wanted` narrows it by fields of the lesson; an empty value does not.
    """
    found = Lesson.objects.published().of_programme(programme).select_related("author", "capacity")
    for word in words.split()[:MOST_WORDS]:
        text = Q(title__icontains=word) | Q(text__icontains=word)
        found = found.filter(text | Q(capacity__in=search_capacities(word, most=MOST_TOPICS)))
    return found.filter(**{name: value for name, value in wanted.items() if value})


def lessons_published_between(programme: Programme, first: date, last: date) -> list[Lesson]:
    """List the lessons of a programme that were published in a span of days and still are, oldest first.

    Which day it was, is asked in the programme's zone.
    """
    place = zone(programme.zone)
    starts = datetime.combine(first, datetime.min.time(), tzinfo=place)
    ends = datetime.combine(last + timedelta(days=1), datetime.min.time(), tzinfo=place)
    found = (
        Lesson.objects.published()
        .of_programme(programme)
        .filter(published_at__gte=starts.astimezone(UTC), published_at__lt=ends.astimezone(UTC))
    )
    return list(found.select_related("author", "capacity").order_by("published_at", "pk"))


def open_concerns(cycle: Cycle) -> QuerySet[Concern]:
    """Find what members of a cycle's circles asked the coordinators to look at, the oldest first."""
    found = Concern.objects.filter(lesson__exchange__match__cycle=cycle, settled_at__isnull=True)
    return found.select_related("lesson", "raised_by").order_by("raised_at", "pk")
