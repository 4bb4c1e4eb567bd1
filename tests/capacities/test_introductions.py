"""The mentor is asked first; on a yes the two learn of each other."""

from datetime import timedelta

import pytest

from talka.capacities.actions import (
    NeedRefused,
    accept_introduction,
    decline_introduction,
    edit_offer,
    end_offer,
    finish_introduction,
    go_away,
    introduce,
    reply_to_need,
    withdraw_introduction,
    write_back,
)
from talka.kernel.lifecycle import NotAllowed
from talka.letters.models import Letter
from tests.capacities.asking_world import ask, brought_together, fresh, lines, offer
from tests.conftest import make_account

A_DAY = timedelta(days=1)


def test_the_mentor_reads_what_the_coordinators_wrote_and_not_who_asks(programme, ada, bo, cleo, now):
    need, _given, made = brought_together(programme, ada, bo, cleo, now)
    letter = Letter.objects.get(key="introduction_asked")
    assert (letter.email, "A school in Ruritania." in letter.body, "Ada" in letter.body) == (
        bo.email,
        True,
        False,
    )
    assert (fresh(need).status, fresh(need).owner, made.status) == ("taken", cleo, "asked")


def test_on_a_yes_each_gets_the_address_of_the_other(programme, ada, bo, cleo, now):
    need, _given, made = brought_together(programme, ada, bo, cleo, now)
    accept_introduction(introduction=made, by=bo, now=now + A_DAY)
    assert (fresh(need).status, fresh(made).status, fresh(made).answered_by) == ("matched", "accepted", bo)
    to_asker = Letter.objects.get(key="introduction_agreed")
    to_mentor = Letter.objects.get(key="introduction_accepted")
    assert (to_asker.email, f"- Bo: {bo.email}" in to_asker.body) == (ada.email, True)
    assert (to_mentor.email, f"- Ada: {ada.email}" in to_mentor.body) == (bo.email, True)


def test_a_no_goes_back_to_who_asked_with_its_words(programme, ada, bo, cleo, now):
    need, _given, made = brought_together(programme, ada, bo, cleo, now)
    decline_introduction(introduction=made, note="Too busy.", by=bo, now=now + A_DAY)
    assert (fresh(need).status, fresh(made).answer_note) == ("taken", "Too busy.")
    letter = Letter.objects.get(key="introduction_declined")
    assert (letter.email, "Too busy." in letter.body) == (cleo.email, True)
    assert Letter.objects.filter(recipient=ada, key__startswith="introduction").count() == 0


def test_one_mentor_is_asked_at_a_time(programme, ada, bo, dan, cleo, now):
    need, _given, made = brought_together(programme, ada, bo, cleo, now)
    other = offer(programme, dan, now)
    with pytest.raises(NeedRefused, match="asked_already"):
        introduce(need=need, offer=other, note="x", by=cleo, now=now)
    withdraw_introduction(introduction=made, by=cleo, now=now)
    assert introduce(need=need, offer=other, note="x", by=cleo, now=now).offer == other
    with pytest.raises(NotAllowed):
        accept_introduction(introduction=made, by=bo, now=now)


def test_a_question_takes_the_place_and_a_no_frees_it(programme, ada, bo, dan, cleo, now):
    _need, given, made = brought_together(programme, ada, bo, cleo, now)
    second = ask(programme, dan, now)
    with pytest.raises(NeedRefused, match="no_place"):
        introduce(need=second, offer=given, note="x", by=cleo, now=now)
    decline_introduction(introduction=made, note="", by=bo, now=now)
    assert introduce(need=second, offer=given, note="x", by=cleo, now=now).status == "asked"


def test_a_place_is_free_again_when_the_help_has_ended(programme, ada, bo, dan, cleo, now):
    _need, given, made = brought_together(programme, ada, bo, cleo, now)
    accept_introduction(introduction=made, by=bo, now=now)
    second = ask(programme, dan, now)
    with pytest.raises(NeedRefused, match="no_place"):
        introduce(need=second, offer=given, note="x", by=cleo, now=now)
    finish_introduction(introduction=made, by=bo, now=now)
    assert introduce(need=second, offer=given, note="x", by=cleo, now=now).status == "asked"


def test_a_mentor_who_has_fewer_places_by_then_cannot_say_yes(programme, ada, bo, dan, cleo, now):
    given = offer(programme, bo, now, places=2)
    first, second = ask(programme, ada, now), ask(programme, dan, now)
    made = [introduce(need=one, offer=given, note="x", by=cleo, now=now) for one in (first, second)]
    accept_introduction(introduction=made[0], by=bo, now=now)
    edit_offer(offer=given, words={"places": 1}, topics=lines("glam"), version=1, by=bo, now=now)
    with pytest.raises(NeedRefused, match="no_place"):
        accept_introduction(introduction=made[1], by=bo, now=now)
    assert (fresh(second).status, fresh(made[1]).status) == ("taken", "asked")


def test_who_is_away_or_has_ended_is_not_asked(programme, ada, bo, dan, cleo, now):
    need = ask(programme, ada, now)
    away, ended = offer(programme, bo, now), offer(programme, dan, now)
    go_away(offer=away, starts_on=now.date(), ends_on=now.date(), by=bo, now=now)
    end_offer(offer=ended, by=dan, now=now)
    for one in (away, ended):
        with pytest.raises(NeedRefused, match="not_there"):
            introduce(need=need, offer=one, note="x", by=cleo, now=now)
    assert introduce(need=need, offer=away, note="x", by=cleo, now=now + A_DAY).status == "asked"


def test_nobody_is_introduced_to_themselves(programme, ada, cleo, now):
    need, given = ask(programme, ada, now), offer(programme, ada, now)
    with pytest.raises(NeedRefused, match="yourself"):
        introduce(need=need, offer=given, note="x", by=cleo, now=now)


def test_an_asker_who_answers_back_looks_for_another_mentor(programme, ada, bo, cleo, now):
    need, _given, made = brought_together(programme, ada, bo, cleo, now)
    accept_introduction(introduction=made, by=bo, now=now)
    write_back(need=need, text="He never wrote.", by=ada, now=now + 30 * A_DAY)
    assert (fresh(need).status, fresh(made).status) == ("taken", "ended")
    other = offer(programme, make_account("eva"), now)
    assert introduce(need=need, offer=other, note="x", by=cleo, now=now + 31 * A_DAY).status == "asked"


def test_an_answer_in_words_lets_go_of_the_mentor_who_was_asked(programme, ada, bo, cleo, now):
    need, _given, made = brought_together(programme, ada, bo, cleo, now)
    reply_to_need(need=fresh(need), text="Here is a module.", by=cleo, now=now)
    assert (fresh(need).status, fresh(made).status) == ("answered", "withdrawn")
    with pytest.raises(NotAllowed):
        accept_introduction(introduction=made, by=bo, now=now)


def test_who_ends_an_offer_need_not_answer_any_more(programme, ada, bo, cleo, now):
    need, given, made = brought_together(programme, ada, bo, cleo, now)
    end_offer(offer=given, by=bo, now=now)
    assert (fresh(made).status, fresh(need).status) == ("withdrawn", "taken")
