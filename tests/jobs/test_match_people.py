"""`talka match PEOPLE`: every fault at once by line and column, what is written, and a run proved again."""

import csv
import hashlib
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook, load_workbook

from talka.jobs.spreadsheets.faults import WORDS
from talka.jobs.spreadsheets.starter import STARTER, explained
from talka.jobs.spreadsheets.words import MOST_FAULTS_SHOWN
from talka.matching.engine import canonical, seal_of, unpack
from talka.matching.engine.encode.hard import RULES
from talka.matching.engine.encode.soft import PARTS
from talka.matching.engine.files.people import COLUMNS
from talka.matching.engine.values import Request
from talka.papers.tables import write_csv

ROOT = Path(__file__).parents[2]
READERS = ROOT / "talka" / "matching" / "engine" / "files" / "people"
TWO = [{"id": "a", "name": "Ada", "needs": "wikidata:1"}, {"id": "b", "name": "Bo", "offers": "wikidata:4"}]
POLICY = """hard = ["shares_a_topic"]
[weights]
topic = 3
[capacities]
"edit-a-thons" = "events"
"wikidata" = ""
[travels]
visit = "learner"
"""


def write(folder, rows, name="people.csv"):
    """Write rows as a table with every column that any of them has."""
    header = list(
        dict.fromkeys(["id", "name", "needs", "offers", *(column for row in rows for column in row)])
    )
    path = folder / name
    path.write_bytes(write_csv(header, [[row.get(column, "") for column in header] for row in rows]))
    return path


def match(folder, rows=None, *words, policy=None, data=None, name="people.csv"):
    """Run the command on rows, or on the bytes of a file, and return the folder it wrote to."""
    path = folder / name
    if data is not None:
        path.write_bytes(data)
    elif rows is not None:
        path = write(folder, rows, name)
    given = []
    if policy is not None:
        (folder / "policy.toml").write_text(policy, encoding="utf-8")
        given = ["--policy", str(folder / "policy.toml")]
    call_command("match", str(path), *given, "--out", str(folder / "out"), *words)
    return folder / "out"


def refused(folder, *arguments, **options):
    """Run the command, expect it to refuse, see that it wrote nothing, and return its lines."""
    with pytest.raises(CommandError) as raised:
        match(folder, *arguments, **options)
    assert not (folder / "out").exists()
    return str(raised.value).splitlines()


def cells(path, sheet=0):
    """Return what the cells of a sheet hold."""
    return [list(row) for row in load_workbook(path).worksheets[sheet].iter_rows(values_only=True)]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return a folder with the table and the policy to start from, and in `out` what is found by them."""
    folder = tmp_path_factory.mktemp("made")
    call_command("match", "--template", "--out", str(folder))
    policy = ["--policy", str(folder / "policy.toml")]
    call_command("match", str(folder / "people.csv"), *policy, "--out", str(folder / "out"))
    return folder


@pytest.fixture
def started(made, tmp_path):
    """Return a folder with the table and the policy to start from."""
    for name in ("people.csv", "people.xlsx", "policy.toml"):
        shutil.copy(made / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def done(made, started):
    """Return the folder with the matching of the table to start from."""
    return shutil.copytree(made / "out", started / "out")


# What is wrong with a table


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        (
            "role",
            "boss",
            "“boss” is no role. Write learner, mentor or both, or say under [words] of the policy which it "
            "is.",
        ),
        (
            "needs",
            "edit-a-ton:1",
            "“edit-a-ton” is not under [capacities] of the policy. Did you mean “edit-a-thons”? Otherwise "
            "add it "
            "there.",
        ),
        (
            "needs",
            "opera:1",
            "“opera” is not under [capacities] of the policy. Add it there, or change it here.",
        ),
        (
            "needs",
            "wikidata:6",
            "The level “6” of “wikidata” is not known. Write a whole number from 1 to 5, or say under "
            "[levels] of "
            "the policy which it is.",
        ),
        (
            "needs",
            "wikidata:some",
            "The level “some” of “wikidata” is not known. Write a whole number from 1 to 5, or say under "
            "[levels] "
            "of the policy which it is.",
        ),
        ("needs", "wikidata:1; Wikidata:2", "“Wikidata” is there twice. Leave one out."),
        ("needs", "x" * 5001, "This is too long. Write 5000 characters at most."),
        (
            "languages",
            "xx:3",
            "“xx” is a language nobody knows. Write its code, such as pl, or its English name.",
        ),
        (
            "languages",
            "pl:6",
            "The level “6” of “pl” is not known. Write a whole number from 0 to 5, or N for a native "
            "speaker, or "
            "say under [levels] of the policy which it is.",
        ),
        ("languages", "pl:N; Polish:3", "“Polish” is there twice. Leave one out."),
        (
            "dates",
            "1 May",
            "“1 May” is no day. Write year-month-day, such as 2027-05-01, and two days with a stroke "
            "between: "
            "2027-05-01/2027-05-20.",
        ),
        (
            "dates",
            "2027-02-29",
            "“2027-02-29” is no day. Write year-month-day, such as 2027-05-01, and two days with a stroke "
            "between: "
            "2027-05-01/2027-05-20.",
        ),
        ("dates", "2027-05-20/2027-05-01", "2027-05-01 is before 2027-05-20. Write the first day first."),
        ("hours", "Mon 20:00-25:00", "No clock shows “25:00”. Write times from 00:00 to 24:00."),
        (
            "hours",
            "Moonday evening",
            "“Moonday evening” is no time of the week. Write it like Mon 18:00-21:00, or Mon-Fri 7:30-9:00.",
        ),
        ("hours", "Mon 8:00-8:00", "“Mon 8:00-8:00” ends when it begins. Write it like Mon 18:00-21:00."),
        (
            "zone",
            "Europe/Warszaw",
            "“Europe/Warszaw” is a time zone nobody knows. Did you mean Europe/Warsaw?",
        ),
        ("zone", "here", "“here” is a time zone nobody knows. Write it like Europe/Warsaw."),
        ("formats", "vist", "“vist” is not under [travels] of the policy. Did you mean “visit”?"),
        ("formats", "boat", "“boat” is not under [travels] of the policy. Add it there, or change it here."),
        ("newcomer", "perhaps", "“perhaps” is neither yes nor no."),
        (
            "places",
            "many",
            "“many” is no number of places. Write 2 for at most two, or 1-3 for one to three.",
        ),
        ("places", "3-1", "At least 3 is more than at most 1. Write the smaller number first."),
        (
            "places",
            "2027-03-01",
            "The spreadsheet made a date of this. Format the column as text, and write 1-3 for one to "
            "three places "
            "again.",
        ),
        ("priority", "0", "“0” is no priority. Write a whole number from 1 to 9; 1 comes first."),
        ("avoids", "Bob", "Nobody in the table is called “Bob”. Did you mean “Bo”?"),
        ("avoids", "Ada", "This names the person of this very line. Name somebody else, or leave it empty."),
        ("lock", "xyz", "Nobody in the table is called “xyz”. Write an id or a name that is in it."),
        (
            "ban",
            "c",
            "This person and Cy cannot be a pair: one of the two has to learn, and the other to teach.",
        ),
        ("lock", "Di", "Several people are called “Di”. Give them ids, and write the id."),
    ],
)
def test_each_fault_says_what_to_do(tmp_path, column, cell, sentence):
    others = [
        TWO[1],
        {"id": "c", "name": "Cy", "needs": "wikidata:2"},
        {"id": "d", "name": "Di", "offers": "wikidata:2"},
        {"id": "e", "name": "Di", "offers": "wikidata:2"},
    ]
    row = {**TWO[0], "zone": "Europe/Warsaw", column: cell}
    assert refused(tmp_path, [row, *others], policy=POLICY) == [f"people.csv, line 2, {column}: {sentence}"]


def test_every_fault_is_told_at_once_in_the_order_of_the_file(tmp_path):
    rows = [
        {**TWO[0], "languages": "xx:9; qq", "hours": "Mon 8:00-9:00", "lock": "b", "ban": "Bo"},
        {"id": "a", "name": "", "needs": "", "offers": "", "places": "0-0"},
    ]
    assert refused(tmp_path, [*rows, TWO[1]], policy=POLICY.replace("topic =", "topics =")) == [
        "policy.toml, line 3, weights.topics: Nothing to weigh is called “topics”. Did you mean “topic”?",
        "people.csv, line 2, languages: “xx” is a language nobody knows. Write its code, such as pl, or "
        "its English "
        "name.",
        "people.csv, line 2, languages: The level “9” of “xx” is not known. Write a whole number from 0 to "
        "5, or N "
        "for a native speaker, or say under [levels] of the policy which it is.",
        "people.csv, line 2, languages: “qq” is a language nobody knows. Write its code, such as pl, or "
        "its English "
        "name.",
        "people.csv, line 2, lock: Ada and Bo are kept apart by a ban in line 2. Take the lock away, or "
        "the ban.",
        "people.csv, line 2, zone: There are hours and no time zone. Write where the clock hangs, such as "
        "Europe/Warsaw.",
        "people.csv, line 3, id: The id “a” is in line 2 already. Give each person an id of their own.",
        "people.csv, line 3, needs: It is not said what this person needs or offers. Fill in one of the "
        "two, or a "
        "role.",
    ]


def test_as_many_faults_are_shown_as_anybody_reads(tmp_path):
    rows = [{"id": str(n), "name": "Ada", "needs": "wikidata", "priority": "first"} for n in range(60)]
    lines = refused(tmp_path, rows)
    assert (len(lines), lines[-1]) == (MOST_FAULTS_SHOWN + 1, "… and 10 more.")


def test_missing_columns_do_not_hide_what_else_is_wrong(tmp_path):
    assert refused(tmp_path, data=b"need,zone\nwikidata,here\n") == [
        f"people.csv, line 1, {column}: There is no column “{column}”. Call a column so, or say under "
        "[columns] of "
        "the policy which one it is."
        for column in ("name", "needs", "offers")
    ] + ["people.csv, line 2, zone: “here” is a time zone nobody knows. Write it like Europe/Warsaw."]


def test_a_lock_beyond_the_places_is_told_by_the_line(tmp_path):
    rows = [{**TWO[0], "lock": "b"}, {"id": "c", "name": "Cy", "needs": "wikidata", "lock": "b"}, TWO[1]]
    assert refused(tmp_path, rows) == [
        "people.csv, line 4: b is kept together with 2 others and has fewer places. Lift a ruling, or set "
        "aside a "
        "pair that was agreed beforehand."
    ]


def test_minima_that_contradict_each_other_are_told_by_name(tmp_path):
    assert refused(tmp_path, [TWO[0], {**TWO[1], "places": "2-2"}]) == [
        "These cannot all have as many partners as they must: Bo. Let one of them do with fewer, or allow "
        "more pairs."
    ]


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("people.csv", b"", "people.csv: The file is empty."),
        (
            "people.csv",
            b"name,needs,offers\n",
            "people.csv, line 1: The table has headings and nobody under them. Write a line for each person.",
        ),
        (
            "people.csv",
            "name,needs,offers\nAda,x,\nŽofie,,x\n".encode("cp1250"),
            "people.csv, line 3: This letter is not in UTF-8. Save the table as “CSV UTF-8”, or as XLSX.",
        ),
        (
            "people.csv",
            b"name,needs,offers\nAda," + b"x" * 10_000_000 + b",\n",
            "people.csv, line 2, needs: This is too long. Write 5000 characters at most.",
        ),
        (
            "people.csv",
            b"name,name,needs,offers\nAda,Ada,x,\n",
            "people.csv: Two columns are called “name”.",
        ),
        (
            "people.xlsx",
            b"%PDF-1.7",
            "people.xlsx: This is no table that Talka can read. Save it as CSV (UTF-8) or as XLSX.",
        ),
        (
            "people.xlsx",
            b"PK\x03\x04 and no more",
            "people.xlsx: This is no table that Talka can read. Save it as CSV (UTF-8) or as XLSX.",
        ),
    ],
)
def test_a_file_that_is_no_table_of_people_is_refused(tmp_path, name, data, line):
    assert refused(tmp_path, data=data, name=name) == [line]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "topic = 3",
            "topic 3",
            "policy.toml, line 3: This is no TOML: Expected '=' after a key in a key/value pair. Words "
            "with spaces "
            "need quotation marks, on both sides of “=”.",
        ),
        (
            '["shares_a_topic"]',
            '["shares_a_topic"',
            "policy.toml, line 2: This is no TOML: Unclosed array. Words with spaces need quotation marks, "
            "on both "
            "sides of “=”.",
        ),
        (
            '"shares_a_topic"]',
            '\n"shares_topic",\n"common_language"]',
            "policy.toml, line 2, hard: There is no rule “shares_topic”. Did you mean “shares_a_topic”?",
        ),
        (
            "hard =",
            "zones = 1\nhard =",
            "policy.toml, line 1, zones: There is no setting “zones”. Did you mean “zone”?",
        ),
        (
            "topic = 3",
            'topic = 3\nlevel = "2"',
            "policy.toml, line 4, weights.level: This must be a whole number, without quotation marks.",
        ),
        (
            '"events"\n',
            '"events"\n"events" = "edit-a-thons"\n"more" = 1\n',
            "policy.toml, line 7, capacities.more: This must be a text in quotation marks.",
        ),
        (
            "hard =",
            "minimum_language_level = 7\nhard =",
            "policy.toml, line 1, minimum_language_level: This must be a whole number from 0 to 6.",
        ),
        (
            "hard =",
            "period = [2027-05-01]\nhard =",
            "policy.toml, line 1, period: Write the first and the last day of the meetings, such as "
            "[2027-05-01, "
            "2027-06-30].",
        ),
        (
            "hard =",
            'zone = "Europa"\nhard =',
            "policy.toml, line 1, zone: The programme's time zone is one nobody knows: Europa.",
        ),
        (
            "topic = 3",
            "topic = 3\nhours = 1",
            "policy.toml, period: Hours in common are asked for, and no one has said from which day to "
            "which.",
        ),
        (
            'visit = "learner"',
            'visit = "everybody"',
            "policy.toml, line 8, travels.visit: Nobody knows who travels in the format visit.",
        ),
        (
            "[travels]",
            '[trips]\n"PL-LT" = { cost = 1 }\n[travels]',
            "policy.toml, line 8, trips.PL-LT: The trip “PL-LT” cannot be read. Write it like "
            '"PL>LT" = { cost = 120, visa = false }.',
        ),
        (
            "[travels]",
            '[understands]\n"cs>zz" = 3\n[travels]',
            "policy.toml, line 8, understands.cs>zz: “cs>zz” cannot be read. Write who understands whom like "
            '"cs>sk" = 4, with a level from 0 to 6.',
        ),
        (
            "[travels]",
            '[columns]\n"What?" = "neds"\n[travels]',
            "policy.toml, line 8, columns.What?: Talka has no column “neds”. Did you mean “needs”?",
        ),
        (
            "[travels]",
            '[columns]\n"What?" = "name:x"\n[travels]',
            "policy.toml, line 8, columns.What?: “name:x” cannot be. Only needs, offers and languages have "
            "headings "
            'of their own for each entry, like "needs:editathons".',
        ),
        (
            "[travels]",
            '[unknown]\ndates_overlap = "maybe"\n[travels]',
            "policy.toml, line 8, unknown.dates_overlap: The blueprint says neither pass nor fail for "
            "dates_overlap.",
        ),
    ],
)
def test_a_fault_of_the_policy_has_its_line(tmp_path, old, new, line):
    assert old in POLICY
    found = refused(tmp_path, TWO, policy=POLICY.replace(old, new, 1))
    loop = [f"policy.toml, line {at}, capacities." for at in (5, 6)] if "more" in line else []
    assert [one for one in found if not one.startswith(tuple(loop) or ("\0",))] == [line]
    assert len(found) == 1 + len(loop)


def test_every_fault_that_can_be_found_has_words():
    texts = [path.read_text(encoding="utf-8") for path in READERS.glob("*.py")]
    used = {key for text in texts for key in re.findall(r'"((?:people|policy)\.[a-z_]+)"', text)}
    likely = set(re.findall(r'blame_(?:unknown|name)\([^"]*"((?:people|policy)\.[a-z_]+)"', "\n".join(texts)))
    likely |= set(re.findall(r'"(policy\.[a-z_]+)", \w+, (?:RULES|PARTS|COLUMNS)', "\n".join(texts)))
    wanted = used | {f"{key}_like" for key in likely}
    known = {
        key for key in WORDS if key.startswith(("people.", "policy.")) and not key.startswith("policy.kind.")
    }
    assert (len(wanted) > 40, wanted - known, likely <= used) == (True, {"policy.kind.text"} & wanted, True)


# What is read


def test_semicolons_and_byte_order_marks_are_understood(tmp_path):
    data = "id;name;needs;offers\na;Žofie;wikidata:1;\nb;Bo;;wikidata:4\n".encode("utf-8-sig")
    assert cells(match(tmp_path, data=data) / "matches.xlsx")[1][:4] == ["Žofie", "a", "Bo", "b"]


def test_a_workbook_with_real_dates_and_numbers_is_read_like_a_text(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(["id", "name", "needs", "offers", "first_day", "last_day", "places", "newcomer"])
    sheet.append([1, "Ada", "wikidata", None, date(2027, 5, 1), date(2027, 5, 9), 1, True])
    sheet.append([2, "Bo", None, "wikidata:4", "2027-05-05", None, 2.0, None])
    book.save(tmp_path / "people.xlsx")
    run = json.loads((match(tmp_path, name="people.xlsx") / "run.json").read_text(encoding="utf-8"))
    (ada,), (bo,) = run["request"]["learners"], run["request"]["teachers"]
    assert (ada["key"], ada["windows"], ada["places"], ada["newcomer"]) == (
        "1",
        [["2027-05-01", "2027-05-09"]],
        1,
        True,
    )
    assert (bo["key"], bo["windows"], bo["places"]) == ("2", [["2027-05-05", "2027-05-05"]], 2)


def test_an_export_of_google_forms_is_read_by_its_own_headings_and_words(tmp_path):
    policy = (
        POLICY
        + """[columns]
"Your name" = "name"
"I am here to …" = "role"
"What do you need help with?" = "needs"
"How well do you know [Wikidata]" = "offers:wikidata"
"How well do you speak [English]" = "languages:en"
"First time?" = "newcomer"
[levels]
"Not at all" = 0
"Intermediate" = 3
[words]
"I can mentor" = "mentor"
"I want to learn" = "learner"
"Yes, it is" = true
"Running an edit-a-thon" = "edit-a-thons"
"""
    )
    header = [
        "Timestamp",
        "Your name",
        "I am here to …",
        "What do you need help with?",
        "How well do you know [Wikidata]",
        "How well do you speak [English]",
        "First time?",
    ]
    rows = [
        [
            "5/1/2027 10:00:00",
            "Ada",
            "I want to learn",
            "Running an edit-a-thon, wikidata",
            "Not at all",
            "5",
            "Yes, it is",
        ],
        ["5/1/2027 11:00:00", "Bo", "I can mentor", "", "Intermediate", "Intermediate", ""],
    ]
    out = match(tmp_path, data=write_csv(header, rows), policy=policy)
    request = json.loads((out / "run.json").read_text(encoding="utf-8"))["request"]
    (ada,), (bo,) = request["learners"], request["teachers"]
    assert [(need["capacity"], need["level"]) for need in ada["needs"]] == [
        ("edit-a-thons", 1),
        ("wikidata", 1),
    ]
    assert (ada["offers"], ada["newcomer"], ada["languages"]) == ([], True, [{"code": "en", "level": 5}])
    assert (bo["offers"], bo["languages"]) == (
        [{"capacity": "wikidata", "level": 3, "priority": 1}],
        [{"code": "en", "level": 3}],
    )
    assert "Columns that were not used: <bdi>Timestamp</bdi></p>" in (out / "report.html").read_text(
        encoding="utf-8"
    )


def test_hours_of_several_days_and_over_midnight_are_read(tmp_path):
    rows = [{**TWO[0], "hours": "Sat-Mon 7:30-9:00; Sun 22:00-1:00", "zone": "europe/warsaw"}, TWO[1]]
    (ada,) = json.loads((match(tmp_path, rows) / "run.json").read_text(encoding="utf-8"))["request"][
        "learners"
    ]
    slots = [(slot["weekday"], slot["starts"], slot["ends"]) for slot in ada["hours"]]
    assert (slots, ada["zone"]) == (
        [(0, 450, 540), (5, 450, 540), (6, 450, 540), (6, 1320, 60)],
        "Europe/Warsaw",
    )


def test_without_a_policy_the_rules_are_those_there_are_columns_for(tmp_path):
    rows = [{**TWO[0], "languages": "en:4"}, {**TWO[1], "languages": "en:5"}]
    policy = json.loads((match(tmp_path, rows) / "run.json").read_text(encoding="utf-8"))["request"]["policy"]
    assert (policy["hard"], policy["weights"]) == (
        ["shares_a_topic", "common_language"],
        {"language": 2, "level": 1, "topic": 3},
    )


def test_whom_a_wish_names_and_who_is_not_there_is_noted(tmp_path):
    out = match(tmp_path, [{**TWO[0], "wishes": "Zoe; Bo"}, TWO[1]])
    assert (
        "<li>people.csv, line 2, wishes: Nobody in the table is called “Zoe”. Write an id or a name that "
        "is in it.</li>" in (out / "report.html").read_text(encoding="utf-8")
    )


# What is written


def test_the_template_gives_a_lively_report(done):
    matches, left = cells(done / "matches.xlsx"), cells(done / "unmatched.xlsx")
    assert [(row[0], row[2], row[7]) for row in matches[1:]] == [
        ("Antoinette", "Dagmar", None),
        ("Bianca", "Irma", None),
        ("Flavia", "Michael", None),
        ("Grenfall", "Tarlenheim", None),
        ("Ottokar", "Halina", None),
        ("Rudolf", "Hentzau", "yes"),
    ]
    assert [row[:5] for row in left[1:]] == [
        [
            "Beverly",
            "g1",
            "learner",
            "No partner remained who could be suggested.",
            "Asking for events as well would be enough.",
        ],
        [
            "Plekszy",
            "b2",
            "learner",
            "Partners who would suit there are (2), but all their places went to others.",
            "One more place at Dagmar would be enough.",
        ],
        [
            "Sponsz",
            "b1",
            "learner",
            "Partners with the right topic there are (2), but none speaks a common language well enough.",
            "Somebody who speaks German at level 3 would be enough.",
        ],
        [
            "Antoinette",
            "z1",
            "mentor",
            "Partners who would suit there are (1), but all their places went to others.",
            None,
        ],
    ]


def test_the_table_and_the_workbook_to_start_from_are_the_same(started, done):
    policy = ["--policy", str(started / "policy.toml")]
    call_command("match", str(started / "people.xlsx"), *policy, "--out", str(started / "book"))
    assert (started / "book/run.json").read_bytes() == (done / "run.json").read_bytes()


def test_the_template_explains_every_column_and_names_every_rule_and_weight(started):
    sheet = cells(started / "people.xlsx", sheet=1)
    assert [row[0] for row in sheet[1:]] == list(explained()) == list(COLUMNS)
    policy = (STARTER / "policy.toml").read_text(encoding="utf-8")
    assert [rule for rule in RULES if f'"{rule}"' not in policy] == []
    assert [part for part in PARTS if not re.search(rf"^{part} = \d", policy, re.MULTILINE)] == []


def test_the_template_writes_over_nothing(started):
    before = (started / "people.csv").read_bytes()
    (started / "people.csv").write_bytes(before + b"mine")
    with pytest.raises(CommandError, match=r"there is already: people\.csv, people\.xlsx, policy\.toml"):
        call_command("match", "--template", "--out", str(started))
    assert (started / "people.csv").read_bytes() == before + b"mine"


def test_what_else_is_in_the_folder_stays(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/mine.txt").write_text("mine", encoding="utf-8")
    out = match(tmp_path, TWO)
    assert sorted(path.name for path in out.iterdir()) == [
        "matches.xlsx",
        "mine.txt",
        "report.html",
        "run.json",
        "unmatched.xlsx",
    ]


def test_the_order_of_the_rows_changes_nothing(started, done):
    header, *rows = csv.reader(io.StringIO((started / "people.csv").read_text(encoding="utf-8-sig")))
    random.Random(5).shuffle(rows)
    (started / "people.csv").write_bytes(write_csv(header, rows))
    before = {name: cells(done / name) for name in ("matches.xlsx", "unmatched.xlsx")}
    texts = {name: (done / name).read_bytes() for name in ("run.json", "report.html")}
    policy = ["--policy", str(started / "policy.toml")]
    call_command("match", str(started / "people.csv"), *policy, "--out", str(done))
    assert {name: cells(done / name) for name in before} == before
    assert {name: (done / name).read_bytes() for name in texts} == texts


def test_no_cell_is_ever_a_formula(tmp_path):
    rows = [
        {"id": "=1+1", "name": "=HYPERLINK(1)", "needs": "wikidata:1"},
        {"id": "@b", "name": "+SUM(A1)", "offers": "wikidata:4"},
        {"id": "-c", "name": "-Cy", "needs": "opera:1"},
    ]
    out = match(tmp_path, rows)
    found = [
        (cell.value, cell.data_type)
        for name in ("matches.xlsx", "unmatched.xlsx")
        for line in load_workbook(out / name).worksheets[0].iter_rows(min_row=2)
        for cell in line
        if str(cell.value)[:1] in tuple("=+-@")
    ]
    assert found == [
        ("=HYPERLINK(1)", "s"),
        ("=1+1", "s"),
        ("+SUM(A1)", "s"),
        ("@b", "s"),
        ("-Cy", "s"),
        ("-c", "s"),
    ]


def test_the_report_stands_alone_and_escapes_what_people_wrote(tmp_path):
    rows = [{**TWO[0], "name": "<script>alert(1)</script>"}, TWO[1]]
    page = (match(tmp_path, rows) / "report.html").read_text(encoding="utf-8")
    assert re.findall(r"<script|\ssrc=|https?:|url\(|@import", page) == []
    assert re.findall(r'<html lang="(\w+)" dir="(\w+)">', page) == [("en", "ltr")]
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 1


def test_the_report_is_written_in_a_language_asked_for(tmp_path):
    page = (match(tmp_path, TWO, "--language", "ar") / "report.html").read_text(encoding="utf-8")
    assert re.findall(r'<html lang="(\w+)" dir="(\w+)">', page) == [("ar", "rtl")]


def test_names_are_in_the_workbooks_and_not_in_the_run(done):
    names = [row[0] for row in cells(done / "matches.xlsx")[1:]]
    run = (done / "run.json").read_text(encoding="utf-8")
    assert (len(names), [name for name in names if name in run]) == (6, [])


def test_it_needs_no_secret_and_leaves_no_folder_behind(started):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TALKA_", "DJANGO_"))}
    words = [sys.executable, "-m", "talka", "match", "people.csv", "--policy", "policy.toml"]
    done = subprocess.run(
        words, cwd=started, env={**kept, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("6 of 9 learners have a mentor: matched/report.html\n", "")
    assert sorted(path.name for path in started.iterdir()) == [
        "matched",
        "people.csv",
        "people.xlsx",
        "policy.toml",
    ]


def test_what_cannot_be_matched_is_asked_for():
    with pytest.raises(CommandError, match="Say what to match"):
        call_command("match")


# What is proved again


def verify(path):
    """Prove a run again."""
    call_command("match", "verify", str(path))


def resealed(run):
    """Return the run as somebody writes it who knows how it is sealed."""
    run = {**run, "sha256": ""}
    del run["sha256"]
    run["sha256"] = hashlib.sha256(canonical(run)).hexdigest()
    return (json.dumps(run, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def test_a_run_is_proved_and_matched_anew(done, capsys):
    verify(done / "run.json")
    seal = json.loads((done / "run.json").read_text(encoding="utf-8"))["seal"]
    assert capsys.readouterr().out == (
        f"Proved the best, and matched anew to the same bytes (6 pairs, seal {seal}).\n"
    )


def change_pair(run):
    pairs = run["outcome"]["pairs"]
    pairs[0]["teacher"], pairs[1]["teacher"] = pairs[1]["teacher"], pairs[0]["teacher"]


def drop_pair(run):
    run["outcome"]["pairs"] = [pair for pair in run["outcome"]["pairs"] if pair["learner"] != "g2"]


def change_score(run):
    run["outcome"]["pairs"][0]["score"] += 1000


def change_price(run):
    rung = next(proof for proof in run["outcome"]["certificate"] if proof["level"] == "total")
    rung["prices"] = dict.fromkeys(rung["prices"], 0)


def change_value(run):
    next(proof for proof in run["outcome"]["certificate"] if proof["level"] == "total")["value"] += 1


def change_policy(run):
    run["request"]["policy"]["weights"]["topic"] = 50


def change_policy_and_seal(run):
    change_policy(run)
    run["seal"] = run["outcome"]["seal"] = seal_of(unpack(Request, run["request"]))


def change_seal(run):
    run["seal"] = "0" * 64


def change_lock(run):
    run["outcome"]["pairs"] = [pair for pair in run["outcome"]["pairs"] if not pair["locked"]]


def change_stranger(run):
    run["outcome"]["pairs"][0]["teacher"] = "nobody"


def change_reason(run):
    run["outcome"]["unmatched"][0]["reason"]["key"] = "matching.takes_nobody"


def stop(run):
    run["outcome"]["stopped"] = True


SEAL = "The seal does not belong to what was asked: a person, a ruling or the policy was changed."


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            change_pair,
            "A pair breaks a hard rule, or was ruled out by hand. A score or one of its parts is not what "
            "the policy "
            "gives.",
        ),
        (drop_pair, "Not proved the best: as many learners of priority 2 matched as possible."),
        (change_score, "A score or one of its parts is not what the policy gives."),
        (change_price, "Not proved the best: the best total."),
        (change_value, "Not proved the best: the best total."),
        (change_policy, SEAL),
        (change_policy_and_seal, "A score or one of its parts is not what the policy gives."),
        (change_seal, SEAL),
        (change_lock, "The pairs that were decided by hand are not those that were asked for."),
        (change_stranger, "A pair names somebody who does not take part."),
        (change_reason, "The pairs are proved, but something beside them was changed."),
        (stop, "The search was stopped before it was proved the best."),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_a_lie_is_refused_even_when_it_is_sealed_anew(done, change, words):
    run = json.loads((done / "run.json").read_text(encoding="utf-8"))
    change(run)
    (done / "run.json").write_bytes(resealed(run))
    with pytest.raises(CommandError) as raised:
        verify(done / "run.json")
    assert str(raised.value) == f"{done / 'run.json'}: {words}"


def test_any_other_byte_is_noticed(done):
    data = (done / "run.json").read_bytes()
    (done / "run.json").write_bytes(data + b" ")
    with pytest.raises(CommandError, match="The SHA-256 does not belong to this file"):
        verify(done / "run.json")


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[1]", b'{"request": 1, "outcome": 2}', b"\xff", b'{"request": {}}']
)
def test_what_is_no_run_is_refused(tmp_path, data):
    (tmp_path / "run.json").write_bytes(data)
    with pytest.raises(CommandError, match="this is no run that `talka match` wrote, or it was changed"):
        verify(tmp_path / "run.json")


def test_a_run_of_another_version_is_proved_without_matching_anew(done, capsys):
    run = json.loads((done / "run.json").read_text(encoding="utf-8"))
    run["engine_version"] = run["outcome"]["engine_version"] = "0"
    (done / "run.json").write_bytes(resealed(run))
    verify(done / "run.json")
    assert capsys.readouterr().out.endswith(
        "Another version of Talka wrote it, so it was not matched anew.\n"
    )
