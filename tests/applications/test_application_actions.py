"""The verbs of applications: windows to the second, partners, letters."""

from datetime import date, timedelta

import pytest

from talka.applications.actions import (
    ApplicationRefused,
    Incomplete,
    confirm_partner,
    invite_partner,
    name_partner,
    refuse_partner,
    remove_goal,
    reopen_application,
    save_application,
    start_application,
    submit_application,
)
from talka.applications.models import Application
from talka.applications.queries import checklist
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Entry
from talka.kernel.windows import start_of
from talka.letters.models import Letter
from tests.applications.open_call import begin, fill_in

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("place", "day"),
    [
        ("AoE", date(2027, 4, 1)),
        ("Europe/Warsaw", date(2027, 3, 28)),
        ("Europe/Warsaw", date(2027, 3, 29)),
        ("Europe/Warsaw", date(2027, 10, 31)),
        ("Europe/Warsaw", date(2027, 11, 1)),
    ],
)
def test_a_call_closes_to_the_second_also_on_the_days_when_clocks_change(mentee_call, ada, place, day):
    mentee_call.closes_at = start_of(day, place)
    mentee_call.save()
    begin(mentee_call, ada, mentee_call.closes_at - SECOND)
    Application.objects.update(status="withdrawn")
    for moment in (mentee_call.closes_at, mentee_call.closes_at + SECOND):
        with pytest.raises(ApplicationRefused) as refused:
            begin(mentee_call, ada, moment)
        assert refused.value.reason.key == "application.call_closed"


def test_a_call_opens_to_the_second(mentee_call, ada):
    with pytest.raises(ApplicationRefused) as refused:
        begin(mentee_call, ada, mentee_call.opens_at - SECOND)
    assert refused.value.reason.key == "application.call_not_open"
    assert begin(mentee_call, ada, mentee_call.opens_at).status == "draft"


def test_the_checklist_names_everything_that_is_missing_and_nothing_else(mentee_call, ada, now):
    application = begin(mentee_call, ada, now)
    sections = [gap.section for gap in checklist(application, now)]
    assert sections == ["answers"] * 6 + ["goals"] + ["commitments"] * 3
    assert checklist(fill_in(application, ada, now), now) == []


def test_what_was_handed_in_stays_complete(mentee_call, ada, now):
    application = fill_in(begin(mentee_call, ada, now), ada, now)
    submit_application(application=application, by=ada, now=now)
    with pytest.raises(Incomplete):
        save_application(application=application, answers={"profile": ""}, seen={}, by=ada, now=now)
    with pytest.raises(Incomplete):
        remove_goal(goal=application.goals.get(), by=ada, now=now)
    application.refresh_from_db()
    assert application.sheet.answers["profile"] == "Twelve people who meet every month."
    assert application.goals.count() == 1


def test_an_application_is_handed_in_once(mentee_call, ada, now):
    application = fill_in(begin(mentee_call, ada, now), ada, now)
    submit_application(application=application, by=ada, now=now)
    with pytest.raises(NotAllowed):
        submit_application(application=application, by=ada, now=now)
    assert Letter.objects.filter(key="application_received").count() == 1


def test_one_applicant_alone_gets_more_time(mentee_call, ada, bo, cleo, now):
    late = mentee_call.closes_at + timedelta(days=1)
    hers, his = begin(mentee_call, ada, now), begin(mentee_call, bo, now)
    reopen_application(
        application=hers, until=late + SECOND, by=cleo, now=mentee_call.closes_at, note="The line was down."
    )
    save_application(application=hers, answers={"profile": "Late."}, seen={}, by=ada, now=late)
    with pytest.raises(ApplicationRefused):
        save_application(application=his, answers={"profile": "Late."}, seen={}, by=bo, now=late)
    (letter,) = Letter.objects.filter(key="application_reopened")
    assert (letter.email, "The line was down." in letter.body) == (ada.email, True)


def named(mentee_call, ada, bo, now):
    """Let Ada's community name Bo's."""
    application = begin(mentee_call, ada, now)
    return name_partner(application=application, community=bo.community, note="We met.", by=ada, now=now)


def test_a_named_partner_is_asked_when_the_application_is_handed_in(mentee_call, ada, bo, now):
    partner = named(mentee_call, ada, bo, now)
    fill_in(partner.application, ada, now)
    submit_application(application=partner.application, by=ada, now=now)
    partner.refresh_from_db()
    (letter,) = Letter.objects.filter(key="partner_invited")
    assert (partner.status, letter.email) == ("invited", bo.email)
    assert "We met." in letter.body and f"/desk/partners/{partner.pk}/" in letter.body


def test_a_partner_that_confirms_uses_the_application_it_has(mentee_call, mentor_call, ada, bo, now):
    own = begin(mentor_call, bo, now)
    partner = named(mentee_call, ada, bo, now)
    invite_partner(partner=partner, by=ada, now=now)
    assert confirm_partner(partner=partner, by=bo, now=now) == own


def test_a_partner_that_confirms_after_the_call_has_a_week(mentee_call, mentor_call, ada, bo, now):
    partner = named(mentee_call, ada, bo, now)
    invite_partner(partner=partner, by=ada, now=now)
    late = mentor_call.closes_at + timedelta(days=2)
    own = confirm_partner(partner=partner, by=bo, now=late)
    assert [own.takes_changes(late + timedelta(days=days)) for days in (6, 7)] == [True, False]
    assert Letter.objects.filter(key="partner_answered", email=ada.email).count() == 1


def test_a_partner_may_refuse_and_the_applicant_hears_of_it(mentee_call, ada, bo, now):
    partner = named(mentee_call, ada, bo, now)
    invite_partner(partner=partner, by=ada, now=now)
    refuse_partner(partner=partner, by=bo, now=now)
    assert partner.status == "declined"
    assert "does not confirm" in Letter.objects.get(key="partner_answered").subject


def test_a_community_is_no_partner_of_its_own(mentee_call, ada, now):
    application = begin(mentee_call, ada, now)
    with pytest.raises(ApplicationRefused) as refused:
        name_partner(application=application, community=ada.community, note="", by=ada, now=now)
    assert refused.value.reason.key == "partner.is_yourself"


def test_a_sitting_is_one_line_of_the_ledger(mentee_call, ada, now):
    application = begin(mentee_call, ada, now)
    for minute in (0, 1, 2, 30):
        save_application(
            application=application,
            answers={"profile": f"Minute {minute}."},
            seen={},
            by=ada,
            now=now + timedelta(minutes=minute),
        )
    assert [entry.verb for entry in Entry.objects.about(application)] == ["start", "edit", "edit"]


def test_a_second_community_of_the_same_person_applies_for_itself(mentee_call, ada, bo, now):
    first = begin(mentee_call, ada, now)
    second = start_application(call=mentee_call, community=bo.community, by=ada, now=now)
    assert first.pk != second.pk
