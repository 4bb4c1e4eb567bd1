"""A number of somebody else's record leads nowhere, under one's own address too."""

import re

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from talka.applications.models import Goal
from talka.capacities.models import CommunityCapacity
from talka.demo.exchanging import exchange_of
from talka.exchanges.models import Material, PlanItem, Question
from talka.files.models import Upload
from talka.letters.models import Letter
from talka.people.actions.communities import add_meeting, add_support_period
from talka.programmes.actions import add_contact
from talka.programmes.models import Programme
from tests.access import examples
from tests.access.asking import requests_of_others
from tests.conftest import NOW

pytestmark = pytest.mark.django_db

WRITES = re.compile(r'^(INSERT|UPDATE|DELETE)(?!.*"?django_session)', re.IGNORECASE)


@pytest.fixture(scope="module")
def others(on_the_day):
    """Return for each kind of number one that belongs to somebody else."""
    _clients, records = on_the_day
    scene, cleo = records["scene"], records["people"]["cleo"]
    exchange = exchange_of(scene, "eva")
    far = Programme.objects.get(slug="another")
    graustark = scene.everybody["Wikimedia Graustark"]
    theirs = {"community": graustark, "by": cleo, "now": NOW}
    about_the_other_cycle = Letter.objects.filter(
        subject_type="applications.application", subject_id=records["fresh"].applications["ada"].pk
    )
    return requests_of_others(far, records["people"], NOW) | {
        "item": PlanItem.objects.filter(plan__exchange=exchange)[0].pk,
        "question": Question.objects.filter(plan__exchange=exchange)[0].pk,
        "material": Material.objects.exclude(plan__exchange=records["exchange"])[0].pk,
        "seat": exchange.match.seat_of("learns").pk,
        "account": records["people"]["eva"].pk,
        "kept": CommunityCapacity.objects.filter(community=graustark)[0].pk,
        "representation": graustark.representations.all()[0].pk,
        "period": add_support_period(kind="recognition", starts_on=NOW.date(), ends_on=None, **theirs).pk,
        "meeting": add_meeting(meeting="Another", ended_on=NOW.date(), **theirs).pk,
        "goal": Goal.objects.filter(application=scene.applications["eva"])[0].pk,
        "upload": Upload.objects.exclude(pk=records["photo"].upload_id)[0].pk,
        "letter": about_the_other_cycle[0].pk,
        "contact": add_contact(
            programme=far, name="Far", task="", address="a@b.example", by=records["people"]["carl"], now=NOW
        ).pk,
        "appointment": far.appointments.all()[0].pk,
        "programme": scene.cycle.programme.slug,
        "elsewhere": far.slug,
        "party": records["fresh"].applications["ada"].pk,
    }


# The route, who asks, what in the address is somebody else's, and the kind of number put there.
TABLE = (
    ("desk:plan_item_remove", "ada", "item", "item"),
    ("desk:plan_question_remove", "ada", "question", "question"),
    ("desk:material_remove", "bo", "material", "material"),
    ("desk:material", "ada", "material", "material"),
    ("desk:plan_sign", "ada", "seat", "seat"),
    ("desk:mentorship_sign", "ada", "seat", "seat"),
    ("desk:traveller_name", "ada", "account", "account"),
    ("desk:community_capacity_drop", "ada", "kept", "kept"),
    ("desk:community_end", "ada", "representation", "representation"),
    ("desk:goal", "ada", "goal", "goal"),
    ("desk:goal_remove", "ada", "goal", "goal"),
    ("desk:application_file", "ada", "upload", "upload"),
    ("desk:agree_to_match", "ada", "seat", "seat"),
    ("desk:decline_match", "ada", "seat", "seat"),
    ("office:community_period_remove", "cleo", "period", "period"),
    ("office:community_meeting_remove", "cleo", "meeting", "meeting"),
    ("office:community_capacity_drop", "cleo", "kept", "kept"),
    ("office:community_end", "cleo", "representation", "representation"),
    ("office:contact", "cleo", "pk", "contact"),
    ("office:contact_remove", "cleo", "pk", "contact"),
    ("office:dismiss", "cleo", "pk", "appointment"),
    ("office:rehearsal_look", "cleo", "account", "account"),
    ("office:letter", "cleo", "letter", "letter"),
    ("office:certificate_exception", "cleo", "application", "party"),
    ("office:retry_letter", "cleo", "letter", "letter"),
    ("office:programme_letter", "cleo", "letter", "letter"),
    ("office:retry_programme_letter", "cleo", "letter", "letter"),
    ("office:validate_pair", "cleo", "learner", "party"),
    ("office:set_aside_pair", "cleo", "teacher", "party"),
    ("office:run_candidates", "cleo", "application", "party"),
    ("office:run_pair", "cleo", "learner", "party"),
    ("office:add_pair", "cleo", "teacher", "party"),
    ("office:remove_pair", "cleo", "learner", "party"),
    ("office:rule_on_pair", "cleo", "teacher", "party"),
    ("desk:offer_back", "bo", "absence", "absence"),
    ("office:request", "cleo", "pk", "need"),
    ("office:request_take", "cleo", "pk", "need"),
    ("office:request_lay_back", "cleo", "pk", "need"),
    ("office:request_write", "cleo", "pk", "need"),
    ("office:request_reply", "cleo", "pk", "need"),
    ("office:request_close", "cleo", "pk", "need"),
    ("office:request_apply", "cleo", "pk", "need"),
    ("office:request_introduce", "cleo", "offer", "offer"),
    ("office:request_take_back", "cleo", "introduction", "introduction"),
    ("office:circle_let_go", "cleo", "seat", "seat"),
    ("office:seat_leave", "cleo", "seat", "seat"),
    ("public:lesson", "ada", "slug", "programme"),
    ("public:work_report", "ada", "slug", "elsewhere"),
    ("public:work_report_pdf", "ada", "slug", "elsewhere"),
    ("public:work_report_json", "ada", "slug", "elsewhere"),
    ("public:work_report_wikitext", "ada", "slug", "elsewhere"),
)
# In this world their own number leads nowhere either: there are no files, and the learner was not in the run.
NOTHING_OF_ONES_OWN = {"desk:application_file", "desk:material", "office:run_candidates"}
# Answered with a sentence on the page before.
TOLD = {"desk:traveller_name"}


def ask(client, address):
    """Ask to do something at an address, take it back, and return the status and whether it was written."""
    sid, cookies = transaction.savepoint(), client.cookies.copy()
    try:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            response = client.post(address)
            if response.status_code == 405:
                response = client.get(address)
        if response.streaming:
            b"".join(response.streaming_content)
        return response.status_code, any(WRITES.match(query["sql"]) for query in caught)
    finally:
        transaction.savepoint_rollback(sid)
        client.cookies = cookies


@pytest.mark.parametrize(("route", "person", "name", "kind"), TABLE)
def test_a_number_of_somebody_else_leads_nowhere(on_the_day, others, route, person, name, kind):
    clients, records = on_the_day
    own = examples.address(route, examples.patterns()[route], records)
    kwargs = resolve(own).kwargs
    foreign = reverse(route, kwargs={**kwargs, name: others[kind]})
    assert foreign != own
    if route not in NOTHING_OF_ONES_OWN:
        assert ask(clients[person], own)[0] not in (403, 404)
    assert ask(clients[person], foreign) == (302 if route in TOLD else 404, False)


def test_every_address_with_two_numbers_is_in_the_table():
    nested = {
        route
        for route, pattern in examples.patterns().items()
        if "<int:" in pattern and pattern.count("<") >= 2
    }
    assert nested - {route for route, *_rest in TABLE} == {
        "office:form_section",
        "office:form_question",
        "office:plan_approve",
        "office:plan_send_back",
        "office:carry_over",
        # Any community of the directory can be invited.
        "office:outreach",
        # The number of a version, counted out for the meeting that stands before it.
        "public:minutes",
        "office:evaluation",
        "office:evaluation_export",
        # The number of a circle within a draft, which is no record.
        "office:circle_draft_keep",
    }


def test_nothing_is_done_without_the_token_of_a_form(on_the_day):
    _clients, records = on_the_day
    careless = Client(enforce_csrf_checks=True)
    careless.force_login(records["people"]["cleo"])
    answers = {route: careless.post(address).status_code for route, address in examples.addresses(records)}
    assert set(answers.values()) == {403}
