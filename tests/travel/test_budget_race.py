"""The last euro of a budget goes to exactly one of several who want it at the same moment."""

from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from django.db import connection

from talka.people.models import Account, Community
from talka.programmes.models import Cycle
from talka.travel.actions import Refused, approve_booking, quote_and_approve
from talka.travel.models import Booking
from tests.conftest import make_account, make_representative
from tests.exchanges.exchange_samples import make_approved, make_exchange
from tests.travel.travel_samples import quote, quoted

NOW = datetime(2027, 3, 10, 12, 0, tzinfo=UTC)
AT_ONCE = 8


def make_person(name, maturity):
    account = make_account(name)
    account.community = Community.objects.create(name=name, kind="chapter", country="PL", maturity=maturity)
    make_representative(account, account.community)
    return account


@pytest.fixture
def quotes(transactional_db):
    """Return quotes of one euro each, where the budget holds one euro."""
    ada, bo = make_person("ada", "developing"), make_person("bo", "established")
    cleo = make_account("cleo", can_found=True)
    exchange = make_approved(make_exchange(ada, bo, cleo, NOW, budget=1), ada, bo, cleo, NOW)
    return [quote(exchange, cleo, NOW, "1") for _ in range(AT_ONCE)]


def approve_all_at_once(quotes, approve_one):
    """Want the money for each quote in a thread of its own; return what came of each."""
    cleo = Account.objects.get(name="Cleo")
    start, outcomes = Barrier(len(quotes)), []

    def approve(booking):
        start.wait()
        try:
            approve_one(booking, cleo)
            outcomes.append("approved")
        except Refused as refused:
            outcomes.append(refused.reason.key)
        except Exception as odd:  # whatever else happens in a thread has to be seen by the test
            outcomes.append(repr(odd))
        finally:
            connection.close()

    threads = [Thread(target=approve, args=(Booking.objects.get(pk=one.pk),)) for one in quotes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def approve_it(booking, cleo):
    approve_booking(booking=booking, by=cleo, now=NOW)


def quote_one_more(booking, cleo):
    quote_and_approve(exchange=booking.exchange, **quoted("1"), by=cleo, now=NOW)


@pytest.mark.parametrize("approve_one", [approve_it, quote_one_more])
@pytest.mark.django_db(transaction=True)
def test_of_several_who_want_the_last_euro_exactly_one_gets_it(quotes, approve_one):
    assert approve_all_at_once(quotes, approve_one) == ["approved"] + ["travel.over_budget"] * (AT_ONCE - 1)
    assert Booking.objects.counted().total() == Cycle.objects.get().budget == 1
