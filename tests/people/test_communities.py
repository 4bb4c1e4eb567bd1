"""Keeping the facts about communities."""

from datetime import date

import pytest

from talka.kernel.models import Entry, Overtaken
from talka.kernel.registry import reasons
from talka.people.actions.communities import (
    FactRefused,
    add_meeting,
    add_support_period,
    create_community,
    edit_community,
    remove_meeting,
    remove_support_period,
)
from talka.people.models import Community
from talka.people.queries import MISSING, listed_communities, missing_facts

pytestmark = pytest.mark.django_db


def verbs(community):
    return list(Entry.objects.about(community).values_list("verb", flat=True))


def refused(action, **arguments):
    """Do what must be refused; return the key of the reason."""
    with pytest.raises(FactRefused) as error:
        action(**arguments)
    reason = error.value.reason
    assert str(reasons.get(reason.key)) % dict(reason.values)
    return reason.key


def test_a_community_is_created_with_its_facts_and_a_line_in_the_ledger(cleo, now):
    made = create_community(facts={"name": "Group", "kind": "informal", "country": "SK"}, by=cleo, now=now)
    assert (made.name, made.kind, made.country, verbs(made)) == ("Group", "informal", "SK", ["create"])


def test_only_known_facts_are_taken(cleo, now):
    facts = {"name": "Group", "kind": "informal", "is_synthetic": True, "pk": 7, "version": 9}
    made = create_community(facts=facts, by=cleo, now=now)
    assert (made.is_synthetic, made.version) == (False, 1)


def test_a_name_in_another_spelling_is_taken(cleo, bo, now):
    facts = {"name": "WIKIMEDIA  graustark", "kind": "chapter"}
    assert refused(create_community, facts=facts, by=cleo, now=now) == "community.name_taken"


def test_a_community_may_be_renamed_to_its_own_name_in_another_spelling(cleo, bo, now):
    edit_community(community=bo.community, facts={"name": "Wikimedia GRAUSTARK"}, version=1, by=cleo, now=now)
    assert Community.objects.get().name == "Wikimedia GRAUSTARK"


def test_the_slower_of_two_editors_is_told(ada, now):
    slower = Community.objects.get(pk=ada.community.pk)
    edit_community(community=ada.community, facts={"about": "first"}, version=1, by=ada, now=now)
    with pytest.raises(Overtaken):
        edit_community(community=slower, facts={"about": "second"}, version=1, by=ada, now=now)
    assert Community.objects.get(pk=slower.pk).about == "first"
    assert verbs(slower) == ["edit"]


def test_periods_are_added_and_removed_with_a_line_each(ada, cleo, now):
    community = ada.community
    period = add_support_period(
        community=community,
        kind="general_support",
        starts_on=date(2023, 1, 1),
        ends_on=None,
        by=cleo,
        now=now,
    )
    remove_support_period(period=period, by=cleo, now=now)
    assert community.support_periods.count() == 0
    assert verbs(community) == ["add_general_support", "remove_general_support"]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "key"),
    [
        (date(2023, 6, 1), None, "community.period_overlaps"),
        (date(2022, 1, 1), date(2023, 1, 1), "community.period_overlaps"),
        (date(2024, 1, 1), date(2023, 12, 31), "community.period_backwards"),
    ],
)
def test_a_period_must_not_overlap_nor_run_backwards(ada, cleo, now, starts_on, ends_on, key):
    known = {"community": ada.community, "kind": "recognition", "by": cleo, "now": now}
    add_support_period(starts_on=date(2023, 1, 1), ends_on=date(2023, 12, 31), **known)
    assert refused(add_support_period, starts_on=starts_on, ends_on=ends_on, **known) == key


def test_periods_may_follow_each_other_by_the_day_and_differ_in_kind(ada, cleo, now):
    known = {"community": ada.community, "by": cleo, "now": now}
    add_support_period(kind="recognition", starts_on=date(2023, 1, 1), ends_on=date(2023, 12, 31), **known)
    add_support_period(kind="recognition", starts_on=date(2024, 1, 1), ends_on=None, **known)
    add_support_period(kind="general_support", starts_on=date(2023, 6, 1), ends_on=None, **known)
    assert ada.community.support_periods.count() == 3


def test_a_meeting_is_kept_once_and_can_be_removed(ada, cleo, now):
    known = {"community": ada.community, "ended_on": date(2026, 10, 4), "by": cleo, "now": now}
    attended = add_meeting(meeting="CEE Meeting 2026", **known)
    assert refused(add_meeting, meeting="cee meeting  2026", **known) == "community.meeting_known"
    remove_meeting(attended=attended, by=cleo, now=now)
    assert verbs(ada.community) == ["add_meeting", "remove_meeting"]


def test_what_is_missing_is_named_and_can_be_found(ada, bo):
    nobody = Community.objects.create(name="Nobody's", kind="informal")
    listed = {one.name: missing_facts(one) for one in listed_communities()}
    assert listed == {
        "Nobody's": list(MISSING),
        "Wikimedia Graustark": ["size", "activity"],
        "Wikimedians of Ruritania": ["size", "activity"],
    }
    assert list(listed_communities(missing="representative")) == [nobody]
    assert list(listed_communities(missing="country")) == [nobody]
    assert listed_communities(missing="any").count() == 3


def test_communities_are_found_by_words_region_kind_and_country(ada, bo):
    assert [one.name for one in listed_communities(words="ruri WIKI")] == ["Wikimedians of Ruritania"]
    assert [one.name for one in listed_communities(kind="chapter")] == ["Wikimedia Graustark"]
    assert [one.name for one in listed_communities(country="SK")] == ["Wikimedians of Ruritania"]
    assert listed_communities(region="ssa").count() == 0


def test_invented_communities_are_not_listed(cleo, now):
    create_community(facts={"name": "Toy", "kind": "informal"}, by=cleo, now=now, is_synthetic=True)
    assert listed_communities().count() == 0
