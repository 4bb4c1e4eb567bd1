"""Every line of a signature list is read, or reported with its reason; nothing is invented."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talka.papers.plain import lines
from talka.wiki.months import months
from talka.wiki.signatures import LONGEST_LINE, read_signatures
from tests.real_input import signature_list

NEW_YEAR = datetime(2020, 1, 1, 12, 0, tzinfo=UTC)


def only(line):
    """Return the one signature of a line."""
    reading = read_signatures(line)
    assert (reading.unread, reading.skipped) == ((), ())
    return reading.signatures[0]


def why(line, **options):
    """Return the keys of the reasons for which lines were not read; none of them was."""
    reading = read_signatures(line, **options)
    assert reading.signatures == ()
    return [one.reason.key.removeprefix("signatures.") for one in reading.unread]


def assumed(signature):
    return {reason.key.removeprefix("signatures.") for reason in signature.assumed}


@pytest.mark.parametrize(
    ("line", "name", "user"),
    [
        ("# [[User:Quill|Quill]] ([[User talk:Quill|talk]]) 12:00, 1 January 2020 (UTC)", "Quill", "Quill"),
        ("# [[User:Quill of Ruritania|Q.]] 12:00, 1 January 2020 (UTC)", "Q.", "Quill of Ruritania"),
        (
            "# [[User:quill_of_Ruritania]] 12:00, 1 January 2020 (UTC)",
            "Quill of Ruritania",
            "Quill of Ruritania",
        ),
        (
            "* --[[:m:User:Quill/sig|<b style='color:red'>Quill</b>]] 12:00, 1 January 2020 (UTC)",
            "Quill",
            "Quill",
        ),
        (
            "#[[Benutzerin:Quill|Quill]] ([[Benutzerin Diskussion:Quill|D]]) 13:00, 1. Jan. 2020 (CET)",
            "Quill",
            "Quill",
        ),
        ("# [[User talk:Quill|talk to me]] 12:00, 1 January 2020 (UTC)", "Quill", "Quill"),
        (
            "# [[Special:Contributions/192.0.2.7|192.0.2.7]] 12:00, 1 January 2020 (UTC)",
            "192.0.2.7",
            "192.0.2.7",
        ),
        ("# I would like to join! '''[[User:Quill|Quill]]''' 12:00, 1 January 2020 (UTC)", "Quill", "Quill"),
        ("# [[User:Quill|{{nobold}}]] 12:00, 1 January 2020 (UTC)", "Quill", "Quill"),
        ("# [[User:Dr. No|Dr. No]] 12:00, 1 January 2020 (UTC)", "Dr. No", "Dr. No"),
    ],
)
def test_links_tell_the_user_and_the_name(line, name, user):
    found = only(line)
    assert (found.name, found.user, found.signed_at, assumed(found)) == (name, user, NEW_YEAR, set())


@pytest.mark.parametrize(
    ("line", "user"),
    [
        ("  1.  Quill talk 12:00, 1 January 2020 (UTC)[reply]", "Quill"),
        ("2. --Quill (talk) 12:00, 1 January 2020 (UTC)[reply]", "Quill"),
        ("9. Quill (talk) 12: 00, 1 January 2020 (UTC)", "Quill"),
        ("14. El-quill14 (talk) 12:00, 01 January 2020 (UTC)[reply]", "El-quill14"),
        ("--Bello Na'im 12:00, 1 January 2020 (UTC)", "Bello Na'im"),
        ("— quill (talk · contribs) 12:00, January 1, 2020 (UTC)", "Quill"),
        ("• Quill (WMF) (talk) 12:00, 2020 January 1 (UTC) [reply] ", "Quill (WMF)"),
        ("Quill (discuter) 1 janvier 2020 à 13:00 (CET)", "Quill"),
        ("B20180 (talk) 2020-01-01T12:00:00Z", "B20180"),
        ("3. I know curricula. --Quill (talk) 12:00, 1 January 2020 (UTC)", "Quill"),
        ("12) Quill\u00a0Reader\u200e (talk)\t12:00, 1\u00a0January 2020 (UTC)", "Quill Reader"),
        ("5. Quill (talk) 09:00, 1 January 2020 (UTC-3)", "Quill"),
        ("5. Квилл (обс.) 15:00, 1 января 2020 (MSK)", "Квилл"),
    ],
)
def test_plain_lines_are_read_and_the_user_name_is_said_to_be_assumed(line, user):
    found = only(line)
    assert (found.name.casefold(), found.user, found.signed_at) == (user.casefold(), user, NEW_YEAR)
    assert assumed(found) == {"user_assumed"}


def test_a_date_without_a_zone_is_taken_for_utc_and_says_so():
    found = only("7. [[User:Quill]] 12:00, 1 January 2020")
    assert (found.signed_at, assumed(found)) == (NEW_YEAR, {"zone_assumed"})


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("3. Quill", "no_date"),
        ("# ~~~~", "no_date"),
        ("3. Quill (talk) 12:00, 31 February 2020 (UTC)", "no_such_date"),
        ("3. Quill (talk) 25:00, 1 January 2020 (UTC)", "no_such_date"),
        ("3. Quill (talk) 12:00, 1 Nivôse 2020 (UTC)", "unknown_month"),
        ("3. Quill (talk) 12:00, 1 listopad 2020 (UTC)", "unknown_month"),
        ("3. Quill (talk) 12:00, 1 January 2020 (XYZ)", "unknown_zone"),
        ("3. Quill (talk) 12:00, 1 January 1999 (UTC)", "too_early"),
        ("3. Quill (talk) 12:00, 1 January 2020 (UTC) and me too", "more_after_the_date"),
        ("3. Quill 12:00, 1 May 2020, Owl 13:00, 1 May 2020", "several_dates"),
        ("Meeting of the group at 12:00, 1 January 2020 (UTC)", "no_signature"),
        ("3. Meeting at 12:00, 1 January 2020 (UTC)", "no_user_name"),
        ("3. I am in. Quill (talk) 12:00, 1 January 2020 (UTC)", "no_user_name"),
        ("3. Join us - Quill (talk) 12:00, 1 January 2020 (UTC)", "no_user_name"),
        ("3. We would all like to help you Quill (talk) 12:00, 1 January 2020 (UTC)", "no_user_name"),
        ("# [https://example.org Quill] 12:00, 1 January 2020 (UTC)", "no_user_name"),
        ("3. (talk) 12:00, 1 January 2020 (UTC)", "no_name"),
        ("3. 12:00, 1 January 2020 (UTC)", "no_name"),
        ("# [[User:Quill]] for [[User:Owl]] 12:00, 1 January 2020 (UTC)", "several_users"),
        ("# {{unsigned|Quill}} 12:00, 1 January 2020 (UTC)", "no_signature"),
        (f"3. {'Q' * 121} (talk) 12:00, 1 January 2020 (UTC)", "name_too_long"),
        (f"3. Quill {'x' * LONGEST_LINE} (talk) 12:00, 1 January 2020 (UTC)", "too_long"),
    ],
)
def test_what_cannot_be_read_without_guessing_says_why(line, reason):
    assert why(line) == [reason]


def test_a_date_that_has_not_come_is_not_read():
    assert why("3. Quill (talk) 12:00, 3 January 2020 (UTC)", until=NEW_YEAR) == ["in_the_future"]


def test_who_signs_twice_is_read_once_and_told_of():
    reading = read_signatures(
        "1. Quill (talk) 12:00, 1 January 2020 (UTC)\n2. [[User:quill]] 12:00, 1 May 2020 (UTC)"
    )
    assert [one.line for one in reading.signatures] == [1]
    assert [(one.line, one.reason.key, one.reason.values) for one in reading.unread] == [
        (2, "signatures.twice", {"line": 1})
    ]


def test_what_stands_around_the_list_is_skipped_and_nothing_between_its_lines_is_lost():
    text = (
        "Jump to content\n== Sign up ==\nAdd your name below.\n<!-- here -->\n"
        "# [[User:Quill]] 12:00, 1 January 2020 (UTC)\n\n=== Later ===\nOwl of the North\n"
        "# [[User:Ink]] 12:00, 1 May 2020 (UTC)\n\nThank you all!\n"
    )
    reading = read_signatures(text)
    assert [one.line for one in reading.signatures] == [5, 9]
    assert [(one.line, one.reason.key) for one in reading.unread] == [(8, "signatures.no_date")]
    assert reading.skipped == (1, 2, 3, 4, 6, 7, 10, 11, 12)


def test_months_that_mean_two_months_are_known_in_no_language_but_english():
    known = months()
    assert {known[word] for word in ("may", "mai", "mayo", "мая")} == {5}
    assert "listopad" not in known
    assert sorted({known[month.casefold()] for month in ENGLISH}) == list(range(1, 13))


ENGLISH = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

PIECES = st.sampled_from(
    [
        "1. ",
        "# ",
        "--",
        "[[User:Quill|Q]]",
        "[[User talk:Quill|talk]]",
        "[[",
        "]]",
        "{{",
        "}}",
        "<b>",
        "<!--",
        "Quill",
        " (talk) ",
        "12:00, ",
        "9: 06, ",
        "1 January 2020",
        "31 February 2020",
        "2020-01-01T12:00",
        " (UTC)",
        " (CET)",
        "(+99)",
        "[reply]",
        "\n",
        "\r\n",
        "\u2028",
        "\x0b",
        "== Heading ==",
        "\u202e",
        "\ufeff",
        "0",
        "٣",
    ]
)
MANGLED = st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=25).map("".join)


@given(MANGLED)
def test_no_line_is_lost_and_the_same_text_gives_the_same(text):
    reading = read_signatures(text)
    numbers = [one.line for one in (*reading.signatures, *reading.unread)] + list(reading.skipped)
    written = lines(text.removeprefix("\ufeff")).split("\n")
    assert sorted(numbers) == list(range(1, len(written) + 1))
    assert read_signatures(text) == reading


@given(MANGLED)
def test_nothing_is_invented(text):
    for one in read_signatures(text).signatures:
        plain = one.source.casefold().replace("_", " ")
        assert all(word in plain for word in one.user.casefold().split()), one
        assert all(word in plain for word in one.name.casefold().split()), one
        assert str(one.signed_at.year) in one.source or one.signed_at.day in (1, 31)
        assert one.signed_at.tzinfo is UTC


@given(
    st.text(alphabet="abcdeÄß", min_size=1, max_size=12),
    st.datetimes(NEW_YEAR.replace(year=2002, tzinfo=None), NEW_YEAR.replace(year=2030, tzinfo=None)),
)
def test_what_a_wiki_writes_is_read_as_it_was_written(name, moment):
    stamp = f"{moment:%H:%M}, {moment.day} {ENGLISH[moment.month - 1]} {moment.year} (UTC)"
    found = only(f"# [[User:{name}|{name}]] ([[User talk:{name}|talk]]) {stamp}")
    assert (found.name, found.user[1:], found.signed_at) == (
        name,
        (name[:1].upper() + name[1:])[1:],
        moment.replace(second=0, microsecond=0, tzinfo=UTC),
    )


def test_the_real_list_is_read_line_by_line():
    reading = read_signatures(signature_list().read_text("utf-8"))
    assert (len(reading.signatures), reading.unread, len(reading.skipped)) == (15, (), 38)
    assert [one.signed_at.isoformat() for one in reading.signatures] == [
        "2019-01-28T17:47:00+00:00",
        "2020-06-24T15:40:00+00:00",
        "2021-05-27T18:58:00+00:00",
        "2021-08-22T23:14:00+00:00",
        "2022-04-25T16:15:00+00:00",
        "2022-10-17T17:50:00+00:00",
        "2022-11-04T00:29:00+00:00",
        "2022-11-24T09:32:00+00:00",
        "2022-12-24T09:06:00+00:00",
        "2022-12-29T17:19:00+00:00",
        "2023-01-13T20:36:00+00:00",
        "2023-01-25T01:23:00+00:00",
        "2023-01-30T11:32:00+00:00",
        "2023-03-08T09:26:00+00:00",
        "2023-06-24T15:34:00+00:00",
    ]
    # Each name stands in its own line, before "talk" or its bracket, and nothing else was taken for it.
    assert [one.user in one.source.partition("talk")[0] for one in reading.signatures] == [True] * 15
    assert {tuple(sorted(assumed(one))) for one in reading.signatures} == {("user_assumed",)}
