"""Whom the lines of a table name: wishes, whom they avoid, earlier partners, and what was decided by hand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from talka.matching.engine.files.faults import Fault
from talka.matching.engine.files.people.cells import BOTH, LEARNER, MENTOR
from talka.matching.engine.files.people.rows import Piece, Row, nearest, quoted
from talka.matching.engine.values import Party, Reason, Ruling


@dataclass(frozen=True)
class Entry:
    """A line with who it is about, their role (learner, mentor or both), and their name."""

    row: Row
    role: str
    party: Party
    name: str


@dataclass(frozen=True)
class Others:
    """Both sides with whom they name, the rulings, and notes on names that have no effect."""

    learners: tuple[Party, ...]
    teachers: tuple[Party, ...]
    rulings: tuple[Ruling, ...]
    notes: tuple[Fault, ...]


@dataclass(frozen=True)
class _Cast:
    """Who there is: roles by key, and the keys that an id or a name can mean."""

    roles: Mapping[str, str]
    names: Mapping[str, str]
    keys: Mapping[str, tuple[str, ...]]


def name_others(entries: Sequence[Entry]) -> Others:
    """Find those whom each line names. What is wrong is noted in the rows."""
    cast = _cast(entries)
    notes: list[Fault] = []
    whole: list[tuple[str, Party]] = []
    decided: dict[tuple[str, str, str], tuple[Row, str]] = {}
    for entry in entries:
        row, key = entry.row, entry.party.key
        said = {
            column: [other for _, other in _named(row, key, column, cast, notes)]
            for column in ("wishes", "avoids", "earlier")
        }
        for other in set(said["wishes"]) & set(said["avoids"]):
            row.blame(row.heading("wishes"), "people.wished_and_avoided", other=cast.names[other])
        changed = replace(
            entry.party,
            wishes=tuple(dict.fromkeys(said["wishes"])),
            avoids=frozenset(said["avoids"]),
            earlier=frozenset(said["earlier"]),
        )
        whole.append((entry.role, changed))
        for kind in ("lock", "ban"):
            for piece, other in _named(row, key, kind, cast, notes):
                for learner, teacher in _couples(row, piece, kind, key, other, cast):
                    decided.setdefault((kind, learner, teacher), (row, piece.heading))
    _look_for_contradictions(decided, cast)
    return Others(
        tuple(party for role, party in whole if role != MENTOR),
        tuple(party for role, party in whole if role != LEARNER),
        tuple(Ruling(*one) for one in decided),
        tuple(notes),
    )


def _cast(entries: Sequence[Entry]) -> _Cast:
    """Return who there is; an id means one, a name may mean several. Of two with one id the first counts."""
    first = {entry.party.key: entry for entry in reversed(entries)}
    keys: dict[str, tuple[str, ...]] = {}
    for key, entry in first.items():
        keys[entry.name.casefold()] = (*keys.get(entry.name.casefold(), ()), key)
    return _Cast(
        {key: entry.role for key, entry in first.items()},
        {key: entry.name for key, entry in first.items()},
        {**keys, **{key.casefold(): (key,) for key in first}},
    )


def _named(row: Row, own: str, column: str, cast: _Cast, notes: list[Fault]) -> Iterable[tuple[Piece, str]]:
    """Yield the keys of those a cell names. Who is not there is a fault, or a note where it does no harm."""
    for piece in row.pieces(column):
        found = cast.keys.get(piece.text.casefold(), ())
        if len(found) > 1:
            row.blame(piece.heading, "people.several", text=quoted(piece.text))
        elif found == (own,):
            row.blame(piece.heading, "people.itself")
        elif found:
            yield piece, found[0]
        elif column in ("wishes", "earlier"):
            reason = Reason("people.nobody", {"text": quoted(piece.text)})
            notes.append(Fault(row.file, row.line, piece.heading, reason))
        elif like := nearest(piece.text, {*cast.names, *cast.names.values()}):
            row.blame(piece.heading, "people.nobody_like", text=quoted(piece.text), like=like)
        else:
            row.blame(piece.heading, "people.nobody", text=quoted(piece.text))


def _couples(row: Row, piece: Piece, kind: str, own: str, other: str, cast: _Cast) -> list[tuple[str, str]]:
    """Return whom a decision keeps together or apart, as learner and mentor.

    Who is on both sides is kept apart in both ways, and together as the one who learns.
    """
    couples = [
        (learner, teacher)
        for learner, teacher in ((own, other), (other, own))
        if cast.roles[learner] in (LEARNER, BOTH) and cast.roles[teacher] in (MENTOR, BOTH)
    ]
    if not couples:
        row.blame(piece.heading, "people.same_side", other=cast.names[other])
    return couples[:1] if kind == "lock" else couples


def _look_for_contradictions(decided: Mapping[tuple[str, str, str], tuple[Row, str]], cast: _Cast) -> None:
    """Note the locks that break a ban."""
    for (kind, learner, teacher), (row, heading) in decided.items():
        ban = decided.get(("ban", learner, teacher))
        if kind == "lock" and ban:
            two = {"learner": cast.names[learner], "mentor": cast.names[teacher]}
            row.blame(heading, "people.lock_and_ban", **two, line=ban[0].line)
