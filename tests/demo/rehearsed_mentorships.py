"""What happens in the rehearsal of a mentorship: its invented people work, meet, learn, and ask for help."""

from django.db.models import Count

from talka.demo.answering import let_cohort_answer
from talka.demo.asking import GIFTS, QUESTIONS, ask_and_offer
from talka.demo.circling import gather_circles
from talka.demo.cohort import accounts_of, communities_of
from talka.demo.describing import writer_of
from talka.demo.group import fill_group
from talka.demo.initiating import build_initiatives
from talka.demo.learning_path import walk_learning_path
from talka.demo.meetings import hold_meetings
from talka.demo.mentoring import lead_pairs
from talka.exchanges.actions import judge_goals, leave_mentorship, raise_concern
from talka.exchanges.models import Exchange, Lesson
from talka.files.actions import store_attachment
from talka.gatherings.actions import make_feed
from talka.impact.actions import start_work_report
from talka.initiatives.actions import add_material_version
from talka.initiatives.models import Material
from tests.demo.rehearsal_road import answer_all, match, screen
from tests.exchanges.mentorship_samples import read, seat_of

NAMES = ("ada", "bo", "eva", "filip", "greta", "hugo", "ivana", "jan", "rosa", "dan")
"""The parts that the demonstration gives to its cast, and that invented people play here."""


def cast_of(programme, cleo):
    """Give the parts of the cast, and those of their communities, to the invented people of a rehearsal."""
    # Those who act for communities first: some parts are played by communities.
    invented = accounts_of(programme).annotate(count=Count("representations")).order_by("-count", "pk")
    people = {**dict(zip(NAMES, invented, strict=False)), "cleo": cleo}
    for one in (*QUESTIONS, *GIFTS):
        if one.community:
            people[one.community] = communities_of(programme).get(representations__account=people[one.who])
    return people


def fill(cycle, cleo, now):
    """Put a row into every table that the rehearsal of a mentorship can have and that of a visit has not."""
    programme = cycle.programme
    people = cast_of(programme, cleo)
    answer_all(programme, now)
    screen(cycle, cleo, now)
    match(cycle, cleo, now)
    assert let_cohort_answer(programme=programme, now=now)[0] == "match"
    lead_pairs(cycle, now)
    _end(Exchange.objects.mentorships().filter(match__cycle=cycle, status="underway").order_by("pk"), now)
    answer_all(programme, now)
    _gather(cycle, people, now)
    fill_group(programme, people, now)
    ask_and_offer(programme, people, now)
    walk_learning_path(programme, people, now)
    build_initiatives(programme, people, now)
    hold_meetings(programme, cycle, [people[name] for name in ("ada", "bo", "eva")], now)
    _keep(programme, people, now)


def _end(pairs, now):
    """Let one pair look at its goals, and the mentor of another leave."""
    judging, leaving = pairs[:2]
    seat, plan = seat_of(judging, "learns"), read(judging).plan
    said = {goal.pk: ("yes", "Both schools go on.") for goal in plan.agreed_goals.all()}
    by = writer_of(seat.application)
    judge_goals(exchange=judging, seat=seat, said=said, version=plan.version, by=by, now=now)
    mentor = writer_of(seat_of(leaving, "teaches").application)
    leave_mentorship(exchange=leaving, reason="time", by=mentor, now=now)


def _gather(cycle, people, now):
    """Let circles write lessons, and somebody ask the coordinators to look at one."""
    gather_circles(cycle, people["cleo"], now)
    lesson = Lesson.objects.filter(exchange__match__cycle=cycle).first()
    raise_concern(lesson=lesson, words="Is the school named?", by=people["ada"], now=now)


def _keep(programme, people, now):
    """Attach a file to an initiative, read the calendar elsewhere, and begin a report about the work."""
    ada, day = people["ada"], now.date()
    material = Material.objects.get(initiative__programme=programme)
    upload = store_attachment(data=b"x", name="x.txt", by=ada, now=now)
    add_material_version(material=material, note="", upload=upload, by=ada, now=now)
    make_feed(account=ada, now=now)
    given = {"programme": programme, "title": "What we did", "starts_on": day, "ends_on": day}
    start_work_report(**given, language="en", by=people["cleo"], now=now)
