"""The search for the best fifty as joins of tables, by polars: a peer of `scoring`, in its best form.

Topics are joined; languages, two each, stand beside the parties as columns, because that is quicker than to
join them too.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from talka.matching.engine import Party, Request
from talka.matching.engine.encode.languages import NATIVE
from talka.matching.engine.encode.soft import FULL, share

BLOCK = 250
SPOKEN = 2
NOBODYS = {"learner": -1, "teacher": -2}
"""A code for a language that is not there: nobody's is that of anybody else."""


def lay_out(request: Request) -> Any:
    """Return the tables."""
    import polars

    needs = [
        {"learner": i, "topic": need.capacity, "worth": share(need.priority)}
        for i, one in enumerate(request.learners)
        for need in one.needs
    ]
    offers = [
        {"teacher": j, "topic": offer.capacity}
        for j, one in enumerate(request.teachers)
        for offer in one.offers
    ]
    wholes = [{"whole": sum(share(need.priority) for need in one.needs)} for one in request.learners]
    return (
        polars.DataFrame(needs),
        polars.DataFrame(offers),
        polars.DataFrame(parties("learner", request.learners, wholes)),
        polars.DataFrame(parties("teacher", request.teachers, [{}] * len(request.teachers))),
    )


def parties(kind: str, side: Sequence[Party], more: Iterable[dict[str, int]]) -> list[dict[str, int]]:
    """Return a line for each party: its number, its country, its languages and what else there is."""
    lines = []
    for (number, party), fields in zip(enumerate(side), more, strict=True):
        line = {kind: number, f"{kind}_country": int(party.country[1:]), **fields}
        for place in range(SPOKEN):
            known = party.languages[place] if place < len(party.languages) else None
            line[f"{kind}_code_{place}"] = int(known.code[1:]) if known else NOBODYS[kind]
            line[f"{kind}_level_{place}"] = known.level if known else 0
        lines.append(line)
    return lines


def search(tables: Any, most: int, lowest: int) -> np.ndarray:
    """Return the scores of the best few of each learner, block by block."""
    import polars
    from polars import col

    needs, offers, learners, teachers = tables
    levels = [
        polars.when(col(f"learner_code_{mine}") == col(f"teacher_code_{yours}"))
        .then(polars.min_horizontal(f"learner_level_{mine}", f"teacher_level_{yours}"))
        .otherwise(0)
        for mine in range(SPOKEN)
        for yours in range(SPOKEN)
    ]
    found = []
    for low in range(0, len(learners), BLOCK):
        best = (
            needs.lazy()
            .filter(col("learner").is_between(low, low + BLOCK - 1))
            .join(offers.lazy(), on="topic")
            .group_by("learner", "teacher")
            .agg(col("worth").sum().alias("met"))
            .join(learners.lazy(), on="learner")
            .join(teachers.lazy(), on="teacher")
            .filter(col("learner_country") != col("teacher_country"))
            .with_columns(level=polars.max_horizontal(levels))
            .filter(col("level") >= lowest)
            .select(
                "learner", score=5 * (col("met") * FULL // col("whole")) + 2 * (FULL * col("level") // NATIVE)
            )
            .group_by("learner")
            .agg(col("score").top_k(most))
            .collect()
        )
        found.append(best["score"].explode().to_numpy())
    scores = np.concatenate(found)
    return scores[scores > 0]
