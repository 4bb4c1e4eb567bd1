"""A cohort of mentorships as coordinators see it: its board, its hours, and each pair."""

from datetime import timedelta

import pytest
from django.urls import reverse

from talka.exchanges.actions import give_mood, pause_mentorship
from talka.exchanges.actions.quiet import take_quiet_steps
from talka.exchanges.models import Leaving, Mood
from talka.kernel.models import Entry
from talka.programmes.actions import appoint
from talka.web.office.board import cells_of, needs_of, tallies_of
from tests.conftest import make_account
from tests.exchanges.mentorship_samples import (
    log,
    make_cohort,
    make_pair,
    read,
    seat_of,
    sign_as_both,
)


@pytest.fixture
def cycle(cleo, now, time_machine):
    time_machine.move_to(now, tick=False)
    return make_cohort(cleo, now)


@pytest.fixture
def underway(cycle, ada, bo, now):
    return sign_as_both(make_pair(cycle, ada, bo, now), now)


@pytest.fixture
def other(cycle, now):
    """Return a second pair, whose plan is not signed."""
    return make_pair(cycle, make_account("eva"), make_account("filip"), now)


def board(cycle, name="mentorships", query=""):
    return reverse(f"office:{name}", args=[cycle.pk]) + query


def page(exchange, name="mentorship"):
    return reverse(f"office:{name}", args=[exchange.pk])


def names(response):
    return [str(pair.exchange) for pair in response.context["page"]]


@pytest.mark.parametrize(("who", "status"), [("cleo", 200), ("ada", 404), ("dan", 404)])
@pytest.mark.parametrize(
    "name", ["mentorships", "mentorships_xlsx", "mentorships_csv", "mentorship_hours", "mentorship_hours_csv"]
)
def test_the_board_is_for_coordinators(underway, cycle, client, request, who, status, name):
    client.force_login(request.getfixturevalue(who))
    assert client.get(board(cycle, name)).status_code == status


@pytest.mark.parametrize(("who", "status"), [("cleo", 200), ("ada", 403), ("dan", 404)])
def test_a_pair_in_the_office_is_for_coordinators(underway, client, request, who, status):
    client.force_login(request.getfixturevalue(who))
    assert client.get(page(underway)).status_code == status


def test_exchanges_of_a_cohort_lead_to_its_board_and_a_cycle_of_visits_has_none(
    underway, cycle, cleo, client_of, now
):
    from tests.exchanges.exchange_samples import make_cycle

    client = client_of(cleo)
    assert client.get(board(cycle, "exchanges")).headers["Location"] == board(cycle)
    assert board(cycle) in client.get(board(cycle, "cycle")).content.decode()
    visits = make_cycle(cleo, now)
    assert {client.get(board(visits, name)).status_code for name in ("mentorships", "mentorship_hours")} == {
        404
    }
    assert client.get(board(visits, "exchanges")).status_code == 200


def test_pairs_are_found_by_what_is_the_matter(
    underway, other, cycle, ada, cleo, client_of, now, time_machine
):
    client = client_of(cleo)
    give_mood(exchange=underway, feeling="not_good", by=ada, now=now)

    def found(show):
        return names(client.get(board(cycle, query=f"?show={show}")))

    assert (found(""), found("unhappy"), found("no_plan")) == (
        ["Ada – Bo", "Eva – Filip"],
        ["Ada – Bo"],
        ["Eva – Filip"],
    )
    pause_mentorship(exchange=underway, by=ada, now=now)
    assert (found("paused"), found("over"), found("quiet")) == (["Ada – Bo"], [], [])
    take_quiet_steps(now=now + timedelta(days=22))
    assert found("quiet") == ["Eva – Filip"]
    time_machine.move_to(now + timedelta(days=100), tick=False)
    client.force_login(cleo)
    assert found("few_hours") == ["Ada – Bo", "Eva – Filip"]
    assert names(client.get(board(cycle, query="?q=FILIP"))) == ["Eva – Filip"]
    assert "No pair fits" in client.get(board(cycle, query="?q=nobody")).content.decode()
    for sort in ("pair", "quiet", "hours", "end", "nonsense"):
        assert len(names(client.get(board(cycle, query=f"?sort={sort}")))) == 2


def test_lists_leave_as_files(underway, cycle, cleo, client_of, now):
    log(underway, "learns", now, minutes=90)
    client = client_of(cleo)
    text = client.get(board(cycle, "mentorships_csv")).content.decode("utf-8-sig").splitlines()
    assert (text[0].split(",")[:2], text[1].split(",")[:2]) == (["Mentee", "Mentor"], ["Ada", "Bo"])
    hours = client.get(board(cycle, "mentorship_hours_csv")).content.decode("utf-8-sig").splitlines()
    assert hours[1].split(",")[:3] == ["Ada – Bo", "2027-03-10", "90"]
    assert client.get(board(cycle, "mentorships_xlsx")).content[:2] == b"PK"
    assert client.get(board(cycle, "mentorship_hours_xlsx")).content[:2] == b"PK"


def test_a_coordinator_sees_to_a_mood_with_a_note_for_the_others(underway, ada, bo, cleo, client, now):
    give_mood(exchange=underway, feeling="not_good", words="CNRYmoodX", by=ada, now=now)
    mood = Mood.objects.get()
    client.force_login(cleo)
    assert "CNRYmoodX" in client.get(page(underway)).content.decode()
    address = reverse("office:mood_seen", args=[mood.pk])
    assert (
        client.post(address, {"note": "x" * 1001, "given_at": mood.given_at.isoformat()}).status_code == 422
    )
    assert client.post(address, {"note": "I called", "given_at": "nonsense"}).status_code == 409
    assert (
        client.post(address, {"note": "I called", "given_at": mood.given_at.isoformat()}).status_code == 302
    )
    assert "I called" in client.get(page(underway)).content.decode()
    assert client.post(address, {"note": "Again", "given_at": mood.given_at.isoformat()}).status_code == 409
    assert Entry.objects.get(verb="see").note == "I called"
    for person, status in ((ada, 403), (bo, 403)):
        client.force_login(person)
        assert client.post(address).status_code == status
        assert "I called" not in client.get(underway.get_absolute_url()).content.decode()


def test_a_coordinator_who_is_the_partner_reads_no_mood_of_their_own_pair(
    underway, other, cycle, ada, bo, cleo, client_of, now
):
    appoint(programme=cycle.programme, account=bo, post="coordinator", by=cleo, now=now)
    give_mood(exchange=underway, feeling="not_good", words="CNRYmoodX", by=ada, now=now)
    Leaving.objects.create(exchange=underway, reason="fit", words="CNRYleavingX", left_at=now)
    client = client_of(bo)
    text = client.get(page(underway)).content.decode() + client.get(board(cycle)).content.decode()
    text += client.get(board(cycle, "mentorships_csv")).content.decode()
    assert [word in text for word in ("CNRYmoodX", "CNRYleavingX", "Not good")] == [False] * 3
    assert names(client.get(board(cycle, query="?show=unhappy"))) == []
    assert client.post(reverse("office:mood_seen", args=[Mood.objects.get().pk])).status_code == 403


def test_coordinators_pause_go_on_end_and_look_for_another(underway, cleo, client_of, now):
    client = client_of(cleo)
    assert client.post(page(underway, "mentorship_pause"), {"until": "2020-01-01"}).status_code == 422
    assert client.post(page(underway, "mentorship_pause"), {"until": ""}).status_code == 302
    assert client.post(page(underway, "mentorship_resume")).status_code == 302
    told = client.post(page(underway, "mentorship_complete"), follow=True).content.decode()
    assert ("Both of you say of every goal" in told, read(underway).status) == (True, "underway")
    assert client.post(page(underway, "mentorship_stop"), {"reason": ""}).status_code == 422
    words = {"reason": "time", "words": "They told me"}
    assert client.post(page(underway, "mentorship_stop"), words).status_code == 302
    assert "They told me" in client.get(page(underway)).content.decode()
    assert (
        "without a partner" in client.post(page(underway, "mentorship_another"), follow=True).content.decode()
    )
    assert client.post(page(underway, "mentorship_take_up")).status_code == 409


def test_coordinators_complete_what_is_over_and_take_it_up_again(
    underway, cleo, client_of, now, time_machine
):
    time_machine.move_to(now + (underway.ends_on - now.date()), tick=False)
    client = client_of(cleo)
    assert client.post(page(underway, "mentorship_complete")).status_code == 302
    assert read(underway).status == "completed"
    assert client.post(page(underway, "mentorship_take_up")).status_code == 302
    assert read(underway).status == "underway"


def test_a_coordinator_who_is_the_partner_is_told_no_number_of_moods_with_their_own_pair_in_it(
    underway, other, cycle, ada, bo, cleo, client_of, now
):
    def told(reader):
        needs = {need.key: need.count for need in needs_of(cycle, tally_for(cycle, reader, now))}
        pages = [reverse("office:cycle", args=[cycle.pk]), reverse("office:home")]
        texts = [client_of(reader).get(address).content.decode() for address in pages]
        return needs.get("unhappy", 0), ["not going well" in text for text in texts]

    appoint(programme=cycle.programme, account=bo, post="coordinator", by=cleo, now=now)
    give_mood(exchange=underway, feeling="not_good", by=ada, now=now)
    assert (told(bo), told(cleo)) == ((0, [False, False]), (1, [True, True]))
    give_mood(exchange=other, feeling="not_good", by=other.mentee.person, now=now)
    assert (told(bo), told(cleo)) == ((1, [True, True]), (2, [True, True]))


def tally_for(cycle, reader, now):
    return tallies_of([cycle], today=now.date(), reader=reader)[cycle.pk]


def test_the_overview_tells_how_a_cohort_stands_and_what_needs_somebody(
    underway, other, cycle, ada, cleo, now
):
    give_mood(exchange=underway, feeling="not_good", by=ada, now=now)
    for day in (21, 35):
        take_quiet_steps(now=now + timedelta(days=day))
    tally = tally_for(cycle, cleo, now)
    cells = {cell.key: (cell.count, cell.out_of) for cell in cells_of(cycle, tally)[5:]}
    assert cells == {
        "signed": (1, 2),
        "underway": (1, 2),
        "paused": (0, None),
        "completed": (0, 2),
        "stopped": (0, None),
    }
    needs = {need.key: (need.count, need.address) for need in needs_of(cycle, tally)}
    assert needs["unhappy"] == (1, board(cycle, query="?show=unhappy"))
    assert needs["quiet"] == (2, board(cycle, query="?show=quiet&sort=quiet"))
    assert "impact" not in needs


def test_the_lists_ask_the_same_number_of_questions_however_many_pairs(
    underway, cycle, cleo, client_of, now, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(cleo)
    lists = [
        board(cycle, name)
        for name in ("mentorships", "mentorship_hours", "mentorships_csv", "mentorship_hours_csv")
    ]
    log(underway, "learns", now)
    counts = []
    for address in lists:
        with CaptureQueriesContext(connection) as caught:
            client.get(address)
        counts.append(len(caught))
    for number in range(4):
        pair = make_pair(cycle, make_account(f"learner {number}"), make_account(f"teacher {number}"), now)
        sign_as_both(pair, now)
        log(pair, "learns", now)
        give_mood(exchange=pair, feeling="good", by=seat_of(pair, "learns").application.person, now=now)
    for address, count in zip(lists, counts, strict=True):
        with django_assert_num_queries(count):
            client.get(address)
