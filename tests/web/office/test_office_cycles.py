"""The board of a cycle, its dates, its meetings, and whether everybody sees it."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from talka.gatherings.models import Gathering
from talka.letters.models import Letter
from talka.programmes.actions import appoint
from talka.programmes.models import Cycle, Post
from tests.web.office.office_samples import make_cycle, make_programme


@pytest.fixture
def programme(cleo, now):
    return make_programme(cleo, now)


@pytest.fixture
def cycle(programme, cleo, now):
    return make_cycle(programme, cleo, now, is_announced=False)


PAGES = ("cycle", "cycle_edit", "stages", "cycle_clone", "gathering_create")


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_a_cycle_are_for_those_who_run_it(name, cycle, programme, client_of, cleo, dan, client, now):
    address = reverse(f"office:{name}", args=[cycle.pk])
    assert client.get(address).status_code == 302
    assert client_of(cleo).get(address).status_code == 200
    assert client_of(dan).get(address).status_code == 404
    appoint(programme=programme, account=dan, post=Post.REVIEWER, by=cleo, now=now)
    assert client_of(dan).get(address).status_code == (200 if name == "cycle" else 403)


@pytest.mark.parametrize("verb", ["announce", "retract", "close", "reopen"])
def test_a_stranger_moves_no_cycle(verb, cycle, client_of, dan):
    address = reverse(f"office:cycle_{verb}", args=[cycle.pk])
    assert client_of(dan).post(address).status_code == 404
    assert client_of(dan).get(address).status_code == 405
    assert Cycle.objects.get().status == "draft"


def test_a_cycle_is_announced_taken_back_and_closed(cycle, client_of, cleo):
    client = client_of(cleo)
    seen = []
    for verb in ("announce", "retract", "announce", "close", "reopen"):
        client.post(reverse(f"office:cycle_{verb}", args=[cycle.pk]))
        seen.append(Cycle.objects.get().status)
    assert seen == ["announced", "draft", "announced", "closed", "announced"]
    assert client.post(reverse("office:cycle_announce", args=[cycle.pk])).status_code == 409


@pytest.mark.parametrize(
    ("month", "taken", "year"), [(1, (), 2027), (3, (), 2027), (4, (), 2028), (3, (2027, 2028), 2029)]
)
def test_a_new_cycle_begins_with_the_year_in_which_it_can_invite(
    programme, client_of, cleo, monkeypatch, now, month, taken, year
):
    cycles = [make_cycle(programme, cleo, now, year=one) for one in taken]
    monkeypatch.setattr(timezone, "now", lambda: datetime(2027, month, 15, 12, tzinfo=UTC))
    pages = [reverse("office:cycle_open", args=[programme.slug])]
    pages += [reverse("office:cycle_clone", args=[cycle.pk]) for cycle in cycles]
    client = client_of(cleo)
    initial = [client.get(page).context["form"].initial for page in pages]
    assert [(one["year"], one["slug"]) for one in initial] == [(year, str(year))] * len(pages)


def opening(**given):
    return {
        "label__en": "Cycle 2028",
        "label__ar": "",
        "year": "2028",
        "slug": "2028",
        "budget": "5000",
        "currency": "EUR",
    } | given


def test_a_cycle_is_opened_with_its_stages_calls_and_forms(programme, client_of, cleo):
    answer = client_of(cleo).post(reverse("office:cycle_open", args=[programme.slug]), opening())
    made = Cycle.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/office/cycles/{made.pk}/")
    assert made.stages.get(key="outreach").ends_on == date(2028, 2, 29)
    assert sorted(made.calls.values_list("role", flat=True)) == ["mentee", "mentor"]
    assert (made.budget, made.status) == (5000, "draft")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("year", "1"),
        ("year", "99999999999999999999"),
        ("year", "soon"),
        ("slug", "2027"),
        ("budget", "-1"),
        ("budget", "1e30"),
        ("budget", "NaN"),
        ("currency", "eur"),
        ("label__en", ""),
    ],
)
def test_a_cycle_with_a_wrong_value_is_not_opened(field, value, cycle, programme, client_of, cleo):
    answer = client_of(cleo).post(
        reverse("office:cycle_open", args=[programme.slug]), opening(**{field: value})
    )
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert list(Cycle.objects.all()) == [cycle]


def test_a_cycle_is_cloned_with_its_dates_moved(cycle, client_of, cleo):
    given = {"label__en": "Cycle 2028", "label__ar": "", "year": "2028", "slug": "2028"}
    client_of(cleo).post(reverse("office:cycle_clone", args=[cycle.pk]), given)
    made = Cycle.objects.get(slug="2028")
    assert made.cloned_from == cycle
    assert made.stages.get(key="outreach").ends_on == date(2028, 2, 29)
    assert made.calls.count() == 2


def stage_days(client, cycle, **changed):
    """Send the dates back as the page gives them, with some changed."""
    address = reverse("office:stages", args=[cycle.pk])
    form = client.get(address).context["form"]
    return client.post(address, {name: form[name].value() for name in form.fields} | changed, follow=True)


def test_dates_that_overlap_the_wrong_way_are_saved_with_a_warning(cycle, client_of, cleo):
    answer = stage_days(client_of(cleo), cycle, matching__starts_on="2027-03-20")
    assert cycle.stages.get(key="matching").starts_on == date(2027, 3, 20)
    page = answer.content.decode()
    words = (
        "“Matching” begins on 20 March 2027, but “Applications”, which it follows, lasts until 31 March 2027."
    )
    assert page.count(words) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("matching__ends_on", "2027-03-01"),
        ("matching__ends_on", "2027-02-29"),
        ("matching__ends_on", ""),
        ("matching__ends_on", "9999-12-31"),
        ("matching__starts_on", "yesterday"),
    ],
)
def test_impossible_dates_are_refused_at_their_field(field, value, cycle, client_of, cleo):
    answer = stage_days(client_of(cleo), cycle, **{field: value})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert cycle.stages.get(key="matching").ends_on == date(2027, 4, 30)


def test_the_slower_of_two_editors_of_the_dates_is_told(cycle, client_of, cleo):
    client = client_of(cleo)
    stage_days(client, cycle, review__ends_on="2027-12-31")
    assert stage_days(client, cycle, version="1", review__ends_on="2027-12-30").status_code == 409
    assert cycle.stages.get(key="review").ends_on == date(2027, 12, 31)


def meeting(**given):
    return {
        "title__en": "Questions welcome",
        "title__ar": "",
        "description__en": "",
        "description__ar": "",
        "starts_at": "2027-03-27T14:00",
        "ends_at": "2027-03-27T15:00",
        "zone": "Europe/Vilnius",
        "link": "https://meet.example.org/abc",
    } | given


@pytest.mark.parametrize(
    ("day", "hour_in_utc"), [("2027-03-27", 12), ("2027-03-28", 11), ("2027-10-30", 11), ("2027-10-31", 12)]
)
def test_a_meeting_is_on_the_organisers_clock_on_either_side_of_the_change(
    day, hour_in_utc, cycle, client_of, cleo
):
    given = meeting(starts_at=f"{day}T14:00", ends_at=f"{day}T15:00")
    client_of(cleo).post(reverse("office:gathering_create", args=[cycle.pk]), given)
    year, month, day_of_month = (int(part) for part in day.split("-"))
    assert Gathering.objects.get().starts_at == datetime(year, month, day_of_month, hour_in_utc, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("starts_at", {"starts_at": "2027-03-28T03:30", "ends_at": "2027-03-28T05:00"}),
        ("starts_at", {"starts_at": "0001-01-01T00:00"}),
        ("ends_at", {"ends_at": "2027-03-27T14:00"}),
        ("ends_at", {"ends_at": "later"}),
        ("zone", {"zone": "../../etc/passwd"}),
        ("link", {"link": "javascript:alert(1)"}),
        ("title__en", {"title__en": ""}),
    ],
)
def test_a_meeting_with_a_wrong_value_is_not_set(field, given, cycle, client_of, cleo):
    answer = client_of(cleo).post(reverse("office:gathering_create", args=[cycle.pk]), meeting(**given))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert Gathering.objects.count() == 0


def test_a_meeting_is_moved_and_called_off_and_shows_who_comes(cycle, client_of, cleo, dan, now):
    client = client_of(cleo)
    client.post(reverse("office:gathering_create", args=[cycle.pk]), meeting())
    found = Gathering.objects.get()
    found.registrations.create(name="Eve", email="eve@demo.invalid", registered_at=now)
    address = reverse("office:gathering", args=[found.pk])
    form = client.get(address).context["form"]
    assert form["starts_at"].value().isoformat() == "2027-03-27T14:00:00"
    assert "eve@demo.invalid" in client.get(address).content.decode()
    client.post(address, meeting(version="1", starts_at="2027-03-27T13:00"))
    assert client.post(address, meeting(version="1")).status_code == 409
    client.post(reverse("office:gathering_cancel", args=[found.pk]))
    assert sorted(Letter.objects.values_list("key", flat=True)) == ["gathering_cancelled", "gathering_moved"]
    assert client_of(dan).get(address).status_code == 404
