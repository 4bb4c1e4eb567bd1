"""How refusals of matching are shown."""

from talka.matching.queries.reasons import Refused
from talka.matching.queries.words import Names, speak_all


def refusal_in_words(refused: Refused, names: Names | None = None) -> str:
    """Say why something was refused, in one text."""
    return " ".join(speak_all(refused.reasons, names or Names()))
