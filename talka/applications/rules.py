"""Plain judgements on learning goals: which are too vague to act on. They advise and never block.

Source: the guidance of the CEE Wiki Peer Learning Exchange, by which a wish to "visit" or to "learn about
events" is too vague, and a goal names the problem and the state one wants to reach.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from talka.kernel.reasons import Reason

FEWEST_WORDS = 6
# What people write who do not know yet what they want; English, because most goals are written in it.
WISHES = re.compile(
    r"\b(learn(ing)? (more )?(about|from)|get(ting)? to know|find(ing)? out|see(ing)?|visit(ing)?|"
    r"meet(ing)?|exchang(e|ing)|shar(e|ing)|network(ing)?|experience[sd]?|best practices?|knowledge|"
    r"ideas?|inspiration|understand(ing)?|improv(e|ing)|better|explor(e|ing)|how (they|others|it|to))\b",
    re.IGNORECASE,
)
SMALL_WORDS = """
a about all also an and are as at be by can community communities do event events for from have how i in is it
its like mentor more much my new of on or other others our same some that the their them they things this to
us want we what which will wikimedia wikipedia with work works would you
"""
FILLERS = frozenset(SMALL_WORDS.split())
NUMBERS = re.compile(
    r"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|dozen|half|twice|every|each|all|none|percent)\b",
    re.IGNORECASE,
)
THINGS_TO_SHOW = re.compile(
    r"\b(publish|page|plan|budget|guide|handbook|checklist|list|report|document|template|survey|policy|agreement|"
    r"calendar|form|tool|held|signed|hired|elected|adopted|approved)\w*",
    re.IGNORECASE,
)
LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class GoalText:
    """What was written for one goal."""

    problem: str = ""
    change: str = ""
    evidence: str = ""
    has_date: bool = False


def goal_gaps(goal: GoalText) -> tuple[str, ...]:
    """Name the parts of the goal that are empty: problem, change, evidence, by_when."""
    texts = {"problem": goal.problem, "change": goal.change, "evidence": goal.evidence}
    gaps = [name for name, text in texts.items() if not text.strip()]
    return (*gaps, *(() if goal.has_date else ("by_when",)))


def vague_parts(goal: GoalText) -> tuple[Reason, ...]:
    """Say what about a goal is too vague to act on; parts that are still empty are not judged."""
    found = []
    if goal.problem.strip() and _is_short(goal.problem):
        found.append(Reason("goal.problem_is_short"))
    if goal.change.strip():
        if _only_wishes(goal.change):
            found.append(Reason("goal.only_a_wish"))
        elif _is_short(goal.change):
            found.append(Reason("goal.change_is_short"))
    if goal.evidence.strip() and not _is_measurable(goal.evidence):
        found.append(Reason("goal.not_measurable"))
    return tuple(found)


def _words(text: str) -> list[str]:
    return LETTERS.findall(text)


def _is_short(text: str) -> bool:
    # Scripts without spaces between words are judged by their length.
    return len(_words(text)) < FEWEST_WORDS and len(text.strip()) < 40


def _only_wishes(text: str) -> bool:
    """Tell whether hardly anything is left of the text without its wishes and small words."""
    if not WISHES.search(text):
        return False
    rest = [word for word in _words(WISHES.sub(" ", text)) if word.lower() not in FILLERS]
    return len(rest) < 4 and not NUMBERS.search(text)


def _is_measurable(text: str) -> bool:
    if NUMBERS.search(text) or THINGS_TO_SHOW.search(text):
        return True
    # What is not written in Latin letters is not searched for English words: its length must do.
    return not _is_latin(text) and not _is_short(text)


def _is_latin(text: str) -> bool:
    letters: Collection[str] = [letter for letter in text if letter.isalpha()]
    return sum(letter < "\u0250" for letter in letters) * 2 > len(letters)
