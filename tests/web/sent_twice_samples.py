"""The forms that a double click used to send twice, each on the page that carries it."""

from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from talka.exchanges.models import Hours, Material, PlanGoal, PlanItem, Question
from talka.gatherings.models import Gathering
from talka.kernel.models import Entry
from talka.programmes.models import Contact
from talka.reports.models import Evidence, NextStep
from talka.travel.models import Booking
from tests.exchanges.exchange_samples import FIRST, make_approved, make_exchange
from tests.exchanges.mentorship_samples import make_underway
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


def contact(ada, bo, cleo, now):
    programme = report_samples.make_cycle(cleo, now).programme
    words = {"name": "The hub", "address": "hub@demo.invalid"}
    page = _address("office:contact_add", programme.slug)
    return Doubled(cleo, page, "office:contact_add", Contact.objects.all(), words)


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


DOUBLED = (
    quote,
    meeting,
    plan_day,
    questions,
    material,
    document,
    next_step,
    photo,
    consent,
    contact,
    hours,
    goal,
    account,
)
