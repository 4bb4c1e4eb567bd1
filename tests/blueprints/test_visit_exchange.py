"""The blueprint of the CEE Wiki Peer Learning Exchange: its facts, its Arabic, and no invented rule."""

import re
from typing import get_args

import pytest

from talka.blueprints.questions import check_form
from talka.blueprints.reading import shipped
from talka.blueprints.values import Frozen, MoreWords

EXCHANGE = shipped()["visit_exchange"]
CALL_QUESTIONS = [
    (call.form, question) for call in EXCHANGE.calls for question in EXCHANGE.forms[call.form].questions
]
PAGES = {page.key: page for page in EXCHANGE.pages}
ARABIC = re.compile(r"[\u0621-\u064a]")
ENGLISH_FORM = {
    "sections": [
        {
            "title": "New",
            "questions": [
                {
                    "key": "way",
                    "kind": "one_of",
                    "label": "New",
                    "options": [
                        {"key": "left", "label": "New"},
                        {"key": "right", "label": {"en": "New", "ar": "جديد"}},
                    ],
                }
            ],
        }
    ]
}


def test_its_known_facts_are_there():
    assert (EXCHANGE.exchange.min_days, EXCHANGE.exchange.max_days) == (3, 5)
    assert (EXCHANGE.exchange.questions_min, EXCHANGE.exchange.questions_max) == (10, 15)
    assert (EXCHANGE.report.due_months, EXCHANGE.report.evidence_min, EXCHANGE.report.next_steps_min) == (
        1,
        1,
        1,
    )
    assert EXCHANGE.report.follow_up_months == (3, 6, 12)
    assert (EXCHANGE.applicants, EXCHANGE.region) == ("communities", "cee_ca")
    assert {form.key: form.travels for form in EXCHANGE.exchange.formats} == {
        "mentee_travels": "mentee",
        "mentor_travels": "mentor",
    }


def test_its_rules_are_asked_in_order():
    assert [(criterion.role, criterion.rule, criterion.params) for criterion in EXCHANGE.criteria] == [
        ("mentee", "is_a_community", {}),
        ("mentee", "in_region", {"regions": ("cee_ca",)}),
        ("mentee", "without_general_support", {}),
        (
            "mentee",
            "took_part_recently",
            {"years": 3, "meeting": "CEE Meeting", "affiliates_exempt": True},
        ),
        ("mentee", "developing_or_new_topic", {}),
        ("mentor", "is_a_community", {}),
        ("mentor", "in_region", {"regions": ("cee_ca",)}),
        ("mentor", "established_with_expertise", {}),
    ]


def test_it_has_the_six_pages_in_the_order_of_the_tabs():
    assert [page.key for page in EXCHANGE.pages] == [
        "about",
        "how_it_works",
        "timeline",
        "guidance",
        "faq",
        "apply",
    ]


def wordings(record, path):
    """Find every text of a blueprint that its schema allows in several languages, wherever it stands."""
    for name, field in type(record).model_fields.items():
        value, here = getattr(record, name), (*path, name)
        if field.annotation == get_args(MoreWords)[0]:
            yield here, value
        else:
            yield from wordings_inside(value, here)


def wordings_inside(value, path):
    if isinstance(value, Frozen):
        yield from wordings(value, path)
    elif isinstance(value, tuple | dict):
        parts = value.items() if isinstance(value, dict) else enumerate(value)
        for key, part in parts:
            yield from wordings_inside(part, (*path, getattr(part, "key", key)))


def not_said_in(blueprint, languages):
    """List the texts of a blueprint that are not in each of the languages, or not written in its letters."""
    return [
        ".".join(map(str, path))
        for path, wording in wordings(blueprint, ())
        if wording
        and (
            list(wording) != list(languages)
            or not ARABIC.search(wording.get("ar", ""))
            or ARABIC.search(wording["en"])
        )
    ]


def test_every_text_is_in_each_of_its_languages():
    assert EXCHANGE.languages == ("en", "ar")
    assert not_said_in(EXCHANGE, EXCHANGE.languages) == []


def test_a_text_that_is_left_in_one_language_would_be_noticed():
    first, *others = EXCHANGE.costs
    changed = EXCHANGE.model_copy(
        update={
            "summary": {"en": "New", "ar": "New"},
            "costs": (first.model_copy(update={"note": {"en": "New"}}), *others),
            "forms": {"report": EXCHANGE.forms["report"], "new": check_form(ENGLISH_FORM)},
        }
    )
    assert not_said_in(changed, EXCHANGE.languages) == [
        "summary",
        "costs.travel.note",
        "forms.new.sections.0.title",
        "forms.new.sections.0.questions.way.label",
        "forms.new.sections.0.questions.way.options.left.label",
    ]


@pytest.mark.parametrize("mark", ["?", ","])
def test_arabic_has_its_own_punctuation(mark):
    texts = [text for _path, wording in wordings(EXCHANGE, ()) for text in [wording.get("ar", "")]]
    assert [text for text in texts if mark in text] == []


@pytest.mark.parametrize(("form", "question"), CALL_QUESTIONS, ids=lambda value: getattr(value, "key", value))
def test_each_question_to_applicants_says_why_and_until_when(form, question):
    assert question.purpose
    assert question.delete_after_days is not None
    assert "public" not in question.audience


def test_papers_are_asked_as_yes_or_no_only_and_soon_forgotten():
    asked = [
        question
        for _, question in CALL_QUESTIONS
        if re.search("passport|visa|travel document", f"{question.key} {question.label['en']}")
    ]
    assert {(question.kind, question.audience, question.delete_after_days) for question in asked} == {
        ("yes_no", ("applicant",), 30)
    }
    assert len(asked) == 4


def test_goals_format_partner_and_commitments_are_no_questions_of_the_mentee():
    assert [question.key for question in EXCHANGE.forms["mentee"].questions] == [
        "profile",
        "size",
        "activity",
        "maturity",
        "topics",
        "languages",
        "dates",
        "has_passport",
        "needs_visa",
        "anything_else",
    ]


def test_the_formats_a_mentor_chooses_from_are_those_of_the_exchange():
    (formats,) = [question for question in EXCHANGE.forms["mentor"].questions if question.key == "formats"]
    assert [option.key for option in formats.options] == [way.key for way in EXCHANGE.exchange.formats]


def test_only_costs_known_to_be_covered_are_listed():
    assert {cost.key: cost.covered for cost in EXCHANGE.costs} == {
        "travel": True,
        "stay": True,
        "insurance": True,
        "hosting": True,
    }


@pytest.mark.parametrize("question", ["by car", "needs a visa", "not on the list", "visual evidence"])
def test_where_no_rule_is_known_the_organisers_decide(question):
    answers = [part for part in PAGES["faq"].body["en"].split("\n\n") if question in part.split("\n")[0]]
    assert len(answers) == 1
    assert "organisers" in answers[0]
    assert "decide" in answers[0]


UNKNOWN = re.compile(
    r"€|\$|\bEUR\b|\bUSD\b|\beuros?\b|\bkm\b|kilomet|mileage|petrol|fuel|reimburs|refund|embassy|consulate"
    r"|\bcommittee|\bpassport is\b|\bvisa (is|fee|cost)|screenshot|selfie|\bper day\b|\bbudget of\b",
    re.IGNORECASE,
)


def unknown_rules(text):
    """Return what a page says of money, cars, visas, evidence or committees, of which no rule is known."""
    return [found.group() for found in UNKNOWN.finditer(text)]


def figures(text):
    """Return the figures of a text, without the numbers of its lists."""
    return set(re.findall(r"\d+", re.sub(r"(?m)^\d+\. ", "", text)))


def test_no_page_gives_a_rule_that_nobody_knows():
    texts = [text for page in EXCHANGE.pages for text in page.body.values()]
    assert [found for text in texts for found in unknown_rules(text)] == []


def test_the_only_figures_on_the_pages_are_those_of_the_question_list():
    texts = [text for page in EXCHANGE.pages for text in page.body.values()]
    assert set().union(*map(figures, texts)) == {"10", "15"}


def test_an_invented_rule_would_be_noticed():
    assert unknown_rules("Car travel is reimbursed at 0.30 € per km.") == ["reimburs", "€", "km"]
    assert figures("1. Visits start on 1 July.") == {"1"}
