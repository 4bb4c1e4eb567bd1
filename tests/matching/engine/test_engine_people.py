"""Reading a table of people: every fault at once whatever the others are, and never anything but a fault."""

from hypothesis import given, settings
from hypothesis import strategies as st

from talka.matching.engine.files.faults import FaultyTable
from talka.matching.engine.files.people import COLUMNS, Codes, read_people, read_policy

CODES = Codes({"en": "en", "pl": "pl"}.get, {"PL": "PL"}.get)
POLICY = """hard = ["shares_a_topic"]
[weights]
topic = 1
[capacities]
wikidata = ""
budgets = ""
[travels]
visit = "learner"
"""
GOOD = {
    "role": "learner",
    "needs": "wikidata:2",
    "offers": "budgets:3",
    "languages": "en:4; pl:N",
    "dates": "2027-05-01/2027-05-03",
    "hours": "Mon 8:00-9:00",
    "zone": "Europe/Warsaw",
    "formats": "visit",
    "newcomer": "yes",
    "places": "1-2",
    "priority": "1",
    "avoids": "nils",
}
BAD = {
    "role": ("boss", ["people.role"]),
    "needs": ("wikidata:9; opera:0", ["people.level", "people.capacity", "people.level"]),
    "offers": ("budgets; budgets", ["people.twice"]),
    "languages": ("xx:2; pl:8", ["people.language", "people.language_level"]),
    "dates": ("2027-05-03/2027-05-01; May", ["people.dates_backwards", "people.day"]),
    "hours": ("Mon 24:30-25:00; always", ["people.clock", "people.clock", "people.hours"]),
    "zone": ("Nowhere/Land", ["people.zone"]),
    "formats": ("boat", ["people.format"]),
    "newcomer": ("perhaps", ["people.truth"]),
    "places": ("5-2", ["people.places_order"]),
    "priority": ("0", ["people.priority"]),
    "avoids": ("somebody else", ["people.nobody"]),
}
POLICY_FILE, _FAULTS = read_policy(POLICY, "policy.toml", CODES)


def faults_of(rows):
    """Return the faults of rows that begin in line 2."""
    lines = [(line, row) for line, row in enumerate(rows, start=2)]
    try:
        read_people(
            "people.csv", list(dict.fromkeys(key for row in rows for key in row)), lines, POLICY_FILE, CODES
        )
    except FaultyTable as faulty:
        return faulty.faults
    return ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sets(st.sampled_from(sorted(BAD))), min_size=1, max_size=4))
def test_every_fault_of_every_cell_is_told_whatever_the_others_are(spoilt):
    nils = {"id": "nils", "name": "Nils", **GOOD, "role": "mentor", "avoids": ""}
    rows = [
        {"id": str(at), "name": "Ada", **GOOD, **{column: BAD[column][0] for column in columns}}
        for at, columns in enumerate(spoilt)
    ]
    wanted = [
        (line, column, key)
        for line, columns in enumerate(spoilt, start=3)
        for column in GOOD
        if column in columns
        for key in BAD[column][1]
    ]
    found = [(fault.line, fault.column, fault.reason.key) for fault in faults_of([nils, *rows])]
    assert found == wanted


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(COLUMNS), st.text(max_size=30) | st.sampled_from([*GOOD.values(), "0", "9:9"])
        ),
        min_size=1,
        max_size=5,
    )
)
def test_whatever_is_written_is_read_or_refused_by_line(rows):
    rows = [{"needs": "", "offers": "", "name": "", **row} for row in rows]
    assert [fault for fault in faults_of(rows) if not 1 <= fault.line <= len(rows) + 1] == []


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=80)
    | st.sampled_from(POLICY.splitlines()).map(lambda line: POLICY.replace(line, line[::-1]))
)
def test_whatever_a_policy_is_it_is_read_or_refused(text):
    try:
        _policy, faults = read_policy(text, "policy.toml", CODES)
    except FaultyTable as faulty:
        faults = list(faulty.faults)
    assert [fault for fault in faults if not 0 <= fault.line <= text.count("\n") + 1] == []
