"""Posts of a group are filled, end, and are seen to be vacant."""

from datetime import date, timedelta

import pytest

from talka.kernel.models import Entry, Overtaken
from talka.letters.models import Letter
from talka.people.models import Account
from talka.programmes.actions import PostRefused, edit_tenure, fill_post, remove_tenure
from talka.programmes.actions.reminding import remind_of_terms
from talka.programmes.models import Appointment, Tenure
from talka.programmes.queries import posts_of
from talka.programmes.rules import Term, most_at_once, vacancies
from tests.programmes.group_samples import make_group

TODAY = date(2027, 3, 10)
DAY = timedelta(days=1)


@pytest.fixture
def group(cleo, now):
    return make_group(cleo, now)


def fill(group, cleo, now, post="chair", name="Quill", starts_on=TODAY, ends_on=None, email=""):
    return fill_post(
        programme=group,
        post=post,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        email=email,
        by=cleo,
        now=now,
    )


def state(group, key="chair", today=TODAY):
    return next(post for post in posts_of(group, today=today) if post.key == key)


def test_a_post_that_nobody_ever_held_is_vacant_and_was_never_filled(group):
    assert [(post.key, post.vacant_since) for post in posts_of(group, today=TODAY)] == [
        ("board_liaison", (None,)),
        ("chair", (None,)),
    ]


def test_a_holder_is_named_and_the_post_is_vacant_from_the_day_after(group, cleo, now):
    term = fill(group, cleo, now, ends_on=TODAY + 10 * DAY)
    assert (state(group).holders, state(group).vacant_since) == ((term,), ())
    later = state(group, today=TODAY + 11 * DAY)
    assert (later.holders, later.past, later.vacant_since) == ((), (term,), (TODAY + 11 * DAY,))


def test_somebody_who_begins_later_is_named_and_the_post_is_vacant_until_then(group, cleo, now):
    term = fill(group, cleo, now, starts_on=TODAY + DAY)
    assert (state(group).coming, state(group).vacant_since) == ((term,), (None,))


def test_who_holds_a_post_that_the_blueprint_has_dropped_is_not_forgotten(group, cleo, now):
    fill(group, cleo, now)
    Tenure.objects.update(post="treasurer")
    dropped = posts_of(group, today=TODAY)[-1]
    assert (dropped.key, [term.name for term in dropped.holders], dropped.vacant_since) == (
        "treasurer",
        ["Quill"],
        (),
    )


def test_a_seat_is_not_held_by_two_at_once(group, cleo, now):
    fill(group, cleo, now, ends_on=TODAY + 10 * DAY)
    with pytest.raises(PostRefused) as refused:
        fill(group, cleo, now, starts_on=TODAY + 10 * DAY)
    assert refused.value.reason.key == "posts.taken"
    fill(group, cleo, now, starts_on=TODAY + 11 * DAY)
    assert Tenure.objects.count() == 2


def test_a_post_that_is_not_in_the_blueprint_and_days_out_of_order_are_refused(group, cleo, now):
    with pytest.raises(PostRefused) as unknown:
        fill(group, cleo, now, post="king")
    with pytest.raises(PostRefused) as backwards:
        fill(group, cleo, now, ends_on=TODAY - DAY)
    assert [one.value.reason.key for one in (unknown, backwards)] == ["posts.unknown", "posts.backwards"]


def test_who_is_named_with_an_address_gets_a_letter_and_no_rights(group, cleo, now):
    term = fill(group, cleo, now, email="Quill@demo.invalid", ends_on=TODAY + 365 * DAY)
    quill = Account.objects.get(email="quill@demo.invalid")
    letter = Letter.objects.get(recipient=quill)
    assert (term.account, letter.subject) == (
        quill,
        "Working Group Chair of Wikipedia & Education mentorship: this is you now",
    )
    assert "From 10 March 2027 to 9 March 2028." in letter.body
    assert Appointment.objects.filter(account=quill).count() == 0


def test_a_term_is_corrected_and_the_slower_of_two_is_told(group, cleo, now):
    term = fill(group, cleo, now)
    given = {"starts_on": TODAY, "ends_on": TODAY, "by": cleo, "now": now}
    edit_tenure(tenure=term, name="Quill R.", version=1, **given)
    with pytest.raises(Overtaken):
        edit_tenure(tenure=Tenure.objects.get(), name="Other", version=1, **given)
    assert list(Tenure.objects.values_list("name", "ends_on", "version")) == [("Quill R.", TODAY, 2)]
    assert [entry.verb for entry in Entry.objects.about(term)] == ["fill", "edit"]


def test_a_correction_may_not_take_anothers_seat(group, cleo, now):
    first = fill(group, cleo, now, ends_on=TODAY)
    fill(group, cleo, now, starts_on=TODAY + DAY)
    with pytest.raises(PostRefused):
        edit_tenure(
            tenure=first, name="Quill", starts_on=TODAY, ends_on=TODAY + DAY, version=1, by=cleo, now=now
        )


def test_a_term_that_never_was_is_taken_back(group, cleo, now):
    term = fill(group, cleo, now)
    with pytest.raises(Overtaken):
        remove_tenure(tenure=term, version=2, by=cleo, now=now)
    remove_tenure(tenure=term, version=1, by=cleo, now=now)
    assert Tenure.objects.count() == 0


def test_coordinators_hear_once_thirty_days_ahead_that_a_term_ends(group, cleo, now):
    term = fill(group, cleo, now, ends_on=TODAY + 31 * DAY)
    assert [remind_of_terms(now=now + days * DAY) for days in (0, 1, 2, 4, 33)] == [0, 1, 0, 0, 0]
    letter = Letter.objects.get(key="term_ends")
    assert (letter.recipient, letter.subject) == (
        cleo,
        "Working Group Chair: the term of Quill ends on 10 April 2027",
    )
    days = {"starts_on": TODAY, "ends_on": TODAY + 40 * DAY}
    edit_tenure(tenure=term, name="Quill", **days, version=1, by=cleo, now=now)
    assert remind_of_terms(now=now + 15 * DAY) == 1


def test_the_letter_leaves_by_day_where_the_organisers_are_and_after_an_outage_once(cleo, now):
    far = make_group(cleo, now, zone="Pacific/Auckland")
    # 10 April 2027, 20:00 in Auckland, after a week without the clock.
    fill(far, cleo, now, ends_on=date(2027, 5, 3))
    assert remind_of_terms(now=now.replace(month=4, day=10, hour=8)) == 1
    letter = Letter.objects.get(key="term_ends")
    assert letter.due_at.isoformat() == "2027-04-10T21:00:00+00:00"


def test_the_worst_day_of_a_term_is_what_counts():
    others = [Term(TODAY, TODAY + 2 * DAY), Term(TODAY + DAY, None), Term(TODAY - 9 * DAY, TODAY - DAY)]
    assert most_at_once(Term(TODAY, None), others) == 2
    assert most_at_once(Term(TODAY + 3 * DAY, None), others) == 1
    assert most_at_once(Term(TODAY - 20 * DAY, TODAY - 10 * DAY), others) == 0


def test_each_vacant_seat_says_since_when():
    terms = [Term(TODAY - 9 * DAY, TODAY - 5 * DAY), Term(TODAY, None)]
    assert vacancies(3, terms, today=TODAY) == [TODAY - 4 * DAY, None]
    assert vacancies(1, terms, today=TODAY) == []
