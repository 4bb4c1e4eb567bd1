"""The forms that a double click used to send twice, each on the page that carries it."""

from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from talka.capacities.models import Need, NeedNote
from talka.exchanges.models import Hours, Lesson, LessonReply, Material, PlanGoal, PlanItem, Question
from talka.gatherings.models import AgendaItem, Gathering, MeetingDecision, Series
from talka.initiatives.models import Feedback
from talka.initiatives.models import Material as InitiativeMaterial
from talka.kernel.models import Entry
from talka.learning.models import Suggestion
from talka.matching.models import CircleDraft
from talka.programmes.actions import add_outside_group
from talka.programmes.models import Contact, ContactNote, Notice, OutsideGroup
from talka.reports.models import Evidence, NextStep
from talka.travel.models import Booking
from tests.capacities import asking_world
from tests.exchanges.circle_samples import make_circle, make_cohort, make_people, make_wanting, write
from tests.exchanges.exchange_samples import FIRST, make_approved, make_exchange
from tests.exchanges.mentorship_samples import make_underway
from tests.gatherings.meeting_samples import make_meeting
from tests.initiatives import initiative_samples
from tests.learning import learning_samples
from tests.programmes.group_samples import make_group
from tests.reports import report_samples


@dataclass
class Doubled:
    """A form: who sends it, from which page, where to, what they fill in, and which rows it makes."""

    by: Any
    page: str
    route: str
    rows: Any
    words: dict = field(default_factory=dict)


def _address(route, *args):
    return reverse(route, args=args)


def quote(ada, bo, cleo, now):
    exchange = make_approved(make_exchange(ada, bo, cleo, now), ada, bo, cleo, now)
    words = {
        "kind": "travel",
        "description": "Night train",
        "amount": "100.10",
        "by_car": None,
        "approve": None,
    }
    page = _address("office:bookings", exchange.pk)
    return Doubled(cleo, page, "office:bookings", Booking.objects.all(), words)


def _plan(ada, bo, cleo, now, route, rows, **words):
    exchange = make_exchange(ada, bo, cleo, now)
    return Doubled(ada, _address("desk:plan", exchange.pk), route, rows, words)


def plan_day(*world):
    words = {"day": str(FIRST), "what": "We count the receipts."}
    return _plan(*world, "desk:plan_item_add", PlanItem.objects.all(), **words)


def questions(*world):
    return _plan(*world, "desk:plan_questions_add", Question.objects.all(), texts="How do you begin?")


def material(*world):
    words = {"title": "Slides", "link": "https://meta.wikimedia.org/wiki/Slides"}
    return _plan(*world, "desk:material_add", Material.objects.all(), **words)


def document(*world):
    def file():
        return SimpleUploadedFile("notes.txt", b"What we want to ask.", "text/plain")

    return _plan(*world, "desk:material_add", Material.objects.all(), title="Notes", file=file)


def _report(ada, bo, cleo, now, route, rows, **words):
    cycle = report_samples.make_cycle(cleo, now)
    report = report_samples.make_visited(cycle, ada.community, bo.community, now)[1]
    return Doubled(ada, _address("desk:report", report.pk), route, rows, words)


def lesson(ada, bo, cleo, now):
    circle = make_circle(ada, bo, cleo, now)
    words = {"kind": "question", "title": "How do you begin?", "text": "", "capacity": "", "language": "en"}
    page = _address("desk:lesson_create", circle.pk)
    return Doubled(ada, page, "desk:lesson_create", Lesson.objects.all(), words)


def reply(ada, bo, cleo, now):
    found = write(make_circle(ada, bo, cleo, now), ada, now)
    page = _address("desk:lesson", found.pk)
    return Doubled(bo, page, "desk:lesson", LessonReply.objects.all(), {"text": "Small."})


def circles(ada, bo, cleo, now):
    cycle = make_cohort(cleo, now)
    make_wanting(cycle, [ada, bo, *make_people(2)], now)
    page = _address("office:circles", cycle.pk)
    return Doubled(cleo, page, "office:circle_draft_make", CircleDraft.objects.all())


def next_step(*world):
    words = {"text": "Do it again", "owner": "Ada", "due_on": "2028-01-15"}
    return _report(*world, "desk:step_add", NextStep.objects.all(), **words)


def photo(*world):
    def file():
        return SimpleUploadedFile("us.jpg", report_samples.drawn_photo(), "image/jpeg")

    words = {"photo": file, "caption": "Us", "author": "Eve", "licence": "cc0-1.0"}
    return _report(*world, "desk:photo_add", Evidence.objects.all(), **words)


def consent(ada, bo, cleo, now):
    cycle = report_samples.make_cycle(cleo, now)
    made = report_samples.make_accepted(cycle, ada.community, bo.community, now, by=cleo)
    lines = Entry.objects.filter(verb="withdraw consent")
    return Doubled(ada, _address("desk:report", made[1].pk), "desk:consent_withdraw", lines)


def meeting(ada, bo, cleo, now):
    cycle = report_samples.make_cycle(cleo, now)
    words = {"title__en": "Introduction", "starts_at": "2027-04-01T18:00", "ends_at": "2027-04-01T19:00"}
    page = _address("office:gathering_create", cycle.pk)
    return Doubled(cleo, page, "office:gathering_create", Gathering.objects.all(), words)


def point_of_agenda(ada, bo, cleo, now):
    one = make_meeting(report_samples.make_cycle(cleo, now).programme, cleo, now)
    page, rows = _address("office:meeting_record", one.pk), AgendaItem.objects.all()
    return Doubled(cleo, page, "office:agenda_add", rows, {"title": "Time zones"})


def decision(ada, bo, cleo, now):
    one = make_meeting(report_samples.make_cycle(cleo, now).programme, cleo, now)
    page, rows = _address("office:meeting_record", one.pk), MeetingDecision.objects.all()
    return Doubled(cleo, page, "office:meeting_decision_add", rows, {"text": "We go on."})


def series(ada, bo, cleo, now):
    programme = report_samples.make_cycle(cleo, now).programme
    words = {"title__en": "Talk", "first_on": "2027-04-01", "starts_time": "18:00", "length_minutes": "60"}
    page = _address("office:series_create", programme.slug)
    return Doubled(cleo, page, "office:series_create", Series.objects.all(), words)


def contact(ada, bo, cleo, now):
    programme = report_samples.make_cycle(cleo, now).programme
    words = {"name": "The hub", "address": "hub@demo.invalid"}
    page = _address("office:contact_add", programme.slug)
    return Doubled(cleo, page, "office:contact_add", Contact.objects.all(), words)


def suggestion(ada, bo, cleo, now):
    programme, modules = learning_samples.make_path(cleo, now)
    learning_samples.accept(learning_samples.make_cohort(programme, cleo, now), ada, now)
    page = modules["impact"].get_absolute_url()
    return Doubled(ada, page, "desk:module_suggest", Suggestion.objects.all(), {"text": "Say it shorter."})


def _initiative(ada, cleo, now):
    programme = learning_samples.make_programme(cleo, now)
    return initiative_samples.make_initiative(ada, now, programme=programme)


def feedback(ada, bo, cleo, now):
    initiative = _initiative(ada, cleo, now)
    initiative_samples.join(initiative, bo, cleo, now, part="helper")
    page, words = _address("desk:initiative", initiative.pk), {"text": "It grows."}
    return Doubled(bo, page, "desk:feedback_give", Feedback.objects.all(), words)


def initiative_document(ada, bo, cleo, now):
    page = _address("desk:initiative", _initiative(ada, cleo, now).pk)
    words = {"title": "Plan", "link": "https://meta.wikimedia.org/wiki/Plan", "file": None}
    return Doubled(ada, page, "desk:initiative_material_add", InitiativeMaterial.objects.all(), words)


def _mentorship(ada, bo, cleo, now, route, rows, **words):
    exchange = make_underway(ada, bo, cleo, now)
    return Doubled(ada, _address("desk:mentorship", exchange.pk), route, rows, words)


def hours(ada, bo, cleo, now):
    words = {"day": str(now.date()), "hours": "1", "minutes": "30", "what": "We wrote lessons."}
    return _mentorship(ada, bo, cleo, now, "desk:hours_log", Hours.objects.all(), **words)


def goal(ada, bo, cleo, now):
    exchange = make_underway(ada, bo, cleo, now)
    page = _address("desk:mentorship_plan", exchange.pk)
    return Doubled(ada, page, "desk:mentorship_plan", PlanGoal.objects.all(), {"text": "Three lessons"})


def account(ada, bo, cleo, now):
    lines = Entry.objects.filter(subject_type="people.account", verb="edit")
    return Doubled(ada, _address("desk:account"), "desk:account", lines, {"language": "ar"})


def request(ada, bo, cleo, now):
    programme = asking_world.make_programme(cleo, now)
    words = {"text": "How?", "topics-0-capacity": "glam", "topics-0-level": "1"}
    words |= {"languages-0-level": None, "languages-1-level": None}
    page = _address("desk:need_ask", programme.slug)
    return Doubled(ada, page, "desk:need_ask", Need.objects.all(), words)


def _about_a_request(ada, bo, cleo, now, by, page, route, **words):
    need = asking_world.ask(asking_world.make_programme(cleo, now), ada, now)
    args = [need.pk] if page == "desk:need" else [need.programme.slug, need.pk]
    return Doubled(by, _address(page, *args), route, NeedNote.objects.all(), words)


def written_back(ada, bo, cleo, now):
    return _about_a_request(ada, bo, cleo, now, ada, "desk:need", "desk:need_write", text="And?")


def noted(ada, bo, cleo, now):
    words = {"text": "Known.", "audience": "office"}
    return _about_a_request(ada, bo, cleo, now, cleo, "office:request", "office:request_write", **words)


def notice(ada, bo, cleo, now):
    group = make_group(cleo, now)
    words = {"title": "Money", "text": "Apply.", "closes_on": "2027-04-01"}
    page = _address("desk:notice_offer", group.slug)
    return Doubled(ada, page, "desk:notice_offer", Notice.objects.all(), words)


def outside(ada, bo, cleo, now):
    group = make_group(cleo, now)
    page = _address("office:outside_add", group.slug)
    return Doubled(cleo, page, "office:outside_add", OutsideGroup.objects.all(), {"name": "Outreach"})


def log(ada, bo, cleo, now):
    facts = {"name": "Outreach", "purpose": "", "contact": "", "address": ""}
    group = add_outside_group(programme=make_group(cleo, now), **facts, by=cleo, now=now)
    page = _address("office:outside_group", group.pk)
    words = {"met_on": "2027-03-01", "said": "We talked."}
    return Doubled(cleo, page, "office:outside_group", ContactNote.objects.all(), words)


DOUBLED = (
    quote,
    meeting,
    point_of_agenda,
    decision,
    series,
    plan_day,
    questions,
    material,
    document,
    next_step,
    lesson,
    reply,
    circles,
    photo,
    consent,
    contact,
    suggestion,
    feedback,
    initiative_document,
    hours,
    goal,
    account,
    request,
    written_back,
    noted,
    notice,
    outside,
    log,
)
