"""Joining a group and leaving it, and offering notices, at the desk."""

import pytest
from django.urls import reverse

from talka.programmes.actions import join_roll, offer_notice, refuse_notice, show_notice
from talka.programmes.models import Membership, Notice
from tests.conftest import make_account
from tests.programmes.group_samples import make_group
from tests.reports.report_samples import make_cycle


@pytest.fixture
def group(cleo, now):
    return make_group(cleo, now)


@pytest.fixture
def today(time_machine, now):
    time_machine.move_to(now, tick=False)
    return now.date()


def at(group, what="membership"):
    return reverse(f"desk:{what}", args=[group.slug])


def offered(group, by, now):
    return offer_notice(
        programme=group, title="Money", text="Apply.", address="", closes_on=now.date(), by=by, now=now
    )


def test_a_stranger_joins_says_what_they_bring_and_finds_it_at_the_desk(group, client_of, dan):
    client = client_of(dan)
    said = {"name": "Dan", "user_name": "User:Daniel", "contributions": ["design", "evaluation"]}
    client.post(at(group), said)
    member = Membership.objects.get()
    assert (member.account, member.user_name, member.contributions) == (
        dan,
        "Daniel",
        ["design", "evaluation"],
    )
    assert reverse("public:members", args=[group.slug]) in client.get(reverse("desk:home")).text


def test_what_was_typed_stays_when_it_cannot_be_saved(group, client_of, dan, bo, now):
    join_roll(programme=group, account=bo, name="Bo", user_name="Bo", contributions=[], now=now)
    answer = client_of(dan).post(at(group), {"name": "Dan", "user_name": "bo", "contributions": ["design"]})
    assert (answer.status_code, 'value="bo"' in answer.text) == (422, True)
    assert "Another account here is on the roll with this user name." in answer.text
    assert client_of(dan).post(at(group), {"name": "", "user_name": "[[x]]"}).status_code == 422
    assert Membership.objects.count() == 1


def test_a_member_changes_what_they_bring_and_leaves_and_comes_back(group, client_of, dan, now):
    client = client_of(dan)
    client.post(at(group), {"name": "Dan"})
    client.post(at(group), {"name": "Dan D.", "contributions": ["one_to_one"], "version": "1"})
    assert list(Membership.objects.values_list("name", "contributions")) == [("Dan D.", ["one_to_one"])]
    client.post(at(group, "membership_leave"))
    assert Membership.objects.current().count() == 0
    client.post(at(group), {"name": "Dan again"})
    assert list(Membership.objects.current().values_list("name", flat=True)) == ["Dan again"]


def test_two_windows_of_one_member_both_keep_their_text(group, client_of, dan):
    client = client_of(dan)
    client.post(at(group), {"name": "Dan"})
    client.post(at(group), {"name": "Daniel", "version": "1"})
    answer = client.post(at(group), {"name": "Danny", "version": "1"})
    assert (answer.status_code, "Danny" in answer.text, "Daniel" in answer.text) == (409, True, True)


def test_a_programme_without_a_roll_has_no_membership(client_of, dan, cleo, now):
    programme = make_cycle(cleo, now).programme
    type(programme).objects.update(is_published=True)
    assert client_of(dan).get(at(programme)).status_code == 404


def test_anybody_signed_in_offers_a_notice_and_changes_it_until_it_is_shown(
    group, client_of, dan, cleo, today, now
):
    client = client_of(dan)
    words = {"title": "Money", "text": "Apply.", "address": "example.org/x", "closes_on": str(today)}
    client.post(at(group, "notice_offer"), words)
    notice = Notice.objects.get()
    assert (notice.offered_by, notice.address, notice.status) == (dan, "https://example.org/x", "waiting")
    client.post(notice.get_absolute_url(), {**words, "title": "More money", "version": "1"})
    show_notice(notice=Notice.objects.get(), version=2, by=cleo, now=now)
    late = client.post(notice.get_absolute_url(), {**words, "title": "Less money", "version": "3"})
    assert (late.status_code, Notice.objects.get().title) == (422, "More money")


def test_a_day_that_is_past_is_told_at_its_field_with_what_was_typed(group, client_of, dan, today):
    words = {"title": "Money", "text": "Apply by yesterday.", "closes_on": "2027-03-09"}
    answer = client_of(dan).post(at(group, "notice_offer"), words)
    assert (answer.status_code, "Apply by yesterday." in answer.text) == (422, True)
    assert answer.context["form"].errors["closes_on"] == ["This day is past. Choose today or a later day."]


def test_a_refused_notice_says_why_and_is_offered_again(group, client_of, dan, cleo, today, now):
    notice = offered(group, dan, now)
    refuse_notice(notice=notice, reason="Say for whom.", version=1, by=cleo, now=now)
    client = client_of(dan)
    assert "Say for whom." in client.get(notice.get_absolute_url()).text
    words = {"title": "Money for schools", "text": "Apply.", "closes_on": str(today), "version": "2"}
    client.post(notice.get_absolute_url(), words)
    assert list(Notice.objects.values_list("title", "status")) == [("Money for schools", "waiting")]


def test_a_notice_is_withdrawn_by_whoever_offered_it_and_by_nobody_else(group, client_of, dan, ada, now):
    notice = offered(group, dan, now)
    address = reverse("desk:notice_withdraw", args=[notice.pk])
    assert client_of(ada).post(address).status_code == 404
    client_of(dan).post(address)
    assert Notice.objects.get().status == "withdrawn"
    assert client_of(dan).post(address, follow=True).status_code == 200


def test_somebody_invented_for_a_rehearsal_takes_no_part_in_a_real_group(group, client_of):
    invented = make_account("mo")
    type(invented).objects.filter(pk=invented.pk).update(email="mo@rehearsal.invalid")
    invented.refresh_from_db()
    client = client_of(invented)
    assert [client.get(at(group, what)).status_code for what in ("membership", "notice_offer")] == [403, 403]
    assert client.post(at(group), {"name": "Mo"}).status_code == 403
    assert Membership.objects.count() == 0
