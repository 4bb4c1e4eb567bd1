"""The group around a programme, as anyone sees it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from talka.programmes.actions import fill_post, join_roll, leave_roll, offer_notice, show_notice
from talka.programmes.models import Membership
from tests.programmes.group_samples import make_group, publish
from tests.reports.report_samples import make_cycle


@pytest.fixture
def group(cleo, now):
    return make_group(cleo, now)


def members(group):
    return reverse("public:members", args=[group.slug])


def notices(group):
    return reverse("public:notices", args=[group.slug])


def join(group, account, now, *contributions, user_name=""):
    return join_roll(
        programme=group,
        account=account,
        name=account.name,
        user_name=user_name,
        contributions=contributions,
        now=now,
    )


def test_anyone_sees_who_holds_the_posts_and_that_one_is_vacant(group, client, cleo, now):
    fill_post(
        programme=group, post="chair", name="Quill", starts_on=now.date(), ends_on=None, by=cleo, now=now
    )
    page = client.get(members(group)).text
    assert [word in page for word in ("Quill", "Board Liaison", "Vacant", "never filled")] == [True] * 4


def test_the_programmes_page_leads_to_its_group_and_its_notices(group, client):
    page = client.get(group.get_absolute_url()).text
    assert [f'href="{address}"' in page for address in (members(group), notices(group))] == [True, True]


def test_a_programme_without_posts_and_roll_has_no_such_pages(client, client_of, dan, cleo, now):
    programme = publish(make_cycle(cleo, now).programme, cleo, now)
    reader = client_of(dan)
    assert [reader.get(address(programme)).status_code for address in (members, notices)] == [404, 404]
    assert members(programme) not in client.get(programme.get_absolute_url()).text


def test_the_group_of_a_programme_that_is_not_published_is_for_those_who_run_it(group, client_of, cleo, dan):
    type(group).objects.update(is_published=False)
    assert client_of(dan).get(members(group)).status_code == 404
    assert client_of(cleo).get(members(group)).status_code == 200


def test_members_are_listed_searched_and_narrowed(group, client, dan, bo, ada, now):
    join(group, dan, now, "design", user_name="Daniel of Erewhon")
    join(group, bo, now, "one_to_one")
    leave_roll(membership=join(group, ada, now), by=ada, now=now)

    def listed(**asked):
        page = client.get(members(group), asked)
        return [one.name for one, _words in page.context["listed"]]

    assert (listed(), listed(q="erewhon"), listed(brings="one_to_one")) == (["Bo", "Dan"], ["Dan"], ["Bo"])
    assert listed(brings="nonsense", order="nonsense", page="x") == ["Bo", "Dan"]
    assert "No member fits." in client.get(members(group), {"q": "nobody"}).text


def test_names_of_a_closed_roll_are_for_its_members(client_of, client, cleo, dan, ada, now):
    closed = make_group(cleo, now, slug="closed", is_public=False)
    join(closed, ada, now, user_name="Ada of Ruritania")
    hidden = client.get(members(closed), {"q": "Ada"}).text
    stranger = client_of(dan).get(members(closed)).text
    own = client_of(ada).get(members(closed)).text
    assert ["Ada of Ruritania" in page for page in (hidden, stranger, own)] == [False, False, True]
    assert "1 member. The name is for members and coordinators." in hidden


def test_the_roll_takes_the_same_number_of_queries_however_long_it_is(
    group, client, now, django_assert_num_queries
):
    Membership.objects.create(programme=group, name="M", joined_at=now, source="wiki_list")
    client.get(members(group))
    with django_assert_num_queries(6):
        client.get(members(group))
    Membership.objects.bulk_create(
        Membership(programme=group, name=f"M{n}", joined_at=now, source="wiki_list") for n in range(120)
    )
    with django_assert_num_queries(6):
        client.get(members(group), {"page": 2})


def test_only_shown_notices_are_public_and_their_text_is_no_markup(
    group, client, dan, cleo, now, time_machine
):
    time_machine.move_to(now, tick=False)
    given = {"programme": group, "closes_on": now.date(), "address": "https://example.org/x", "now": now}
    shown = offer_notice(title="Money <b>now</b>", text="Apply.\n\nSoon.", by=dan, **given)
    offer_notice(title="Still waiting", text="Wait.", by=dan, **given)
    show_notice(notice=shown, version=1, by=cleo, now=now)
    page = client.get(notices(group)).text
    assert ["Money &lt;b&gt;now&lt;/b&gt;" in page, "<p>Soon.</p>" in page, "Still waiting" in page] == [
        True,
        True,
        False,
    ]


def test_an_empty_list_of_notices_says_what_to_do(group, client):
    page = client.get(notices(group)).text
    assert "Nothing is announced at the moment." in page
    assert reverse("desk:notice_offer", args=[group.slug]) in page


def test_a_notice_is_gone_the_day_after_its_last(group, client, dan, cleo, now, time_machine):
    given = {"programme": group, "closes_on": now.date(), "address": "", "now": now}
    notice = offer_notice(title="Money for maps", text="Apply.", by=dan, **given)
    show_notice(notice=notice, version=1, by=cleo, now=now)
    seen = []
    for days in (0, 1):
        time_machine.move_to(now + timedelta(days=days), tick=False)
        seen.append("Money for maps" in client.get(notices(group)).text)
    assert seen == [True, False]
