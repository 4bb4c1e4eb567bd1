"""The whole road with an invented cohort; then nothing of it is left, and nothing else is touched."""

from datetime import timedelta

import pytest

from talka.applications.models import Application, Partner
from talka.capacities.actions import ask_for_help, go_away, introduce, make_offer, reach_out, write_back
from talka.demo.answering import NotARehearsal, asked_of_cohort
from talka.demo.cohort import accounts_of, communities_of
from talka.demo.discarding import Entangled, throw_away
from talka.demo.rehearsal import rehearse
from talka.demo.worlds import build_world
from talka.exchanges.models import Exchange, Traveller
from talka.files.models import Upload
from talka.gatherings.models import Gathering, Registration
from talka.impact.models import ImpactReport
from talka.letters.models import Letter
from talka.letters.sending import send_due
from talka.matching.models import Match, PairRuling
from talka.people.actions.sign_in import send_sign_in_code
from talka.programmes.actions import add_contact, appoint
from talka.programmes.models import Programme
from talka.recognition.models import Certificate
from talka.reports.models import FollowUp
from talka.screening.actions import drop_decision, prepare_decision, save_review
from talka.screening.models import Review
from talka.travel.models import Booking, InvitationLetter
from tests.demo.rehearsal_road import answer_all, approve, close_all, match, screen, share_a_file
from tests.demo.tables_filled import KEPT, OF_MENTORSHIPS, files, not_grown, rows

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def world(now):
    """Return a real programme with a cycle in which people apply."""
    return build_world("open_call", now=now)


def go_all_the_way(cycle, world, now):
    """Take the cohort from the call to the last report, and return what it did in each step."""
    by = world.cleo
    steps = answer_all(cycle.programme, now)
    screen(cycle, by, now)
    match(cycle, by, now)
    steps += answer_all(cycle.programme, now)
    approve(cycle, by, now)
    share_a_file(cycle, by, now)
    steps += answer_all(cycle.programme, now)
    close_all(cycle, by, now)
    return [key for key, _count in steps]


def use_the_other_tables(cycle, world, now):
    """Put a row where the cohort itself puts none."""
    by, rosa = world.cleo, world.everybody["rosa"]
    programme = cycle.programme
    add_contact(programme=programme, name="Cleo", task="", address="cleo@demo.invalid", by=by, now=now)
    appoint(programme=programme, account=rosa, post="reviewer", by=by, now=now)
    meeting = Gathering.objects.create(
        programme=cycle.programme,
        cycle=cycle,
        title={"en": "Hello"},
        starts_at=now,
        ends_at=now + timedelta(hours=1),
        zone="UTC",
    )
    someone = accounts_of(programme).first()
    Registration.objects.create(gathering=meeting, account=someone, email=someone.email, registered_at=now)
    exchange = Exchange.objects.filter(match__cycle=cycle).first()
    traveller = Traveller.objects.filter(exchange=exchange).first()
    InvitationLetter.objects.create(traveller=traveller, content={}, issued_by=by, issued_at=now)
    Booking.objects.create(
        exchange=exchange, traveller=traveller, kind="travel", amount=1, amount_in_budget=1, quoted_at=now
    )
    asked = FollowUp.objects.filter(report__exchange=exchange).order_by("pk").first()
    FollowUp.objects.filter(pk=asked.pk).update(due_on=now.date())
    ImpactReport.objects.create(cycle=cycle, number=1, figures={}, seal="0", published_at=now)
    pair = exchange.match.seats.order_by("part")
    PairRuling.objects.create(
        cycle=cycle, learner=pair[0].application, teacher=pair[1].application, kind="lock", ruled_at=now
    )
    Certificate.objects.create(
        cycle=cycle, application=pair[0].application, holder=someone, number=1, seal="0", issued_at=now
    )
    send_sign_in_code(email=someone.email, language="en", now=now)
    ask_and_offer(programme, someone, by, now)


def ask_and_offer(programme, someone, by, now):
    """Let somebody invented ask for help, and an invented community offer it and be invited."""
    community = communities_of(programme).exclude(representations__account=someone).first()
    sent = {"programme": programme, "topics": [{"capacity": "education", "level": 1}], "now": now}
    need = ask_for_help(person=someone, words={"text": "?"}, by=someone, **sent)
    write_back(need=need, text="And?", by=someone, now=now)
    offer = make_offer(community=community, words={"places": 1}, by=by, **sent)
    introduce(need=need, offer=offer, note="x", by=by, now=now)
    go_away(offer=offer, starts_on=now.date(), ends_on=now.date(), by=by, now=now)
    reach_out(programme=programme, community=community, way="talk_page", words="x", by=by, now=now)


def test_nothing_of_a_rehearsal_is_left_and_nothing_else_is_touched(now):
    world = build_world("closed", now=now)
    before, kept_files = rows(), files()
    copy = rehearse(programme=world.cycle.programme, size=12, by=world.cleo, now=now)
    cycle = copy.cycles.get()
    waiting = Application.objects.filter(call__cycle=cycle, status="submitted").first()
    scores = {score.key: score.lowest for score in cycle.plan.scores}
    Review.objects.filter(application__call__cycle=cycle).delete()
    save_review(
        application=waiting, scores=scores, comment="", version=0, by=world.everybody["rosa"], now=now
    )
    dropped = prepare_decision(application=waiting, outcome="wait", note="", by=world.cleo, now=now)
    drop_decision(decision=dropped, by=world.cleo, now=now)
    steps = go_all_the_way(cycle, world, now)
    assert [key for n, key in enumerate(steps) if key not in steps[:n]] == [
        "draft",
        "match",
        "plan",
        "visit",
        "report",
    ]
    use_the_other_tables(cycle, world, now)
    assert asked_of_cohort(copy, now=now) == {"follow_up": 1}
    assert answer_all(copy, now) == [("follow_up", 1)]
    # A new table has to be filled here, or by the rehearsal of a mentorship: only then is it proved that
    # its rows go as well.
    assert not_grown(before) == KEPT | OF_MENTORSHIPS
    assert len(files()) > len(kept_files)
    throw_away(programme=copy, by=world.cleo, now=now)
    assert rows() == before
    assert files() == kept_files


def test_no_letter_of_the_whole_road_leaves(world, now):
    last = Letter.objects.order_by("pk").last().pk
    copy = rehearse(programme=world.cycle.programme, size=5, by=world.cleo, now=now)
    go_all_the_way(copy.cycles.get(), world, now)
    use_the_other_tables(copy.cycles.get(), world, now)
    # Reminders have their days.
    send_due(now=now + timedelta(days=1000), most=1000)
    written = Letter.objects.filter(pk__gt=last)
    assert set(written.values_list("status", flat=True)) == {"dropped"}
    real = written.exclude(email__endswith="@rehearsal.invalid")
    keys = {"need_asked", "need_message", "plan_signed", "report_handed_in", "programme_appointed"}
    assert set(real.values_list("key", flat=True)) == keys


def test_of_many_matches_one_is_declined(world, now):
    copy = rehearse(programme=world.cycle.programme, size=20, by=world.cleo, now=now)
    cycle = copy.cycles.get()
    screen(cycle, world.cleo, now)
    match(cycle, world.cleo, now)
    assert Match.objects.filter(cycle=cycle).count() >= 4
    answer_all(copy, now)
    assert Match.objects.filter(cycle=cycle, status="declined").count() == 1
    assert not Match.objects.filter(cycle=cycle, status="proposed").exists()


def test_a_real_programme_is_never_thrown_away(world, now):
    before = rows()
    with pytest.raises(NotARehearsal):
        throw_away(programme=world.cycle.programme, by=world.cleo, now=now)
    assert rows() == before


def test_somebody_invented_who_got_a_part_elsewhere_stops_it(world, now):
    copy = rehearse(programme=world.cycle.programme, size=3, by=world.cleo, now=now)
    invented = communities_of(copy).first()
    partner = Partner.objects.exclude(application__call__cycle__programme=copy).first()
    Application.objects.filter(pk=partner.application_id).update(community=invented)
    before = rows()
    with pytest.raises(Entangled) as entangled:
        throw_away(programme=copy, by=world.cleo, now=now)
    assert entangled.value.record.pk in (partner.pk, partner.application_id)
    assert rows() == before


def test_two_rehearsals_are_thrown_away_one_by_one(world, now):
    first = rehearse(programme=world.cycle.programme, size=3, by=world.cleo, now=now)
    with_first, had = rows(), Upload.objects.count()
    second = rehearse(programme=world.cycle.programme, size=3, by=world.cleo, now=now)
    throw_away(programme=second, by=world.cleo, now=now)
    assert rows() == with_first
    throw_away(programme=first, by=world.cleo, now=now)
    assert not Programme.objects.filter(is_rehearsal=True).exists()
    assert Upload.objects.count() == had
