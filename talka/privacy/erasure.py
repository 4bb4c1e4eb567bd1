"""Erasing a person: what is theirs alone goes; what their communities did stays, without their name."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Field, Q, QuerySet
from django.utils.crypto import get_random_string

from talka.applications.actions import withdraw_application
from talka.applications.lifecycle import ApplicationStatus
from talka.applications.models import Application, Partner
from talka.capacities.actions.leaving import let_go_of_requests
from talka.exchanges.actions import leave_circles
from talka.exchanges.models import Material
from talka.files.actions import delete_upload
from talka.files.models import Upload
from talka.forms.models import Sheet
from talka.impact.queries import is_published
from talka.initiatives.actions import drop_versions_of, leave_all
from talka.initiatives.models import MaterialVersion
from talka.kernel.following import Found
from talka.kernel.ledger import move, record
from talka.kernel.models import AnsweredPost
from talka.learning.actions import release_modules
from talka.letters.lifecycle import LetterStatus
from talka.letters.models import Letter
from talka.letters.outbox import write_to_address
from talka.people.actions.representations import end_representation
from talka.people.lifecycle import RepresentationStatus
from talka.people.models import Account, Community, Representation
from talka.privacy.inventory import Ways, fields_of, subjects
from talka.privacy.queries import own_records
from talka.privacy.retention import GOODBYE, NO_ADDRESS, truncate_log
from talka.privacy.unnaming import former, keep_changes, reach_of, take_names_out, words_of
from talka.programmes.actions import LastCoordinator, end_appointment
from talka.programmes.models import Appointment, Contact, Post, Programme, Tenure
from talka.reports.models import Evidence

UNSENT = [LetterStatus.HELD, LetterStatus.QUEUED, LetterStatus.FAILED]
STANDING = [RepresentationStatus.INVITED, RepresentationStatus.ACCEPTED]


def programmes_left_alone(account: Account) -> QuerySet[Programme]:
    """Find the programmes that nobody would coordinate without the person."""
    others = Appointment.objects.filter(post=Post.COORDINATOR, ended_at__isnull=True).exclude(account=account)
    return Programme.objects.run_by(account, Post.COORDINATOR).exclude(pk__in=others.values("programme"))


def erase_person(*, account: Account, by: Any, now: datetime) -> None:
    """Erase a person everywhere, and end with an emptied log, where deleted words would stay readable.

    A letter confirms it; its address goes as soon as it is sent. Raises LastCoordinator, and changes
    nothing then, when a programme would be left without anybody to run it.
    """
    _erase(account, by=by, now=now)
    truncate_log()


@transaction.atomic
def _erase(account: Account, *, by: Any, now: datetime) -> None:
    person = Account.objects.select_for_update().get(pk=account.pk)
    address, language = person.email, person.language
    words, found = words_of(person), reach_of(person)
    if programmes_left_alone(person).exists():
        raise LastCoordinator
    _end_what_they_do(person, by=by, now=now)
    _drop_drafts(person, by=by, now=now)
    _delete_files(person, found)
    take_names_out(found, words)
    # First: an account without an address has to be closed.
    _close(person)
    for model, ways in subjects().items():
        _empty(own_records(model, ways, person), ways)
    record(person, "erase data", by=by, now=now)
    if address:
        write_to_address(
            GOODBYE, email=address, language=language, values={}, about=person, now=now, once=now.isoformat()
        )


def _end_what_they_do(person: Account, *, by: Any, now: datetime) -> None:
    """End posts and requests, leave circles and communities, take contacts off pages, drop unsent letters."""
    leave_circles(applications=Application.objects.filter(person=person), by=by, now=now)
    Contact.objects.filter(address__iexact=person.email or "-").delete()
    let_go_of_requests(person=person, by=by, now=now)
    for held in person.appointments.filter(ended_at__isnull=True):
        end_appointment(appointment=held, by=by, now=now)
    # Their seats in groups are vacant from now on, and shown as vacant.
    terms = Tenure.objects.filter(account=person)
    terms.filter(starts_on__gt=now.date()).delete()
    terms.running(now.date()).update(ends_on=now.date(), version=F("version") + 1)
    mine = Q(account=person) | Q(email__iexact=person.email or "-")
    for one in Representation.objects.filter(mine, status__in=STANDING):
        end_representation(representation=one, by=by, now=now)
    leave_all(account=person, by=by, now=now)
    release_modules(account=person, by=by, now=now)
    for letter in Letter.objects.filter(Q(recipient=person) | Q(email__iexact=person.email or "-")):
        if letter.status in UNSENT:
            move(letter, "drop", by=by, now=now)


def _drop_drafts(person: Account, *, by: Any, now: datetime) -> None:
    """Empty what was never handed in and nobody else goes on with, and withdraw it."""
    acting = Representation.objects.current().values("community")
    mine = Community.objects.filter(representations__account=person).exclude(pk__in=acting)
    drafts = Application.objects.filter(Q(person=person) | Q(community__in=mine))
    for draft in drafts.filter(status=ApplicationStatus.DRAFT).select_related("sheet"):
        draft.goals.all().delete()
        Partner.objects.filter(application=draft).update(note="")
        draft.sheet.answers = {}
        keep_changes(draft.sheet, ["answers"])
        withdraw_application(application=draft, by=by, now=now)


def _delete_files(person: Account, found: Found) -> None:
    """Delete what the person uploaded, and what points to it; photos that are published stay."""
    evidence = Evidence.objects.filter(upload__uploaded_by=person).select_related("report", "upload")
    kept = {photo.upload_id for photo in evidence if is_published(photo)}
    shared = MaterialVersion.objects.filter(material__is_public=True, material__initiative__is_public=True)
    kept |= set(shared.filter(upload__uploaded_by=person).values_list("upload", flat=True))
    gone = set(person.uploads.exclude(pk__in=kept).values_list("pk", flat=True))
    Material.objects.filter(upload__in=gone).delete()
    drop_versions_of(gone)
    for sheet in Sheet.objects.filter(pk__in=found.get(Sheet, ())).select_related("form_version"):
        answers = {**sheet.answers}
        for question in sheet.form_version.draft.questions:
            if question.kind == "file" and question.key in answers:
                answers[question.key] = [pk for pk in answers[question.key] or [] if pk not in gone]
        if answers != sheet.answers:
            sheet.answers = answers
            keep_changes(sheet, ["answers"])
    for pk in gone:
        delete_upload(pk=pk)
    for upload in Upload.objects.filter(pk__in=kept):
        upload.name = upload.kind
        upload.save(update_fields=["name"])


def _empty(rows: QuerySet[Any], ways: Ways) -> None:
    """Empty the records that are the person's alone, as the inventory promises."""
    if ways.deleted:
        rows.delete()
        return
    kinds = fields_of(rows.model)
    emptied = [field for field in rows.model._meta.concrete_fields if kinds[field.name].erasing == "empty"]
    for one in rows:
        changed = [field.name for field in emptied if _is_emptied(one, field)]
        if changed:
            keep_changes(one, changed)


def _is_emptied(one: Any, field: Field) -> bool:
    """Empty a field of a record as far as its table allows; tell whether that changed it."""
    before = getattr(one, field.attname)
    if one._meta.label == "applications.Application" and field.name == "person":
        after = before
    elif field.name == "name":
        after = former()
    elif field.name == "once":
        after = f"emptied:{one.pk}"
    elif field.null:
        after = None
    elif field.name == "email":
        after = NO_ADDRESS
    elif field.has_default():
        after = field.get_default()
    else:
        after = "" if isinstance(before, str) else before
    setattr(one, field.attname, after)
    return bool(after != before)


def _close(person: Account) -> None:
    """Let nobody sign in as the person again, end their sessions, and forget what pages answered."""
    person.is_active = person.can_found = False
    person.last_login, person.session_key_seed = None, get_random_string(32)
    person.save(update_fields=["is_active", "can_found", "last_login", "session_key_seed"])
    # What pages said to the person stands among what they said to others, under keys that tell nothing.
    AnsweredPost.objects.filter(answered_at__isnull=False).delete()
