"""The same form sent twenty times at the same moment: one quote. What a dead server left: one heir."""

import threading
from collections import Counter

import pytest

from talka.kernel.claims import GIVEN_UP_AFTER, claim_post, keep_answer, release_claim
from talka.kernel.models import AnsweredPost, Entry
from talka.travel.models import Booking
from tests.conftest import NOW
from tests.databases.conftest import at_once
from tests.web.rendered import browser_of, open_form, without_guard
from tests.web.sent_twice_samples import quote

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def form(ada, bo, cleo, now, time_machine):
    """Return the form of a quote, filled in and not yet sent."""
    time_machine.move_to(now, tick=True)
    made = quote(ada, bo, cleo, now)
    return open_form(browser_of(made.by), made.page, made.route, **made.words)


def send_at_once(form, count):
    """Send a form in so many threads, each with the cookies of the one browser; count where they are led."""

    def send(number):
        client = browser_of()
        client.cookies = form.client.cookies.copy()
        return form._replace(client=client).send()

    return Counter((answer.status_code, answer["Location"]) for answer in at_once(count, send))


def test_of_twenty_that_are_the_same_one_is_worked_on(form):
    answers = send_at_once(form, 20)
    assert answers == {(302, f"{form.page}#booking-{Booking.objects.get().pk}"): 20}
    assert (Booking.objects.count(), Entry.objects.filter(verb="quote").count()) == (1, 1)
    assert AnsweredPost.objects.filter(answered_at__isnull=False).count() == 1


def test_without_the_guard_all_twenty_are(form, settings):
    without_guard(settings)
    answers, quotes = send_at_once(form, 20), Booking.objects.values_list("pk", flat=True)
    assert answers == {(302, f"{form.page}#booking-{pk}"): 1 for pk in quotes}
    assert len(quotes) == 20


def test_what_a_dead_server_left_is_taken_over_by_one(transactional_db):
    claim_post(key="k", now=NOW)
    later = NOW + GIVEN_UP_AFTER
    heirs = [claim for claim in at_once(20, lambda number: claim_post(key="k", now=later)) if claim]
    assert [heir.claimed_at for heir in heirs] == [later]


def test_nobody_ever_holds_what_another_holds(transactional_db):
    held, most, guard = 0, 0, threading.Lock()

    def count(change):
        nonlocal held, most
        with guard:
            held += change
            most = max(most, held)

    def work(number):
        times = 0
        while times < 5:
            claim = claim_post(key="k", now=NOW)
            if claim:
                count(+1)
                count(-1)
                release_claim(claim=claim)
                times += 1
        return times

    assert (at_once(8, work), most) == ([5] * 8, 1)


def test_what_is_answered_is_never_claimed_again(transactional_db):
    keep_answer(claim=claim_post(key="k", now=NOW), location="/", cookies="", now=NOW)
    much_later = NOW + 100 * GIVEN_UP_AFTER
    assert at_once(8, lambda number: claim_post(key="k", now=much_later)) == [None] * 8
