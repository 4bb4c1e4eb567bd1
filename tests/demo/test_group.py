"""The group of the demonstration has everything that a page can show of one."""

import pytest

from talka.blueprints.reading import shipped
from talka.demo.group import fill_group
from talka.demo.scene import found_programme
from talka.programmes.actions import create_programme
from talka.programmes.queries import members_of, posts_of
from tests.programmes.group_samples import make_group

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(now):
    _programme, everybody = found_programme(now=now)
    return everybody


def test_the_group_has_a_vacant_post_members_from_both_ways_a_log_and_every_kind_of_notice(cast, now):
    group = make_group(cast["cleo"], now)
    fill_group(group, cast, now)
    found = posts_of(group, today=now.date())
    assert [(len(post.holders), len(post.past), len(post.vacant_since)) for post in found] == [
        (1, 1, 0),
        (0, 0, 1),
    ]
    sources = list(members_of(group).values_list("source", flat=True))
    assert (sources.count("wiki_list"), sources.count("signed_here")) == (7, 3)
    assert list(members_of(group).filter(joined_assumed=True).values_list("name", flat=True)) == [
        "Orsinia Owl"
    ]
    assert sorted(group.notices.values_list("status", flat=True)) == ["refused", "shown", "waiting"]
    assert group.outside_groups.get().notes.count() == 2


def test_a_programme_without_posts_and_roll_gets_neither(cast, now):
    plain = create_programme(
        slug="plain", blueprint=shipped()["visit_exchange"], zone="UTC", by=cast["cleo"], now=now
    )
    fill_group(plain, cast, now)
    assert (plain.tenures.count(), plain.memberships.count(), plain.notices.count()) == (0, 0, 3)
