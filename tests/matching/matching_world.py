"""A cycle whose applications are accepted: the rows that tests of matching begin from."""

from types import SimpleNamespace

from talka.applications.models import Application, Goal, Partner
from talka.blueprints.reading import shipped
from talka.calls.actions import prepare_cycle
from talka.capacities.models import Capacity
from talka.forms.actions import merge_answers, start_sheet
from talka.people.models import Community
from talka.programmes.actions import create_programme
from tests.conftest import make_account, make_representative

SUMMER = [{"starts_on": "2027-08-01", "ends_on": "2027-08-10"}]
ENGLISH = [{"language": "en", "level": 4}]


def make_capacities():
    """Make a small tree: two topics under events, and fundraising apart."""
    events = Capacity.objects.create(key="events", name={"en": "Events"})
    for key, name, parent in (
        ("budgets", "Event budgets", events),
        ("venues", "Finding venues", events),
        ("funds", "Fundraising", None),
    ):
        Capacity.objects.create(key=key, name={"en": name}, parent=parent)


def make_cycle(cleo, now, *, slug="cee", year=2027):
    """Make a programme that Cleo runs, with a cycle of the year."""
    programme = create_programme(
        slug=slug, blueprint=shipped()["visit_exchange"], zone="Europe/Warsaw", by=cleo, now=now
    )
    return next_cycle(programme, cleo, now, year=year)


def next_cycle(programme, cleo, now, *, year):
    """Open a cycle of the programme with its calls."""
    return prepare_cycle(
        programme=programme, slug=str(year), label={"en": str(year)}, year=year, by=cleo, now=now, budget=1000
    )


def make_community(name, country, *, represented_by=None):
    """Make a community, and perhaps somebody who acts for it."""
    community = Community.objects.create(name=name, kind="user_group", country=country, region="cee_ca")
    if represented_by:
        account = make_account(represented_by)
        account.community = community
        make_representative(account, community)
    return community


def apply(cycle, role, community, now, *, topics, status="accepted", **more):
    """Make an application with its answers."""
    call = cycle.calls.get(role=role)
    sheet = start_sheet(form=call.form, now=now)
    answers = {
        "topics": [{"capacity": key, "level": level} for key, level in topics],
        "languages": more.pop("languages", ENGLISH),
        "dates": more.pop("dates", SUMMER),
        **more.pop("answers", {}),
    }
    merge_answers(sheet=sheet, answers=answers, seen={})
    return Application.objects.create(
        call=call, community=community, status=status, sheet=sheet, started_at=now, **more
    )


def learn(cycle, community, now, *, topics=(("budgets", 1),), **more):
    """Make an accepted application of somebody who learns."""
    application = apply(cycle, "mentee", community, now, topics=topics, **more)
    Goal.objects.create(
        application=application,
        capacity=Capacity.objects.get(key="budgets"),
        problem="We have no budget.",
        change="We keep a budget.",
    )
    return application


def teach(cycle, community, now, *, topics=(("budgets", 4),), places=1, **more):
    """Make an accepted application of somebody who teaches."""
    answers = {"places": places, "formats": ["mentee_travels", "mentor_travels"], **more.pop("answers", {})}
    return apply(cycle, "mentor", community, now, topics=topics, answers=answers, **more)


def agree_beforehand(learner, community, *, status="confirmed"):
    """Let a learner name a partner, who confirmed."""
    return Partner.objects.create(application=learner, community=community, status=status)


def make_world(ada, bo, cleo, now):
    """Make a cycle in which Ada's and Eva's communities learn, and Bo's and Fay's teach."""
    make_capacities()
    cycle = make_cycle(cleo, now)
    syldavia = make_community("Syldavian Wikimedians", "MK", represented_by="eva")
    borduria = make_community("Wikimedia Borduria", "RO", represented_by="fay")
    return SimpleNamespace(
        cycle=cycle,
        ada=learn(cycle, ada.community, now),
        eva=learn(cycle, syldavia, now, topics=[("budgets", 2), ("venues", 1)]),
        bo=teach(cycle, bo.community, now, topics=[("budgets", 5)]),
        fay=teach(cycle, borduria, now, topics=[("budgets", 4), ("venues", 4)]),
    )
