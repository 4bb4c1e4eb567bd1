"""Modules are made, arranged, given to somebody and retired; people do them, and suggest changes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from talka.kernel.ledger import move, record
from talka.kernel.lifecycle import NotAllowed
from talka.learning.lifecycle import SuggestionStatus
from talka.learning.models import Completion, Module, Suggestion
from talka.learning.queries import in_units
from talka.letters.outbox import write_letter
from talka.letters.sending import leads_nowhere
from talka.people.actions.sign_in import find_or_make_account
from talka.people.models import Account
from talka.programmes.models import Programme
from talka.programmes.queries import coordinators_of_programme

WORDS = ("unit", "name", "summary", "body", "address", "minutes")
MOST_OPEN = 20
"""So many suggestions of one person about one programme may wait for an answer."""


class InventedMaintainer(Exception):
    """Somebody invented for a rehearsal maintains nothing outside it."""


class TooManySuggestions(Exception):
    """So much of one person waits for an answer that more would not be read."""


@transaction.atomic
def make_modules(*, programme: Programme, by: Any, now: datetime) -> int:
    """Take over the modules of the blueprint that are not there yet; return how many.

    What was edited or retired here stays as it is, so that doing it again changes nothing.
    """
    held = Programme.objects.select_for_update().get(pk=programme.pk)
    there = dict(held.modules.values_list("key", "position"))
    position, made = max(there.values(), default=-1) + 1, 0
    for planned in held.plan.modules:
        if planned.key in there:
            continue
        Module.objects.create(
            programme=held,
            key=planned.key,
            unit=dict(planned.unit),
            name=dict(planned.name),
            summary=dict(planned.summary),
            address=planned.address or "",
            minutes=planned.minutes,
            position=position + made,
        )
        made += 1
    if made:
        record(held, "take over modules", by=by, now=now)
    return made


@transaction.atomic
def create_module(*, programme: Programme, words: Mapping[str, Any], by: Any, now: datetime) -> Module:
    """Add a module at the end of its unit: `words` holds the fields of WORDS."""
    held = Programme.objects.select_for_update().get(pk=programme.pk)
    last = held.modules.order_by("-position").values_list("position", flat=True).first()
    module = Module.objects.create(
        programme=held,
        key=_free_key(held, words["name"]),
        position=0 if last is None else last + 1,
        **{name: words[name] for name in WORDS},
    )
    record(module, "create", by=by, now=now)
    return module


def _free_key(programme: Programme, name: Mapping[str, str]) -> str:
    """Find a key for the address that no other module of the programme has."""
    wanted = slugify(name.get("en") or next(iter(name.values()), ""))[:50].strip("-") or "module"
    taken = set(programme.modules.values_list("key", flat=True))
    number, key = 1, wanted
    while key in taken:
        number += 1
        key = f"{wanted}-{number}"
    return key


@transaction.atomic
def edit_module(*, module: Module, words: Mapping[str, Any], version: int, by: Any, now: datetime) -> None:
    """Change what is said of a module: `words` holds some fields of WORDS. Raises Overtaken."""
    known = {name: words[name] for name in WORDS if name in words}
    for name, value in known.items():
        setattr(module, name, value)
    module.save_version(version, list(known))
    record(module, "edit", by=by, now=now)


@transaction.atomic
def give_module(*, module: Module, email: str, by: Any, now: datetime) -> Account | None:
    """Let the person at the address maintain a module, and tell them; nobody where there is no address.

    An account is made where the address has none. Raises InventedMaintainer.
    """
    if leads_nowhere(email) and not module.programme.is_rehearsal:
        raise InventedMaintainer
    account = find_or_make_account(email=email, language=by.language, now=now) if email else None
    changed = Module.objects.filter(pk=module.pk).exclude(maintainer=account)
    if not account:
        changed = Module.objects.filter(pk=module.pk, maintainer__isnull=False)
    if not changed.update(maintainer=account):
        return account
    module.maintainer = account
    record(module, "give" if account else "release maintainer", by=by, now=now)
    if account and account != by:
        _tell("module_given", account, module, about=module, now=now, once=now.isoformat())
    return account


@transaction.atomic
def release_modules(*, account: Account, by: Any, now: datetime) -> None:
    """Let somebody maintain nothing any more, so that the pages say that nobody does."""
    for module in Module.objects.maintained_by(account):
        Module.objects.filter(pk=module.pk, maintainer=account).update(maintainer=None)
        record(module, "release maintainer", by=by, now=now)


@transaction.atomic
def retire_module(*, module: Module, by: Any, now: datetime) -> None:
    """Take a module off the path; who has done it keeps that. Retiring it twice changes nothing."""
    if Module.objects.filter(pk=module.pk, retired_at__isnull=True).update(retired_at=now):
        module.retired_at = now
        record(module, "retire", by=by, now=now)


@transaction.atomic
def restore_module(*, module: Module, by: Any, now: datetime) -> None:
    """Put a retired module back on the path."""
    if Module.objects.filter(pk=module.pk, retired_at__isnull=False).update(retired_at=None):
        module.retired_at = None
        record(module, "restore", by=by, now=now)


@transaction.atomic
def move_module(*, module: Module, by_steps: int, by: Any, now: datetime) -> None:
    """Move a module earlier (−1) or later (+1) within its unit; at the edge it stays."""
    units = _held_units(module.programme)
    unit = next((unit for unit in units if module in unit), [])
    if _shift(unit, module, by_steps):
        _number(units)
        record(module, "rearrange", by=by, now=now)


@transaction.atomic
def move_unit(*, module: Module, by_steps: int, by: Any, now: datetime) -> None:
    """Move the whole unit of a module earlier (−1) or later (+1) among the units."""
    units = _held_units(module.programme)
    unit = next((unit for unit in units if module in unit), [])
    if _shift(units, unit, by_steps):
        _number(units)
        record(module, "rearrange", by=by, now=now)


def _held_units(programme: Programme) -> list[list[Module]]:
    """Return the modules on the path in their units; two who rearrange them wait for each other."""
    held = Programme.objects.select_for_update().get(pk=programme.pk)
    return in_units(held.modules.standing())


def _shift(things: list[Any], one: Any, by_steps: int) -> bool:
    if one not in things:
        return False
    here = things.index(one)
    there = here + by_steps
    if not 0 <= there < len(things):
        return False
    things[here], things[there] = things[there], things[here]
    return True


def _number(units: Sequence[Sequence[Module]]) -> None:
    for position, module in enumerate(module for unit in units for module in unit):
        Module.objects.filter(pk=module.pk).exclude(position=position).update(position=position)


@transaction.atomic
def complete_module(*, module: Module, by: Any, now: datetime) -> Completion:
    """Mark a module as done; done twice, the first day stays. Raises NotAllowed for a retired one.

    The row itself says who did what and when: the ledger needs no line, and none stays when it is taken back.
    """
    if Module.objects.filter(pk=module.pk, retired_at__isnull=False).exists():
        raise NotAllowed("complete", "retired")
    # Held, so that a row that another window makes is not taken back between looking for it and making it.
    Account.objects.select_for_update().get(pk=by.pk)
    return Completion.objects.get_or_create(module=module, account=by, defaults={"done_at": now})[0]


@transaction.atomic
def undo_completion(*, module: Module, by: Any, now: datetime) -> None:
    """Take back that a module was done; taking it back twice changes nothing."""
    Completion.objects.filter(module=module, account=by).delete()


@transaction.atomic
def suggest_change(*, module: Module, text: str, by: Any, now: datetime) -> Suggestion:
    """Suggest a change, and tell who maintains the module; the coordinators where nobody does.

    Raises TooManySuggestions.
    """
    # Held, so that two suggestions of one person at once count each other.
    Account.objects.select_for_update().get(pk=by.pk)
    waiting = Suggestion.objects.waiting().filter(author=by, module__programme=module.programme_id)
    if waiting.count() >= MOST_OPEN:
        raise TooManySuggestions
    suggestion = Suggestion.objects.create(module=module, author=by, text=text, suggested_at=now)
    record(suggestion, "suggest", by=by, now=now)
    readers = [module.maintainer] if module.maintainer else coordinators_of_programme(module.programme)
    for person in readers:
        if person != by:
            _tell("suggestion_made", person, suggestion.module, about=suggestion, now=now)
    return suggestion


@transaction.atomic
def take_up_suggestion(*, suggestion: Suggestion, answer: str, by: Any, now: datetime) -> None:
    """Say that the change is made or will be, and tell its author. Raises NotAllowed and Overtaken."""
    _answer(suggestion, "adopt", answer, by=by, now=now)


@transaction.atomic
def set_suggestion_aside(*, suggestion: Suggestion, answer: str, by: Any, now: datetime) -> None:
    """Say why the change is not made, and tell its author. Raises NotAllowed and Overtaken."""
    _answer(suggestion, "set aside", answer, by=by, now=now)


def _answer(suggestion: Suggestion, verb: str, answer: str, *, by: Any, now: datetime) -> None:
    move(suggestion, verb, by=by, now=now)
    suggestion.answer, suggestion.answered_by, suggestion.answered_at = answer, by, now
    suggestion.save(update_fields=["answer", "answered_by", "answered_at"])
    if suggestion.author and suggestion.author != by:
        values = {"answer": answer, "is_taken_up": suggestion.status == SuggestionStatus.TAKEN_UP}
        _tell(
            "suggestion_answered",
            suggestion.author,
            suggestion.module,
            about=suggestion,
            now=now,
            once=now.isoformat(),
            **values,
        )


@transaction.atomic
def reopen_suggestion(*, suggestion: Suggestion, by: Any, now: datetime) -> None:
    """Let a suggestion wait for an answer again; what was answered stands until then. Raises NotAllowed."""
    move(suggestion, "reopen", by=by, now=now)


def _tell(
    key: str, person: Account, module: Module, *, about: Any, now: datetime, once: str = "", **values: Any
) -> None:
    words = {"module": module, "programme": module.programme, "path": about.get_absolute_url()}
    write_letter(key, to=person, values=words | values, about=about, now=now, once=once)
