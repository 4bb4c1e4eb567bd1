"""What is wrong with a table of people or its policy is told by line and column, all of it at once."""

import re
from pathlib import Path

import pytest

from talka.jobs.spreadsheets.faults import WORDS
from talka.jobs.spreadsheets.words import MOST_FAULTS_SHOWN
from tests.jobs.match_tables import POLICY, TWO, refused

ROOT = Path(__file__).parents[2]
READERS = ROOT / "talka" / "matching" / "engine" / "files" / "people"


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
        ("needs", "3", "“3” is no topic. Write the topic, and its level behind it: wikidata:3."),
        (
            "needs",
            "#REF!",
            "The formula of this cell has failed (#REF!). Write what it should be, or empty it.",
        ),
        (
            "name",
            "2027-05-01",
            "“2027-05-01” is no name. If the spreadsheet made a date of it, format the column as text.",
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
            "“1 May” is no day. Write year-month-day, such as 2027-05-01, or 1.5.2027, and two "
            "days with a stroke between: 2027-05-01/2027-05-20.",
        ),
        (
            "dates",
            "2027-02-29",
            "“2027-02-29” is no day. Write year-month-day, such as 2027-05-01, or 1.5.2027, and two "
            "days with a stroke between: 2027-05-01/2027-05-20.",
        ),
        (
            "dates",
            "30.2.2027",
            "“30.2.2027” is no day. Write year-month-day, such as 2027-05-01, or 1.5.2027, and two "
            "days with a stroke between: 2027-05-01/2027-05-20.",
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
        (
            "newcomer",
            "perhaps",
            "“perhaps” is neither yes nor no. Write one of the two, or say under [words] of the policy "
            "which it is: true or false.",
        ),
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
            "policy.toml, line 1, zone: “Europa” is a time zone nobody knows. Write it like Europe/Warsaw.",
        ),
        (
            "topic = 3",
            "topic = 3\nhours = 1",
            "policy.toml, period: Hours are asked for. Write from which day to which, such as period = "
            "[2027-05-01, 2027-06-30].",
        ),
        (
            'visit = "learner"',
            'visit = "everybody"',
            'policy.toml, line 8, travels.visit: Write who travels: "learner", "teacher" or "nobody".',
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
            'policy.toml, line 8, unknown.dates_overlap: Write "pass" or "fail", not “maybe”.',
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


def test_what_is_quoted_cannot_speak_to_the_terminal(tmp_path):
    (line,) = refused(tmp_path, [{**TWO[0], "role": "\x1b[2Jboss"}, TWO[1]])
    assert line.startswith("people.csv, line 2, role: “[2Jboss” is no role.")
