"""Taking a person's name and address out of the records of others, which stay."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import CharField, EmailField, Field, JSONField, Model, Q, SlugField, TextField
from django.utils import translation
from django.utils.translation import gettext as _

from talka.applications.models import Application
from talka.files.models import Upload
from talka.forms.models import Sheet
from talka.gatherings.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    Gathering,
    MeetingDecision,
    Minutes,
    MinutesVersion,
    Registration,
)
from talka.impact.models import ImpactReport
from talka.kernel.following import Found, follow
from talka.kernel.models import Entry, Versioned
from talka.letters.lifecycle import LetterStatus
from talka.letters.models import Letter
from talka.matching.models import Match
from talka.people.models import Account, Community, Representation
from talka.privacy.inventory import fields_of, subjects, untouched
from talka.privacy.queries import acted_records, own_records
from talka.programmes.models import Appointment, Contact, Membership, Tenure

SHORTEST_NAME = 3
LEFT = [LetterStatus.SENT, LetterStatus.FAILED, LetterStatus.DROPPED]
# Where what hangs on a community leads on to what it shares with others.
UP = (Sheet, Match, Upload)


def former() -> str:
    """Return what stands in the place of a name, in the language of the installation."""
    with translation.override(settings.LANGUAGE_CODE):
        # Translators: stands wherever the name of somebody stood whose data was erased.
        return _("a former representative")


def words_of(account: Account) -> frozenset[str]:
    """Return the names and addresses by which records know a person."""
    asked = Representation.objects.filter(Q(account=account) | Q(email__iexact=account.email or "-"))
    names = {account.name, *asked.values_list("name", flat=True)}
    names |= set(Tenure.objects.filter(account=account).values_list("name", flat=True))
    for both in Membership.objects.filter(account=account).values_list("name", "user_name"):
        names |= set(both)
    # A name such as "info", made from an address, is a word like others: to replace it would spoil sentences.
    telling = {name for name in names if len(name) >= SHORTEST_NAME and not re.fullmatch(r"[a-z]+", name)}
    return frozenset(telling | {address for address in (account.email,) if address})


def reach_of(account: Account) -> Found:
    """Find every record that may name a person: their own, their communities', and those they acted in."""
    found: Found = {}
    asked = Representation.objects.filter(Q(account=account) | Q(email__iexact=account.email or "-"))
    follow(found, Community, set(asked.values_list("community", flat=True)), up=UP)
    started = Application.objects.filter(Q(person=account) | Q(started_by=account))
    follow(found, Application, set(started.values_list("pk", flat=True)), up=UP)
    for model, ways in subjects().items():
        for rows in (own_records(model, ways, account), acted_records(model, ways, account)):
            found.setdefault(model, set()).update(rows.values_list("pk", flat=True))
    acted = Entry.objects.filter(actor=account).values_list("subject_type", "subject_id")
    for label, key in set(acted):
        found.setdefault(apps.get_model(label), set()).add(key)
    cycles = Application.objects.filter(pk__in=found[Application]).values("call__cycle")
    published = ImpactReport.objects.filter(cycle__in=cycles)
    for model in (Appointment, Contact):
        run = model._base_manager.filter(programme__appointments__account=account)
        found.setdefault(model, set()).update(run.values_list("pk", flat=True))
    found[ImpactReport].update(published.values_list("pk", flat=True))
    _add_meetings(found, account)
    return found


def _add_meetings(found: Found, account: Account) -> None:
    """Add what was written down of meetings that the person had to do with: it may say what they said."""
    came = Q(pk__in=Attendance.objects.filter(account=account).values("gathering"))
    signed_up = Q(pk__in=Registration.objects.filter(account=account).values("gathering"))
    owned = Q(pk__in=ActionItem.objects.filter(owner=account).values("gathering"))
    added = Q(pk__in=AgendaItem.objects.filter(added_by=account).values("gathering"))
    meetings = Gathering.objects.filter(came | signed_up | owned | added).values("pk")
    for model in (ActionItem, AgendaItem, MeetingDecision, Minutes):
        rows = model._base_manager.filter(gathering__in=meetings)
        found.setdefault(model, set()).update(rows.values_list("pk", flat=True))
    versions = MinutesVersion.objects.filter(minutes__gathering__in=meetings)
    found.setdefault(MinutesVersion, set()).update(versions.values_list("pk", flat=True))


def take_names_out(found: Found, words: frozenset[str]) -> None:
    """Put other words in the place of names, in what is found and in the letters and lines about it."""
    replaced = _replacing(words)
    about = Q(pk__in=())
    for model, keys in found.items():
        about |= Q(subject_type=model._meta.label_lower, subject_id__in=keys)
    said = Q(pk__in=())
    for word in words:
        said |= Q(body__contains=word) | Q(subject__contains=word)
    letters = Letter.objects.filter(about | said & Q(status__in=LEFT)).values_list("pk", flat=True)
    lines = Entry.objects.filter(about).values_list("pk", flat=True)
    found.setdefault(Letter, set()).update(letters)
    found.setdefault(Entry, set()).update(lines)
    for model, keys in found.items():
        fields = list(_text_fields(model))
        for one in model._base_manager.filter(pk__in=keys) if fields else ():
            _rewrite(one, fields, replaced)


def _replacing(words: frozenset[str]) -> Callable[[str], str]:
    instead = former()
    longest_first = sorted(words, key=len, reverse=True)
    either = "|".join(f"(?i:{re.escape(word)})" if "@" in word else re.escape(word) for word in longest_first)
    pattern = re.compile(rf"(?<!\w)(?:{either})(?!\w)")
    return lambda text: pattern.sub(instead, text) if words else text


def _text_fields(model: type[Model]) -> Iterator[Field]:
    """List the fields in which somebody may be named."""
    kinds = fields_of(model)
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, CharField | TextField | JSONField)
        is_fixed = isinstance(field, EmailField | SlugField) or field.choices or field.unique
        is_kept = is_fixed or kinds[field.name].erasing == "keep"
        if is_text and not is_kept and f"{model._meta.label}.{field.name}" not in untouched():
            yield field


def _rewrite(one: Any, fields: list[Field], replaced: Callable[[str], str]) -> None:
    changed = []
    for field in fields:
        before = getattr(one, field.name)
        after = _in_all(before, replaced)
        if isinstance(after, str) and field.max_length:
            after = after[: field.max_length]
        if after != before:
            setattr(one, field.name, after)
            changed.append(field.name)
    if changed:
        keep_changes(one, changed)


def keep_changes(one: Any, names: list[str]) -> None:
    """Save fields of a record; a form that was opened before can no longer put the old ones back."""
    if isinstance(one, Versioned):
        one.save_version(one.version, names)
    else:
        one.save(update_fields=names)


def _in_all(value: Any, replaced: Callable[[str], str]) -> Any:
    """Replace in a text, and in every text of a list or mapping."""
    if isinstance(value, str):
        return replaced(value)
    if isinstance(value, list):
        return [_in_all(one, replaced) for one in value]
    if isinstance(value, dict):
        return {key: _in_all(one, replaced) for key, one in value.items()}
    return value
