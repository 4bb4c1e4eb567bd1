"""Help is asked for at any time, and what becomes of it is told."""

from datetime import timedelta

import pytest

from talka.capacities.actions import (
    NeedRefused,
    ask_for_help,
    close_need,
    edit_need,
    lay_back_need,
    note_need,
    reply_to_need,
    settle_need,
    take_up_need,
    withdraw_need,
    write_back,
    write_to_asker,
)
from talka.capacities.models import Need
from talka.capacities.queries import fitting_offers, late_needs, listed_needs, notes_for_asker, searched_needs
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Entry, Overtaken
from talka.letters.models import Letter
from talka.people.models import Account
from tests.capacities.asking_world import ask, brought_together, fresh, lines, offer, words
from tests.conftest import make_account

A_DAY = timedelta(days=1)


def letters(key=None):
    """Return who got which letter, in the order in which they were written."""
    found = Letter.objects.order_by("pk").exclude(key="programme_appointed")
    found = found.filter(key=key) if key else found
    return list(found.values_list("key", "email"))


def test_the_asker_gets_a_receipt_and_the_coordinators_are_told(programme, ada, cleo, now):
    need = ask(programme, ada, now, "education", "glam")
    assert letters() == [("need_received", ada.email), ("need_asked", cleo.email)]
    receipt = Letter.objects.get(key="need_received")
    assert receipt.subject == "We have your request: Education and Glam"
    assert "within 14 days" in receipt.body
    assert [str(topic) for topic in need.topics.all()] == ["Education", "Glam"]


def test_no_letter_carries_the_words_of_the_request(programme, ada, now):
    ask(programme, ada, now, text="CNRYTEXT")
    assert [
        letter.body for letter in Letter.objects.all() if "CNRYTEXT" in letter.body + letter.subject
    ] == []


def test_for_a_community_all_who_represent_it_are_written_to(programme, ada, bo, now):
    ada.community.representations.create(
        community=ada.community, email=bo.email, name="Bo", account=bo, status="accepted", invited_at=now
    )
    need = ask(programme, ada, now, community=ada.community)
    assert (str(need), need.asked_by) == ("Wikimedians of Ruritania", ada)
    assert letters("need_received") == [("need_received", ada.email), ("need_received", bo.email)]


def test_six_topics_are_too_many_and_nothing_is_kept(programme, ada, now):
    with pytest.raises(NeedRefused, match="too_many_topics"):
        ask_for_help(
            programme=programme,
            person=ada,
            words=words(),
            topics=lines(*"abcdef"),
            by=ada,
            now=now,
        )
    assert (Need.objects.count(), Letter.objects.filter(key="need_received").count()) == (0, 0)


def test_somebody_invented_asks_in_their_rehearsal_only(programme, now):
    nobody = Account.objects.create(name="X", email="x.r1@rehearsal.invalid", joined_at=now)
    with pytest.raises(NeedRefused, match="invented"):
        ask(programme, nobody, now)
    programme.is_rehearsal = True
    assert ask(programme, nobody, now).status == "asked"


def test_a_coordinator_takes_it_up_with_a_note_and_answers(programme, ada, cleo, now):
    need = ask(programme, ada, now)
    take_up_need(need=need, note="I look for somebody.", by=cleo, now=now + A_DAY)
    assert (fresh(need).status, fresh(need).owner) == ("taken", cleo)
    reply_to_need(need=need, text="Here is a module.", by=cleo, now=now + 2 * A_DAY)
    assert fresh(need).status == "answered"
    assert [(note.kind, note.text) for note in notes_for_asker(need)] == [
        ("reply", "I look for somebody."),
        ("reply", "Here is a module."),
    ]
    assert letters()[2:] == [("need_taken", ada.email), ("need_answered", ada.email)]
    assert [entry.verb for entry in Entry.objects.about(need)] == ["ask", "take up", "reply"]


def test_of_two_who_take_it_up_the_second_is_told(programme, ada, cleo, now):
    need = ask(programme, ada, now)
    second = fresh(need)
    take_up_need(need=need, note="", by=cleo, now=now)
    with pytest.raises(Overtaken):
        take_up_need(need=second, note="", by=make_account("rosa"), now=now)
    assert (fresh(need).owner, letters("need_taken")) == (cleo, [("need_taken", ada.email)])


def test_of_two_who_answer_one_is_told_and_one_letter_leaves(programme, ada, cleo, now):
    need = ask(programme, ada, now)
    second = fresh(need)
    reply_to_need(need=need, text="One.", by=cleo, now=now)
    with pytest.raises(Overtaken):
        reply_to_need(need=second, text="Two.", by=cleo, now=now)
    assert letters("need_answered") == [("need_answered", ada.email)]


def test_what_is_laid_back_can_be_taken_up_by_another(programme, ada, cleo, now):
    need, rosa = ask(programme, ada, now), make_account("rosa")
    take_up_need(need=need, note="", by=cleo, now=now)
    lay_back_need(need=need, by=cleo, now=now)
    take_up_need(need=need, note="", by=rosa, now=now + A_DAY)
    assert fresh(need).owner == rosa


def test_notes_of_the_office_are_no_sign_of_life_and_the_asker_never_reads_them(programme, ada, cleo, now):
    need = ask(programme, ada, now)
    note_need(need=need, text="Known from last year.", by=cleo, now=now + A_DAY)
    assert (fresh(need).moved_at, list(notes_for_asker(need))) == (now, [])
    write_to_asker(need=need, text="Which age?", by=cleo, now=now + A_DAY)
    assert (fresh(need).moved_at, letters("need_message")) == (now + A_DAY, [("need_message", ada.email)])


def test_who_writes_again_does_not_wait_longer_for_it(programme, ada, now):
    need = ask(programme, ada, now)
    write_back(need=need, text="And for teachers?", by=ada, now=now + A_DAY)
    assert (fresh(need).status, fresh(need).moved_at, fresh(need).waits_since) == ("asked", now, now)


def test_answering_back_opens_it_again_with_who_was_on_it(programme, ada, cleo, now):
    need = ask(programme, ada, now)
    reply_to_need(need=need, text="Here is a module.", by=cleo, now=now + A_DAY)
    write_back(need=need, text="It is in English only.", by=ada, now=now + 9 * A_DAY)
    again = fresh(need)
    assert (again.status, again.owner, again.waits_since) == ("taken", cleo, now + 9 * A_DAY)
    assert letters("need_came_back") == [("need_came_back", cleo.email)]


def test_a_request_that_was_withdrawn_unseen_comes_back_to_all(programme, ada, now):
    need = ask(programme, ada, now)
    withdraw_need(need=need, by=ada, now=now)
    write_back(need=need, text="We need it after all.", by=ada, now=now + A_DAY)
    assert (fresh(need).status, fresh(need).owner) == ("asked", None)


def test_withdrawing_lets_go_of_the_mentor_who_was_asked(programme, ada, bo, cleo, now):
    need, _given, made = brought_together(programme, ada, bo, cleo, now)
    withdraw_need(need=need, by=ada, now=now + A_DAY)
    assert (fresh(need).status, fresh(made).status) == ("withdrawn", "withdrawn")
    assert letters("introduction_withdrawn") == [("introduction_withdrawn", bo.email)]
    assert letters("need_withdrawn") == [("need_withdrawn", cleo.email)]


def test_what_was_answered_is_settled_by_the_asker_or_closed_with_words(programme, ada, cleo, now):
    first, second = ask(programme, ada, now), ask(programme, ada, now)
    with pytest.raises(NotAllowed):
        settle_need(need=first, by=ada, now=now)
    reply_to_need(need=first, text="So.", by=cleo, now=now)
    settle_need(need=first, by=ada, now=now + A_DAY)
    take_up_need(need=second, note="", by=cleo, now=now)
    close_need(need=second, text="We know nobody.", by=cleo, now=now + A_DAY)
    assert [fresh(one).status for one in (first, second)] == ["closed", "closed"]


def test_it_is_changed_while_it_waits_and_the_slower_of_two_is_told(programme, ada, cleo, now):
    need = ask(programme, ada, now)
    given = {"words": words(text="For two schools."), "topics": lines("glam", level=2), "by": ada, "now": now}
    edit_need(need=need, version=1, **given)
    assert (fresh(need).text, [str(topic) for topic in need.topics.all()]) == ("For two schools.", ["Glam"])
    with pytest.raises(Overtaken):
        edit_need(need=fresh(need), version=1, **given)
    reply_to_need(need=need, text="So.", by=cleo, now=now)
    with pytest.raises(NeedRefused, match="settled"):
        edit_need(need=fresh(need), version=2, **given)


def test_the_list_begins_with_who_waits_longest_and_knows_who_waits_too_long(programme, ada, bo, now):
    old = ask(programme, ada, now - 15 * A_DAY)
    on_time, new = ask(programme, bo, now - 14 * A_DAY), ask(programme, bo, now)
    assert list(listed_needs(programme)) == [old, on_time, new]
    assert list(late_needs(listed_needs(programme), answer_days=14, now=now)) == [old]
    assert [one.is_late(now, 14) for one in (old, on_time, new)] == [True, False, False]


def test_words_are_searched_in_the_asker_and_in_the_text(programme, ada, bo, now):
    first = ask(programme, ada, now, community=ada.community)
    second = ask(programme, bo, now, text="Teachers in Graustark")
    found = [
        list(searched_needs(listed_needs(programme), said)) for said in ("ruritania", "bo teachers", "x")
    ]
    assert found == [[first], [second], []]


def test_offers_beside_a_request_come_best_first_with_reasons(programme, ada, bo, dan, cleo, now):
    need = ask(programme, ada, now, "classes", "glam", languages=[{"language": "pl", "level": 3}])
    near = offer(programme, bo, now, "education", languages=[{"language": "pl", "level": 6}])
    best = offer(programme, dan, now, "glam", languages=[{"language": "pl", "level": 3}])
    deaf = offer(programme, cleo, now, "glam", languages=[{"language": "en", "level": 6}])
    offer(programme, make_account("eva"), now, "wikidata")
    found = fitting_offers(need, today=now.date())
    assert [(one.offer, one.fit.is_possible) for one in found] == [(best, True), (near, True), (deaf, False)]
    assert [reason.key for reason in found[1].fit.reasons] == ["fit.near_topic", "fit.language", "fit.model"]
    assert [reason.key for reason in found[2].fit.against] == ["fit.no_language"]
    assert found[0].fit.reasons[1].values == {"languages": "Polish"}
