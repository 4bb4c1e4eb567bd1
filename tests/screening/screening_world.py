"""What the tests of screening build with: a cycle, and applications as they are after they were handed in."""

from datetime import date

from talka.applications.models import Application
from talka.blueprints.reading import capacity_tree, shipped
from talka.calls.actions import prepare_cycle
from talka.capacities.models import Capacity, CommunityCapacity
from talka.forms.actions import start_sheet
from talka.people.models import Community
from talka.programmes.actions import appoint, create_programme
from tests.conftest import NOW, make_account

# A text that nobody may read before its time, and points on every scale of a review.
SECRET = "CNRY-unreleased-note"
FULL = {"clear_goals": 4, "need": 5, "use_at_home": 3, "readiness": 1}
# How a page draws that somebody was declined; the word alone stands in every filter.
CHIP = 'chip__text">Declined'


def make_cycle(cleo, slug="exchange"):
    """Make a programme of Cleo's with a cycle and the tree of capacities."""
    made = {}
    for one in capacity_tree():
        parent = made.get(one.parent or "")
        made[one.key], _ = Capacity.objects.get_or_create(
            key=one.key, defaults={"name": dict(one.name), "parent": parent}
        )
    programme = create_programme(
        slug=slug, blueprint=shipped()["visit_exchange"], zone="Europe/Warsaw", by=cleo, now=NOW
    )
    return prepare_cycle(
        programme=programme, slug="2027", label={"en": "Cycle 2027"}, year=2027, by=cleo, now=NOW
    )


def make_reviewer(name, cycle, cleo):
    """Make an account that reviews for the programme."""
    account = make_account(name)
    appoint(programme=cycle.programme, account=account, post="reviewer", by=cleo, now=NOW)
    return account


def make_application(cycle, community, *, role="mentee", status="submitted", **answers):
    """Make an application as it is after it was handed in."""
    call = cycle.calls.get(role=role)
    sheet = start_sheet(form=call.form, now=NOW)
    sheet.answers = answers
    sheet.save()
    return Application.objects.create(
        call=call, community=community, sheet=sheet, status=status, started_at=NOW, submitted_at=NOW
    )


def make_mentee(cycle, ada):
    """Hand in an application of Ada's community as mentee."""
    topics = [{"capacity": "event_budgets", "level": 1}]
    return make_application(cycle, ada.community, maturity="developing", topics=topics)


def make_community(number):
    """Make a community that nobody represents."""
    return Community.objects.create(name=f"Wikimedians of Place {number}", kind="user_group", region="cee_ca")


def attend(community, ended_on=date(2026, 9, 20)):
    """Let a community have been at a CEE Meeting."""
    return community.meetings_attended.create(meeting=f"CEE Meeting {ended_on.year}", ended_on=ended_on)


def offer(community, key, level):
    """Let a community offer a capacity."""
    capacity = Capacity.objects.get(key=key)
    return CommunityCapacity.objects.create(
        community=community, capacity=capacity, relation="offer", level=level
    )
