"""A blueprint: typing mistakes are errors, names agree, and every mistake is told at once."""

import pytest
from blueprint_samples import small

from talka.blueprints.mistakes import WORDS, Mistakes
from talka.blueprints.reading import read_toml
from talka.blueprints.schema import check_blueprint, validate


def mistakes_in(data):
    with pytest.raises(Mistakes) as caught:
        check_blueprint(data)
    return {(mistake.path, mistake.reason.key.removeprefix("blueprint.")) for mistake in caught.value.all}


def changed(path, value):
    """Return the small blueprint with another value at the path."""
    data = small()
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    place = data
    for step in steps:
        place = place[step]
    place[last] = value
    return data


def test_the_small_blueprint_is_right():
    assert check_blueprint(small()).key == "small"


@pytest.mark.parametrize(
    "path",
    [
        "summry",
        "roles.0.nmae",
        "stages.0.starts_on",
        "matching.hrad",
        "exchange.days",
        "report.due",
        "forms.short.pages",
        "forms.short.sections.0.questions.0.requierd",
        "letters.application.received.sbject",
    ],
)
def test_a_name_nobody_knows_is_a_mistake(path):
    data = small()
    if path.startswith("letters"):
        data["letters"]["application.received"]["sbject"] = "x"
    else:
        data = changed(path, "x")
    assert mistakes_in(data) == {(path, "extra_forbidden")}


@pytest.mark.parametrize(
    ("path", "value", "told_at", "key"),
    [
        ("criteria.0.role", "mentees", "criteria.0.role", "unknown_role"),
        ("commitments.0.roles.1", "host", "commitments.0.roles.1", "unknown_role"),
        ("calls.0.role", "host", "calls.0.role", "unknown_role"),
        ("calls.0.stage", "call", "calls.0.stage", "unknown_stage"),
        ("calls.0.form", "long", "calls.0.form", "unknown_form"),
        ("report.form", "long", "report.form", "unknown_form"),
        ("exchange.formats.0.travels", "guest", "exchange.formats.0.travels", "unknown_role"),
        ("matching.unknown", {"wish": "pass"}, "matching.unknown.wish", "unlisted_hard_rule"),
        ("stages.1.starts.after", "later", "stages.1.starts.after", "not_an_earlier_stage"),
        ("stages.0.starts", {"after": "working"}, "stages.0.starts.after", "not_an_earlier_stage"),
        ("roles.1.key", "mentee", "roles.1.key", "twice"),
        ("stages.1.key", "calling", "stages.1.key", "twice"),
        ("stages.0.starts", "02-29", "stages.0.starts.day", "not_a_day"),
        ("stages.0.starts", "W01-1", "stages.0.starts.day", "not_a_day"),
        ("stages.0.starts", {}, "stages.0.starts.after", "day_or_after"),
        ("stages.0.lasts_days", 3, "stages.0.lasts_months", "days_or_months"),
        ("exchange.max_days", 2, "exchange.max_days", "ends_before_start"),
        ("criteria.0.params.years", 1.5, "criteria.0.params.years", "not_a_parameter"),
        ("currency", "euro", "currency", "not_a_currency"),
        ("resources", [{"name": "x", "address": "javascript:x"}], "resources.0.address", "not_an_address"),
        ("region", "europe", "region", "literal_error"),
        ("roles", [], "roles", "too_short"),
        ("name", {"en": " "}, "name.en", "empty_text"),
        ("name", {}, "name", "empty_words"),
        ("name", {"english": "x"}, "name.english", "not_a_language"),
        ("name", "a\x00b", "name.en", "control_characters"),
        ("name", "a\ud800b", "name.en", "control_characters"),
    ],
)
def test_a_wrong_value_is_told_where_it_stands(path, value, told_at, key):
    assert (told_at, key) in mistakes_in(changed(path, value))


def test_the_same_rule_twice_for_a_role_is_a_mistake():
    data = small()
    data["criteria"] *= 2
    assert mistakes_in(data) == {("criteria.1.rule", "twice")}


def test_mistakes_of_every_kind_are_told_at_once():
    data = small()
    del data["summary"]
    data["colour"] = "red"
    data["calls"][0]["stage"] = "nowhere"
    data["stages"][1]["lasts_days"] = 0
    data["forms"]["short"]["sections"][0]["questions"][0]["freeze_after"] = "never"
    data["forms"]["short"]["sections"][0]["questions"][1]["key"] = "who"
    assert mistakes_in(data) == {
        ("summary", "missing"),
        ("colour", "extra_forbidden"),
        ("calls.0.stage", "unknown_stage"),
        ("stages.1.lasts_days", "greater_than_equal"),
        ("forms.short.sections.0.questions.0.freeze_after", "unknown_stage"),
        ("forms.short.sections.0.questions.1.key", "twice"),
    }


def test_a_list_with_wrong_parts_is_not_called_empty_too():
    data = small()
    data["roles"] = [{"key": "mentee", "part": "learns"}, {"key": "mentor", "part": "teaches"}]
    assert mistakes_in(data) == {("roles.0.name", "missing"), ("roles.1.name", "missing")}


@pytest.mark.parametrize("data", [None, 7, [], "text", {"roles": 3, "stages": {"a": []}, "forms": [[]]}])
def test_data_of_another_shape_is_a_mistake_and_no_crash(data):
    assert mistakes_in(data)


def test_mistakes_read_as_sentences_with_their_place():
    with pytest.raises(Mistakes) as caught:
        check_blueprint(changed("calls.0.role", "host"))
    assert str(caught.value) == "calls.0.role: No role is called “host”."


def test_every_mistake_pydantic_words_for_us_can_be_said():
    with pytest.raises(Mistakes) as caught:
        check_blueprint(
            {"reviews_wanted": "many", "roles": [{"part": "eats"}], "stages": [{"lasts_days": 10**6}]}
        )
    assert all(mistake.reason.key in WORDS and str(mistake) for mistake in caught.value.all)


def test_names_the_house_does_not_know_are_listed():
    known = {"criteria": {"is_a_community"}, "hard_rules": (), "weights": {"level"}, "letters": set()}
    found = validate(check_blueprint(small()), known=known)
    assert [str(mistake) for mistake in found] == [
        "criteria.0.rule: Nobody knows an eligibility rule called “took_part_recently”.",
        "matching.hard.0: Nobody knows a matching rule called “dates_overlap”.",
        "matching.weights.topic: Nobody knows a part of the fit called “topic”.",
        "letters.application.received: No letter is called “application.received”.",
    ]


def test_names_the_house_knows_and_kinds_not_asked_about_pass():
    known = {"criteria": {"took_part_recently"}, "letters": {"application.received"}}
    assert validate(check_blueprint(small()), known=known) == []


def test_a_toml_mistake_is_told_with_its_line():
    with pytest.raises(Mistakes) as caught:
        read_toml('key = "a"\nname = = "b"\n')
    assert [mistake.path for mistake in caught.value.all] == ["line.2"]


def test_toml_nested_without_end_is_a_mistake_and_no_crash():
    with pytest.raises(Mistakes):
        read_toml("a = " + "[" * 100_000)
