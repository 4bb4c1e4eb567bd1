"""The members' roll: people join, say what they bring, leave and come back, and are never there twice."""

from datetime import UTC, datetime, timedelta

import pytest

from talka.kernel.models import Entry, Overtaken
from talka.letters.models import Letter
from talka.programmes.actions import (
    RollRefused,
    edit_membership,
    join_roll,
    leave_roll,
    part_from_account,
    remove_member,
    restore_member,
)
from talka.programmes.models import Membership
from talka.programmes.queries import contributions_of, may_see_names, members_of
from talka.programmes.rules import user_key
from talka.wiki.roll import import_roll
from talka.wiki.signatures import read_signatures
from tests.conftest import make_account
from tests.programmes.group_samples import make_group

SIGNED = datetime(2019, 1, 28, 17, 47, tzinfo=UTC)
LINE = "# [[User:Quill of Ruritania|Quill]] 17:47, 28 January 2019 (UTC)"


@pytest.fixture
def group(cleo, now):
    return make_group(cleo, now)


@pytest.fixture
def signed(group, cleo, now):
    """Return the member of whom only a list on the wiki tells."""
    import_roll(programme=group, lines=read_signatures(LINE).signatures, by=cleo, now=now)
    return Membership.objects.get()


def join(group, account, now, user_name="", contributions=(), name=""):
    return join_roll(
        programme=group,
        account=account,
        name=name or account.name,
        user_name=user_name,
        contributions=contributions,
        now=now,
    )


def edit(member, now, version=None, **said):
    given = {name: getattr(member, name) for name in ("name", "user_name", "contributions")} | said
    given["version"] = version or member.version
    return edit_membership(membership=member, **given, by=member.account, now=now)


def test_who_joins_is_welcomed_once_however_often_they_click(group, dan, now):
    member = join(group, dan, now, "dan_the_stranger", ["one_to_one", "magic"])
    assert join(group, dan, now) == member
    assert list(Membership.objects.values_list("user_name", "user_key", "contributions", "source")) == [
        ("dan the stranger", "dan the stranger", ["one_to_one"], "signed_here")
    ]
    assert Letter.objects.get(recipient=dan).subject == (
        "Welcome: you are on the roll of Wikipedia & Education mentorship"
    )


def test_joining_with_the_user_name_of_a_wiki_list_is_no_twin(group, signed, dan, now):
    member = join(group, dan, now, "quill_of Ruritania", ["design"])
    assert member == signed
    assert (Membership.objects.count(), member.account, member.joined_at, member.source) == (
        1,
        dan,
        SIGNED,
        "wiki_list",
    )
    assert [entry.verb for entry in Entry.objects.about(member)] == ["import", "sign up as"]


def test_naming_later_the_user_of_a_wiki_list_makes_one_of_two(group, signed, dan, now):
    own = join(group, dan, now, contributions=["design"])
    kept = edit(own, now, user_name="Quill of Ruritania")
    assert list(Membership.objects.values_list("pk", "account", "joined_at", "contributions")) == [
        (signed.pk, dan.pk, SIGNED, ["design"])
    ]
    assert kept == signed


def test_the_user_name_of_another_account_is_refused(group, dan, bo, now):
    join(group, bo, now, "Bo")
    with pytest.raises(RollRefused) as joining:
        join(group, dan, now, "bo")
    member = join(group, dan, now)
    with pytest.raises(RollRefused):
        edit(member, now, user_name="BO")
    assert joining.value.reason.key == "roll.user_name_taken"
    assert Membership.objects.count() == 2


def test_who_leaves_is_off_the_roll_and_may_come_back(group, dan, now):
    member = join(group, dan, now, "Dan")
    leave_roll(membership=member, by=dan, now=now)
    assert list(members_of(group)) == []
    later = now + timedelta(days=90)
    back = join(group, dan, later, "Dan", ["design"])
    assert (back.pk, back.left_at, back.joined_at) == (member.pk, None, later)
    assert [entry.verb for entry in Entry.objects.about(member)] == ["sign up", "leave", "sign up"]


def test_somebody_taken_off_hears_why_and_can_be_put_back(group, dan, cleo, now):
    member = join(group, dan, now)
    remove_member(membership=member, reason="An advertisement.", by=cleo, now=now)
    remove_member(membership=member, reason="Again.", by=cleo, now=now)
    letter = Letter.objects.get(key="roll_removed")
    assert (letter.recipient, "An advertisement." in letter.body) == (dan, True)
    restore_member(membership=member, by=cleo, now=now)
    assert list(members_of(group)) == [member]
    assert [(entry.verb, entry.note) for entry in Entry.objects.about(member)] == [
        ("sign up", ""),
        ("strike off", "An advertisement."),
        ("restore", ""),
    ]


def test_an_account_that_took_anothers_user_name_is_parted_from_it(group, signed, dan, cleo, now):
    join(group, dan, now, "Quill of Ruritania", ["design"], name="Dan was here")
    part_from_account(membership=Membership.objects.get(), by=cleo, now=now)
    assert list(Membership.objects.values_list("account", "name", "contributions", "joined_at")) == [
        (None, "Quill of Ruritania", [], SIGNED)
    ]


def test_who_signed_here_is_not_parted_from_their_account(group, dan, cleo, now):
    member = join(group, dan, now, "Dan")
    part_from_account(membership=member, by=cleo, now=now)
    assert Membership.objects.get().account == dan


def test_the_slower_of_two_editors_is_told(group, dan, now):
    member = join(group, dan, now)
    edit(member, now, name="Dan D.")
    with pytest.raises(Overtaken):
        edit(member, now, version=1, name="Danny")
    assert Membership.objects.get().name == "Dan D."


def test_the_roll_is_searched_narrowed_sorted_and_counted(group, dan, bo, ada, now):
    first = join(group, dan, now, "Zed", ["design"])
    second = join(group, bo, now + timedelta(days=1), "", ["design", "one_to_one"])
    third = join(group, ada, now + timedelta(days=2))
    assert list(members_of(group)) == [third, second, first]
    assert list(members_of(group, order="joined")) == [third, second, first]
    assert list(members_of(group, words="ZE")) == [first]
    assert list(members_of(group, contribution="design")) == [second, first]
    assert [count for _words, count in contributions_of(group)] == [0, 1, 2, 0]


def test_a_closed_roll_is_read_by_members_and_those_who_run_it(cleo, ada, dan, bo, now):
    closed = make_group(cleo, now, is_public=False)
    join(closed, ada, now)
    leave_roll(membership=join(closed, bo, now), by=bo, now=now)
    seen = {person.name: may_see_names(closed, person) for person in (cleo, ada, bo, dan)}
    assert seen == {"Cleo": True, "Ada": True, "Bo": False, "Dan": False}


def test_names_that_differ_by_underscores_capitals_or_accents_written_apart_are_one():
    assert {user_key(name) for name in ("Élan_B", "élan  b", "E\u0301lan B ")} == {"élan b"}


def test_members_of_one_programme_are_nobody_in_another(group, cleo, dan, now):
    other = make_group(cleo, now, slug="other")
    join(group, dan, now, "Dan")
    join(other, dan, now, "Dan")
    assert (members_of(group).count(), members_of(other).count()) == (1, 1)


def test_five_hundred_members_take_one_query(group, now, django_assert_num_queries):
    Membership.objects.bulk_create(
        Membership(programme=group, name=f"M{n}", joined_at=now, source="wiki_list") for n in range(500)
    )
    with django_assert_num_queries(1):
        assert len(members_of(group)) == 500


def test_somebody_without_an_address_joins_without_a_letter(group, now):
    person = make_account("quiet", wikimedia_id=7)
    person.email = None
    person.save()
    join(group, person, now)
    assert Letter.objects.filter(key="roll_joined").count() == 0
