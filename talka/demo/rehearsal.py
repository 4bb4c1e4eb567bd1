"""Rehearsing a programme: a marked copy of it, and an invented cohort that applies to it."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from talka.calls.actions import edit_call, prepare_cycle
from talka.demo.cohort import Guest, cohort_of, introduce_guest
from talka.demo.cohort_applying import Applicant, apply_for, confirm_for, name_each_other
from talka.forms.actions import edit_form_draft, open_form_draft, publish_form
from talka.forms.models import FormVersion
from talka.kernel.windows import end_of, start_of, zone
from talka.kernel.wording import Wording
from talka.people.models import Community
from talka.programmes.actions import (
    AddressTaken,
    announce_cycle,
    create_programme,
    edit_stages,
)
from talka.programmes.models import Cycle, Programme
from talka.programmes.queries import blueprint_of

SMALLEST, LARGEST = 3, 60
DAY = timedelta(days=1)
# However short the stage, there is time to look at an open call.
OPEN_FOR = timedelta(days=7)
LONGEST_START = 40
MOST_REHEARSALS = 1000


class NothingToRehearse(Exception):
    """The programme is a rehearsal itself, or invites nobody."""


def rehearse(*, programme: Programme, size: int, by: Any, now: datetime) -> Programme:
    """Make a rehearsal of a programme: a copy that is never public, with `size` invented applicants.

    They are communities or people, as the programme takes them, and its calls are open now. The same
    programme and size give the same people and answers. Each applicant is a transaction of its own, so that
    nobody waits for sixty. Raises ValueError for a size outside 3 to 60, and NothingToRehearse.
    """
    if not SMALLEST <= size <= LARGEST:
        raise ValueError(size)
    if programme.is_rehearsal or not programme.plan.calls:
        raise NothingToRehearse
    copy, cycle = _copy(programme, by=by, now=now)
    guests = cohort_of(cycle.plan, size)
    applicants = {guest: introduce_guest(guest, copy, by=by, now=now) for guest in guests}
    fill_cycle(cycle, applicants, now=now)
    return copy


def fill_cycle(cycle: Cycle, applicants: dict[Guest, Applicant], *, now: datetime) -> None:
    """Let the cohort apply: those who learn first, then the partners they named, then the others."""
    communities = {guest: one for guest, one in applicants.items() if isinstance(one, Community)}
    partners = name_each_other(communities)
    for guest in sorted(applicants, key=lambda guest: guest.number):
        if not guest.learns and guest in partners.values():
            confirm_for(cycle, communities[guest], now=now)
        partner = partners.get(guest)
        named = communities[partner] if partner else None
        apply_for(cycle, applicants[guest], guest, partner=named, now=now)


@transaction.atomic
def _copy(programme: Programme, *, by: Any, now: datetime) -> tuple[Programme, Cycle]:
    copy = _found(programme, by=by, now=now)
    return copy, _open(copy, programme, by=by, now=now)


def _found(programme: Programme, *, by: Any, now: datetime) -> Programme:
    """Make the copy at the first address that is free."""
    start = f"{programme.slug[:LONGEST_START]}-rehearsal"
    for number in range(1, MOST_REHEARSALS):
        slug = start if number == 1 else f"{start}-{number}"
        if Programme.objects.filter(slug=slug).exists():
            continue
        try:
            return create_programme(
                slug=slug,
                blueprint=blueprint_of(programme),
                zone=programme.zone,
                by=by,
                now=now,
                name=_marked(programme.name),
                is_rehearsal=True,
            )
        except AddressTaken:
            continue
    raise AddressTaken


def _marked(name: Wording) -> dict[str, str]:
    """Say in every language of a name that it is only rehearsed."""
    marked = {}
    for language, words in name.items():
        with translation.override(language):
            # Translators: the name of a programme that is only rehearsed, with invented people.
            marked[language] = _("Rehearsal: %(name)s") % {"name": words}
    return marked


def _open(copy: Programme, programme: Programme, *, by: Any, now: datetime) -> Cycle:
    """Open a cycle whose calls are open now, with the questions as the newest real cycle asks them."""
    today = now.astimezone(zone(copy.zone)).date()
    label = {language: f"{words} {today.year}" for language, words in copy.plan.cycle_label.items()}
    cycle = prepare_cycle(programme=copy, slug="rehearsal", label=label, year=today.year, by=by, now=now)
    _take_over_forms(programme, cycle, by=by, now=now)
    _move_to_today(cycle, today, by=by, now=now)
    announce_cycle(cycle=cycle, by=by, now=now)
    return cycle


def _take_over_forms(programme: Programme, cycle: Cycle, *, by: Any, now: datetime) -> None:
    newest = programme.cycles.order_by("-pk").first()
    published = FormVersion.objects.filter(form__cycle=newest, published_at__isnull=False)
    for form in cycle.forms.order_by("pk"):
        theirs = published.filter(form__key=form.key).order_by("-number").first()
        if theirs is None or theirs.definition == form.versions.get().definition:
            continue
        version = open_form_draft(form=form, by=by, now=now).version
        edit_form_draft(form=form, definition=theirs.definition, version=version, by=by, now=now)
        publish_form(form=form, by=by, now=now)


def _move_to_today(cycle: Cycle, today: date, *, by: Any, now: datetime) -> None:
    """Move the stages so that the first call opened yesterday, and open every call."""
    stages = {stage.key: stage for stage in cycle.stages.all()}
    asked_in = {planned.role: planned.stage for planned in cycle.plan.calls}
    first = min(stages[key].starts_on for key in asked_in.values())
    by_days = today - DAY - first
    days = {key: (stage.starts_on + by_days, stage.ends_on + by_days) for key, stage in stages.items()}
    edit_stages(cycle=cycle, days=days, version=cycle.version, by=by, now=now)
    for call in cycle.calls.select_related("form").order_by("pk"):
        ends_on = days[asked_in[call.role]][1]
        edit_call(
            call=call,
            opens_at=start_of(today - DAY, call.zone),
            closes_at=max(end_of(ends_on, call.zone), now + OPEN_FOR),
            zone=call.zone,
            form=call.form,
            version=call.version,
            by=by,
            now=now,
        )
