"""Documents that people work on for an initiative: a version follows another, each with its note."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from talka.files.actions import delete_upload
from talka.files.models import Upload
from talka.initiatives.actions.refusals import Refused
from talka.initiatives.models import Initiative, Material, MaterialVersion
from talka.kernel.ledger import record
from talka.kernel.reasons import Reason


class NothingToAdd(Exception):
    """A version is one link or one file."""


@transaction.atomic
def add_initiative_material(
    *,
    initiative: Initiative,
    title: str,
    note: str,
    by: Any,
    now: datetime,
    link: str = "",
    upload: Upload | None = None,
) -> Material:
    """Add a document with its first version, for those who work on it. Raises NothingToAdd."""
    material = Material.objects.create(initiative=initiative, title=title)
    _add(material, 1, note=note, link=link, upload=upload, by=by, now=now)
    record(initiative, "share", by=by, now=now)
    return material


@transaction.atomic
def add_material_version(
    *,
    material: Material,
    note: str,
    by: Any,
    now: datetime,
    link: str = "",
    upload: Upload | None = None,
) -> MaterialVersion:
    """Add a version after the last one; who adds at the same moment gets the next number.

    Raises NothingToAdd.
    """
    held = Material.objects.select_for_update().get(pk=material.pk)
    last = held.versions.order_by("-number").values_list("number", flat=True).first()
    added = _add(held, (last or 0) + 1, note=note, link=link, upload=upload, by=by, now=now)
    record(material.initiative, "add version", by=by, now=now)
    return added


def _add(
    material: Material, number: int, *, note: str, link: str, upload: Upload | None, by: Any, now: datetime
) -> MaterialVersion:
    if bool(link) == (upload is not None):
        raise NothingToAdd
    return MaterialVersion.objects.create(
        material=material, number=number, note=note, link=link, upload=upload, added_by=by, added_at=now
    )


@transaction.atomic
def share_initiative_material(
    *, material: Material, title: str, is_public: bool, licence: str, version: int, by: Any, now: datetime
) -> None:
    """Name a document, and say whether everybody may see its newest version, and under which licence.

    Raises Refused without a licence, and Overtaken.
    """
    if is_public and not licence:
        raise Refused(Reason("initiatives.no_licence"))
    material.title, material.is_public, material.licence = title, is_public, licence
    material.save_version(version, ["title", "is_public", "licence"])
    record(material.initiative, "edit material", by=by, now=now)


@transaction.atomic
def remove_initiative_material(*, material: Material, by: Any, now: datetime) -> None:
    """Take a document away with all its versions and files; taking it away twice changes nothing."""
    initiative = material.initiative
    files = [pk for pk in material.versions.values_list("upload", flat=True) if pk]
    if not Material.objects.filter(pk=material.pk).delete()[0]:
        return
    for pk in files:
        delete_upload(pk=pk)
    record(initiative, "take back", by=by, now=now)


def drop_versions_of(uploads: Iterable[int]) -> None:
    """Take out the versions whose files are deleted, and documents of which nothing is left."""
    gone = MaterialVersion.objects.filter(upload__in=list(uploads))
    touched = set(gone.values_list("material", flat=True))
    gone.delete()
    Material.objects.filter(pk__in=touched, versions__isnull=True).delete()
