"""A group of the demonstration meets every month, with minutes and what follows; and there is a check-in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from talka.gatherings.actions import (
    add_action_item,
    add_agenda_item,
    add_decision,
    answer_action_item,
    carry_over,
    create_gathering,
    create_series,
    extend_series,
    publish_minutes,
    register,
    save_minutes,
    take_attendance,
    tick_off,
)
from talka.gatherings.lifecycle import ActionStatus
from talka.gatherings.models import Gathering, GatheringKind, Rhythm, Series
from talka.kernel.windows import zone
from talka.kernel.wording import Wording
from talka.programmes.models import Cycle, Post, Programme

TITLE = {"en": "Monthly meeting of the group", "ar": "الاجتماع الشهري للمجموعة"}
ABOUT = {
    "en": "Who mentors, or would like to, is welcome. Add to the agenda what you want to talk about.",
    "ar": "نرحّب بكل من يوجّه غيره أو يودّ ذلك. أضيفوا إلى جدول الأعمال ما تريدون الحديث عنه.",
}
CHECK_IN = {"en": "Check-in with the organisers", "ar": "لقاء متابعة مع المنظمين"}
GUESTS = ("Ngozi Adeyemi", "Lucía Prado", "Tomasz W.")
LINK = "https://meet.wikimedia.org/demo"


@dataclass(frozen=True)
class Held:
    """What a past meeting of the demonstration left behind."""

    points: tuple[str, ...]
    minutes: Wording
    decision: str
    tasks: tuple[str, ...]


HELD = (
    Held(
        points=("How the first weeks of the cohort went", "Who writes the annual report"),
        minutes={
            "en": "### The cohort\n\nMost pairs have met twice. Two mentors ask for help with "
            "**time zones**.\n\n### The report\n\nNot reached; it moves to the next meeting.",
            "ar": "### الدفعة\n\nالتقى معظم الأزواج مرتين، وطلب مرشدان المساعدة في **فروق التوقيت**.",
        },
        decision="Pairs that have not met after three weeks get a friendly letter.",
        tasks=("Write down how to find an hour across time zones", "Ask last year's mentors to come back"),
    ),
    Held(
        points=("Who writes the annual report", "A showcase for what mentees built"),
        minutes={
            "en": "### The report\n\nThree volunteers, a draft in a month.\n\n### Showcase\n\n"
            "Twenty minutes each, recorded if the speakers agree.",
            "ar": "### التقرير\n\nثلاثة متطوعين، ومسوّدة خلال شهر.",
        },
        decision="A showcase takes place at the end of the cohort.",
        tasks=("Draft the outline of the annual report",),
    ),
)


def hold_meetings(programme: Programme, cycle: Cycle | None, people: Sequence[Any], now: datetime) -> Series:
    """Let the group have met twice, with minutes, go on meeting, and set a check-in for the cycle.

    `people` are accounts, of whom three or more make it livelier; who coordinates the programme leads.
    """
    leads = programme.appointments.filter(post=Post.COORDINATOR, ended_at__isnull=True).order_by("pk")
    cleo = leads[0].account
    began_at = now - timedelta(days=60)
    series = create_series(
        programme=programme,
        kind=GatheringKind.MEETING,
        # Six weeks ago: of a monthly meeting two are past then, whatever the day.
        values=_plan(programme, (now - timedelta(days=45)).date()),
        by=cleo,
        now=began_at,
    )
    past = list(Gathering.objects.held(now).filter(series=series))
    for meeting, held in zip(reversed(past), HELD, strict=True):
        _hold(meeting, held, people, by=cleo)
    extend_series(now=now)
    coming = Gathering.objects.coming(now).filter(series=series)[0]
    for person in people[:3]:
        _sign_up(coming, person, now=now)
    if people:
        _add_point(coming, "What we learned from the mid-point evaluation", people[0], now=now)
    if cycle is not None:
        _set_check_in(programme, cycle, people, by=cleo, now=now)
    return series


def _plan(programme: Programme, first_on: date) -> dict[str, Any]:
    return {
        "title": TITLE,
        "description": ABOUT,
        "first_on": first_on,
        "starts_time": time(16),
        "length_minutes": 60,
        "zone": programme.zone,
        "rhythm": Rhythm.MONTHLY_WEEKDAY,
        "every": 1,
        "until_on": None,
        "count": None,
        "link": LINK,
        "places": None,
    }


def _sign_up(meeting: Gathering, person: Any, *, now: datetime) -> None:
    register(
        gathering=meeting,
        name=person.name,
        email=person.email,
        question="",
        account=person,
        language=person.language,
        now=now,
    )


def _add_point(meeting: Gathering, title: str, person: Any, *, now: datetime) -> None:
    add_agenda_item(gathering=meeting, title=title, text="", link="", minutes=20, by=person, now=now)


def _hold(meeting: Gathering, held: Held, people: Sequence[Any], *, by: Any) -> None:
    """Let a meeting take place: its agenda, who came, what was decided, and what it left to do."""
    before, after = meeting.starts_at - timedelta(days=3), meeting.ends_at + timedelta(hours=1)
    known = set(meeting.agenda.values_list("title", flat=True))
    for title in held.points:
        if title not in known:
            _add_point(meeting, title, by, now=before)
    for person in people[:6]:
        _sign_up(meeting, person, now=before)
    there = {person.pk for person in people[:5]}
    take_attendance(gathering=meeting, accounts=there, names=GUESTS, by=by, now=after)
    tick_off(item=meeting.agenda.order_by("position", "pk")[0], by=by, now=after)
    carry_over(gathering=meeting, by=by, now=after)
    add_decision(gathering=meeting, text=held.decision, by=by, now=after)
    minutes = save_minutes(gathering=meeting, text=held.minutes, version=0, by=by, now=after)
    publish_minutes(minutes=minutes, version=minutes.version, tell=False, by=by, now=after)
    _leave_to_do(meeting, held, people or [by], by=by, now=after)


def _leave_to_do(meeting: Gathering, held: Held, people: Sequence[Any], *, by: Any, now: datetime) -> None:
    """Let people take something on; what was taken on first is done, where there is more."""
    made = [
        add_action_item(
            gathering=meeting,
            text=text,
            owner=people[number % len(people)],
            owner_name="",
            due_on=(now + timedelta(days=28)).date(),
            by=by,
            now=now,
        )
        for number, text in enumerate(held.tasks)
    ]
    if len(made) > 1:
        done_at = now + timedelta(days=10)
        note = "It is in the handbook."
        answer_action_item(item=made[0], status=ActionStatus.DONE, note=note, by=made[0].owner, now=done_at)


def _set_check_in(
    programme: Programme, cycle: Cycle, people: Sequence[Any], *, by: Any, now: datetime
) -> None:
    """Set a check-in in nine days, for which one person has signed up."""
    day = (now.astimezone(zone(programme.zone)) + timedelta(days=9)).date()
    starts_at = datetime.combine(day, time(15), tzinfo=zone(programme.zone))
    made = create_gathering(
        programme=programme,
        cycle=cycle,
        kind=GatheringKind.CHECK_IN,
        title=CHECK_IN,
        description={},
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        zone=programme.zone,
        link=LINK,
        places=20,
        by=by,
        now=now - timedelta(days=5),
    )
    for person in people[:1]:
        _sign_up(made, person, now=now - timedelta(days=1))
