"""What the people of the demonstration's mentorship write is what they could have chosen at the page."""

import pytest

from talka.capacities.actions import import_capacities
from talka.capacities.models import Capacity
from talka.demo.people_applying import GIVERS, MENTEES

pytestmark = pytest.mark.django_db


def test_every_topic_of_the_demonstration_is_one_that_talka_knows(cleo, now):
    import_capacities(by=cleo, now=now)
    chosen = {topic for one in (*MENTEES, *GIVERS) for topic in one.topics}
    assert chosen - set(Capacity.objects.values_list("key", flat=True)) == set()
