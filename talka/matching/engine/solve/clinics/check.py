"""Proof of clinics, by looking and adding up: nothing here knows how they were found."""

from collections import Counter

from talka.matching.engine.solve.clinics.ceiling import ceiling
from talka.matching.engine.solve.clinics.values import ClinicAnswer, ClinicQuestion
from talka.matching.engine.solve.rings.values import BY_PRICES


def check_clinics(question: ClinicQuestion, answer: ClinicAnswer) -> tuple[str, ...]:
    """Return the names of everything wrong with the seats or their bound; empty when nothing is.

    A bound that only HiGHS vouches for is not proved here: the prices then prove a higher one.
    """
    ends = zip(question.rows.tolist(), question.columns.tolist(), strict=True)
    wishes = [(question.people[row], question.clinics[column].key) for row, column in ends]
    score_of = dict(zip(wishes, question.scores.tolist(), strict=True))
    if any(seat not in score_of for seat in answer.seats):
        return ("wish",)
    faults = []
    if max(Counter(person for person, _ in answer.seats).values(), default=0) > 1:
        faults.append("twice")
    coming = Counter(clinic for _, clinic in answer.seats)
    held = [clinic for clinic in question.clinics if clinic.key in coming]
    if any(coming[clinic.key] < clinic.fewest for clinic in held):
        faults.append("fewest")
    if any(coming[clinic.key] > clinic.most for clinic in held):
        faults.append("most")
    if max(Counter(clinic.teacher for clinic in held).values(), default=0) > 1:
        faults.append("teacher")
    if answer.score != sum(score_of[seat] for seat in answer.seats):
        faults.append("total")
    return (*faults, *_faults_of_bound(question, answer))


def _faults_of_bound(question: ClinicQuestion, answer: ClinicAnswer) -> list[str]:
    """Return what is wrong with the bound and its prices."""
    if set(answer.prices) != set(question.people) or min(answer.prices.values(), default=0) < 0:
        return ["prices"]
    proved = ceiling(question, [answer.prices[key] for key in question.people])
    if answer.score > answer.bound:
        return ["bound"]
    wrong = answer.bound < proved if answer.bound_by == BY_PRICES else answer.bound > proved
    return ["bound"] if wrong else []
