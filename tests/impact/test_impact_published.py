"""An impact report is published once every exchange is closed, and never changes."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from talka.impact.actions import ExchangesOpen, publish_impact
from talka.impact.figures import compute, plain, seal
from talka.impact.models import ImpactReport
from talka.impact.queries import collect, figures_of, is_published, possible_stories, public_photos
from talka.kernel.ledger import move
from talka.kernel.lifecycle import NotAllowed
from talka.people.models import Community
from talka.programmes.actions import retract_cycle
from talka.reports.actions import close_exchange, finish_step, withdraw_consent
from talka.travel.models import Booking
from tests.reports.report_samples import (
    AFTER,
    ANSWERS,
    make_accepted,
    make_application,
    make_exchange,
    make_photo,
    read_cycle,
)

WORDS = {"goals_met": "partly", "evidence": "We saw it.", "went_wrong": "SECRET: the train."}


def publish(cycle, cleo, *stories, introduction="A good year."):
    return publish_impact(
        cycle=cycle, introduction={"en": introduction, "ar": ""}, stories=stories, by=cleo, now=AFTER
    )


@pytest.fixture
def closed(cycle, ada, bo, cleo, now):
    """Return a closed exchange with both accepted reports."""
    exchange, *reports = make_accepted(
        cycle, ada.community, bo.community, now, by=cleo, topic="events", answers=ANSWERS
    )
    close_exchange(exchange=exchange, words=WORDS, by=cleo, now=AFTER)
    return exchange, *reports


def cost(exchange, now, kind, amount, status):
    amounts = {"amount": Decimal(amount), "amount_in_budget": Decimal(amount), "currency": "EUR"}
    Booking.objects.create(exchange=exchange, kind=kind, status=status, quoted_at=now, **amounts)


def test_the_rows_of_a_cycle_are_read_as_they_are(cycle, closed, ada, bo, cleo, now):
    exchange, report, _ = closed
    make_application(cycle, Community.objects.create(name="Left out"), "mentee", now, status="waiting")
    draft = make_application(cycle, Community.objects.create(name="Drafted"), "mentee", now, status="draft")
    type(draft).objects.filter(pk=draft.pk).update(submitted_at=None)
    cancelled = make_exchange(cycle, Community.objects.create(name="Gave up"), bo.community, now)
    move(cancelled, "cancel", by=cleo, now=now)
    close_exchange(exchange=cancelled, words=WORDS | {"goals_met": "no"}, by=cleo, now=AFTER)
    cost(exchange, now, "stay", "120.50", "paid")
    cost(exchange, now, "stay", "80", "quoted")
    finish_step(step=report.next_steps.get(), by=ada, now=AFTER)
    rows = collect(read_cycle(cycle))
    outcomes = sorted((one.country, one.outcome) for one in rows.applicants)
    assert outcomes == [("", "accepted"), ("", "waiting"), ("PL", "took_part"), ("SK", "took_part")]
    (visit,) = rows.visits
    sides = (ada.community.pk, bo.community.pk)
    assert (visit.sides, visit.origin, visit.days) == (sides, "agreed_beforehand", 4)
    assert (visit.topics, visit.goals_met) == (("events",), "partly")
    assert [(one.kind, one.amount) for one in rows.costs] == [("stay", Decimal("120.50"))]
    assert sorted(rows.steps) == ["done", "open"]
    assert [(one.key, one.answers) for one in rows.questions] == [("goals_met", ("mostly", "mostly"))]
    assert rows.topic_names == {"events": {"en": "Events"}}


def test_while_an_exchange_is_open_nothing_is_published(cycle, ada, bo, cleo, now):
    exchange, *_ = make_accepted(cycle, ada.community, bo.community, now, by=cleo)
    with pytest.raises(ExchangesOpen) as refused:
        publish(cycle, cleo)
    assert refused.value.exchanges == [exchange]
    assert (ImpactReport.objects.count(), read_cycle(cycle).status) == (0, "announced")


def test_publishing_freezes_the_figures_and_closes_the_cycle(cycle, closed, cleo):
    report = publish(cycle, cleo)
    assert (report.number, report.introduction) == (1, {"en": "A good year."})
    assert read_cycle(cycle).status == "closed"
    kept = ImpactReport.objects.get()
    assert kept.seal == seal(kept.figures) == seal(plain(compute(collect(read_cycle(cycle)))))


def test_a_later_report_stands_beside_the_first_which_stays_as_it_was(cycle, closed, cleo, now):
    first = publish(cycle, cleo)
    before = (first.figures, first.seal)
    finish_step(step=closed[1].next_steps.get(), by=cleo, now=now)
    second = publish(read_cycle(cycle), cleo, introduction="A year later.")
    first = ImpactReport.objects.get(number=1)
    assert ((seal(first.figures), first.seal), second.number) == ((seal(before[0]), before[1]), 2)
    assert second.seal != first.seal


def test_the_same_data_published_twice_has_the_same_seal(cycle, closed, cleo):
    assert publish(cycle, cleo).seal == publish(read_cycle(cycle), cleo).seal


def test_a_cycle_in_preparation_is_not_published(cycle, cleo, now):
    retract_cycle(cycle=cycle, by=cleo, now=now)
    with pytest.raises(NotAllowed):
        publish(cycle, cleo)
    assert ImpactReport.objects.count() == 0


def test_a_chosen_story_is_told_with_the_photos_of_which_everybody_agreed(cycle, closed, cleo):
    _, mine, theirs = closed
    hidden = make_photo(mine, AFTER, has_consent=False, caption="Somebody said no")
    report = publish(cycle, cleo, mine.pk)
    (story,) = report.stories
    assert (story["community"], story["text"]) == ("Wikimedians of Ruritania", ANSWERS["story"])
    assert [photo["caption"] for photo in story["photos"]] == ["The whole group"]
    shown = mine.evidence.exclude(pk=hidden.pk).get()
    assert [is_published(photo) for photo in (shown, hidden, theirs.evidence.get())] == [True, False, False]


def test_a_story_without_consent_is_never_told(cycle, ada, bo, cleo, now):
    answers = ANSWERS | {"story_consent": False}
    exchange, mine, _ = make_accepted(cycle, ada.community, bo.community, now, by=cleo, answers=answers)
    close_exchange(exchange=exchange, words=WORDS, by=cleo, now=AFTER)
    assert possible_stories(cycle) == []
    report = publish(cycle, cleo, mine.pk)
    assert (report.stories, is_published(mine.evidence.get())) == ([], False)


def test_a_photo_whose_consent_is_withdrawn_is_public_no_longer(cycle, closed, cleo, now):
    report = publish(cycle, cleo, closed[1].pk)
    photo = closed[1].evidence.get()
    assert public_photos(report.stories) == {photo.pk}
    withdraw_consent(photo=photo, by=cleo, now=now)
    assert (public_photos(report.stories), is_published(photo)) == (set(), False)


def test_the_figures_take_the_same_number_of_queries_for_one_and_for_ten_exchanges(cycle, ada, bo, cleo, now):
    def queries():
        fresh = read_cycle(cycle)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            figures_of(fresh)
            possible_stories(fresh)
        return len(caught)

    make_accepted(cycle, ada.community, bo.community, now, by=cleo, topic="events")
    one = queries()
    for number in range(9):
        community = Community.objects.create(name=f"Community {number}", country="UA")
        make_accepted(cycle, community, bo.community, now, by=cleo, topic="events")
    assert queries() == one
