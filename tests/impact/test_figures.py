"""Figures by a hand-calculated example, and against somebody who subtracts."""

import json
from collections import Counter
from decimal import Decimal
from itertools import product
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from talka.impact.figures import (
    GOALS,
    OUTCOMES,
    STEPS,
    Applicant,
    Cost,
    Limits,
    Question,
    Rows,
    Visit,
    canonical,
    compute,
    plain,
    read,
    seal,
)
from tests.thoroughness import examples

OPTIONS = ("fully", "mostly", "partly", "not_at_all")


def rows_of(**given):
    """Make rows with nothing in them but what is given."""
    empty = {
        "applicants": (),
        "visits": (),
        "costs": (),
        "steps": (),
        "questions": (),
        "topic_names": {},
        "cost_names": {},
        "currency": "EUR",
    }
    return Rows(**(empty | given))


def question(*answers):
    return Question(
        "goals_met", {"en": "Met?"}, tuple((key, {"en": key.title()}) for key in OPTIONS), answers
    )


def applicants(**counts):
    outcomes = [outcome for outcome, count in counts.items() for _ in range(count)]
    return tuple(Applicant(key, "", outcome) for key, outcome in enumerate(outcomes, start=1))


def table(figures, key):
    return next(table for table in figures.tables if table.key == key)


def cells(figures, key):
    return {cell.key: cell.value for cell in table(figures, key).cells}


def numbers(figures):
    return {number.key: (number.value, number.at_least) for number in figures.numbers}


# Eight communities applied; 1 and 2, 3 and 4 visited each other, and 1 also visited 4.
EXAMPLE = rows_of(
    applicants=(
        Applicant(1, "SK", "took_part"),
        Applicant(2, "PL", "took_part"),
        Applicant(3, "SK", "took_part"),
        Applicant(4, "", "took_part"),
        Applicant(5, "UA", "waiting"),
        Applicant(6, "RO", "declined"),
        Applicant(7, "RO", "declined"),
        Applicant(8, "AM", "accepted"),
    ),
    visits=(
        Visit((1, 2), "agreed_beforehand", 4, ("events", "grants"), "yes"),
        Visit((3, 4), "suggested", 3, ("events",), "partly"),
        Visit((1, 4), "suggested", 5, (), "no"),
    ),
    costs=(
        Cost("stay", Decimal("300.50")),
        Cost("travel", Decimal("99.5")),
        Cost("stay", Decimal("0.25")),
    ),
    steps=("done", "open", "open", "dropped", "done"),
    topic_names={"events": {"en": "Events"}, "grants": {"en": "Grants"}},
    cost_names={"stay": {"en": "Accommodation"}},
)


def test_the_example_calculated_by_hand():
    figures = compute(EXAMPLE)
    assert numbers(figures) == {
        # Four did not take part: too few to tell, so the others are told.
        "applied": (4, True),
        "took_part": (4, False),
        "countries": (2, False),
        "exchanges": (3, False),
        "days": (12, False),
        "steps": (5, False),
        "cost": ("400.25", False),
    }
    assert cells(figures, "countries") == {"PL": 1, "SK": 2}
    assert cells(figures, "topics") == {"events": 2, "grants": 1}
    assert cells(figures, "origins") == {"agreed_beforehand": 1, "suggested": 2}
    assert cells(figures, "goals_met") == {"yes": 1, "partly": 1, "no": 1}
    assert cells(figures, "steps") == {"done": 2, "open": 2, "dropped": 1}
    assert cells(figures, "costs") == {"stay": "300.75", "travel": "99.50"}
    assert table(figures, "outcomes").withheld


def test_a_cycle_without_anything_has_figures():
    figures = compute(rows_of())
    assert numbers(figures)["applied"] == (0, False)
    assert numbers(figures)["cost"] == ("0.00", False)


def test_fewer_than_ten_answers_are_not_shown():
    figures = compute(rows_of(questions=(question(*["fully"] * 9),)))
    assert table(figures, "question_goals_met").withheld
    figures = compute(rows_of(questions=(question(*["fully"] * 10),)))
    assert cells(figures, "question_goals_met") == {"fully": 10, "mostly": 0, "partly": 0, "not_at_all": 0}


def test_an_option_with_fewer_than_five_answers_is_hidden_together_with_others():
    answers = ["fully"] * 7 + ["mostly"] * 3 + ["partly"] * 2
    figures = compute(rows_of(questions=(question(*answers),)))
    hidden = {"fully": 7, "mostly": None, "partly": None, "not_at_all": None}
    assert cells(figures, "question_goals_met") == hidden


def test_options_that_subtraction_would_tell_are_withheld_with_the_table():
    # 12 answers are known (two of each of six exchanges): 12 - 8 would tell of four people.
    answers = ["fully"] * 8 + ["mostly"] * 4
    figures = compute(rows_of(questions=(question(*answers),)))
    assert table(figures, "question_goals_met").withheld


def test_options_that_must_all_be_just_below_the_limit_are_withheld():
    answers = ["fully"] * 8 + ["mostly"] * 4 + ["partly"] * 4 + ["not_at_all"] * 4
    figures = compute(rows_of(questions=(question(*answers),)))
    assert table(figures, "question_goals_met").withheld


def test_how_many_took_part_is_public_and_how_many_applied_only_if_the_others_are_enough():
    figures = compute(rows_of(applicants=applicants(took_part=2, declined=6, waiting=3, withdrawn=2)))
    assert [cells(figures, "outcomes")[key] for key in ("took_part", "declined", "waiting")] == [2, 6, None]
    visits = (Visit((1, 2), "suggested", 3, (), "yes"),)
    few = compute(rows_of(applicants=applicants(took_part=2, declined=4), visits=visits))
    enough = compute(rows_of(applicants=applicants(took_part=2, declined=5), visits=visits))
    assert numbers(few)["applied"] == (2, True)
    assert numbers(enough)["applied"] == (7, False)


def test_where_people_apply_every_count_is_hidden_as_one_of_people():
    visits = tuple(Visit((key, key + 1), "suggested", 3, (), "yes") for key in (1, 3))
    everybody = applicants(took_part=4, declined=6)
    figures = compute(rows_of(applicants=everybody, visits=visits, are_people=True))
    assert [table.key for table in figures.tables if not table.withheld] == ["costs"]
    assert numbers(figures)["took_part"] == (None, False)
    assert numbers(figures)["exchanges"] == (None, False)


def test_figures_come_back_from_json_as_they_were():
    figures = compute(EXAMPLE)
    assert read(json.loads(canonical(plain(figures)))) == figures
    assert seal(plain(figures)) == seal(json.loads(json.dumps(plain(figures))))


FEW = st.integers(0, 14)


@st.composite
def any_rows(draw):
    """Draw a cycle: who took part, how it went for the others, and what participants answered."""
    pairs = draw(st.integers(0, 9))
    turn = draw(st.integers(0, 59))
    others = applicants(**{outcome: draw(FEW) for outcome in OUTCOMES[1:]})
    visits = tuple(
        Visit(
            (2 * n + 1, 2 * n + 2),
            ("agreed_beforehand", "suggested")[(turn + n) % 2],
            3 + (turn + n) % 3,
            ("events", "grants")[: (turn + n) % 3],
            GOALS[(turn + n // 2) % 3],
        )
        for n in range(pairs)
    )
    countries = ("", "PL", "SK", "UA")
    part = [Applicant(key, countries[(turn + key) % 4], "took_part") for key in range(1, 2 * pairs + 1)]
    rest = [Applicant(one.key + 100, "RO", one.outcome) for one in others]
    return rows_of(
        applicants=(*part, *rest),
        visits=visits,
        steps=tuple(step for step in STEPS for _ in range(draw(FEW))),
        costs=(Cost("stay", Decimal(turn)), Cost("travel", Decimal("0.5")), Cost("stay", Decimal(7))),
        questions=(question(*(key for key in OPTIONS for _ in range(draw(FEW)))),),
        are_people=draw(st.booleans()),
    )


def truth_of(rows, key):
    """Count the options of a table without hiding anything."""
    if key == "outcomes":
        return Counter(one.outcome for one in rows.applicants)
    if key == "question_goals_met":
        return Counter(rows.questions[0].answers)
    return None


def isolated(published, total, known=()):
    """List the groups of hidden options whose size somebody who knows the total can tell, if it is 1 to 4."""
    hidden = sum(cell.value is None for cell in published.cells)
    rest = total - sum(cell.value for cell in published.cells if cell.value is not None)
    possible = [world for world in product(range(5), repeat=hidden) if sum(world) == rest]
    # Nothing tells the hidden options apart, so of each size one group stands for all.
    groups = {size: {sum(world[:size]) for world in possible} for size in range(1, hidden + 1)}
    small = [cell.key for cell in published.cells if cell.key not in known and cell.value in range(1, 5)]
    return small + [size for size, found in groups.items() if len(found) == 1 and 1 <= min(found) < 5]


@settings(max_examples=examples(1000), deadline=None)
@given(any_rows())
def test_nobody_who_subtracts_finds_fewer_than_five_people(rows):
    figures = compute(rows)
    known = () if rows.are_people else ("took_part",)
    for key in ("outcomes", "question_goals_met"):
        published = table(figures, key)
        if not published.withheld:
            total = sum(truth_of(rows, key).values())
            assert total >= 10
            assert isolated(published, total, known if key == "outcomes" else ()) == []
    told = numbers(figures)
    took_part, exact = told["took_part"][0], not told["applied"][1]
    if took_part is not None and exact:
        assert told["applied"][0] - took_part not in range(1, 5)
    if rows.are_people:
        assert told["took_part"][0] not in range(1, 5)
        for published in figures.tables:
            assert published.key == "costs" or isolated_facts(published) == []


def isolated_facts(published):
    """List the options of a table that tell of one to four people."""
    return [cell.key for cell in published.cells if cell.value in range(1, 5)]


def test_the_search_for_isolated_people_finds_some():
    naive = compute(rows_of(questions=(question(*["fully"] * 8, *["mostly"] * 4),)), Limits(0, 0))
    assert isolated(table(naive, "question_goals_met"), 12) == ["mostly"]


@settings(max_examples=100, deadline=None)
@given(any_rows(), st.randoms(use_true_random=False))
def test_the_same_data_in_any_order_gives_the_same_seal(rows, random: Random):
    def shuffled(values):
        return tuple(random.sample(values, len(values)))

    other = rows_of(
        applicants=shuffled(rows.applicants),
        visits=shuffled(rows.visits),
        costs=shuffled(rows.costs),
        steps=shuffled(rows.steps),
        questions=(question(*shuffled(rows.questions[0].answers)),),
        are_people=rows.are_people,
    )
    assert seal(plain(compute(other))) == seal(plain(compute(rows)))
