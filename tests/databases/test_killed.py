"""What is left of a process that was killed between two writes."""

import pytest

from talka.kernel.models import Entry
from talka.people.models import Account

pytestmark = pytest.mark.django_db(transaction=True)


def write_and_kill(process):
    assert process.stdout.readline() == "written\n"
    process.kill()
    process.wait()


def test_a_killed_transaction_leaves_nothing(in_another_process):
    write_and_kill(in_another_process("together"))
    assert (Account.objects.count(), Entry.objects.count()) == (0, 0)


def test_without_a_transaction_the_first_half_would_be_left(in_another_process):
    write_and_kill(in_another_process("apart"))
    assert (Account.objects.count(), Entry.objects.count()) == (1, 0)


def test_a_transaction_that_lives_leaves_both_halves(in_another_process):
    process = in_another_process("together")
    process.communicate("go on\n", timeout=30)
    assert (process.returncode, Account.objects.count(), Entry.objects.count()) == (0, 1, 1)


def test_the_next_writer_does_not_wait_for_the_dead(in_another_process, now):
    write_and_kill(in_another_process("together"))
    # The address is free as well: nothing of the dead writer holds it.
    account = Account.objects.create(name="Eve", email="eve@demo.invalid", joined_at=now)
    assert list(Account.objects.all()) == [account]
