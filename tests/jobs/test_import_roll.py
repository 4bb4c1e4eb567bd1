"""`talka import roll`: what a signature list says, in the terminal and for machines, and taking it over."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from talka.programmes.actions import remove_member
from talka.programmes.models import Membership
from tests.programmes.group_samples import make_group
from tests.real_input import signature_list

pytestmark = pytest.mark.django_db

LIST = """Sign up
# [[User:Quill of Ruritania|Quill]] 17:47, 28 January 2019
# Owl (talk) 16:15, 25 April 2022 (UTC)
# Ink
"""


@pytest.fixture
def file(tmp_path):
    written = tmp_path / "list.txt"
    written.write_text(LIST, encoding="utf-8-sig")
    return written


def run(*arguments):
    printed = StringIO()
    call_command("import", "roll", *map(str, arguments), stdout=printed, stderr=StringIO())
    return printed.getvalue()


def test_without_apply_it_only_shows_what_it_understood(file, cleo, now):
    make_group(cleo, now)
    assert run(file).splitlines() == [
        "line 2\tQuill (user Quill of Ruritania)\t2019-01-28 17:47 UTC\tNo zone is written: UTC is assumed.",
        "line 3\tOwl\t2022-04-25 16:15 UTC\t"
        "No link names the user: the name as it is written is taken for it.",
        "line 4 not read: The line has no date and time of a signature.\t# Ink",
        "read: 2, not read: 1, lines around the list: 2",
    ]
    assert Membership.objects.count() == 0


def test_json_is_for_machines_and_stays_so_with_apply(file, cleo, now):
    make_group(cleo, now)
    assert json.loads(run(file, "--json", "--apply")) == {
        "read": [
            {
                "line": 2,
                "name": "Quill",
                "user": "Quill of Ruritania",
                "signed_at": "2019-01-28T17:47:00Z",
                "assumed": ["zone_assumed"],
                "source": "# [[User:Quill of Ruritania|Quill]] 17:47, 28 January 2019",
            },
            {
                "line": 3,
                "name": "Owl",
                "user": "Owl",
                "signed_at": "2022-04-25T16:15:00Z",
                "assumed": ["user_assumed"],
                "source": "# Owl (talk) 16:15, 25 April 2022 (UTC)",
            },
        ],
        "unread": [
            {
                "line": 4,
                "source": "# Ink",
                "key": "signatures.no_date",
                "sentence": "The line has no date and time of a signature.",
            }
        ],
        "struck_off": [],
        "skipped": 2,
    }
    assert Membership.objects.count() == 2


def test_apply_puts_them_on_the_only_roll_there_is_and_twice_is_once(file, cleo, now):
    make_group(cleo, now)
    lasts = [run(file, "--apply").splitlines()[-1] for _time in range(2)]
    assert lasts == [
        "New on the roll of mentorship: 2, there already: 0, left since: 0, struck off and not added: 0",
        "New on the roll of mentorship: 0, there already: 2, left since: 0, struck off and not added: 0",
    ]


def test_who_was_struck_off_is_told_apart_and_not_added(file, cleo, now):
    group = make_group(cleo, now)
    run(file, "--apply")
    owl = Membership.objects.get(user_name="Owl")
    remove_member(membership=owl, reason="An invented user.", by=cleo, now=now)
    told = "line 3 not added: Owl was struck off on 2027-03-10 (UTC); add them by hand if they are back"
    assert run(file, "--programme", group.slug).splitlines()[-2] == told
    lines = run(file, "--apply").splitlines()
    assert lines[-3] == told
    assert lines[-1] == (
        "New on the roll of mentorship: 0, there already: 1, left since: 0, struck off and not added: 1"
    )
    struck = json.loads(run(file, "--json", "--apply"))["struck_off"]
    assert struck == [{"line": 3, "user": "Owl", "on": "2027-03-10"}]
    assert Membership.objects.current().count() == 1


def test_which_roll_is_said_where_there_are_several_or_none(file, cleo, now):
    with pytest.raises(CommandError, match=r"--programme whose roll it is\. Programmes with one\."):
        run(file, "--apply")
    for slug in ("one", "two"):
        make_group(cleo, now, slug=slug)
    with pytest.raises(CommandError, match="Programmes with one: one, two"):
        run(file, "--apply")
    with pytest.raises(CommandError, match="No programme has the address three"):
        run(file, "--apply", "--programme", "three")
    run(file, "--apply", "--programme", "two")
    assert set(Membership.objects.values_list("programme__slug", flat=True)) == {"two"}


def test_a_file_that_is_not_there_no_text_too_large_or_no_list_is_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        run(tmp_path / "nowhere.txt")
    with pytest.raises(CommandError, match="cannot be read: Is a directory"):
        run(tmp_path)
    latin, large, empty = tmp_path / "latin.txt", tmp_path / "large.txt", tmp_path / "empty.txt"
    latin.write_bytes(b"caf\xe9")
    large.write_bytes(b"x" * 10_000_000)
    empty.write_text("Nobody has signed.\n")
    with pytest.raises(CommandError, match="is not text in UTF-8: look at byte 4"):
        run(latin)
    with pytest.raises(CommandError, match="too large for a list of signatures"):
        run(large)
    with pytest.raises(CommandError, match="no line that looks like a signature"):
        run(empty)


def test_the_real_list_becomes_the_roll(cleo, now):
    make_group(cleo, now)
    assert run(signature_list(), "--apply").splitlines()[-2:] == [
        "read: 15, not read: 0, lines around the list: 38",
        "New on the roll of mentorship: 15, there already: 0, left since: 0, struck off and not added: 0",
    ]
