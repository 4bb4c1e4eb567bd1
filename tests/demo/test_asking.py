"""The requests and offers of the demonstration stand at every point of their road."""

import pytest

from talka.blueprints.reading import shipped
from talka.capacities.models import Introduction, Offer
from talka.capacities.queries import fitting_offers, opportunities_of, public_needs
from talka.demo.asking import ask_and_offer
from talka.demo.cast import introduce_everybody
from talka.programmes.actions import create_programme


@pytest.mark.django_db
def test_requests_of_every_kind_and_offers_that_fit_some(now):
    people = introduce_everybody(now=now)
    programme = create_programme(
        slug="mentorship", blueprint=shipped()["mentorship"], zone="UTC", by=people["cleo"], now=now
    )
    needs = ask_and_offer(programme, people, now)
    assert [(need.asked_by.name, need.status) for need in needs] == [
        ("Hugo", "answered"),
        ("Filip", "asked"),
        ("Ada", "taken"),
        ("Dan", "asked"),
        ("Eva", "matched"),
        ("Ivana", "asked"),
    ]
    assert [need.is_late(now, 14) for need in needs] == [False, True, False, False, False, False]
    assert sorted(Introduction.objects.values_list("status", flat=True)) == ["accepted", "asked"]
    assert (Offer.objects.count(), public_needs(programme).count()) == (4, 3)
    best = fitting_offers(needs[1], today=now.date())[0]
    assert (best.fit.is_possible, str(best.offer)) == (True, "Jan")
    assert [topic.key for topic, _count in opportunities_of(programme).idle_topics][-1] == "wikidata"
