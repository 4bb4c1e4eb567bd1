"""From wishes by name to the question that is solved and checked."""

from collections.abc import Collection, Mapping

import numpy as np

from talka.matching.engine.solve.clinics.values import Clinic, ClinicQuestion

SAFE = 1 << 62
"""Scores from here on are Python's own integers."""


def question_of(
    clinics: Collection[Clinic], wishes: Mapping[tuple[str, str], int], people: Collection[str] = ()
) -> ClinicQuestion:
    """Return what is asked when people wish for clinics: scores by keys of person and clinic.

    `people` adds those who have no wish. The order in which anything is given changes nothing.
    """
    keys = sorted({person for person, _ in wishes} | set(people))
    held = sorted(clinics, key=lambda clinic: clinic.key)
    row_of = {key: row for row, key in enumerate(keys)}
    column_of = {clinic.key: column for column, clinic in enumerate(held)}
    cells = sorted((row_of[person], column_of[clinic], score) for (person, clinic), score in wishes.items())
    kind = object if any(abs(score) >= SAFE for score in wishes.values()) else np.int64
    return ClinicQuestion(
        tuple(keys),
        tuple(held),
        np.array([row for row, _, _ in cells], dtype=np.int32),
        np.array([column for _, column, _ in cells], dtype=np.int32),
        np.array([score for _, _, score in cells], dtype=kind),
    )
