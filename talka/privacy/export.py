"""A person's export: everything that the inventory says is about them, and the files they uploaded."""

import json
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import PurePath
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import get_language

from talka.files.actions import path_of
from talka.files.models import Upload
from talka.forms.models import Sheet
from talka.kernel.ledger import record
from talka.kernel.wording import say
from talka.letters.outbox import write_letter
from talka.people.models import Account
from talka.privacy.inventory import Ways, classes, classified_fields, subjects
from talka.privacy.queries import acted_records, own_records

BOOKKEEPING = "bookkeeping"


@transaction.atomic
def export_data(*, account: Account, into: BinaryIO, by: Any, now: datetime) -> None:
    """Write a ZIP with what is kept about a person; they get a letter, in case it was not them who asked.

    It holds `your-data.json` and the folder `files`.
    """
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as packed:
        tables = {model._meta.label: found for model, found in _tables(account)}
        whole = {"made_at": now.isoformat(), "why": _reasons(), "tables": tables}
        packed.writestr("your-data.json", json.dumps(whole, ensure_ascii=False, indent=1))
        for upload in Upload.objects.filter(uploaded_by=account).order_by("pk"):
            if path_of(upload).exists():
                packed.write(path_of(upload), place_of(upload))
    record(account, "export data", by=by, now=now)
    path = {"path": reverse("desk:account")}
    write_letter("data_exported", to=account, values=path, about=account, now=now, once=now.isoformat())


def place_of(upload: Upload) -> str:
    """Return where an upload lies in an export."""
    return f"files/{upload.pk}-{PurePath(upload.name).name}"


def _reasons() -> dict[str, Mapping[str, str]]:
    """Say why fields of each class are kept, and until when."""
    return {
        name: {"purpose": kind.purpose, "kept": kind.kept, "on erasure": kind.erased}
        for name, kind in classes().items()
        if kind.exported != "no"
    }


def _tables(account: Account) -> Iterator[tuple[type[Model], list[dict[str, Any]]]]:
    for model, ways in subjects().items():
        found = list(_records(model, ways, account))
        if found:
            yield model, found


def _records(model: type[Model], ways: Ways, account: Account) -> Iterator[dict[str, Any]]:
    withheld = model._base_manager.none()
    if ways.withheld:
        withheld = model._base_manager.filter(
            **{f"{name}__in": values for name, values in ways.withheld.items()}
        )
    for one in own_records(model, ways, account).exclude(pk__in=withheld.values("pk")):
        yield _written(one, account, {"own", "acted"})
    for one in acted_records(model, ways, account):
        yield _written(one, account, {"acted"})


def _written(one: Any, account: Account, exported: set[str]) -> dict[str, Any]:
    """Write a record down: what is exported of it, with the bookkeeping that makes it understood."""
    known, kinds, label = classes(), classified_fields(), one._meta.label
    shown = [
        field
        for field in one._meta.concrete_fields
        if kinds[f"{label}.{field.name}"] == BOOKKEEPING
        or known[kinds[f"{label}.{field.name}"]].exported in exported
    ]
    written = {field.name: _plain(getattr(one, field.name), account) for field in shown}
    if isinstance(one, Sheet):
        written["answers"] = _with_questions(one)
    if isinstance(one, Upload):
        written["file"] = place_of(one)
    return written


def _plain(value: Any, account: Account) -> Any:
    if isinstance(value, Account):
        return "you" if value == account else "somebody else"
    if isinstance(value, Model | Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _with_questions(sheet: Sheet) -> list[dict[str, Any]]:
    language = get_language() or "en"
    asked = {question.key: question for question in sheet.form_version.draft.questions}
    return [
        {"question": say(asked[key].label, language).text if key in asked else key, "answer": answer}
        for key, answer in sheet.answers.items()
    ]
