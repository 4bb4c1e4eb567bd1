"""Words that are found again wherever they lie, planted in everything that is somebody's."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import CharField, EmailField, JSONField, SlugField, TextField, URLField

from talka.applications.models import Application, Goal, Partner
from talka.capacities.models import (
    Absence,
    Capacity,
    Introduction,
    Need,
    NeedNote,
    NeedTopic,
    Offer,
    OfferTopic,
)
from talka.demo.exchanging import exchange_of
from talka.exchanges.models import Concern, Exchange, Leaving, Lesson, Material, Mood, Traveller
from talka.files.actions import store_attachment
from talka.forms.actions import start_sheet
from talka.gatherings.actions import create_gathering, make_feed, register, take_attendance
from talka.initiatives.models import (
    Feedback,
    Initiative,
    InitiativeMember,
    MaterialVersion,
    StageChange,
)
from talka.initiatives.models import Material as Document
from talka.kernel.ledger import record
from talka.learning.models import Completion, Module, Suggestion
from talka.letters.models import Letter
from talka.matching.models import Match, Seat
from talka.people.actions.sign_in import send_sign_in_code
from talka.people.models import Account, Representation, SignInCode
from talka.privacy.inventory import classes, classified_fields, subjects
from talka.privacy.queries import acted_records, own_records
from talka.programmes.models import ContactNote, Membership, Notice, OutsideGroup, Tenure
from talka.recognition.models import Certificate
from talka.reports.models import FollowUp, NextStep, Report
from talka.travel.models import Booking, InvitationLetter

A_DAY = timedelta(days=1)


def live_fully(scene, person, community, now):
    """Give somebody a record in every table that can hold one of their own."""
    call = scene.cycle.calls.get(role="mentee")
    alone = Application.objects.create(
        call=call,
        person=person,
        sheet=start_sheet(form=call.form, now=now),
        started_by=person,
        started_at=now,
    )
    Goal.objects.create(application=alone, problem="p", change="c", evidence="e")
    Partner.objects.create(application=alone, community=community, note="n")
    match = Match.objects.create(cycle=scene.cycle, origin="suggested", proposed_at=now, answer_by=now)
    seat = Seat.objects.create(match=match, application=alone, part="learns", answered_by=person)
    Seat.objects.create(match=match, application=scene.applications["greta"], part="teaches")
    exchange = Exchange.objects.create(match=match, format="mentee_travels", started_at=now)
    sheet = start_sheet(form=call.form, now=now)
    report = Report.objects.create(exchange=exchange, seat=seat, sheet=sheet, due_on=now.date())
    NextStep.objects.create(report=report, text="t", owner="o", due_on=now.date())
    FollowUp.objects.create(report=report, months=3, due_on=now.date(), note="n")
    traveller = Traveller.objects.create(exchange=exchange, account=person)
    Mood.objects.create(exchange=exchange, account=person, feeling="unsure", words="w", given_at=now)
    circle = make_lone_circle(alone, now)
    lesson = Lesson.objects.create(exchange=circle, kind="question", title="t", author=person, written_at=now)
    Concern.objects.create(lesson=lesson, words="w", raised_by=person, raised_at=now)
    Leaving.objects.create(exchange=exchange, reason="time", words="w", left_by=person, left_at=now)
    InvitationLetter.objects.create(traveller=traveller, content={}, issued_by=scene.cleo, issued_at=now)
    Booking.objects.create(
        exchange=exchange, traveller=traveller, kind="travel", amount=1, amount_in_budget=1, quoted_at=now
    )
    Certificate.objects.create(
        cycle=scene.cycle,
        application=alone,
        holder=person,
        role="mentee",
        number=person.pk,
        content={"name": person.name},
        seal="s",
        issued_at=now,
        issued_by=scene.cleo,
        exception="e",
    )
    meeting = create_gathering(
        cycle=scene.cycle,
        title={"en": "Hello"},
        description={},
        starts_at=now + A_DAY,
        ends_at=now + 2 * A_DAY,
        zone="UTC",
        link="",
        by=scene.cleo,
        now=now,
    )
    register(
        gathering=meeting,
        name=person.name,
        email=person.email,
        question="q",
        account=person,
        language="en",
        now=now,
    )
    take_attendance(gathering=meeting, accounts={person.pk}, by=scene.cleo, now=now)
    make_feed(account=person, now=now)
    belong(scene.cycle.programme, person, now)
    send_sign_in_code(email=person.email, language="en", now=now)
    upload = store_attachment(
        data=b"%PDF-1.4 " + mark(person, "file").encode(), name="x.pdf", by=person, now=now
    )
    plan = exchange_of(scene, "ada").plan
    seat = plan.exchange.match.seat_of("learns")
    Material.objects.create(plan=plan, seat=seat, title="theirs", upload=upload)
    record(plan, "share", by=person, now=now, note="what")
    learn_and_build(scene.cycle.programme, person, now)
    ask_and_offer(scene, person, now)


def learn_and_build(programme, person, now):
    """Give somebody what is theirs of a learning path, and an initiative of their own."""
    words = {"en": "Module"}
    module = Module.objects.create(
        programme=programme, key=f"of-{person.pk}", unit=words, name=words, maintainer=person
    )
    Completion.objects.create(module=module, account=person, done_at=now)
    Suggestion.objects.create(module=module, author=person, text="t", suggested_at=now)
    initiative = Initiative.objects.create(
        programme=programme, name="n", person=person, stage="idea", created_at=now, heard_on=now.date()
    )
    InitiativeMember.objects.create(
        initiative=initiative, account=person, email=person.email, invited_by=person, invited_at=now
    )
    StageChange.objects.create(
        initiative=initiative, stage="idea", reached_on=now.date(), told_by=person, told_at=now
    )
    Feedback.objects.create(
        initiative=initiative, author=person, given_on=now.date(), text="t", written_at=now
    )
    document = Document.objects.create(initiative=initiative, title="t")
    MaterialVersion.objects.create(
        material=document, number=1, note="n", link="https://x.invalid", added_by=person, added_at=now
    )


def ask_and_offer(scene, person, now):
    """Let somebody ask for help and offer it, and be asked whether they help themselves."""
    mine = {"programme": scene.cycle.programme, "person": person}
    moments = {"asked_at": now, "waits_since": now, "moved_at": now}
    need = Need.objects.create(**mine, asked_by=person, text="t", when="w", **moments)
    NeedTopic.objects.create(need=need, capacity=Capacity.objects.first())
    NeedNote.objects.create(need=need, kind="said", by=person, text="t", written_at=now)
    NeedNote.objects.create(need=need, kind="office", by=scene.cleo, text="o", written_at=now)
    offer = Offer.objects.create(**mine, made_by=person, text="t", made_at=now, confirmed_at=now)
    OfferTopic.objects.create(offer=offer, capacity=Capacity.objects.first())
    Absence.objects.create(offer=offer, starts_on=now.date(), ends_on=now.date())
    Introduction.objects.create(need=need, offer=offer, note="n", proposed_by=scene.cleo, proposed_at=now)


def belong(programme, person, now):
    """Let somebody belong to a programme's group in every way there is."""
    today = now.date()
    Tenure.objects.create(programme=programme, post="chair", account=person, name="n", starts_on=today)
    Membership.objects.create(
        programme=programme, account=person, name="n", contributions=[], joined_at=now, source="signed_here"
    )
    Notice.objects.create(
        programme=programme, title="t", text="t", closes_on=today, offered_by=person, offered_at=now
    )
    group = OutsideGroup.objects.create(programme=programme, name="g")
    ContactNote.objects.create(group=group, met_on=today, said="s", written_by=person, written_at=now)


def make_lone_circle(application, now):
    """Make a circle with one seat in it."""
    match = Match.objects.create(
        cycle=application.call.cycle, origin="circle", status="agreed", proposed_at=now, answer_by=now
    )
    Seat.objects.create(match=match, application=application, part="peer", answer="yes")
    return Exchange.objects.create(match=match, kind="circle", status="underway", started_at=now)


def mark(person, what):
    """Return a word that stands for one field of one person."""
    return f"CNRY{person.pk}X{what}X"


def rename(person):
    """Give somebody a name and an address that are found again; return both."""
    name, address = mark(person, "name"), f"{mark(person, 'address')}@x.invalid".lower()
    for model in (Letter, SignInCode, Representation):
        model.objects.filter(email__iexact=person.email).update(email=address)
    for model in (Letter, Representation):
        field = "body" if model is Letter else "name"
        for one in model.objects.filter(**{f"{field}__contains": person.name}):
            model.objects.filter(pk=one.pk).update(**{field: getattr(one, field).replace(person.name, name)})
    Account.objects.filter(pk=person.pk).update(name=name, email=address)
    person.refresh_from_db()
    return name, address


def text_fields(model):
    """List the fields of a table that take a word."""
    for field in model._meta.concrete_fields:
        apart = field.choices or isinstance(field, SlugField | EmailField | URLField)
        if isinstance(field, CharField | TextField | JSONField) and not apart:
            yield field


def expected():
    """Return the fields into which a word can be planted: all that are exported from own records."""
    kinds, known = classified_fields(), classes()
    every = [
        f"{model._meta.label}.{field.name}"
        for model, ways in subjects().items()
        for field in text_fields(model)
        if ways.own
    ]
    return {label for label in every if known[kinds[label]].exported != "no"} - APART


def plant(person):
    """Put a word of its own into every exported field that is somebody's alone; return the words by field."""
    kinds, known, planted = classified_fields(), classes(), {}
    for model, ways in subjects().items():
        keys = list(own_records(model, ways, person).values_list("pk", flat=True))
        for field in text_fields(model):
            label = f"{model._meta.label}.{field.name}"
            if known[kinds[label]].exported == "no" or not keys or label in APART:
                continue
            word = mark(person, f"{model._meta.model_name}{field.name}")[: field.max_length or 200]
            value = {"planted": word} if isinstance(field, JSONField) else word
            model._base_manager.filter(pk=keys[0]).update(**{field.name: value})
            planted[label] = word
    return planted


# Renamed beforehand, or of which each value is given once.
APART = {
    # Too short for a word.
    "capacities.Need.country",
    "capacities.Offer.country",
    "people.Account.name",
    "people.Account.language",
    "people.Account.time_zone",
    "people.Representation.name",
    "letters.Letter.language",
    "letters.Letter.once",
    "gatherings.Registration.language",
    # Two letters are found again anywhere.
    "initiatives.Initiative.country",
}


def name_in_records(person):
    """Write somebody's name and address into every text of records in which they acted; count the records."""
    kinds, known, count = classified_fields(), classes(), 0
    for model, ways in subjects().items():
        for one in acted_records(model, ways, person)[:3]:
            for field in text_fields(model):
                label = f"{model._meta.label}.{field.name}"
                if known[kinds[label]].exported == "acted" and (field.max_length or 200) >= 200:
                    said = f"Ask {person.name} ({person.email})."
                    value = {"said": said} if isinstance(field, JSONField) else said
                    model._base_manager.filter(pk=one.pk).update(**{field.name: value})
                    count += 1
    return count


def database():
    """Return the bytes of the database with its log."""
    name = str(connection.settings_dict["NAME"])
    paths = [Path(name + ending) for ending in ("", "-wal")]
    return b"".join(path.read_bytes() for path in paths if path.exists())


def media():
    """Return the bytes of everything that was uploaded."""
    return b"".join(path.read_bytes() for path in sorted(Path(settings.MEDIA_ROOT).glob("??/*")))


def left(words):
    """Return which of the words can be read in the files of the database or of uploads."""
    whole = (database() + media()).lower()
    return {word for word in words if word.lower().encode() in whole}
