"""Programmes: made from a blueprint, then edited."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from talka.blueprints.mistakes import Mistakes
from talka.blueprints.reading import pack
from talka.blueprints.schema import Blueprint, validate
from talka.kernel import registry
from talka.kernel.ledger import record
from talka.kernel.wording import Wording
from talka.programmes.actions.posts import appoint
from talka.programmes.actions.refusals import AddressTaken
from talka.programmes.models import Page, Post, Programme


def check_names(blueprint: Blueprint) -> None:
    """Raise Mistakes when the blueprint names a rule or a letter that no room made known."""
    found = validate(blueprint, known=dict(registry.KINDS))
    if found:
        raise Mistakes(tuple(found))


@transaction.atomic
def create_programme(
    *,
    slug: str,
    blueprint: Blueprint,
    zone: str,
    by: Any,
    now: datetime,
    name: Wording | None = None,
    is_rehearsal: bool = False,
) -> Programme:
    """Make a programme from a blueprint, with its pages; whoever makes it coordinates it.

    It is not published yet. Raises AddressTaken.
    """
    try:
        with transaction.atomic():
            programme = Programme.objects.create(
                slug=slug,
                name=dict(name or blueprint.name),
                summary=dict(blueprint.summary),
                blueprint=pack(blueprint),
                zone=zone,
                is_rehearsal=is_rehearsal,
                created_at=now,
            )
    except IntegrityError:
        raise AddressTaken from None
    _write_pages(programme, blueprint)
    record(programme, "create", by=by, now=now)
    if by is not None:
        appoint(programme=programme, account=by, post=Post.COORDINATOR, by=by, now=now)
    return programme


def _write_pages(programme: Programme, blueprint: Blueprint) -> None:
    """Write the blueprint's pages; pages that the blueprint leaves out stay as they are."""
    existing = {page.key: page for page in programme.pages.all()}
    for position, planned in enumerate(blueprint.pages):
        page = existing.get(planned.key) or Page(programme=programme, key=planned.key)
        page.version += 0 if page._state.adding else 1
        page.position = position
        page.title, page.body = dict(planned.title), dict(planned.body)
        page.save()


@transaction.atomic
def edit_programme(
    *,
    programme: Programme,
    name: Wording,
    summary: Wording,
    zone: str,
    is_published: bool,
    version: int,
    by: Any,
    now: datetime,
) -> None:
    """Change how a programme presents itself. A rehearsal is never published. Raises Overtaken."""
    programme.name, programme.summary, programme.zone = dict(name), dict(summary), zone
    programme.is_published = is_published and not programme.is_rehearsal
    programme.save_version(version, ["name", "summary", "zone", "is_published"])
    record(programme, "edit", by=by, now=now)


@transaction.atomic
def replace_blueprint(
    *,
    programme: Programme,
    blueprint: Blueprint,
    version: int,
    by: Any,
    now: datetime,
    with_words: bool = False,
) -> None:
    """Give the programme another blueprint, for cycles to come: those that are open keep theirs.

    `with_words` also takes over its name, summary and pages. Raises Mistakes when it names rules or
    letters nobody knows, and Overtaken when somebody else edited the programme since.
    """
    check_names(blueprint)
    programme.blueprint = pack(blueprint)
    fields = ["blueprint"]
    if with_words:
        programme.name, programme.summary = dict(blueprint.name), dict(blueprint.summary)
        fields += ["name", "summary"]
    programme.save_version(version, fields)
    if with_words:
        _write_pages(programme, blueprint)
    record(programme, "replace blueprint", by=by, now=now)
