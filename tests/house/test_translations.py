"""The translations say what the code says, and the history has words for every verb that is written."""

import ast
import re

import pytest

from talka.jobs.paperwork import lifecycles
from talka.matching.models import Answer, RulingKind
from talka.people.models import SupportKind
from talka.programmes.models import Post
from talka.screening.models import Outcome
from talka.web.shared.ledger_words import FOLLOWED_UP, VERBS, in_words
from talka.web.translations import TALKA, catalogues, extract, faulty, read
from tests.house.source import modules, name, tree

# What writes a line of the ledger, and which of its arguments is the verb.
WRITERS = {"record": 1, "move": 1, "settle_change": 1, "_leave_line": 1}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")
# The office and what only it reads: a catalogue may be without it.
OFFICE = re.compile(r"^talka/(web/(templates/)?office/|blueprints/|jobs/|demo/|commands)")

CATALOGUES = pytest.mark.parametrize("path", catalogues(), ids=lambda path: path.parts[-3])


def forms(text):
    """Return a message, or each of its plural forms."""
    return [text] if isinstance(text, str) else list(text)


def placeholders(text):
    return set(PLACEHOLDER.findall(text))


def is_for_everybody(message):
    return any(not OFFICE.match(file) for file, _line in message.locations)


@CATALOGUES
def test_everything_a_participant_reads_is_translated(path):
    translated = read(path)
    wanted = [message for message in extract() if message.id and is_for_everybody(message)]
    assert len(wanted) > 1000
    found = {message.id: translated.get(message.id, message.context) for message in wanted}
    assert {said for said, its in found.items() if its is None or not all(forms(its.string))} == set()


@CATALOGUES
def test_every_plural_has_all_its_forms(path):
    catalogue = read(path)
    plurals = [message for message in catalogue if isinstance(message.id, tuple) and any(message.string)]
    short = {
        message.id
        for message in plurals
        if len([one for one in message.string if one]) != catalogue.num_plurals
    }
    assert plurals
    assert short == set()


@CATALOGUES
def test_nothing_is_guessed(path):
    assert {message.id for message in read(path) if message.id and message.fuzzy} == set()


@CATALOGUES
def test_every_placeholder_of_the_original_is_in_the_translation_and_no_other(path):
    astray = {
        (said, lost)
        for message in read(path)
        if message.id
        for said in forms(message.string)
        if said
        and (lost := placeholders(said) ^ placeholders(forms(message.id)[-1]))
        # "In one day" and "in two days" need no number where the language has its own forms for them.
        and not (isinstance(message.id, tuple) and said in message.string[:3] and lost <= counted(message))
    }
    assert astray == set()


def counted(message):
    """Return the placeholders of a plural that may stand for its number: one word, by these names."""
    return placeholders(message.id[1]) & {f"%({word}){kind}" for word in COUNTS for kind in "sd"}


COUNTS = ("count", "number", "months", "n", "most")


def test_no_catalogue_would_break_a_page():
    assert faulty() == []


def written_verbs():
    """Yield (where, verb) for each line of the ledger that the code writes with a verb in plain sight."""
    for path in modules():
        if path.is_relative_to(TALKA / "kernel"):
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in WRITERS:
                at = WRITERS[node.func.id]
                if len(node.args) > at:
                    yield from ((f"{name(path)}:{node.lineno}", verb) for verb in spelt(node.args[at]))


def spelt(node):
    """List what an expression can be, as far as it is spelt out; a gap in an f-string is a star."""
    if isinstance(node, ast.Constant):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return spelt(node.body) + spelt(node.orelse)
    if isinstance(node, ast.JoinedStr):
        return ["".join(part.value if isinstance(part, ast.Constant) else "*" for part in node.values)]
    return []


GAPS = {
    "answer *": [f"answer {answer}" for answer in (Answer.YES, Answer.NO)],
    "appoint *": [f"appoint {post}" for post in Post.values],
    "dismiss *": [f"dismiss {post}" for post in Post.values],
    "add_*": [f"add_{kind}" for kind in SupportKind.values],
    "remove_*": [f"remove_{kind}" for kind in SupportKind.values],
    "set_*": ["set_offer", "set_need"],
    "drop_*": ["drop_offer", "drop_need"],
    "follow up after * months": [],
}


def test_the_history_has_words_for_every_verb_the_code_writes():
    found = list(written_verbs())
    assert len(found) > 100
    filled = {one for _where, verb in found for one in GAPS.get(verb, [verb])}
    assert filled - set(VERBS) == set()


def test_the_history_has_words_for_every_move_of_a_lifecycle_and_for_verbs_that_are_values():
    moves = {move.verb for _label, _model, lifecycle in lifecycles() for move in lifecycle.moves}
    assert (moves | set(Outcome.values) | set(RulingKind.values)) - set(VERBS) == set()


def test_the_months_of_a_follow_up_are_said_as_people_say_them():
    assert FOLLOWED_UP.fullmatch("follow up after 3 months")
    assert in_words("follow up after 1 months") == "answered what became of it after 1 month"
    assert in_words("follow up after 12 months") == "answered what became of it after 12 months"


def test_the_comparison_of_placeholders_finds_a_lost_and_an_added_one():
    assert placeholders("%(name)s asks %(who)s") ^ placeholders("%(name)s %(when)s") == {
        "%(who)s",
        "%(when)s",
    }
