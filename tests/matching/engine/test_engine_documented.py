"""What docs/matching.md shows does run."""

import re
from pathlib import Path

DOCUMENT = Path(__file__).parents[3] / "docs" / "matching.md"


def test_the_example_of_the_document_runs_and_holds():
    (example,) = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), flags=re.DOTALL)
    known: dict = {}
    exec(compile(example, DOCUMENT.name, "exec"), known)
    assert [(pair.learner, pair.teacher, pair.score) for pair in known["outcome"].pairs] == [
        ("ada", "bo", 4000)
    ]
