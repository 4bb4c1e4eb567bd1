"""Answers: read from a page, kept as plain data, shown again, and put into words."""

import json
import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from talka.blueprints.questions import check_form
from talka.capacities.models import Capacity
from talka.forms.fields import Setting, build_form
from talka.forms.reading import draft_answers_for, missing_answers
from talka.people.models import Community

OPTIONS = [{"key": "red", "label": "Red"}, {"key": "green", "label": {"en": "Green", "ar": "أخضر"}}]
QUESTIONS = [
    {"key": "short", "kind": "short"},
    {"key": "long", "kind": "long", "max_length": 500},
    {"key": "number", "kind": "number", "minimum": -5, "maximum": 10},
    {"key": "date", "kind": "date"},
    {"key": "yes_no", "kind": "yes_no"},
    {"key": "one_of", "kind": "one_of", "options": OPTIONS},
    {"key": "several_of", "kind": "several_of", "options": OPTIONS},
    {"key": "capacity", "kind": "capacity", "most": 3},
    {"key": "language", "kind": "language", "most": 3},
    {"key": "community", "kind": "community"},
    {"key": "travel_dates", "kind": "travel_dates", "most": 2},
]
INVISIBLE = "This text has characters that cannot be shown. Please write it anew."
DRAFT = check_form(
    {"sections": [{"title": "All", "questions": [{"label": one["key"], **one} for one in QUESTIONS]}]}
)
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 1, 1))
TEXTS = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\u2028\u2029\x85"), max_size=80
).map(str.strip)


def periods(pair):
    first, last = sorted(pair)
    return {"starts_on": first.isoformat(), "ends_on": last.isoformat()}


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "short": TEXTS.filter(bool),
        "long": TEXTS.filter(bool),
        "number": st.integers(-5, 10),
        "date": DAYS.map(lambda day: day.isoformat()),
        "yes_no": st.booleans(),
        "one_of": st.sampled_from(["red", "green"]),
        "several_of": st.lists(st.sampled_from(["red", "green"]), unique=True, min_size=1),
        "capacity": st.lists(
            st.fixed_dictionaries(
                {"capacity": st.sampled_from(["fundraising", "glam"]), "level": st.integers(1, 5)}
            ),
            unique_by=lambda row: (row["capacity"], row["level"]),
            min_size=1,
            max_size=3,
        ),
        "language": st.lists(
            st.fixed_dictionaries(
                {"language": st.sampled_from(["pl", "en", "hsb"]), "level": st.integers(1, 6)}
            ),
            unique_by=lambda row: (row["language"], row["level"]),
            min_size=1,
            max_size=3,
        ),
        "travel_dates": st.lists(
            st.tuples(DAYS, DAYS).map(periods), min_size=1, max_size=2, unique_by=lambda row: str(row)
        ),
    },
)


@pytest.fixture
def capacities(db):
    """Make the capacities that answers name."""
    for key in ("fundraising", "glam"):
        Capacity.objects.create(key=key, name={"en": key.capitalize()})


def as_sent(answers):
    """Write answers as a browser sends the form that shows them."""
    sent = {}
    for key, value in answers.items():
        if isinstance(value, bool):
            sent[key] = "true" if value else "false"
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for number, row in enumerate(value):
                sent |= {f"{key}-{number}-{name}": str(part) for name, part in row.items()}
        else:
            sent[key] = value
    return sent


def read(sent, **more):
    form = build_form(DRAFT, language="en", answers={}, data=sent, **more)
    assert form.is_valid(), form.errors
    return {key: value for key, value in form.answers().items() if value not in (None, "", [])}


@given(answers=ANSWERS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
def test_answers_of_every_kind_come_back_as_they_were_given(capacities, answers):
    found = read(as_sent(answers))
    assert found == answers
    assert json.loads(json.dumps(found)) == answers


@given(answers=ANSWERS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
def test_what_was_answered_is_what_is_read_and_nothing_else(capacities, answers):
    (section,) = draft_answers_for(DRAFT, answers, audience="applicant", language="en")
    assert {answer.key for answer in section.answers if not answer.is_empty} == set(answers)


def test_a_community_is_kept_by_its_number(capacities, ada):
    assert read({"community": "wikimedians of ruritania"}) == {"community": ada.community.pk}


def test_a_page_shows_what_was_answered(capacities, ada):
    answers = {
        "capacity": [{"capacity": "glam", "level": 4}],
        "language": [{"language": "pl", "level": 6}],
        "community": ada.community.pk,
        "yes_no": False,
    }
    page = build_form(DRAFT, language="en", answers=answers).as_p()
    assert '<option value="glam" selected>' in page
    assert 'value="Polish"' in page
    assert 'value="Wikimedians of Ruritania"' in page
    assert re.search('value="false"[^>]* checked', page)


@pytest.mark.parametrize(
    ("sent", "key", "words"),
    [
        ({"number": "11"}, "number", "Ensure this value is less than or equal to 10."),
        ({"date": "31.3.2027"}, "date", "This is no day. Write year-month-day, such as 2027-03-31."),
        ({"date": "0001-01-01"}, "date", "This is no day. Write year-month-day, such as 2027-03-31."),
        ({"capacity-0-capacity": "glam"}, "capacity", "Please choose a level in each row."),
        ({"capacity-0-level": "2"}, "capacity", "Please choose a topic in each row."),
        (
            {"travel_dates-0-starts_on": "2027-05-02", "travel_dates-0-ends_on": "2027-05-01"},
            "travel_dates",
            "In one of the periods the last day is before the first.",
        ),
        (
            {"short": "a\x00b"},
            "short",
            "This text has characters that cannot be shown. Please write it anew.",
        ),
        ({"long": "\ud800"}, "long", "This text has characters that cannot be shown. Please write it anew."),
        ({"community": "Nobody"}, "community", "No one community is called this. Write its full name."),
    ],
)
def test_what_cannot_be_read_is_told_beside_the_field(capacities, sent, key, words):
    form = build_form(DRAFT, language="en", answers={}, data=sent)
    assert not form.is_valid()
    assert {name: list(errors) for name, errors in form.errors.items()} == {key: [words]}


def asking(**more):
    """Make a form of one question."""
    question = {"key": "one", "kind": "short", "label": "One", **more}
    return check_form({"sections": [{"title": "All", "questions": [question]}]})


def test_a_draft_demands_nothing_and_handing_in_does(db):
    draft = asking(required=True)
    assert build_form(draft, language="en", answers={}, data={}).is_valid()
    assert not build_form(draft, language="en", answers={}, data={}, is_draft=False).is_valid()


def test_an_answer_that_is_required_later_is_missing_once_the_stage_is_over():
    draft = asking(required_after="matching")
    assert missing_answers(draft, {}) == []
    assert [question.key for question in missing_answers(draft, {}, {"matching"})] == ["one"]
    assert missing_answers(draft, {"one": "Here."}, {"matching"}) == []


def test_a_frozen_answer_is_shown_and_takes_no_other(db):
    form = build_form(
        asking(freeze_after="matching"),
        language="en",
        answers={"one": "As it was."},
        setting=Setting(stages_over={"matching"}),
        data={"one": "Something else."},
    )
    assert form.is_valid()
    assert form.answers() == {}
    assert 'value="As it was."' in str(form["one"])


@pytest.mark.parametrize(
    ("audience", "sees"),
    [("applicant", True), ("coordinator", True), ("reviewer", False), ("partner", True), ("public", False)],
)
def test_an_answer_is_read_by_its_audience_only(audience, sees):
    draft = asking(audience=["applicant", "partner"])
    sections = draft_answers_for(draft, {"one": "A canary."}, audience=audience, language="en")
    assert [answer.lines for section in sections for answer in section.answers] == [("A canary.",)] * sees


def test_an_option_that_is_gone_is_still_shown():
    draft = asking(kind="one_of", options=OPTIONS)
    (section,) = draft_answers_for(draft, {"one": "blue"}, audience="applicant", language="en")
    assert section.answers[0].lines == ("blue",)


def test_options_are_read_in_the_language_of_the_reader():
    draft = asking(kind="one_of", options=OPTIONS)
    (section,) = draft_answers_for(draft, {"one": "green"}, audience="applicant", language="ar")
    assert section.answers[0].lines == ("أخضر",)


def test_the_page_says_who_reads_an_answer_and_when_it_is_deleted(db):
    ends_on = date(2027, 12, 31)
    form = build_form(
        asking(delete_after_days=30, purpose="To know."),
        language="en",
        answers={},
        setting=Setting(ends_on=ends_on),
    )
    assert form.fields["one"].help_text == (
        '<span class="talka-purpose">To know. Read by: the coordinators, reviewers. '
        "Deleted on 30 January 2028.</span>"
    )


def test_two_communities_with_similar_names_are_not_confused(db):
    for name in ("Wikimedia Alpha", "Wikimedia Beta"):
        Community.objects.create(name=name, kind="chapter")
    assert not build_form(DRAFT, language="en", answers={}, data={"community": "Wikimedia"}).is_valid()
