"""The tree of capacities, and what communities offer and need."""

import pytest
from django.db import IntegrityError
from django.utils import translation

from talka.blueprints.reading import capacity_tree
from talka.capacities.actions import drop_capacity, import_capacities, set_capacity
from talka.capacities.models import Capacity
from talka.capacities.queries import offers_and_needs, search_capacities
from talka.kernel.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(now):
    import_capacities(by=None, now=now)


def named(key):
    return Capacity.objects.get(key=key)


def test_the_shipped_capacities_are_taken_over_once(now):
    assert import_capacities(by=None, now=now) == len(capacity_tree())
    assert import_capacities(by=None, now=now) == 0
    assert Capacity.objects.count() == len(capacity_tree())
    assert named("wikidata").parent == named("technology")


def test_a_name_that_changed_is_brought_up_to_date_and_what_the_office_added_stays(tree, now):
    Capacity.objects.filter(key="glam").update(name={"en": "Museums"})
    Capacity.objects.create(key="own", name={"en": "Our own"})
    assert import_capacities(by=None, now=now) == 1
    assert (named("glam").name["en"], named("own").name) == (
        "Galleries, libraries, archives and museums (GLAM)",
        {"en": "Our own"},
    )


def test_capacities_are_found_by_words_of_any_language_and_of_their_branch(tree):
    assert [one.key for one in search_capacities("GRANTS")] == ["grants"]
    assert [one.key for one in search_capacities("events budget")] == []
    assert [one.key for one in search_capacities("المنح")] == ["grants"]
    assert [one.key for one in search_capacities("money grants")] == ["grants"]
    assert [one.key for one in search_capacities("no such thing")] == []


def test_capacities_come_in_the_order_of_the_readers_language(tree):
    with translation.override("ar"):
        found = search_capacities("", most=100)
        assert [str(one) for one in found] == sorted(str(one) for one in found)
    assert len(found) == len(capacity_tree())


def test_offers_and_needs_are_kept_apart_and_highest_first(tree, ada, now):
    for key, relation, level in (("glam", "offer", 2), ("grants", "need", 1), ("wikidata", "offer", 5)):
        set_capacity(
            community=ada.community, capacity=named(key), relation=relation, level=level, by=ada, now=now
        )
    offers, needs = offers_and_needs(ada.community)
    assert [(one.capacity.key, one.level) for one in offers] == [("wikidata", 5), ("glam", 2)]
    assert [(one.capacity.key, one.level) for one in needs] == [("grants", 1)]


def test_saying_it_again_changes_the_level(tree, ada, now):
    for level in (2, 4):
        set_capacity(
            community=ada.community, capacity=named("glam"), relation="offer", level=level, by=ada, now=now
        )
    assert list(ada.community.capacities.values_list("level", flat=True)) == [4]


def test_a_dropped_capacity_is_gone_and_the_ledger_says_so(tree, ada, now):
    kept = set_capacity(
        community=ada.community, capacity=named("glam"), relation="offer", level=3, by=ada, now=now
    )
    drop_capacity(kept=kept, by=ada, now=now)
    assert ada.community.capacities.count() == 0
    verbs = Entry.objects.about(ada.community).values_list("verb", flat=True)
    assert list(verbs) == ["set_offer", "drop_offer"]


@pytest.mark.parametrize("level", [0, 6])
def test_a_level_is_from_one_to_five(tree, ada, now, level):
    with pytest.raises(IntegrityError):
        set_capacity(
            community=ada.community, capacity=named("glam"), relation="offer", level=level, by=ada, now=now
        )


def test_offers_and_needs_take_one_query(tree, ada, now, django_assert_num_queries):
    for capacity in Capacity.objects.all():
        set_capacity(community=ada.community, capacity=capacity, relation="need", level=1, by=ada, now=now)
    with django_assert_num_queries(1):
        [str(one.capacity.parent) for one in offers_and_needs(ada.community)[1]]
