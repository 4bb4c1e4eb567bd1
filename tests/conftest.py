"""What every test may ask for: a moment, and the familiar cast."""

import gc
import shutil
from datetime import UTC, datetime

import hypothesis
import pytest
from django.db import connection
from django.urls import reverse

from talka.people.models import Account, Community, Representation
from tests.thoroughness import PROVING

# The same examples every time, however busy the machine is.
hypothesis.settings.register_profile(
    "talka", deadline=None, derandomize=True, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("talka")

# Pages leave much behind that is no cycle: looking for cycles so often took a tenth of the time.
gc.set_threshold(100_000, 50, 1000)

# A moment in the middle of the first cycle's application window.
NOW = datetime(2027, 3, 10, 12, 0, tzinfo=UTC)

DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


# What asks pages and whole worlds: they say the same of both databases, and take longest.
SAID_BY_ONE = ("access", "browser", "demo", "house", "journeys", "web")


def pytest_collection_modifyitems(config, items):
    """Keep what touches the database, away from SQLite: everything else was tested on SQLite already.

    Pages are left to `./dev prove` there: what may differ between databases is in the rooms and `databases`.
    """
    if connection.vendor == "sqlite":
        return
    kept = [item for item in items if touches_database(item) and (PROVING or not is_page(item))]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def is_page(item):
    """Tell whether a test asks pages rather than a room."""
    return item.nodeid.split("/")[1] in SAID_BY_ONE


def touches_database(item):
    """Tell whether a test outside the browser asks for the database."""
    asks = item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(item.fixturenames)
    return bool(asks) and not item.get_closest_marker("browser")


def pytest_terminal_summary(terminalreporter):
    """Say loudly that nothing was seen in a browser."""
    if not (shutil.which("chromium-headless-shell") or shutil.which("chromium")):
        terminalreporter.write_line("MISSING: Chromium. What its tests would see is not proved.", red=True)


@pytest.fixture
def now():
    """Return the moment at which the tests take place."""
    return NOW


def make_account(name, **fields):
    """Make an account of the cast."""
    return Account.objects.create(name=name.title(), email=f"{name}@demo.invalid", joined_at=NOW, **fields)


def make_representative(account, community):
    """Let an account act for a community."""
    return Representation.objects.create(
        community=community,
        email=account.email,
        name=account.name,
        account=account,
        status="accepted",
        invited_at=NOW,
    )


@pytest.fixture
def ada(db):
    """Ada represents a community that wants to learn."""
    account = make_account("ada")
    community = Community.objects.create(
        name="Wikimedians of Ruritania",
        kind="user_group",
        country="SK",
        region="cee_ca",
        maturity="developing",
        languages=["sk", "en"],
    )
    make_representative(account, community)
    account.community = community
    return account


@pytest.fixture
def bo(db):
    """Bo represents an experienced community."""
    account = make_account("bo")
    community = Community.objects.create(
        name="Wikimedia Graustark",
        kind="chapter",
        country="PL",
        region="cee_ca",
        maturity="established",
        languages=["pl", "en"],
    )
    make_representative(account, community)
    account.community = community
    return account


@pytest.fixture
def cleo(db):
    """Cleo coordinates, and may create programmes."""
    return make_account("cleo", can_found=True)


@pytest.fixture
def dan(db):
    """Dan is a stranger with an account."""
    return make_account("dan")


@pytest.fixture
def client_of(client):
    """Return a function that signs the test client in as somebody."""

    def sign_in(account):
        client.force_login(account)
        # The first request notes in the session when it was; tests that count queries come after it.
        client.get(reverse("public:privacy"))
        return client

    return sign_in
