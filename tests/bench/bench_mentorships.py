"""A cohort of 500 mentees and 200 mentors: the clock over all pairs, the office's board and hours page.

Says how long each took and how many queries it asked. What is asserted is that the clock needs ten seconds at
most, also on the day on which a step is due for every pair, and that pages ask no query for each pair.
"""

import sys
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from talka.exchanges.models import CheckIn, Exchange, Hours, Mood, Nudge
from talka.kernel.registry import clockwork
from tests.conftest import make_account
from tests.exchanges.mentorship_samples import apply_as, make_cohort, make_pair

pytestmark = pytest.mark.django_db

MENTEES, MENTORS = 500, 200
MEETINGS = 12
MOST_SECONDS = 10
# Every job of the clock asks once or a few times whether anything is due.
MOST_OF_A_TICK = 100
MOST_QUERIES = 60


@contextmanager
def measured(what):
    """Print how long something took and how many queries it asked; yield where both are kept."""
    found = {"queries": 0}

    def count(execute, *asked):
        found["queries"] += 1
        return execute(*asked)

    with connection.execute_wrapper(count):
        began = time.perf_counter()
        yield found
        found["seconds"] = time.perf_counter() - began
    sys.stdout.write(f"\n{what:44}{found['seconds']:8.2f} s{found['queries']:8} queries")
    sys.stdout.flush()


def tick(now):
    """Do everything that the clock does; `talka tick` would give up the connection of the test as well."""
    for name in clockwork:
        clockwork.get(name)(now=now)


def fill(cleo, now):
    """Make the cohort: every pair has met a dozen times, talked twice, and said how it is going."""
    cycle = make_cohort(cleo, now)
    mentors = [make_account(f"mentor {number}") for number in range(MENTORS)]
    seats = {mentor.pk: apply_as(cycle, "mentor", mentor, now) for mentor in mentors}
    pairs = []
    for number in range(MENTEES):
        mentor = mentors[number % MENTORS]
        mentee = make_account(f"mentee {number}")
        pairs.append(make_pair(cycle, mentee, mentor, now, mentor_application=seats[mentor.pk]))
    Exchange.objects.update(status="underway")
    rows = {"hours": [], "check_ins": [], "moods": []}
    for exchange in Exchange.objects.with_sides():
        learns, teaches = (exchange.match.seat_of(part) for part in ("learns", "teaches"))
        for meeting in range(MEETINGS):
            day = now + timedelta(days=7 * meeting)
            seat = (learns, teaches)[meeting % 2]
            status = "logged" if meeting == MEETINGS - 1 else "confirmed"
            rows["hours"].append(
                Hours(
                    exchange=exchange,
                    seat=seat,
                    day=day.date(),
                    minutes=90,
                    what="We wrote a lesson",
                    status=status,
                    logged_by=seat.application.person,
                    logged_at=day,
                )
            )
        for days in (30, 60):
            day = now + timedelta(days=days)
            rows["check_ins"].append(CheckIn(exchange=exchange, held_on=day.date(), written_at=day))
        for seat in (learns, teaches):
            person = seat.application.person
            rows["moods"].append(Mood(exchange=exchange, account=person, feeling="good", given_at=now))
    Hours.objects.bulk_create(rows["hours"])
    CheckIn.objects.bulk_create(rows["check_ins"])
    Mood.objects.bulk_create(rows["moods"])
    return cycle


def test_a_cohort_of_five_hundred(cleo, now, client, time_machine):
    cycle = fill(cleo, now)
    heard = now + timedelta(days=7 * (MEETINGS - 1))
    spans = {}
    # The letters of the beginning leave beforehand, in as many goes as it takes.
    for minute in range(30):
        tick(heard + timedelta(days=4, minutes=minute))
    with measured("tick over 500 pairs, nothing due") as spans["idle"]:
        tick(heard + timedelta(days=5))
    with measured("tick over 500 pairs, all to confirm") as spans["confirm"]:
        tick(heard + timedelta(days=14))
    with measured("tick over 500 pairs, a step due for each") as spans["due"]:
        tick(heard + timedelta(days=21))
    assert Nudge.objects.filter(step="remind").count() == MENTEES
    time_machine.move_to(heard + timedelta(days=22), tick=True)
    client.force_login(cleo)
    pages = ("mentorships", "mentorship_hours", "mentorships_csv", "mentorship_hours_xlsx", "cycle")
    for name in pages:
        address = reverse(f"office:{name}", args=[cycle.pk])
        with measured(f"office:{name}") as spans[name]:
            assert client.get(address).status_code == 200
    sys.stdout.write("\n")
    assert {name: span["queries"] for name, span in spans.items() if name in pages} == {
        name: spans[name]["queries"] for name in pages if spans[name]["queries"] <= MOST_QUERIES
    }
    assert spans["idle"]["queries"] <= MOST_OF_A_TICK, spans["idle"]
    assert [name for name in ("idle", "confirm", "due") if spans[name]["seconds"] > MOST_SECONDS] == []
