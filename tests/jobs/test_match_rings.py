"""`talka match --rings`: rings of a table of arcs, a proof that holds, and every fault in its place."""

import csv
import json
import random

import pytest
from django.core.management import CommandError, call_command

ARCS = "from,to,score\na,b,5\nb,c,5.5\nc,a,5\nb,a,4\nd,e,2\ne,d,2\nc,d,9\n"
# Three who all teach each other: prices need an odd set to prove that only two of them can be a pair.
EVERYBODY = """from,to,score
a,b,2
a,c,2
b,a,2
b,c,2
c,a,2
c,b,2
d,e,1
e,d,0
"""


@pytest.fixture
def folder(tmp_path):
    """Return a folder with the table of arcs."""
    (tmp_path / "arcs.csv").write_text(ARCS, encoding="utf-8")
    return tmp_path


def ring(folder, *words):
    """Run the command on the arcs of a folder and return the rings and the certificate."""
    call_command("match", "--rings", str(folder / "arcs.csv"), "--out", str(folder / "out"), *words)
    with (folder / "out/rings.csv").open(encoding="utf-8-sig", newline="") as file:
        rings = [tuple(row.values()) for row in csv.DictReader(file)]
    return rings, json.loads((folder / "out/certificate.json").read_text(encoding="utf-8"))


def verify(folder, *words):
    """Prove again what the folder holds."""
    call_command("match", "verify", "--rings", str(folder / "arcs.csv"), "--out", str(folder / "out"), *words)


def test_rings_are_written_arc_by_arc_with_a_certificate_in_the_unit_of_the_scores(folder, capsys):
    rings, proof = ring(folder)
    assert rings == [
        ("1", "1", "a", "b", "5.0"),
        ("1", "2", "b", "c", "5.5"),
        ("1", "3", "c", "a", "5.0"),
        ("2", "1", "d", "e", "2.0"),
        ("2", "2", "e", "d", "2.0"),
    ]
    told = ("objective", "bound", "gap", "bound_by", "rings_of_any_length")
    assert [proof[name] for name in told] == ["19.5", "19.5", 0.0, "prices", "19.5"]
    verify(folder)
    assert capsys.readouterr().out.splitlines() == [
        f"2 rings, total 19.5, the best there is (by prices): {folder / 'out'}",
        "2 rings, total 19.5, the best there is (by prices): proved.",
    ]


def test_pairs_only_when_the_longest_is_two(folder):
    rings, proof = ring(folder, "--longest", "2")
    assert [row[:4] for row in rings] == [
        ("1", "1", "a", "b"),
        ("1", "2", "b", "a"),
        ("2", "1", "d", "e"),
        ("2", "2", "e", "d"),
    ]
    assert (proof["objective"], proof["longest"]) == ("13.0", 2)


def test_who_is_in_a_pair_stays_rather_than_learn_for_less(folder):
    (folder / "arcs.csv").write_text("from,to,score\na,b,5\nb,a,4\nb,c,50\nc,a,3\n", encoding="utf-8")
    (folder / "pairs.csv").write_text("one,other\nb,a\n", encoding="utf-8")
    assert ring(folder)[1]["objective"] == "58"
    pairs = ("--pairs", str(folder / "pairs.csv"))
    assert ring(folder, *pairs)[1]["objective"] == "9"
    verify(folder, *pairs)
    with pytest.raises(CommandError, match="The certificate belongs to other tables"):
        verify(folder)


def test_the_order_of_the_lines_changes_neither_rings_nor_hash_nor_prices(folder):
    dice = random.Random(3)
    lines = [
        f"p{one},p{other},{dice.randrange(1, 9)}" for one in range(12) for other in range(12) if one != other
    ]
    found = []
    for _ in range(2):
        dice.shuffle(lines)
        (folder / "arcs.csv").write_text("from,to,score\n" + "\n".join(lines), encoding="utf-8")
        rings, proof = ring(folder)
        found.append((rings, proof["input_sha256"], proof["prices"], proof["odd_sets"]))
    assert found[0] == found[1]


LIES = [
    ("rings.csv", "c,a,5.0", "c,b,5.0", "a ring that the table does not allow"),
    ("rings.csv", "d,e,2.0", "a,b,5.0", "a ring that the table does not allow"),
    (
        "rings.csv",
        "1,1,a,b,5.0\r\n1,2,b,c,5.5\r\n1,3,c,a,5.0\r\n",
        "",
        "The total is not the sum of the rings",
    ),
    (
        "certificate.json",
        '"objective": "19.5"',
        '"objective": "19.0"',
        "The total is not the sum of the rings",
    ),
    ("certificate.json", '"objective": "19.5"', '"objective": "19.55"', "cannot be read"),
    ("certificate.json", '"bound": "19.5"', '"bound": "19.0"', "The prices of the certificate do not prove"),
    (
        "certificate.json",
        '"bound_by_prices": "19.5"',
        '"bound_by_prices": "19.0"',
        "do not prove what it says",
    ),
    (
        "certificate.json",
        '"b": 9',
        '"b": -9',
        "The prices of the certificate do not prove",
    ),
    ("certificate.json", '"b": 9', '"b": 99', "The bound is not what the prices prove"),
    (
        "certificate.json",
        '"prices": {"a": ',
        '"prices": {"z": ',
        "The prices of the certificate do not prove",
    ),
    ("certificate.json", '"prices": {"a": ', '"prices": {"a": 0.', "cannot be read"),
    ("certificate.json", "{", "[", "cannot be read"),
    ("../arcs.csv", "a,b,5\n", "a,b,6\n", "The certificate belongs to other tables"),
]


@pytest.mark.parametrize(("file", "old", "new", "words"), LIES)
def test_a_lie_about_rings_is_found(folder, file, old, new, words):
    ring(folder)
    path = folder / "out" / file
    text = path.read_bytes().decode("utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())
    with pytest.raises(CommandError, match=words):
        verify(folder)


def test_the_price_of_an_odd_set_is_proved_too(folder):
    (folder / "arcs.csv").write_text(EVERYBODY, encoding="utf-8")
    _, proof = ring(folder, "--longest", "2")
    assert (proof["objective"], proof["bound"], proof["bound_by"]) == ("5", "5", "prices")
    assert [odd["people"] for odd in proof["odd_sets"]] == [["a", "b", "c"]]
    verify(folder, "--longest", "2")
    path = folder / "out/certificate.json"
    path.write_text(json.dumps(proof | {"odd_sets": []}), encoding="utf-8")
    with pytest.raises(CommandError, match="The bound is not what the prices prove"):
        verify(folder, "--longest", "2")


def test_what_only_highs_says_is_told_as_such(folder, capsys):
    (folder / "arcs.csv").write_text(EVERYBODY, encoding="utf-8")
    _, proof = ring(folder, "--longest", "2")
    prices = dict.fromkeys("abc", 2_000_000) | {"d": 1_000_000, "e": 0}
    proof |= {"bound_by": "HiGHS", "prices": prices, "odd_sets": [], "bound_by_prices": "7"}
    (folder / "out/certificate.json").write_text(json.dumps(proof), encoding="utf-8")
    verify(folder, "--longest", "2")
    said = "The prices prove at most 7; for the rest there is HiGHS's word."
    told = f"2 rings, total 5, the best there is (by HiGHS). {said}"
    assert capsys.readouterr().out.splitlines()[-1] == told


def test_every_fault_of_arcs_is_told_at_once_by_line_and_column(folder):
    (folder / "arcs.csv").write_text("from,to,score\na,a,1\na,,2\na,b,much\na,b,2\n", encoding="utf-8")
    with pytest.raises(CommandError) as raised:
        ring(folder)
    assert str(raised.value).splitlines() == [
        "Nothing was done. Please mend this first:",
        "arcs.csv, line 2, to: a cannot be with themselves.",
        "arcs.csv, line 3, to: This cell is empty.",
        "arcs.csv, line 4, score: “much” is not a number. Write it like 12 or 3.5.",
        "arcs.csv, line 5, from: a and b have a score already, in a line above.",
    ]


def test_every_fault_of_pairs_is_told_by_line_and_column(folder):
    (folder / "pairs.csv").write_text("one,other\na,b\nb,c\n", encoding="utf-8")
    with pytest.raises(CommandError) as raised:
        ring(folder, "--pairs", str(folder / "pairs.csv"))
    assert str(raised.value).splitlines() == [
        "Nothing was done. Please mend this first:",
        "pairs.csv, line 3, one: b has a line already, above.",
        "pairs.csv, line 3: b and c have no scores in both directions.",
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--longest", "4"), "rings can be of 2"),
        (("--longest", "1"), "rings can be of 2"),
        (("--seconds", "0"), "give a number above 0"),
        (("--seconds", "nan"), "give a number above 0"),
    ],
)
def test_rings_of_another_length_and_no_time_are_refused(folder, words, sentence):
    with pytest.raises(CommandError, match=sentence):
        ring(folder, *words)


def test_a_table_without_arcs_has_no_rings(folder):
    (folder / "arcs.csv").write_text("from,to,score\n", encoding="utf-8")
    rings, proof = ring(folder)
    assert (rings, proof["objective"], proof["bound"]) == ([], "0", "0")


def test_more_rings_than_can_be_weighed_are_refused(folder, monkeypatch):
    monkeypatch.setattr("talka.matching.engine.solve.rings.cycles.MOST_RINGS", 1)
    with pytest.raises(CommandError, match="There are more than"):
        ring(folder)
