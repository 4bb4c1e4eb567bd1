"""Asking for help and offering it, in the browser."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from talka.capacities.actions import (
    accept_introduction,
    note_need,
    reply_to_need,
    take_up_need,
    write_to_asker,
)
from talka.capacities.actions.clockwork import ask_whether_offers_hold
from talka.capacities.models import Absence, Need, Offer
from talka.programmes.models import Programme
from tests.capacities.asking_world import ask, brought_together, fresh, make_programme, offer, strangers

SENT = {
    "text": "How do we begin?",
    "model": "school",
    "country": "SK",
    "capacity": "",
    "topics-0-capacity": "education",
    "topics-0-level": "1",
    "languages-0-language": "Polish",
    "languages-0-level": "6",
    "when": "In spring",
    "starts_on": "2027-04-01",
    "ends_on": "2027-05-01",
    "is_public": "on",
}


@pytest.fixture(autouse=True)
def on_the_day(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def programme(cleo, now):
    return make_programme(cleo, now)


def at(name, *args):
    return reverse(f"desk:{name}", args=args)


def test_a_stranger_signs_in_first(programme, client):
    assert client.get(at("need_ask", programme.slug)).status_code == 302


def test_a_programme_without_requests_has_no_such_page(programme, client_of, dan):
    Programme.objects.update(blueprint=programme.blueprint | {"requests": None})
    client = client_of(dan)
    pages = [at("need_ask", programme.slug), at("offer_make", programme.slug)]
    assert [client.get(page).status_code for page in pages] == [404, 404]


def test_anybody_asks_for_themselves(programme, client_of, dan):
    answer = client_of(dan).post(at("need_ask", programme.slug), SENT)
    need = Need.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, at("need", need.pk))
    assert (need.person, need.text, need.country, need.model, need.is_public) == (
        dan,
        "How do we begin?",
        "SK",
        "school",
        True,
    )
    assert (need.languages, str(need.ends_on)) == ([{"language": "pl", "level": 6}], "2027-05-01")


def test_for_a_community_asks_who_represents_it(programme, client_of, ada, bo):
    client = client_of(ada)
    sides = [(ada.community.pk, 302), (bo.community.pk, 422)]
    codes = [client.post(at("need_ask", programme.slug), SENT | {"side": pk}).status_code for pk, _ in sides]
    assert (codes, Need.objects.get().community) == ([302, 422], ada.community)


def test_nothing_that_was_typed_is_lost(programme, client_of, dan):
    wrong = SENT | {"topics-0-capacity": "", "topics-0-level": "", "ends_on": "2027-03-01"}
    answer = client_of(dan).post(at("need_ask", programme.slug), wrong)
    kept = ("How do we begin?", "In spring", "2027-03-01", "Polish")
    assert (answer.status_code, [words in answer.text for words in kept]) == (422, [True] * 4)
    assert ("This is before the first day." in answer.text, Need.objects.count()) == (True, 0)


def test_a_request_belongs_to_its_asker_and_to_nobody_else(programme, client_of, ada, bo, cleo, dan, now):
    need = ask(programme, ada, now)
    codes = [client_of(who).get(at("need", need.pk)).status_code for who in (ada, bo, cleo, dan)]
    assert codes == [200, 404, 404, 404]


def test_the_asker_reads_answers_and_never_the_notes_of_the_office(programme, client_of, ada, cleo, now):
    need = ask(programme, ada, now)
    take_up_need(need=need, note="I look around.", by=cleo, now=now)
    note_need(need=need, text="CNRYNOTE", by=cleo, now=now)
    page = client_of(ada).get(at("need", need.pk)).text
    shown = [words in page for words in ("Cleo is on it.", "I look around.", "CNRYNOTE", "wrote a note")]
    assert shown == [True, True, False, False]


def test_an_answer_is_settled_or_answered_back(programme, client_of, ada, cleo, now):
    need, client = ask(programme, ada, now), client_of(ada)
    reply_to_need(need=need, text="Here is a module.", by=cleo, now=now)
    assert client.post(at("need_write", need.pk), {"text": ""}).status_code == 422
    assert client.post(at("need_write", need.pk), {"text": "In English only."}).status_code == 302
    assert fresh(need).status == "taken"
    assert client.post(at("need_settle", need.pk)).status_code == 302
    assert fresh(need).status == "closed"
    assert client.post(at("need_settle", need.pk)).status_code == 409


def test_a_request_is_changed_while_it_waits_and_two_editors_see_both_texts(programme, client_of, ada, now):
    need, client = ask(programme, ada, now), client_of(ada)
    page = at("need_edit", need.pk)
    assert client.post(page, SENT | {"text": "For two schools.", "version": 1}).status_code == 302
    late = client.post(page, SENT | {"text": "For three.", "version": 1})
    assert (late.status_code, fresh(need).text) == (409, "For two schools.")
    assert ["For two schools." in late.text, "For three." in late.text] == [True, True]
    client.post(at("need_withdraw", need.pk))
    settled = client.post(page, SENT | {"version": 2, "text": "For four."})
    assert (settled.status_code, "For four." in settled.text, fresh(need).status) == (422, True, "withdrawn")


def test_an_offer_is_made_changed_and_ended(programme, client_of, dan):
    client = client_of(dan)
    sent = {"topics-0-capacity": "glam", "topics-0-level": "4", "places": "2", "for_models": ["school"]}
    assert client.post(at("offer_make", programme.slug), sent | {"places": "0"}).status_code == 422
    assert client.post(at("offer_make", programme.slug), sent).status_code == 302
    again = client.post(at("offer_make", programme.slug), sent)
    assert (again.status_code, "There is an offer already" in again.text) == (422, True)
    made = Offer.objects.get()
    assert (made.person, made.places, made.for_models) == (dan, 2, ["school"])
    assert client.get(at("offer", made.pk)).status_code == 200
    edit = at("offer_edit", made.pk)
    codes = [client.post(edit, sent | {"places": "3", "version": 1}).status_code for _ in range(2)]
    assert (codes, fresh(made).places) == ([302, 409], 3)
    states = []
    for verb in ("offer_end", "offer_resume"):
        client.post(at(verb, made.pk))
        states.append(fresh(made).status)
    assert states == ["ended", "open"]


def test_i_am_away_in_two_clicks_and_back_in_one(programme, client_of, bo, now):
    given, client = offer(programme, bo, now), client_of(bo)
    page = client.get(at("offer", given.pk)).text
    assert ('value="2027-03-23"' in page, "Away for 14 days" in page) == (True, True)
    client.post(at("offer_away", given.pk), {"starts_on": "2027-03-10", "ends_on": "2027-03-23"})
    assert "You are away until 23 March 2027" in client.get(at("offer", given.pk)).text
    wrong = client.post(at("offer_away", given.pk), {"starts_on": "2027-03-10", "ends_on": "2027-03-09"})
    assert wrong.status_code == 422
    client.post(at("offer_back", given.pk, Absence.objects.get().pk))
    assert Absence.objects.count() == 0


def test_a_mentor_reads_what_is_asked_after_saying_yes(programme, client_of, ada, bo, cleo, now):
    need, _given, made = brought_together(programme, ada, bo, cleo, now)
    Need.objects.filter(pk=need.pk).update(text="CNRYTEXT", when="CNRYWHEN")
    client, words = client_of(bo), ("A school in Ruritania.", "CNRYTEXT", "CNRYWHEN", "Ada", ada.email)
    before = client.get(at("introduction", made.pk)).text
    assert client.post(at("introduction_accept", made.pk)).status_code == 302
    after = client.get(at("introduction", made.pk)).text
    assert [word in before for word in words] == [True, False, False, False, False]
    assert [word in after for word in words] == [True] * 5
    assert bo.email in client_of(ada).get(at("need", need.pk)).text


def test_a_mentor_says_no_with_a_word_or_without(programme, client_of, ada, bo, dan, cleo, now):
    _need, _given, made = brought_together(programme, ada, bo, cleo, now)
    assert client_of(dan).post(at("introduction_decline", made.pk), {"note": ""}).status_code == 404
    assert client_of(bo).post(at("introduction_decline", made.pk), {"note": ""}).status_code == 302
    assert fresh(made).status == "declined"


def tasks(client):
    """Return what the desk asks, and what it waits for, as words of the buttons."""
    page = client.get(at("home")).context
    return [task.button for task in page["asked"]], [task.button for task in page["waiting"]]


def test_the_desk_says_whose_turn_it_is(programme, client_of, ada, bo, cleo, now):
    need, found = ask(programme, ada, now), []
    client = client_of(ada)
    found.append(tasks(client))
    write_to_asker(need=need, text="Which age?", by=cleo, now=now)
    found.append(tasks(client))
    client.post(at("need_write", need.pk), {"text": "Twelve."})
    found.append(tasks(client))
    reply_to_need(need=fresh(need), text="So.", by=cleo, now=now)
    found.append(tasks(client))
    client.post(at("need_settle", need.pk))
    found.append(tasks(client))
    wait = ([], ["See the request"])
    assert found == [wait, (["Read it"], []), wait, (["Read it"], []), ([], [])]


def test_the_desk_asks_mentors_for_an_answer_and_whether_an_offer_holds(
    programme, client_of, ada, bo, cleo, now, time_machine
):
    _need, given, made = brought_together(programme, ada, bo, cleo, now)
    assert tasks(client_of(bo))[0] == ["Answer"]
    accept_introduction(introduction=made, by=bo, now=now)
    assert tasks(client_of(bo))[0] == []
    Offer.objects.update(confirmed_at=now.replace(year=2026))
    ask_whether_offers_hold(now=now)
    assert tasks(client_of(bo))[0] == ["Look at it"]
    client_of(bo).post(at("offer_confirm", given.pk))
    assert tasks(client_of(bo))[0] == []


def test_the_list_of_ones_own_takes_as_many_queries_however_long_it_is(programme, client_of, ada, now):
    client, counts = client_of(ada), []
    for _ in range(2):
        for person in strangers(0) or [ada] * 4:
            ask(programme, person, now, "education", "glam")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(at("requests"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
