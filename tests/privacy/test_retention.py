"""What has served its purpose is deleted on its day, and not before."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from talka.capacities.actions import end_offer, withdraw_need, write_to_asker
from talka.demo.exchanging import exchange_of
from talka.demo.worlds import build_world
from talka.exchanges.models import Traveller
from talka.gatherings.actions import cancel_gathering, take_attendance
from talka.kernel.claims import claim_post, keep_answer
from talka.kernel.models import AnsweredPost, Entry
from talka.letters.models import Letter
from talka.people.actions.sign_in import send_sign_in_code
from talka.people.models import SignInCode
from talka.privacy.retention import (
    delete_answered_posts,
    delete_codes,
    delete_what_is_due,
    empty_answers,
    empty_letters,
    empty_travel_facts,
    forget_guests,
    forget_sign_ups,
)
from talka.travel.models import InvitationLetter
from tests.capacities.asking_world import ask, brought_together, fresh
from tests.capacities.asking_world import make_programme as make_helping
from tests.gatherings.meeting_samples import make_meeting, make_programme, sign_up, sign_up_as_guest

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def scene(now):
    return build_world("planned", now=now)


def noon(day):
    return datetime.combine(day, time(12), tzinfo=ZoneInfo("UTC"))


def test_codes_go_a_day_after_they_end(now):
    code = send_sign_in_code(email="ada@demo.invalid", language="en", now=now)
    goes_at = code.expires_at + timedelta(days=1)
    assert delete_codes(now=goes_at - SECOND) == 0
    assert delete_codes(now=goes_at) == 1
    assert SignInCode.objects.count() == 0


def test_what_was_answered_is_forgotten_a_day_after_it_was_sent(now):
    keep_answer(claim=claim_post(key="answered", now=now), location="/", cookies="words", now=now + SECOND)
    claim_post(key="left by a server that died", now=now)
    goes_at = now + timedelta(days=1)
    assert delete_answered_posts(now=goes_at - SECOND) == 0
    assert delete_answered_posts(now=goes_at) == 2
    assert AnsweredPost.objects.count() == 0


def test_the_clock_forgets_it(now):
    claim_post(key="k", now=now)
    delete_what_is_due(now=now + timedelta(days=1))
    assert AnsweredPost.objects.count() == 0


def test_words_of_letters_go_a_year_after_sending(now):
    send_sign_in_code(email="ada@demo.invalid", language="en", now=now)
    Letter.objects.update(status="sent", sent_at=now)
    goes_at = now + timedelta(days=365)
    assert empty_letters(now=goes_at - SECOND) == 0
    assert empty_letters(now=goes_at) == 1
    assert empty_letters(now=goes_at) == 0
    assert Letter.objects.values_list("subject", "body", "email").get() == ("", "", "gone@invalid.invalid")


def test_letters_that_wait_keep_their_words(now):
    send_sign_in_code(email="ada@demo.invalid", language="en", now=now)
    assert empty_letters(now=now + timedelta(days=4000)) == 0


def test_travel_facts_go_when_30_days_have_passed_since_the_last_day(scene):
    exchange = exchange_of(scene, "ada")
    last_day = exchange.plan.ends_on
    assert empty_travel_facts(now=noon(last_day + timedelta(days=30))) == 0
    assert empty_travel_facts(now=noon(last_day + timedelta(days=31))) == 3
    traveller = Traveller.objects.get(exchange=exchange)
    facts = (traveller.travels_from, traveller.has_passport, traveller.needs_visa, traveller.wishes)
    assert facts == ("", None, None, "")
    assert InvitationLetter.objects.filter(traveller=traveller).count() == 0
    assert Entry.objects.about(traveller).latest("pk").verb == "delete travel facts"


def test_the_names_of_guests_go_a_year_after_the_meeting_and_the_count_stays(cleo, ada, now):
    programme = make_programme(cleo, now)
    meeting = make_meeting(programme, cleo, now)
    take_attendance(gathering=meeting, accounts={ada.pk}, names=["Eve", "Finn"], by=cleo, now=now)
    goes_at = meeting.ends_at + timedelta(days=365)
    assert [forget_guests(now=moment) for moment in (goes_at - SECOND, goes_at, goes_at)] == [0, 2, 0]
    kept = meeting.attendances.order_by("pk").values_list("account", "guest", "guest_key")
    assert sorted(kept, key=str) == sorted([(ada.pk, "", ""), (None, "", ""), (None, "", "")], key=str)
    assert Entry.objects.about(meeting).latest("pk").verb == "forget guests"


def test_what_people_without_an_account_signed_up_with_goes_a_year_after_the_meeting(cleo, ada, now):
    meeting = make_meeting(make_programme(cleo, now), cleo, now)
    sign_up(meeting, ada, now)
    for name in ("Eve", "Finn"):
        sign_up_as_guest(meeting, name, now)
    moments = [meeting.ends_at + timedelta(days=days) for days in (364, 365, 366)]
    assert [forget_sign_ups(now=moment) for moment in moments] == [0, 2, 0]
    kept = meeting.registrations.order_by("pk").values_list("account", "name", "email", "question")
    assert list(kept) == [(ada.pk, "Ada", ada.email, ""), (None, "", "", ""), (None, "", "", "")]
    assert Entry.objects.about(meeting).latest("pk").verb == "forget sign-ups"


def test_the_clock_forgets_who_signed_up_and_leaves_other_meetings_alone(cleo, now):
    programme = make_programme(cleo, now)
    meeting = make_meeting(programme, cleo, now)
    later = make_meeting(programme, cleo, now, starts_at=meeting.starts_at + timedelta(days=1))
    for one in (meeting, later):
        sign_up_as_guest(one, "Eve", now)
    delete_what_is_due(now=meeting.ends_at + timedelta(days=365))
    assert [one.registrations.get().email for one in (meeting, later)] == ["", "eve@example.org"]


def test_who_is_forgotten_gets_no_letter_when_the_meeting_is_moved_after_all(cleo, ada, now):
    meeting = make_meeting(make_programme(cleo, now), cleo, now)
    sign_up(meeting, ada, now)
    sign_up_as_guest(meeting, "Eve", now)
    forget_sign_ups(now=meeting.ends_at + timedelta(days=365))
    Letter.objects.all().delete()
    assert cancel_gathering(gathering=meeting, version=1, by=cleo, now=now) == 1
    assert [letter.email for letter in Letter.objects.all()] == [ada.email]


def test_each_answer_goes_as_its_question_says(scene):
    application = scene.applications["ada"]
    last_day = scene.cycle.stages.latest("ends_on").ends_on
    questions = application.sheet.form_version.draft.questions
    after = {question.key: question.delete_after_days for question in questions}
    shortest = min(days for days in after.values() if days is not None)
    on_the_day = last_day + timedelta(days=shortest)
    assert empty_answers(today=on_the_day, now=noon(on_the_day)) == 0
    later = on_the_day + timedelta(days=1)
    assert empty_answers(today=later, now=noon(later)) > 0
    application.sheet.refresh_from_db()
    gone = {key for key, days in after.items() if days == shortest}
    assert gone & set(application.sheet.answers) == set()
    kept = {key for key, days in after.items() if days is None or days > shortest}
    assert set(application.sheet.answers) <= kept


@pytest.mark.django_db(transaction=True)
def test_what_is_deleted_cannot_be_read_from_the_files(settings):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's files are meant")
    canary = "CANARY-9f2c-otto@example.invalid"
    moment = datetime(2027, 3, 10, tzinfo=ZoneInfo("UTC"))
    send_sign_in_code(email=canary, language="en", now=moment)
    Letter.objects.update(status="sent", sent_at=moment)
    assert canary.lower().encode() in _files()
    delete_what_is_due(now=moment + timedelta(days=400))
    assert canary.lower().encode() not in _files()


def _files():
    name = str(connection.settings_dict["NAME"])
    found = b""
    for ending in ("", "-wal"):
        try:
            with open(name + ending, "rb") as file:
                found += file.read()
        except FileNotFoundError:
            continue
    return found


def test_the_words_of_requests_and_offers_go_two_years_after_they_are_settled(ada, bo, cleo, now):
    programme = make_helping(cleo, now)
    need, given, made = brought_together(programme, ada, bo, cleo, now)
    write_to_asker(need=need, text="CNRYNOTE", by=cleo, now=now)
    waiting = ask(programme, bo, now)
    withdraw_need(need=need, by=ada, now=now)
    end_offer(offer=given, by=bo, now=now)
    goes_at = now + timedelta(days=730)
    delete_what_is_due(now=goes_at - SECOND)
    assert (fresh(need).text, need.notes.count(), fresh(given).text) == ("How do we begin?", 1, "Ask me.")
    delete_what_is_due(now=goes_at)
    assert (fresh(need).text, need.notes.count(), fresh(made).note) == ("", 0, "")
    assert (fresh(given).text, fresh(given).languages) == ("", [])
    # What it was about stays for the figures, and what still waits stays whole.
    assert (fresh(need).country, need.topics.count(), fresh(waiting).text) == ("SK", 1, "How do we begin?")
    assert Entry.objects.about(need).last().verb == "delete words"
