"""Notices are offered by anybody, read by coordinators, and shown until their last day."""

from datetime import date, timedelta

import pytest

from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Entry, Overtaken
from talka.letters.models import Letter
from talka.programmes.actions import (
    MOST_WAITING,
    NoticeRefused,
    edit_notice,
    offer_notice,
    refuse_notice,
    show_notice,
    withdraw_notice,
)
from talka.programmes.models import Notice
from talka.programmes.queries import waiting_in
from tests.programmes.group_samples import make_group

TODAY = date(2027, 3, 10)
DAY = timedelta(days=1)


@pytest.fixture
def group(cleo, now):
    return make_group(cleo, now)


def offer(group, by, now, title="Money for maps", closes_on=TODAY):
    return offer_notice(
        programme=group, title=title, text="Apply.", address="", closes_on=closes_on, by=by, now=now
    )


def edit(notice, by, now, version, title="Money for more maps", closes_on=TODAY):
    edit_notice(
        notice=notice,
        title=title,
        text="Apply.",
        address="",
        closes_on=closes_on,
        version=version,
        by=by,
        now=now,
    )


def shown(group, today=TODAY):
    return list(group.notices.on_show(today))


def test_a_notice_waits_is_told_to_coordinators_and_is_shown_until_its_last_day(group, dan, cleo, now):
    notice = offer(group, dan, now)
    assert (shown(group), waiting_in([group.pk], today=TODAY)) == ([], {group.pk: (1, 0)})
    assert Letter.objects.get(recipient=cleo).subject == "A notice waits for you: Money for maps"
    show_notice(notice=notice, version=1, by=cleo, now=now)
    assert (shown(group), shown(group, TODAY + DAY)) == ([notice], [])
    letter = Letter.objects.get(recipient=dan)
    assert (letter.key, letter.subject) == ("notice_decided", "Your notice is shown: Money for maps")


def test_who_offered_a_notice_that_is_refused_hears_why_and_offers_it_again(group, dan, cleo, now):
    notice = offer(group, dan, now)
    refuse_notice(notice=notice, reason="Say for whom.", version=1, by=cleo, now=now)
    assert "Say for whom." in Letter.objects.get(recipient=dan).body
    edit(notice, dan, now, version=2)
    assert (notice.status, Letter.objects.filter(recipient=cleo).count()) == ("waiting", 1)
    show_notice(notice=notice, version=3, by=cleo, now=now)
    assert [entry.verb for entry in Entry.objects.about(notice)] == [
        "offer",
        "take off",
        "offer again",
        "show",
    ]


def test_only_the_words_that_were_read_are_shown(group, dan, cleo, now):
    notice = offer(group, dan, now)
    edit(notice, dan, now, version=1, title="Something else")
    with pytest.raises(Overtaken):
        show_notice(notice=Notice.objects.get(), version=1, by=cleo, now=now)
    assert (shown(group), Letter.objects.filter(recipient=dan).count()) == ([], 0)


def test_the_words_of_a_shown_notice_stay(group, dan, cleo, now):
    notice = offer(group, dan, now)
    show_notice(notice=notice, version=1, by=cleo, now=now)
    with pytest.raises(NoticeRefused) as refused:
        edit(notice, dan, now, version=2)
    assert (refused.value.reason.key, Notice.objects.get().title) == ("notices.decided", "Money for maps")


def test_a_shown_notice_is_taken_off_again(group, dan, cleo, now):
    notice = offer(group, dan, now)
    show_notice(notice=notice, version=1, by=cleo, now=now)
    refuse_notice(notice=notice, reason="It is over.", version=2, by=cleo, now=now)
    assert (shown(group), Notice.objects.get().refusal) == ([], "It is over.")


def test_a_withdrawn_notice_comes_back_by_nobody(group, dan, cleo, now):
    notice = offer(group, dan, now)
    withdraw_notice(notice=notice, by=dan, now=now)
    with pytest.raises(NotAllowed):
        show_notice(notice=notice, version=1, by=cleo, now=now)
    assert Notice.objects.get().version == 1


def test_a_day_that_is_past_where_the_organisers_are_is_refused(cleo, dan, now):
    far = make_group(cleo, now, slug="far", zone="Pacific/Kiritimati")
    with pytest.raises(NoticeRefused) as refused:
        offer(far, dan, now)
    assert refused.value.reason.key == "notices.over"
    offer(far, dan, now, closes_on=TODAY + DAY)


def test_one_person_cannot_bury_the_coordinators(group, dan, ada, now):
    for _number in range(MOST_WAITING):
        offer(group, dan, now)
    with pytest.raises(NoticeRefused) as refused:
        offer(group, dan, now)
    assert refused.value.reason.key == "notices.too_many"
    offer(group, ada, now)
