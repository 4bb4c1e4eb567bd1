"""The circles of the demonstration: one has begun to write, and something of it is in the library."""

import pytest

from talka.demo.circling import gather_circles
from talka.exchanges.models import Lesson, LessonReply
from tests.exchanges.circle_samples import make_cohort, make_people, make_wanting

pytestmark = pytest.mark.django_db


def test_circles_are_begun_and_the_first_one_writes(cleo, now):
    cycle = make_cohort(cleo, now)
    make_wanting(cycle, make_people(9), now)
    begun = gather_circles(cycle, cleo, now)
    assert sorted(len(circle.match.sides) for circle in begun) == [4, 5]
    statuses = Lesson.objects.filter(exchange=begun[0]).order_by("pk").values_list("kind", "status")
    assert list(statuses) == [("success", "published"), ("failure", "published"), ("question", "shared")]
    assert LessonReply.objects.count() == 3


def test_where_too_few_want_one_there_is_none(cleo, now):
    cycle = make_cohort(cleo, now)
    make_wanting(cycle, make_people(3), now)
    assert gather_circles(cycle, cleo, now) == []
