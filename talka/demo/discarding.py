"""Throwing a rehearsal away whole: everything that belongs to it, and nothing of anybody else's."""

from collections import defaultdict
from datetime import datetime
from graphlib import TopologicalSorter
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model, Q, QuerySet

from talka.access.scopes import programme_of
from talka.demo.answering import NotARehearsal
from talka.demo.cohort import accounts_of, address_ending, communities_of
from talka.files.actions import delete_upload
from talka.files.models import Upload
from talka.forms.models import Sheet
from talka.kernel.following import Found, follow
from talka.kernel.models import Entry
from talka.letters.models import Letter
from talka.people.models import Account, SignInCode
from talka.programmes.models import Programme


class Entangled(Exception):
    """Somebody invented has a part in another programme: the record says where."""

    def __init__(self, record: Model) -> None:
        super().__init__(f"{record._meta.label} {record.pk}")
        self.record = record


@transaction.atomic
def throw_away(*, programme: Programme, by: Any, now: datetime) -> None:
    """Delete a rehearsal with its people, communities, letters, files and lines of the ledger.

    Nothing remains of it, not even a line that says so. Real people who took part keep their accounts.
    Raises NotARehearsal, and Entangled when somebody invented was given a part in another programme.
    """
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    if not locked.is_rehearsal:
        raise NotARehearsal
    found = belongings(locked)
    uploads = found.pop(Upload, set())
    for model in _children_first(set(found)):
        model._base_manager.filter(pk__in=found[model]).delete()
    for pk in uploads:
        delete_upload(pk=pk)


def belongings(programme: Programme) -> Found:
    """Find everything that belongs to a rehearsal: the keys of its records, by their table."""
    found: Found = defaultdict(set)
    follow(found, Programme, {programme.pk})
    people: Found = defaultdict(set)
    for invented in (communities_of(programme), accounts_of(programme)):
        follow(people, invented.model, _keys(invented))
    for model, keys in people.items():
        _refuse_others(model, keys - found[model], programme)
        found[model] |= keys
    ending = address_ending(programme)
    found[SignInCode] |= _keys(SignInCode.objects.filter(email__iendswith=ending))
    found[Upload] |= _uploads_of(found)
    found[Letter] |= _letters_of(found, ending)
    found[Entry] |= _entries_of(found)
    return {model: keys for model, keys in found.items() if keys}


def _keys(rows: QuerySet[Any]) -> set[int]:
    return set(rows.values_list("pk", flat=True))


def _refuse_others(model: type[Model], keys: set[int], programme: Programme) -> None:
    """Raise Entangled for what hangs on invented people and belongs to another programme."""
    for record in model._base_manager.filter(pk__in=keys):
        home = programme_of(record)
        if home is not None and home != programme:
            raise Entangled(record)


def _uploads_of(found: Found) -> set[int]:
    """Find the files that invented people stored, that records name, and that answers name."""
    keys = _keys(Upload.objects.filter(uploaded_by__in=found[Account]))
    for model in list(found):
        for field in model._meta.concrete_fields:
            if field.related_model is Upload:
                held = model._base_manager.filter(pk__in=found[model])
                keys |= set(held.values_list(field.attname, flat=True))
    for sheet in Sheet.objects.filter(pk__in=found[Sheet]).select_related("form_version"):
        for question in sheet.form_version.draft.questions:
            if question.kind == "file":
                keys |= set(sheet.answers.get(question.key) or [])
    return keys - {None}


def _about(found: Found) -> Q:
    about = Q(pk__in=())
    for model, keys in found.items():
        about |= Q(subject_type=model._meta.label_lower, subject_id__in=keys)
    return about


def _letters_of(found: Found, ending: str) -> set[int]:
    invented = Q(email__iendswith=ending) | Q(recipient__in=found[Account])
    return _keys(Letter.objects.filter(_about(found) | invented))


def _entries_of(found: Found) -> set[int]:
    """Find the lines about what is found, those that invented people left, and those of dropped decisions."""
    bundles = Letter.objects.filter(pk__in=found[Letter], bundle__startswith="decision:")
    decisions = [int(bundle.partition(":")[2]) for bundle in bundles.values_list("bundle", flat=True)]
    gone = Q(subject_type="screening.decision", subject_id__in=decisions)
    return _keys(Entry.objects.filter(_about(found) | Q(actor__in=found[Account]) | gone))


def _children_first(models: set[type[Model]]) -> list[type[Model]]:
    """Order tables so that each comes before those it points to: what is pointed to is often protected."""
    sorter: TopologicalSorter[type[Model]] = TopologicalSorter({model: set() for model in models})
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            parent = field.related_model
            if model in models and parent in models and parent is not model:
                sorter.add(parent, model)
    return list(sorter.static_order())
