"""The world that the pages are looked at in: every world of the demonstration, and what they lack."""

from datetime import timedelta

from django.utils import timezone

from talka.blueprints.reading import shipped
from talka.demo.asking import ask_and_offer
from talka.demo.meetings import hold_meetings
from talka.demo.rehearsal import rehearse
from talka.demo.worlds import WORLDS, build_worlds
from talka.exchanges.actions import add_check_in, give_mood, question_hours
from talka.gatherings.actions import create_gathering
from talka.people.actions.representations import invite_representative
from talka.people.models import Account, Community
from talka.programmes.actions import add_contact, create_programme
from talka.programmes.models import Programme
from talka.screening.actions import prepare_decision
from tests.access import left_alone, mentorship
from tests.access.circle_world import add_circle
from tests.access.world import found_group
from tests.exchanges.mentorship_samples import log, make_underway
from tests.recognition.certified_world import certify


def build():
    """Make every named world side by side, and return the cast by name."""
    now = timezone.now()
    scenes = build_worlds(tuple(WORLDS), now=now)
    cast = {account.email.partition("@")[0]: account for account in Account.objects.exclude(email=None)}
    add_the_rest(scenes["open_call"], cast, now)
    return cast


def add_the_rest(scene, cast, now):
    """Add what no world has, for pages that need it: a meeting, an invitation, a held letter, a rehearsal."""
    cleo, programme = cast["cleo"], scene.cycle.programme
    soon = {"starts_at": now + timedelta(days=3), "ends_at": now + timedelta(days=3, hours=1)}
    common = {"by": cleo, "now": now}
    create_gathering(
        cycle=scene.cycle,
        title={"en": "Introduction"},
        description={"en": "Come and ask."},
        zone="Europe/Warsaw",
        link="https://meet.wikimedia.org/introduction",
        **soon,
        **common,
    )
    add_contact(programme=programme, name="Cleo", task="Coordinator", address="hub@demo.invalid", **common)
    community = cast["bo"].representations.get().community
    invite_representative(community=community, email=cast["ada"].email, name="Ada", **common)
    prepare_decision(application=scene.applications["ada"], outcome="accept", note="", **common)
    hold_meetings(programme, scene.cycle, [cast[name] for name in ("ada", "bo", "eva")], now)
    rehearse(programme=programme, size=3, **common)
    mentorship.build(cast, now)
    left_alone.build(cast, programme, now)
    add_circle(cast, now)
    add_requests(scene, cast, now)
    found_group(cast, now)
    certify(cleo, cast["ada"], cast["bo"], cast["dan"], now)


def add_requests(scene, cast, now):
    """Add a programme with requests of every kind, and a community that nobody represents."""
    helping = create_programme(
        slug="helping", blueprint=shipped()["mentorship"], zone="UTC", by=cast["cleo"], now=now
    )
    Programme.objects.filter(pk=helping.pk).update(is_published=True)
    Community.objects.create(name="Alone", kind="informal", country="DE", region="nwe")
    ask_and_offer(helping, {**cast, **scene.everybody}, now)
    add_a_mentorship(cast, now)


def add_a_mentorship(cast, now):
    """Add a mentorship of Ada and Bo, with hours that wait and others that were asked about."""
    ada, bo = cast["ada"], cast["bo"]
    exchange = make_underway(ada, bo, cast["cleo"], now)
    log(exchange, "learns", now, by=ada)
    asked = log(exchange, "learns", now, by=ada)
    question_hours(hours=asked, question="Was it so long?", version=1, by=bo, now=now)
    add_check_in(exchange=exchange, held_on=now.date(), words="The next lesson", by=ada, now=now)
    give_mood(exchange=exchange, feeling="not_good", words="It is hard.", by=ada, now=now)
