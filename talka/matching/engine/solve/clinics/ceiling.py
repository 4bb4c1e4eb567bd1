"""What no clinics are worth more than: by prices that anybody can add up."""

import numpy as np

from talka.matching.engine.solve.clinics.values import ClinicQuestion
from talka.matching.engine.solve.packing.sets import SCALE


def ceiling(question: ClinicQuestion, prices: list[int]) -> int:
    """Return what no answer is worth more than, by prices of people, none below 0.

    Let everybody pay their price once, and let every clinic win whom it likes, at their prices and against
    no other clinic. Of the clinics of one teacher, the best is held. (Lagrange's multipliers.)
    """
    gains = question.scores.astype(object) * SCALE - np.array([*prices, 0], dtype=object)[question.rows]
    by_clinic: list[list[int]] = [[] for _ in question.clinics]
    for clinic, gain in zip(question.columns.tolist(), gains.tolist(), strict=True):
        by_clinic[clinic].append(gain)
    best: dict[str, int] = {}
    for clinic, own in zip(question.clinics, by_clinic, strict=True):
        if clinic.fewest <= min(len(own), clinic.most):
            own.sort(reverse=True)
            held = sum(own[: clinic.fewest]) + sum(max(0, gain) for gain in own[clinic.fewest : clinic.most])
            best[clinic.teacher] = max(best.get(clinic.teacher, 0), held)
    return (sum(prices) + sum(best.values())) // SCALE
