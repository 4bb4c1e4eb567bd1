"""Deleting what has served its purpose: the days that the inventory promises, kept by the clock."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from talka.capacities.actions.leaving import empty_requests
from talka.exchanges.models import Traveller
from talka.forms.models import Sheet
from talka.gatherings.models import Attendance, Gathering, Registration
from talka.kernel.ledger import record
from talka.kernel.models import AnsweredPost
from talka.letters.lifecycle import LetterStatus
from talka.letters.models import Letter
from talka.people.models import SignInCode
from talka.programmes.models import Cycle
from talka.travel.models import InvitationLetter

CODES = timedelta(days=1)
ANSWERED = timedelta(days=1)
LETTERS = timedelta(days=365)
TRAVEL = timedelta(days=30)
REQUESTS = timedelta(days=730)
GUESTS = timedelta(days=365)
NO_ADDRESS = "gone@invalid.invalid"
GOODBYE = "data_erased"

NO_TRAVEL_FACTS = {
    "travels_from": "",
    "has_passport": None,
    "needs_visa": None,
    "needs_letter": False,
    "wishes": "",
}


def delete_what_is_due(*, now: datetime) -> int:
    """Delete or empty everything whose time is over; return how many records that were.

    On SQLite the log is emptied afterwards, where deleted words would stay readable.
    """
    done = (
        delete_codes(now=now)
        + delete_answered_posts(now=now)
        + empty_letters(now=now)
        + empty_travel_facts(now=now)
        + empty_requests(settled_before=now - REQUESTS, by=None, now=now)
        + forget_guests(now=now)
        + forget_sign_ups(now=now)
        + empty_answers(today=now.date(), now=now)
    )
    if done:
        truncate_log()
    return done


@transaction.atomic
def delete_codes(*, now: datetime) -> int:
    """Delete sign-in codes a day after they ended."""
    deleted, _ = SignInCode.objects.filter(expires_at__lte=now - CODES).delete()
    return deleted


@transaction.atomic
def delete_answered_posts(*, now: datetime) -> int:
    """Forget a day after it was sent what a browser sent, and what was answered."""
    deleted, _ = AnsweredPost.objects.filter(claimed_at__lte=now - ANSWERED).delete()
    return deleted


@transaction.atomic
def empty_letters(*, now: datetime) -> int:
    """Empty the words of letters a year after they were sent, and forget the address.

    The letter that confirms an erasure is emptied as soon as it is sent, or cannot be.
    """
    over = Q(key=GOODBYE, status__in=[LetterStatus.SENT, LetterStatus.FAILED, LetterStatus.DROPPED])
    old = Letter.objects.filter(Q(sent_at__lte=now - LETTERS) | over).exclude(body="")
    mark = Concat(Value("emptied:"), Cast("pk", CharField()))
    return old.update(subject="", body="", email=NO_ADDRESS, recipient=None, once=mark, last_error="")


@transaction.atomic
def empty_travel_facts(*, now: datetime) -> int:
    """Empty what bookings and visas needed, 30 days after the last day of the visit."""
    ended = (now - TRAVEL).date()
    over = Traveller.objects.filter(exchange__plan__ends_on__lt=ended)
    known = over.filter(
        ~Q(travels_from="") | ~Q(wishes="") | Q(has_passport__isnull=False) | Q(needs_visa__isnull=False)
    )
    count = 0
    for traveller in known.select_for_update():
        for name, value in NO_TRAVEL_FACTS.items():
            setattr(traveller, name, value)
        traveller.save(update_fields=list(NO_TRAVEL_FACTS))
        record(traveller, "delete travel facts", by=None, now=now)
        count += 1
    deleted, _ = InvitationLetter.objects.filter(traveller__exchange__plan__ends_on__lt=ended).delete()
    return count + deleted


@transaction.atomic
def forget_guests(*, now: datetime) -> int:
    """Delete the names of people without an account a year after the meeting; that they were there stays."""
    named = Attendance.objects.filter(gathering__ends_at__lte=now - GUESTS).exclude(guest="", guest_key="")
    _record_at_meetings(named, "forget guests", now=now)
    return named.update(guest="", guest_key="")


@transaction.atomic
def forget_sign_ups(*, now: datetime) -> int:
    """Empty what people without an account gave to sign up, a year after the meeting; the count stays."""
    old = Registration.objects.filter(account__isnull=True, gathering__ends_at__lte=now - GUESTS)
    known = old.exclude(name="", email="", question="")
    _record_at_meetings(known, "forget sign-ups", now=now)
    return known.update(name="", email="", question="")


def _record_at_meetings(rows: QuerySet[Any], verb: str, *, now: datetime) -> None:
    """Write a line into the ledger for each meeting to which the rows belong."""
    for meeting in Gathering.objects.filter(pk__in=rows.values("gathering")).order_by("pk"):
        record(meeting, verb, by=None, now=now)


@transaction.atomic
def empty_answers(*, today: date, now: datetime) -> int:
    """Delete each answer when its question says so: days after the last day of the cycle's last stage."""
    count = 0
    for cycle in Cycle.objects.filter(stages__ends_on__lt=today).distinct():
        ended_on = cycle.stages.order_by("-ends_on")[0].ends_on
        if ended_on < today:
            count += _empty_answers_of(cycle, ended_on, today=today, now=now)
    return count


def _empty_answers_of(cycle: Cycle, ended_on: date, *, today: date, now: datetime) -> int:
    count = 0
    sheets = Sheet.objects.filter(form_version__form__cycle=cycle).select_related("form_version")
    for sheet in sheets.select_for_update(of=("self",)):
        over = {
            question.key
            for question in sheet.form_version.draft.questions
            if question.delete_after_days is not None
            and ended_on + timedelta(days=question.delete_after_days) < today
        }
        kept = {key: answer for key, answer in sheet.answers.items() if key not in over}
        if kept != sheet.answers:
            sheet.answers = kept
            sheet.save_version(sheet.version, ["answers"])
            record(sheet, "delete answers", by=None, now=now)
            count += 1
    return count


def truncate_log() -> None:
    """Empty SQLite's write-ahead log into the database, where deleted words have been overwritten."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
