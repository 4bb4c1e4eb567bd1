"""A planned visit of Ada's and Bo's communities, as the earlier rooms leave it."""

from datetime import UTC, date, datetime
from io import BytesIO

from PIL import Image

from talka.applications.models import Application
from talka.blueprints.reading import shipped
from talka.calls.actions import prepare_cycle
from talka.capacities.models import Capacity
from talka.exchanges.models import Exchange, Plan
from talka.files.models import Upload
from talka.forms.actions import start_sheet
from talka.kernel.ledger import move
from talka.matching.models import Match, Seat
from talka.programmes.actions import announce_cycle, create_programme, edit_programme
from talka.programmes.models import Cycle
from talka.reports.actions import accept_report, add_next_step, finish_visit, save_report, submit_report
from talka.reports.models import Evidence

FIRST_DAY, LAST_DAY = date(2027, 9, 6), date(2027, 9, 9)
# The day after the visit, in the morning.
AFTER = datetime(2027, 9, 10, 8, 0, tzinfo=UTC)
ANSWERS = {
    "what_happened": "We ran an edit-a-thon together.",
    "goals_met": "mostly",
    "goals_reasons": "Twelve people edited.",
    "learned": "How to plan a day.",
    "went_badly": "SECRET: the room was too small.",
    "story": "On the first day nobody spoke. On the last, everybody did.",
    "story_consent": True,
}


def make_cycle(cleo, now, slug="cee"):
    """Open and announce a cycle that Cleo coordinates, in a public programme."""
    programme = create_programme(
        slug=slug, blueprint=shipped()["visit_exchange"], zone="Europe/Warsaw", by=cleo, now=now
    )
    edit_programme(
        programme=programme,
        name=programme.name,
        summary=programme.summary,
        zone=programme.zone,
        is_published=True,
        version=programme.version,
        by=cleo,
        now=now,
    )
    cycle = prepare_cycle(
        programme=programme, slug="2027", label={"en": "2027"}, year=2027, by=cleo, now=now, budget=9000
    )
    announce_cycle(cycle=cycle, by=cleo, now=now)
    return cycle


def make_application(cycle, community, role, now, status="accepted"):
    """Write an application as screening leaves it."""
    call = cycle.calls.get(role=role)
    sheet = start_sheet(form=cycle.forms.get(key=role), now=now)
    return Application.objects.create(
        call=call, community=community, sheet=sheet, status=status, started_at=now, submitted_at=now
    )


def make_exchange(
    cycle, mentee, mentor, now, *, last_day=LAST_DAY, first_day=None, origin="agreed_beforehand", topic=""
):
    """Write a planned visit of two communities, as the room of exchanges leaves it."""
    match = Match.objects.create(cycle=cycle, origin=origin, status="agreed", proposed_at=now, answer_by=now)
    for community, role, part in ((mentee, "mentee", "learns"), (mentor, "mentor", "teaches")):
        application = cycle.calls.get(role=role).applications.filter(community=community).first()
        application = application or make_application(cycle, community, role, now)
        Seat.objects.create(match=match, application=application, part=part, answer="yes")
        if topic and part == "learns":
            Capacity.objects.get_or_create(key=topic, defaults={"name": {"en": topic.title()}})
            application.sheet.answers = {"topics": [{"capacity": topic, "level": 1}]}
            application.sheet.save()
    exchange = Exchange.objects.create(match=match, format="mentee_travels", started_at=now)
    first_day = first_day or (FIRST_DAY if last_day == LAST_DAY else last_day)
    Plan.objects.create(
        exchange=exchange,
        status="approved",
        starts_on=first_day,
        ends_on=last_day,
        city="Strelsau",
        zone="Europe/Warsaw",
    )
    move(exchange, "approve", by=None, now=now)
    return Exchange.objects.get(pk=exchange.pk)


def make_photo(report, now, *, has_consent=True, caption="The whole group"):
    """Write a photo as it is kept; its file is not there."""
    upload = Upload.objects.create(
        kind="photo", name="group.jpg", content_type="image/jpeg", size=10, uploaded_at=now
    )
    return Evidence.objects.create(
        report=report,
        upload=upload,
        caption=caption,
        author="Eve",
        licence="cc-by-sa-4.0",
        has_consent=has_consent,
    )


def drawn_photo(colour="teal"):
    """Draw a small photo, as a camera sends it."""
    out = BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return out.getvalue()


def write_report(report, by, now, *, answers=ANSWERS, has_consent=True):
    """Write everything that a report needs."""
    save_report(report=report, answers=answers, seen={}, by=by, now=now)
    make_photo(report, now, has_consent=has_consent)
    add_next_step(report=report, text="Hold it again", owner="Ada", due_on=date(2027, 12, 1), by=by, now=now)


def make_visited(cycle, mentee, mentor, now, **more):
    """Finish a visit; return the exchange with the learning and the teaching side's report."""
    exchange = make_exchange(cycle, mentee, mentor, now, **more)
    reports = finish_visit(exchange=exchange, by=None, now=AFTER)
    return exchange, *reports


def make_accepted(cycle, mentee, mentor, now, *, by, answers=ANSWERS, has_consent=True, **more):
    """Take a visit to where both reports are accepted."""
    exchange, *reports = make_visited(cycle, mentee, mentor, now, **more)
    for report in reports:
        write_report(report, by, AFTER, answers=answers, has_consent=has_consent)
        submit_report(report=report, by=by, now=AFTER)
        accept_report(report=report, by=by, now=AFTER)
    return exchange, *reports


def fresh(record):
    """Read a record anew."""
    return type(record).objects.get(pk=record.pk)


def read_cycle(cycle):
    """Read a cycle anew, with its programme."""
    return Cycle.objects.select_related("programme").get(pk=cycle.pk)
