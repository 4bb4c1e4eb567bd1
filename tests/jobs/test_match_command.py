"""`talka match` on tables of numbers: the best pairs, a proof that holds, and every fault by line and
column.
"""

import csv
import json
import random

import pytest
from django.core.management import CommandError, call_command

EDGES = "learner,mentor,score\nada,bo,1.5\nada,cy,2\neve,bo,3.25\nian,cy,-1\n"


@pytest.fixture
def folder(tmp_path):
    """Return a folder with the table of pairs."""
    (tmp_path / "edges.csv").write_text(EDGES, encoding="utf-8")
    return tmp_path


def match(folder, *words, **tables):
    """Run the command on the tables of a folder and return the pairs and the certificate."""
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    given = [
        word for name in tables if name != "edges" for word in (f"--{name}", str(folder / f"{name}.csv"))
    ]
    call_command("match", "--edges", str(folder / "edges.csv"), *given, "--out", str(folder / "out"), *words)
    with (folder / "out/pairs.csv").open(encoding="utf-8-sig", newline="") as file:
        pairs = [tuple(row.values()) for row in csv.DictReader(file)]
    return pairs, json.loads((folder / "out/certificate.json").read_text(encoding="utf-8"))


def verify(folder):
    """Prove again what the folder holds."""
    call_command("match", "verify", "--edges", str(folder / "edges.csv"), "--out", str(folder / "out"))


def test_the_total_is_the_greatest_and_told_in_the_unit_it_was_given_in(folder):
    pairs, proof = match(folder)
    assert pairs == [("ada", "cy", "2.00"), ("eve", "bo", "3.25")]
    assert (proof["objective"], proof["bound"], proof["gap"]) == ("5.25", "5.25", 0.0)


def test_as_many_as_possible_come_first_when_asked_for(folder):
    pairs, proof = match(folder, "--first", "matched", edges="learner,mentor,score\na,x,9\na,y,1\nb,x,2\n")
    assert pairs == [("a", "y", "1"), ("b", "x", "2")]
    assert [level["name"] for level in proof["levels"]] == ["matched_1", "total", "ties"]


def test_priority_one_comes_before_two_when_matched_comes_first(folder):
    table = "learner,mentor,score\na,x,9\nb,x,2\n"
    pairs, _ = match(
        folder, "--first", "matched", edges=table, learners="learner,min,max,priority\na,,,2\nb,,,1\n"
    )
    assert pairs == [("b", "x", "2")]


def test_minima_are_kept_even_at_a_loss(folder):
    pairs, proof = match(folder, places="mentor,min,max\ncy,2,3\n")
    assert pairs == [("ada", "cy", "2.00"), ("eve", "bo", "3.25"), ("ian", "cy", "-1.00")]
    assert proof["objective"] == "4.25"


def test_minima_that_contradict_each_other_are_named(folder):
    with pytest.raises(CommandError, match="These cannot all have as many as they must: cy"):
        match(folder, places="mentor,min,max\ncy,3,3\nbo,1,1\n")


def test_the_order_of_the_lines_changes_neither_pairs_nor_hash(folder):
    dice = random.Random(3)
    lines = [f"l{one},m{other},{dice.randrange(1, 4)}" for one in range(30) for other in range(30)]
    found = []
    for _ in range(2):
        dice.shuffle(lines)
        pairs, proof = match(folder, edges="learner,mentor,score\n" + "\n".join(lines))
        found.append((pairs, proof["input_sha256"], proof["levels"]))
    assert found[0] == found[1]


def test_what_was_written_is_proved_again(folder, capsys):
    match(folder)
    verify(folder)
    assert capsys.readouterr().out.splitlines()[-1] == "2 pairs, total 5.25: proved the best."


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("out/pairs.csv", "ada,cy,2.00", "ada,bo,1.50", "Not proved the best: total."),
        (
            "out/pairs.csv",
            "ada,cy,2.00",
            "ian,bo,9",
            "There are pairs that the tables do not allow, or one twice.",
        ),
        (
            "out/pairs.csv",
            "ada,cy,2.00",
            "eve,bo,3.25",
            "There are pairs that the tables do not allow, or one twice.",
        ),
        ("edges.csv", "1.5", "9.5", "The certificate belongs to other tables."),
        ("out/certificate.json", '"value": 525', '"value": 526', "Not proved the best: total."),
        (
            "out/certificate.json",
            '"learner_prices": [',
            '"learner_prices": [9',
            "Not proved the best: total.",
        ),
        ("out/certificate.json", '"levels": [', '"levels": ["no", ', "The certificate cannot be read."),
        (
            "out/certificate.json",
            '"learner_prices": [',
            '"learner_prices": [null, ',
            "The certificate cannot be read.",
        ),
        ("out/certificate.json", "{", "[", "The certificate cannot be read."),
    ],
)
def test_a_lie_is_found(folder, file, old, new, words):
    match(folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CommandError, match=words):
        verify(folder)


def test_every_fault_is_told_at_once_by_line_and_column(folder):
    with pytest.raises(CommandError) as raised:
        match(
            folder,
            edges="learner,mentor,score\na,x,much\n,x,1\nb,x,2\nb,x,2\nc,y,1e99\n",
            places="mentor,min,max\nx,3,2\nx,-1,2\n",
        )
    assert str(raised.value).splitlines() == [
        "Nothing was done. Please mend this first:",
        "edges.csv, line 2, score: “much” is not a number. Write it like 12 or 3.5.",
        "edges.csv, line 3, learner: This cell is empty.",
        "edges.csv, line 5, learner: b and x have a score already, in a line above.",
        "edges.csv, line 6, score: “1e99” is too long. Give at most 9 digits after the point.",
        "places.csv, line 2, min: At least 3 cannot be more than at most 2.",
        "places.csv, line 3, mentor: x has a line already, above.",
        "places.csv, line 3, min: “-1” is not a whole number from 0.",
    ]


def test_a_table_without_its_columns_and_one_that_is_none_are_told_apart(folder):
    with pytest.raises(CommandError, match="score: There is no column “score”"):
        match(folder, edges="learner,mentor\na,b\n")
    (folder / "edges.csv").write_bytes(b"learner,mentor,score\na,\xff\xfe,1\n")
    with pytest.raises(CommandError, match="This is no table in CSV from here on"):
        call_command("match", "--edges", str(folder / "edges.csv"))
