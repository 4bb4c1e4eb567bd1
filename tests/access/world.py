"""A world in which every address has a record to lead to, and everybody of the matrix lives."""

from datetime import time, timedelta

from talka.applications.models import Application
from talka.blueprints.reading import shipped
from talka.calls.models import Call
from talka.demo.cast import make_account
from talka.demo.cohort import accounts_of
from talka.demo.exchanging import exchange_of
from talka.demo.group import fill_group
from talka.demo.rehearsal import rehearse
from talka.demo.worlds import build_worlds
from talka.exchanges.actions import give_mood
from talka.exchanges.models import Material, PlanItem, Question, Traveller
from talka.forms.actions import open_form_draft
from talka.gatherings.actions import (
    add_action_item,
    add_agenda_item,
    add_decision,
    create_gathering,
    create_series,
    make_feed,
    publish_minutes,
    register,
    registration_token,
    save_minutes,
    take_attendance,
)
from talka.impact.models import ImpactReport
from talka.letters.models import Letter
from talka.matching.models import DraftPair, Match, PairRuling, Run
from talka.people.actions.communities import add_meeting, add_support_period
from talka.people.actions.representations import invite_representative
from talka.programmes.actions import add_contact, appoint, create_programme, edit_programme
from talka.programmes.models import ContactNote, Membership, Notice, OutsideGroup, Tenure
from talka.reports.models import Evidence, FollowUp, NextStep, Report
from talka.screening.models import Decision, Verdict
from talka.travel.models import Booking, InvitationLetter
from tests.access import left_alone, mentorship
from tests.access.asking import add_requests
from tests.access.circle_world import add_circle
from tests.exchanges.mentorship_samples import log, make_underway
from tests.recognition.certified_world import certify

PROGRAMME = "peer-learning-exchange"


def build(now, also=()):
    """Build the world, and `also` other scenes; return the people by name, and the records of addresses."""
    scenes = build_worlds(("open_call", *also, "closed"), now=now)
    scene, fresh = scenes["closed"], scenes["open_call"]
    people = {name: scene.everybody[name] for name in ("dan", "ada", "bo", "eva", "rosa", "cleo")}
    people["carl"] = make_account("carl", now=now)
    create_programme(
        slug="another", blueprint=shipped()["visit_exchange"], zone="UTC", by=people["carl"], now=now
    )
    records = _records(scene, fresh, people, now) | mentorship.build(people, now)
    records |= left_alone.build(people, scene.cycle.programme, now)
    records |= found_group(scene.everybody, now) | {"circles": add_circle(people, now)}
    return people, records | {"scenes": scenes}


def found_group(everybody, now):
    """Make a programme with a group around it, which Cleo coordinates and Rosa reviews."""
    cleo = everybody["cleo"]
    programme = create_programme(
        slug="mentorship-group", blueprint=shipped()["mentorship"], zone="UTC", by=cleo, now=now
    )
    shown = {"name": programme.name, "summary": programme.summary, "zone": "UTC", "is_published": True}
    edit_programme(programme=programme, **shown, version=1, by=cleo, now=now)
    appoint(programme=programme, account=everybody["rosa"], post="reviewer", by=cleo, now=now)
    fill_group(programme, everybody, now)
    return {
        "group_programme": programme,
        "tenure": Tenure.objects.filter(programme=programme)[0],
        "member": Membership.objects.get(programme=programme, account=everybody["ada"]),
        "outside": OutsideGroup.objects.get(programme=programme),
        "note": ContactNote.objects.filter(group__programme=programme)[0],
        "notice": Notice.objects.get(programme=programme, offered_by=everybody["ada"]),
    }


def _meeting_records(gathering, people, now):
    """Let the meeting leave everything that a meeting can leave, and begin a series."""
    ada, done = people["ada"], {"by": people["cleo"], "now": now}
    point = {"title": "Hours", "text": "", "link": "", "minutes": 5, "by": ada, "now": now}
    minutes = save_minutes(gathering=gathering, text={"en": "We met."}, version=0, **done)
    publish_minutes(minutes=minutes, version=1, tell=False, **done)
    take_attendance(gathering=gathering, accounts={ada.pk}, names=["Guest"], **done)
    task = {"text": "Write", "owner": ada, "owner_name": "", "due_on": now.date()}
    plan = {
        "title": {"en": "Monthly"},
        "description": {},
        "first_on": now.date() + timedelta(days=20),
        "starts_time": time(18),
        "length_minutes": 60,
        "zone": "Europe/Warsaw",
        "rhythm": "monthly_weekday",
        "every": 1,
        "until_on": None,
        "count": 2,
        "link": "",
        "places": None,
    }
    return {
        "agenda_item": add_agenda_item(gathering=gathering, **point),
        "meeting_decision": add_decision(gathering=gathering, text="We go on.", **done),
        "action_item": add_action_item(gathering=gathering, **task, **done),
        "series": create_series(programme=gathering.programme, kind="meeting", values=plan, **done),
        "secret": make_feed(account=ada, now=now),
    }


def _mentorship(people, now):
    """Make a mentorship of Ada and Bo that is under way, with hours that wait and a mood to read."""
    ada, bo, cleo = people["ada"], people["bo"], people["cleo"]
    # They write for their communities elsewhere: here both apply as themselves.
    exchange = make_underway(ada, bo, cleo, now)
    log(exchange, "learns", now)
    give_mood(exchange=exchange, feeling="not_good", words="It is hard.", by=ada, now=now)
    return exchange


def _records(scene, fresh, people, now):
    cleo = people["cleo"]
    exchange = exchange_of(scene, "ada")
    ruritania = scene.everybody["Wikimedians of Ruritania"]
    period = add_support_period(
        community=ruritania, kind="recognition", starts_on=now.date(), ends_on=None, by=cleo, now=now
    )
    meeting = add_meeting(community=ruritania, meeting="A meeting", ended_on=now.date(), by=cleo, now=now)
    invited = invite_representative(
        community=ruritania, email=people["dan"].email, name="Dan", by=cleo, now=now
    )
    gathering = create_gathering(
        cycle=scene.cycle,
        title={"en": "Introductory meeting"},
        description={"en": "Ask what you would not write."},
        starts_at=now + timedelta(days=3),
        ends_at=now + timedelta(days=3, hours=1),
        zone="Europe/Warsaw",
        link="https://meet.example/talka",
        by=cleo,
        now=now,
    )
    registration = register(
        gathering=gathering,
        name="Ada",
        email="ada@demo.invalid",
        question="",
        account=people["ada"],
        language="en",
        now=now,
    )
    run = Run.objects.get(cycle=scene.cycle)
    learner, teacher = scene.applications["ada"], scene.applications["bo"]
    ruling = PairRuling.objects.create(
        cycle=scene.cycle, learner=learner, teacher=teacher, kind="lock", ruled_by=cleo, ruled_at=now
    )
    form = scene.cycle.forms.get(key="mentee")
    open_form_draft(form=form, by=cleo, now=now)
    report = Report.objects.get(seat__application=learner)
    traveller = Traveller.objects.get(exchange=exchange)
    pair = _mentorship(people, now)
    rehearsal = rehearse(programme=scene.cycle.programme, size=3, by=cleo, now=now)
    certified = certify(cleo, people["ada"], people["bo"], people["dan"], now)
    return (
        certified
        | add_requests(people, ruritania, now)
        | _meeting_records(gathering, people, now)
        | {
            "scene": scene,
            "fresh": fresh,
            "exchange": exchange,
            "mentorship": pair,
            "mentored_cohort": pair.match.cycle,
            "plan_goal": pair.plan.agreed_goals.all()[0],
            "hours": pair.hours.get(),
            "mood": pair.moods.get(),
            "community": ruritania,
            "period": period,
            "meeting": meeting,
            "representation": invited,
            "own_representation": ruritania.representations.get(account=people["ada"]),
            "kept": ruritania.capacities.all()[0],
            "gathering": gathering,
            "token": registration_token(registration),
            "run": run,
            "pair": DraftPair.objects.filter(run=run)[0],
            "ruling": ruling,
            "match": Match.objects.get(exchange=exchange),
            "form": form,
            "application": learner,
            "teacher": teacher,
            "draft": Application.objects.get(call__cycle=fresh.cycle, status="draft"),
            "goal": learner.goals.all()[0],
            "partner": learner.partner,
            "verdict": Verdict.objects.filter(application=learner)[0],
            "decision": Decision.objects.get(application=learner),
            "letter": Letter.objects.filter(recipient=people["ada"], key="application_accepted")[0],
            "programme_letter": Letter.objects.filter(subject_type="programmes.appointment").get(
                subject_id=scene.cycle.programme.appointments.get(post="reviewer").pk
            ),
            "report": report,
            "photo": Evidence.objects.filter(report=report)[0],
            "step": NextStep.objects.filter(report=report)[0],
            "follow_up": FollowUp.objects.filter(report=report)[0],
            "traveller": traveller,
            "invitation": InvitationLetter.objects.filter(traveller=traveller)[0],
            "booking": Booking.objects.filter(exchange=exchange)[0],
            "item": PlanItem.objects.filter(plan__exchange=exchange)[0],
            "question": Question.objects.filter(plan__exchange=exchange)[0],
            "material": Material.objects.filter(plan__exchange=exchange)[0],
            "contact": add_contact(
                programme=scene.cycle.programme,
                name="The hub",
                task="",
                address="a@b.example",
                by=cleo,
                now=now,
            ),
            "appointment": scene.cycle.programme.appointments.get(post="reviewer"),
            "call": Call.objects.get(cycle=scene.cycle, role="mentee"),
            "open_call": Call.objects.get(cycle=fresh.cycle, role="mentee"),
            "rehearsal": rehearsal,
            "invented": accounts_of(rehearsal).order_by("pk")[0],
            "impact": ImpactReport.objects.get(cycle=scene.cycle),
        }
    )
