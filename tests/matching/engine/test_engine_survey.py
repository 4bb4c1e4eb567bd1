"""A look at every pair says what asking each pair says."""

from dataclasses import replace

from engine_parties import requests
from hypothesis import given, settings

from talka.matching.engine import Request
from talka.matching.engine.encode.hard import RULES, keeps
from talka.matching.engine.encode.soft import PARTS
from talka.matching.engine.encode.survey import READ, survey
from tests.thoroughness import examples


def with_everything(request: Request) -> Request:
    """Return the request with every rule and every part in its policy."""
    policy = replace(request.policy, hard=tuple(RULES), weights=dict.fromkeys(PARTS, 1))
    return replace(request, policy=policy)


@settings(max_examples=examples(300))
@given(requests().map(with_everything))
def test_a_look_at_every_pair_says_what_asking_each_pair_says(request):
    policy, seen = request.policy, survey(request)
    for i, learner in enumerate(request.learners):
        for j, teacher in enumerate(request.teachers):
            kept = {rule: keeps(rule, learner, teacher, policy) for rule in RULES}
            fits = {part: PARTS[part](learner, teacher, policy)[0] for part in PARTS}
            assert {rule: bool(seen.kept[rule][i, j]) for rule in RULES} == kept
            assert {part: int(seen.fits[part][i, j]) for part in PARTS} == fits


def test_what_is_read_is_named_for_every_rule_and_part():
    assert READ.keys() == RULES.keys() | PARTS.keys()
