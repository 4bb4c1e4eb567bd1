"""The generated pages of docs/ say what the code does."""

from talka.jobs.paperwork import lifecycles, written
from tests.house.source import ROOT


def test_the_generated_pages_are_fresh():
    stale = [name for name, text in written().items() if (ROOT / "docs" / name).read_text() != text]
    assert stale == []


def test_every_lifecycle_starts_at_a_status_of_its_model_and_reaches_only_such():
    for label, model, lifecycle in lifecycles():
        statuses = set(dict(model._meta.get_field("status").flatchoices))
        named = {lifecycle.start} | {move.target for move in lifecycle.moves}
        named |= {source for move in lifecycle.moves for source in move.sources}
        assert named - statuses == set(), label


def test_every_status_can_be_reached():
    for label, model, lifecycle in lifecycles():
        reachable = {lifecycle.start}
        for _ in lifecycle.moves:
            reachable |= {move.target for move in lifecycle.moves if move.sources & reachable}
        # A held letter starts there: the outbox writes it so.
        unreachable = set(dict(model._meta.get_field("status").flatchoices)) - reachable - {"held"}
        assert unreachable == set(), label
