"""How long a session lasts."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

pytestmark = pytest.mark.django_db
LIMITS = "talka.web.shared.sessions.session_limits"
SIGNING_IN = "django.contrib.auth.middleware.AuthenticationMiddleware"


@pytest.fixture
def visit(settings, client_of, ada, now):
    """Return a function that visits the account page some time after signing in."""
    if LIMITS not in settings.MIDDLEWARE:
        place = settings.MIDDLEWARE.index(SIGNING_IN) + 1
        settings.MIDDLEWARE = [*settings.MIDDLEWARE[:place], LIMITS, *settings.MIDDLEWARE[place:]]
    with time_machine.travel(now, tick=False):
        client = client_of(ada)

    def go(**after):
        with time_machine.travel(now + timedelta(**after), tick=False):
            return client.get(reverse("desk:account")).status_code

    return go


def test_a_session_that_nobody_uses_ends_after_two_hours(visit):
    assert visit(minutes=0) == 200
    assert visit(hours=2, seconds=-1) == 200
    assert visit(hours=4, seconds=-1) == 302


def test_the_second_before_two_hours_still_counts(visit):
    visit(minutes=0)
    assert visit(hours=2, seconds=-1) == 200
    assert visit(hours=4, seconds=-2) == 200


def test_a_session_ends_after_twelve_hours_however_busy(visit):
    for hour in range(12):
        assert visit(hours=hour) == 200
    assert visit(hours=12, seconds=-1) == 200
    assert visit(hours=12) == 302


def test_the_end_is_not_undone_by_another_visit(visit):
    visit(minutes=0)
    assert visit(hours=3) == 302
    assert visit(hours=3) == 302
