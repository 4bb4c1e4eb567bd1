"""What docs/matching.md shows does run."""

import re
from pathlib import Path

import pytest

DOCUMENT = Path(__file__).parents[3] / "docs" / "matching.md"
EXAMPLES = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), flags=re.DOTALL)
FOUND = {
    "pairs": lambda known: [(pair.learner, pair.teacher, pair.score) for pair in known["outcome"].pairs],
    "clinics": lambda known: (known["answer"].seats, known["answer"].score, known["answer"].bound),
    "groups": lambda known: known["answer"].groups,
}
SHOWN = {
    "pairs": [("ada", "bo", 4000)],
    "clinics": ((("ada", "maps"), ("dan", "maps")), 13, 13),
    "groups": (("ada", "bo", "cy"), ("dan", "eve", "flo")),
}


@pytest.mark.parametrize(("example", "what"), list(zip(EXAMPLES, SHOWN, strict=True)), ids=SHOWN)
def test_the_examples_of_the_document_run_and_hold(example, what):
    known: dict = {}
    exec(compile(example, DOCUMENT.name, "exec"), known)
    assert FOUND[what](known) == SHOWN[what]
