"""Twenty at the same moment: nobody stands on a roll twice, and a seat is held by one."""

import threading
from collections import Counter

import pytest

from talka.programmes.actions import fill_post, join_roll
from talka.programmes.models import Membership, Programme, Tenure
from talka.wiki.roll import import_roll
from talka.wiki.signatures import read_signatures
from tests.conftest import NOW, make_account
from tests.databases.conftest import at_once
from tests.programmes.group_samples import make_group

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "\n".join(f"# [[User:Quill{number}]] 17:47, 28 January 2019 (UTC)" for number in range(5))


@pytest.fixture
def group(cleo):
    return make_group(cleo, NOW)


def together(count, do):
    """Let threads begin at the same moment; count what they returned or raised, by type."""
    gate = threading.Barrier(count, timeout=30)

    def one(number):
        gate.wait()
        return do(number)

    return Counter(type(outcome).__name__ for outcome in at_once(count, one))


def join(group, account):
    return join_roll(
        programme=Programme.objects.get(pk=group.pk),
        account=account,
        name=account.name,
        user_name="Quill1",
        contributions=[],
        now=NOW,
    )


def test_of_twenty_who_say_that_a_line_of_a_list_is_theirs_one_gets_it(group):
    import_roll(programme=group, lines=read_signatures(LIST).signatures, by=None, now=NOW)
    people = [make_account(f"p{number}") for number in range(20)]
    outcomes = together(20, lambda number: join(group, people[number]))
    assert (outcomes, Membership.objects.count()) == ({"Membership": 1, "RollRefused": 19}, 5)


def test_one_person_in_twenty_windows_joins_once(group, dan):
    assert together(20, lambda _number: join(group, dan)) == {"Membership": 20}
    assert Membership.objects.count() == 1


def test_one_list_taken_over_twenty_times_at_once_is_there_once(group):
    lines = read_signatures(LIST).signatures
    together(20, lambda _number: import_roll(programme=group, lines=lines, by=None, now=NOW))
    assert Membership.objects.count() == 5


def test_the_only_seat_of_a_post_is_filled_by_one_of_twenty(group, cleo):
    def fill(number):
        days = {"starts_on": NOW.date(), "ends_on": None}
        return fill_post(programme=group, post="chair", name=f"P{number}", **days, by=cleo, now=NOW)

    assert (together(20, fill), Tenure.objects.count()) == ({"Tenure": 1, "PostRefused": 19}, 1)
