"""A signature list becomes the roll: whole or not at all, and twice is the same as once."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from talka.kernel.models import Entry
from talka.programmes.actions import join_roll, leave_roll, remove_member, restore_member
from talka.programmes.models import Membership
from talka.wiki.roll import compare_with_roll, import_roll
from talka.wiki.signatures import read_signatures
from tests.programmes.group_samples import make_group
from tests.real_input import signature_list

LIST = """
# [[User:Quill of Ruritania|Quill]] 17:47, 28 January 2019 (UTC)
# Owl (talk) 16:15, 25 April 2022
# Ink (talk) 09: 06, 24 December 2022 (UTC)
"""


@pytest.fixture
def group(cleo, now):
    return make_group(cleo, now)


def take_over(group, cleo, now, text=LIST):
    return import_roll(programme=group, lines=read_signatures(text).signatures, by=cleo, now=now)


def rows(group):
    return list(
        Membership.objects.filter(programme=group)
        .order_by("joined_at")
        .values_list("name", "user_name", "joined_assumed", "source", "account")
    )


def test_a_list_becomes_the_roll_and_twice_is_the_same_as_once(group, cleo, now):
    assert take_over(group, cleo, now) == 3
    before = list(Membership.objects.order_by("pk").values())
    assert take_over(group, cleo, now) == 0
    assert list(Membership.objects.order_by("pk").values()) == before
    assert rows(group) == [
        ("Quill", "Quill of Ruritania", False, "wiki_list", None),
        ("Owl", "Owl", True, "wiki_list", None),
        ("Ink", "Ink", False, "wiki_list", None),
    ]
    assert Entry.objects.filter(verb="import", actor=cleo).count() == 3


def test_who_signed_here_before_is_there_already(group, cleo, dan, now):
    join_roll(programme=group, account=dan, name="Dan", user_name="owl", contributions=["design"], now=now)
    compared = compare_with_roll(programme=group, reading=read_signatures(LIST))
    assert [[one.user for one in part] for part in (compared.new, compared.here, compared.left)] == [
        ["Quill of Ruritania", "Ink"],
        ["Owl"],
        [],
    ]
    take_over(group, cleo, now)
    owl = Membership.objects.get(user_key="owl")
    assert (owl.name, owl.joined_at, owl.contributions) == ("Dan", now, ["design"])


def test_who_has_left_is_not_brought_back(group, cleo, now):
    take_over(group, cleo, now)
    leave_roll(membership=Membership.objects.get(user_name="Owl"), by=cleo, now=now)
    assert take_over(group, cleo, now) == 0
    assert Membership.objects.current().count() == 2


def struck_in(group):
    compared = compare_with_roll(programme=group, reading=read_signatures(LIST))
    return [(one.signature.user, one.member.left_at) for one in compared.struck], len(compared.left)


def test_who_was_struck_off_is_told_apart_from_who_left_and_comes_back_by_neither(group, cleo, now):
    take_over(group, cleo, now)
    owl, ink = (Membership.objects.get(user_name=name) for name in ("Owl", "Ink"))
    remove_member(membership=owl, reason="Nobody knows them.", by=cleo, now=now)
    leave_roll(membership=ink, by=cleo, now=now)
    assert struck_in(group) == ([("Owl", now)], 1)
    assert take_over(group, cleo, now) == 0
    assert [one.user_name for one in Membership.objects.current()] == ["Quill of Ruritania"]


def test_who_was_struck_off_is_known_by_name_where_they_gave_no_user_name(group, cleo, dan, now):
    member = join_roll(programme=group, account=dan, name="quill", user_name="", contributions=[], now=now)
    remove_member(membership=member, reason="No reason.", by=cleo, now=now)
    assert struck_in(group) == ([("Quill of Ruritania", now)], 0)
    assert take_over(group, cleo, now) == 2
    restore_member(membership=member, by=cleo, now=now)
    assert struck_in(group) == ([], 0)


def test_who_was_struck_off_came_back_and_left_has_left(group, cleo, now):
    take_over(group, cleo, now)
    owl = Membership.objects.get(user_name="Owl")
    remove_member(membership=owl, reason="A mistake.", by=cleo, now=now)
    restore_member(membership=owl, by=cleo, now=now)
    leave_roll(membership=owl, by=cleo, now=now)
    assert struck_in(group) == ([], 1)


def test_half_an_import_is_no_import(group, cleo, now):
    lines = read_signatures(LIST).signatures
    broken = (*lines, replace(lines[0], user="Pen", signed_at=None))
    with pytest.raises(IntegrityError), transaction.atomic():
        import_roll(programme=group, lines=broken, by=cleo, now=now)
    assert (rows(group), Entry.objects.filter(verb="import").count()) == ([], 0)


def test_two_previews_that_would_do_the_same_have_the_same_mark(group, cleo, now):
    one = compare_with_roll(programme=group, reading=read_signatures(LIST))
    other = compare_with_roll(programme=group, reading=read_signatures(f"Some words.\n{LIST}"))
    assert one.mark == other.mark
    take_over(group, cleo, now, LIST.replace("Ink", "Pen"))
    assert compare_with_roll(programme=group, reading=read_signatures(LIST)).mark != one.mark


def test_the_lists_of_two_programmes_are_apart(group, cleo, now):
    take_over(group, cleo, now)
    assert take_over(make_group(cleo, now, slug="other"), cleo, now) == 3


def test_the_real_list_becomes_the_roll(group, cleo, now):
    text = signature_list().read_text("utf-8")
    assert (take_over(group, cleo, now, text), take_over(group, cleo, now, text)) == (15, 0)
    members = Membership.objects.filter(programme=group).order_by("joined_at")
    assert (members.count(), members.filter(joined_assumed=True).count()) == (15, 0)
    days = [members[0].joined_at.date().isoformat(), members[14].joined_at.date().isoformat()]
    assert days == ["2019-01-28", "2023-06-24"]
