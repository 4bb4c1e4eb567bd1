"""A signature list at the command line: read, shown for people and for machines, and taken over."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from talka.kernel.reasons import Reason
from talka.kernel.registry import reasons
from talka.programmes.models import Programme
from talka.wiki.roll import Struck, compare_with_roll, import_roll
from talka.wiki.signatures import Reading, Signature, read_signatures

MOST_BYTES = 1024 * 1024


def read_list(file: Path, *, now: datetime) -> Reading:
    """Read the signatures of a file. Raises CommandError with a sentence."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise CommandError(f"{file} is too large for a list of signatures: 1 MB are enough.")
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} is not text in UTF-8: look at byte {error.start + 1}.") from error
    reading = read_signatures(text, until=now)
    if not reading.signatures and not reading.unread:
        raise CommandError(f"{file} has no line that looks like a signature.")
    return reading


def programme_with_roll(slug: str | None) -> Programme:
    """Find the programme to whose roll a list belongs. Raises CommandError with a sentence.

    Where exactly one programme has a roll, it need not be named.
    """
    if slug:
        programme = Programme.objects.filter(slug=slug).first()
        if programme is None:
            raise CommandError(f"No programme has the address {slug}.")
        if programme.plan.roll is None:
            raise CommandError(f"The programme {slug} has no members' roll.")
        return programme
    real = Programme.objects.filter(is_rehearsal=False).order_by("slug")
    found = [programme for programme in real if programme.plan.roll is not None]
    if len(found) != 1:
        those = f": {', '.join(one.slug for one in found)}" if found else "."
        raise CommandError(f"Say with --programme whose roll it is. Programmes with one{those}")
    return found[0]


def take_over(reading: Reading, programme: Programme, *, now: datetime) -> str:
    """Put who is missing on the roll; return what to say of it."""
    compared = compare_with_roll(programme=programme, reading=reading)
    left, struck = len(compared.left), len(compared.struck)
    count = import_roll(programme=programme, lines=reading.signatures, by=None, now=now)
    there = len(reading.signatures) - count - left - struck
    counts = f"{count}, there already: {there}, left since: {left}, struck off and not added: {struck}"
    return f"New on the roll of {programme.slug}: {counts}"


def struck_in(reading: Reading, programme: Programme | None) -> tuple[Struck, ...]:
    """Return which signatures are of people struck off the roll; none where it is not said which roll."""
    return compare_with_roll(programme=programme, reading=reading).struck if programme else ()


def as_data(reading: Reading, struck: Sequence[Struck] = ()) -> dict[str, Any]:
    """Write a reading as plain data: lines read and not read, who was struck off, how many were around."""
    return {
        "read": [_signature(one) for one in reading.signatures],
        "unread": [
            {"line": one.line, "source": one.source, "key": one.reason.key, "sentence": _sentence(one.reason)}
            for one in reading.unread
        ],
        "struck_off": [
            {"line": one.signature.line, "user": one.signature.user, "on": _day_of(one)} for one in struck
        ],
        "skipped": len(reading.skipped),
    }


def _day_of(struck: Struck) -> str:
    """Return the day on which somebody was struck off, in UTC."""
    left_at = struck.member.left_at
    return left_at.date().isoformat() if left_at else ""


def _signature(one: Signature) -> dict[str, Any]:
    return {
        "line": one.line,
        "name": one.name,
        "user": one.user,
        "signed_at": one.signed_at.isoformat().replace("+00:00", "Z"),
        "assumed": [reason.key.removeprefix("signatures.") for reason in one.assumed],
        "source": one.source,
    }


def as_lines(reading: Reading, struck: Sequence[Struck] = ()) -> list[str]:
    """Write a reading for a terminal."""
    lines = [
        "\t".join(
            [
                f"line {one.line}",
                one.name if one.name == one.user else f"{one.name} (user {one.user})",
                f"{one.signed_at:%Y-%m-%d %H:%M} UTC",
                *(_sentence(reason) for reason in one.assumed),
            ]
        )
        for one in reading.signatures
    ]
    lines += [f"line {one.line} not read: {_sentence(one.reason)}\t{one.source}" for one in reading.unread]
    lines += [
        f"line {one.signature.line} not added: {one.signature.user} was struck off on {_day_of(one)} (UTC); "
        "add them by hand if they are back"
        for one in struck
    ]
    counts = (len(reading.signatures), len(reading.unread), len(reading.skipped))
    return [*lines, "read: {}, not read: {}, lines around the list: {}".format(*counts)]


def _sentence(reason: Reason) -> str:
    return str(reasons.get(reason.key)) % dict(reason.values)
