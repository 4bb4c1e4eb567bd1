"""`talka match PEOPLE`: how a table is read, and what is written."""

import csv
import io
import json
import os
import random
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook, load_workbook

from talka.jobs.spreadsheets.starter import STARTER, explained
from talka.matching.engine.encode.hard import RULES
from talka.matching.engine.encode.soft import PARTS
from talka.matching.engine.files.people import COLUMNS
from talka.papers.tables import write_csv
from tests.jobs.match_tables import POLICY, TWO, cells, match

ROOT = Path(__file__).parents[2]


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


def test_days_with_dots_are_days(tmp_path):
    rows = "id,needs,offers,dates\na,wikidata,,1.5.2027/09.05.2027; 1. 6. 2027\nb,,wikidata:4,\n"
    run = json.loads((match(tmp_path, data=rows.encode()) / "run.json").read_text(encoding="utf-8"))
    assert run["request"]["learners"][0]["windows"] == [
        ["2027-05-01", "2027-05-09"],
        ["2027-06-01", "2027-06-01"],
    ]


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


def test_entries_may_stand_on_lines_of_their_own_and_names_in_two_columns(tmp_path):
    policy = POLICY + '[columns]\n"First name" = "name"\n"Family name" = "name"\n'
    header = ["First name", "Family name", "needs", "offers"]
    rows = [["Ada", "Lovelace", "wikidata:2\nedit-a-thons", ""], ["Bo", "Ek", "", "wikidata:4"]]
    out = match(tmp_path, data=write_csv(header, rows), policy=policy)
    request = json.loads((out / "run.json").read_text(encoding="utf-8"))["request"]
    needs = [(need["capacity"], need["level"]) for need in request["learners"][0]["needs"]]
    assert needs == [("wikidata", 2), ("edit-a-thons", 1)]
    assert cells(out / "matches.xlsx")[1][:4] == ["Ada Lovelace", "2", "Bo Ek", "4"]


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
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 2


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
