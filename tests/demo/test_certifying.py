"""The demonstration looks back on a cohort and gives certificates."""

from datetime import timedelta

from talka.demo.certifying import certify, look_back
from talka.reports.queries import answered_counts
from tests.reports.mentorship_samples import FINAL, MIDPOINT, OVER, at_noon, complete, make_cohort, make_pair


def test_two_of_three_look_back(ada, bo, cleo, dan, now):
    cohort = make_cohort(cleo, now)
    make_pair(cohort, ada, bo)
    make_pair(cohort, dan, cleo)
    for day in (MIDPOINT, FINAL):
        look_back(cohort, at_noon(day - timedelta(days=7)))
    assert answered_counts(cohort) == {"midpoint": (3, 4), "final": (3, 4)}


def test_everybody_who_has_everything_gets_one(ada, bo, cleo, dan, now):
    cohort = make_cohort(cleo, now)
    complete(make_pair(cohort, ada.community, bo))
    make_pair(cohort, dan, cleo)
    assert [one.holder for one in certify(cohort, cleo, OVER)] == [ada, bo]
    assert certify(cohort, cleo, OVER) == []
