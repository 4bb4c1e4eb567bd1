"""Two coordinators issue at the same moment: everybody gets one certificate, and no number is there twice."""

from collections import Counter

import pytest

from talka.letters.models import Letter
from talka.programmes.models import Cycle
from talka.recognition.actions import issue_by_exception, issue_certificates, revoke_certificate
from talka.recognition.models import Certificate, RevokeReason
from talka.reports.actions import ask_evaluations
from talka.reports.models import Report
from tests.conftest import NOW
from tests.databases.conftest import at_once
from tests.reports.mentorship_samples import OVER, complete, make_cohort, make_pair

pytestmark = pytest.mark.django_db(transaction=True)


def kinds(outcomes):
    """Count what the threads returned or raised, by type."""
    return Counter(type(outcome).__name__ for outcome in outcomes)


def test_of_two_who_issue_at_once_one_does(ada, bo, cleo, dan):
    cohort = make_cohort(cleo, NOW)
    complete(make_pair(cohort, ada, bo))
    complete(make_pair(cohort, dan, cleo))

    def issue(number):
        return len(issue_certificates(cycle=Cycle.objects.get(pk=cohort.pk), by=cleo, now=OVER))

    assert sorted(at_once(2, issue)) == [0, 4]
    assert list(Certificate.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]
    assert Letter.objects.filter(key="certificate_issued").count() == 4


def test_an_exception_made_twice_at_once_is_one(ada, bo, cleo):
    pair = make_pair(make_cohort(cleo, NOW), ada, bo)

    def issue(number):
        return issue_by_exception(application=pair.mentee, holder=ada, reason="Lost.", by=cleo, now=OVER)

    assert kinds(at_once(2, issue)) == {"Certificate": 1, "CertificateRefused": 1}


def test_of_two_who_revoke_at_once_one_is_told(ada, bo, cleo):
    cohort = make_cohort(cleo, NOW)
    complete(make_pair(cohort, ada, bo))
    made = issue_certificates(cycle=cohort, by=cleo, now=OVER)[0]
    mine = [Certificate.objects.get(pk=made.pk) for _number in range(2)]

    def revoke(number):
        revoke_certificate(certificate=mine[number], reason=RevokeReason.WISH, by=cleo, now=OVER)

    assert kinds(at_once(2, revoke)) == {"NoneType": 1, "Overtaken": 1}
    assert Letter.objects.filter(key="certificate_revoked").count() == 1


def test_two_clocks_at_once_ask_each_side_once(ada, bo, cleo):
    make_pair(make_cohort(cleo, NOW), ada, bo)
    assert sorted(at_once(2, lambda number: ask_evaluations(now=OVER))) == [0, 2]
    assert (Report.objects.count(), Letter.objects.filter(key="evaluation_due").count()) == (2, 2)
