"""Blueprints as TOML and as a snapshot: what goes in comes out."""

import json
import tomllib

import pytest
from blueprint_samples import small
from hypothesis import given
from hypothesis import strategies as st

from talka.blueprints.mistakes import Mistakes
from talka.blueprints.reading import (
    capacity_tree,
    pack,
    read_capacities,
    read_toml,
    shipped,
    unpack,
    write_toml,
)
from talka.blueprints.schema import check_blueprint
from talka.blueprints.writing import to_toml
from tests.key_order import as_jsonb, backwards, reordered

BLUEPRINTS = [check_blueprint(small()), *shipped().values()]
PLAIN = st.recursive(
    st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)


@pytest.mark.parametrize("blueprint", BLUEPRINTS, ids=lambda blueprint: blueprint.key)
def test_toml_gives_the_same_blueprint_back(blueprint):
    text = write_toml(blueprint)
    assert read_toml(text) == blueprint
    assert write_toml(read_toml(text)) == text


@pytest.mark.parametrize("blueprint", BLUEPRINTS, ids=lambda blueprint: blueprint.key)
def test_a_snapshot_gives_the_same_blueprint_back(blueprint):
    assert unpack(json.loads(json.dumps(pack(blueprint)))) == blueprint


@pytest.mark.parametrize("order", [as_jsonb, backwards])
@pytest.mark.parametrize("blueprint", BLUEPRINTS, ids=lambda blueprint: blueprint.key)
def test_a_database_that_reorders_keys_changes_nothing(blueprint, order):
    back = unpack(reordered(pack(blueprint), order))
    assert write_toml(back) == write_toml(blueprint)
    assert list(back.forms) == sorted(blueprint.forms)


def test_a_snapshot_holds_the_defaults_of_its_day():
    assert pack(check_blueprint(small()))["small_counts"] == {"per_question": 10, "per_option": 5}


def test_an_english_wording_is_a_bare_text_in_toml_and_a_mapping_in_a_snapshot():
    blueprint = check_blueprint(small())
    assert 'name = "Small"\n' in write_toml(blueprint)
    assert pack(blueprint)["name"] == {"en": "Small"}


@given(st.dictionaries(st.text(), PLAIN, max_size=5))
def test_any_plain_data_survives_toml(data):
    assert tomllib.loads(to_toml(data)) == data


def test_children_follow_their_parents_in_the_tree():
    keys = []
    for capacity in capacity_tree():
        assert capacity.parent is None or capacity.parent in keys
        keys.append(capacity.key)
    assert len(keys) == len(set(keys)) == 46
    assert [capacity.key for capacity in capacity_tree() if capacity.parent is None] == [
        "community",
        "leadership_and_people",
        "organisation",
        "money",
        "events",
        "outreach",
        "content_programmes",
        "technology",
    ]


def test_every_capacity_is_named_in_english_and_arabic():
    assert {tuple(capacity.name) for capacity in capacity_tree()} == {("en", "ar")}


def test_mistakes_in_capacities_are_told_at_once():
    with pytest.raises(Mistakes) as caught:
        read_capacities(
            '[[capacities]]\nkey = "a"\nname = "A"\nparent = "b"\n'
            '[[capacities]]\nkey = "b"\nname = "B"\nwikidata = "2013"\n'
            '[[capacities]]\nkey = "b"\ntitle = "B"\n'
        )
    assert {mistake.path for mistake in caught.value.all} == {
        "capacities.0.parent",
        "capacities.1.wikidata",
        "capacities.2.name",
        "capacities.2.title",
        "capacities.2.key",
    }
