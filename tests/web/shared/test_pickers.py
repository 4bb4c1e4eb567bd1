"""Fields that find a record by typing."""

import pytest
from django import forms
from django.urls import reverse

from talka.capacities.actions import import_capacities
from talka.capacities.models import Capacity
from talka.people.models import Community
from talka.web.shared.picker import CapacityField, CommunityField

pytestmark = pytest.mark.django_db


class Form(forms.Form):
    partner = CommunityField(required=False)


@pytest.fixture
def groups(db):
    return [
        Community.objects.create(name=name, kind="informal", acronym=acronym)
        for name, acronym in (("Wiki Alpha", "WA"), ("Wiki Alpha Beta", "WAB"), ("Wiki Gamma", "WG"))
    ]


def choose(typed, choice="", form=Form):
    filled = form({"partner": typed, "partner_choice": choice})
    return filled.cleaned_data["partner"] if filled.is_valid() else [str(c) for c in choices(filled)]


def choices(filled):
    return filled.fields["partner"].widget.choices


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("wiki  ALPHA", "Wiki Alpha"),
        ("beta", "Wiki Alpha Beta"),
        ("wg", "Wiki Gamma"),
        ("Gamma wiki", "Wiki Gamma"),
    ],
)
def test_a_name_or_the_only_one_that_fits_is_found(groups, typed, found):
    assert str(choose(typed)) == found


def test_several_that_fit_come_back_as_a_choice_with_what_was_typed(groups):
    filled = Form({"partner": "wiki"})
    assert filled.errors["partner"] == ["Several names fit. Choose one."]
    assert [str(one) for one in choices(filled)] == ["Wiki Alpha", "Wiki Alpha Beta", "Wiki Gamma"]
    drawn = str(filled["partner"])
    assert drawn.count('type="radio"') == 3
    assert drawn.count('value="wiki"') == 1


def test_the_choice_is_taken(groups):
    assert choose("wiki", str(groups[2].pk)) == groups[2]


def test_a_choice_that_does_not_fit_what_is_typed_now_is_not_taken(groups):
    assert choose("beta", str(groups[2].pk)) == groups[1]


@pytest.mark.parametrize("choice", ["0", "-1", "x", str(2**70), "\x00", "1 OR 1=1"])
def test_a_forged_choice_is_not_taken(groups, choice):
    assert choose("wiki", choice) == ["Wiki Alpha", "Wiki Alpha Beta", "Wiki Gamma"]


@pytest.mark.parametrize(
    "typed", ["nothing", "%", "_", "x" * 60_000, "\x00\x00x", "🦆", "\u202e", "wiki " * 500]
)
def test_what_fits_nothing_gets_a_sentence(groups, typed):
    filled = Form({"partner": typed})
    assert (filled.is_valid(), choices(filled)) == (False, [])
    assert str(filled["partner"]).count("<input") == 1


@pytest.mark.parametrize("typed", ["", "   ", "\x00"])
def test_nothing_typed_is_nobody_where_nobody_is_needed(groups, typed):
    assert choose(typed) is None


def test_a_needed_field_asks_for_a_name(groups):
    class Needed(forms.Form):
        partner = CommunityField()

    assert list(Needed({}).errors) == ["partner"]


def test_only_the_given_communities_are_found(groups):
    class Some(forms.Form):
        partner = CommunityField(Community.objects.exclude(acronym="WG"))

    assert choose("gamma", form=Some) == []


def test_many_that_fit_are_cut_to_ten(db):
    for number in range(30):
        Community.objects.create(name=f"Group {number:02}", kind="informal")
    filled = Form({"partner": "group"})
    assert filled.errors["partner"] == ["Many names fit. Choose one, or type more of the name."]
    assert len(choices(filled)) == 10


def test_one_form_does_not_remember_the_choices_of_another(groups):
    assert Form({"partner": "wiki"}).is_valid() is False
    assert list(Form().fields["partner"].widget.choices) == []


def test_a_name_that_is_markup_stays_text(db):
    Community.objects.create(name='<img src=x onerror="alert(1)">', kind="informal")
    Community.objects.create(name='<img src=y onerror="alert(1)">', kind="informal")
    filled = Form({"partner": '<img "'})
    filled.is_valid()
    assert str(filled["partner"]).count("<img") == 0


def test_what_was_known_before_is_shown_by_its_name(groups):
    assert str(Form(initial={"partner": groups[0]})["partner"]).count('value="Wiki Alpha"') == 1


def test_capacities_are_found_in_any_language(now):
    class Learn(forms.Form):
        partner = CapacityField()

    import_capacities(by=None, now=now)
    assert choose("المنح", form=Learn) == Capacity.objects.get(key="grants")


def suggestions(client, name, typed, field="partner"):
    answer = client.get(reverse(f"public:{name}_suggestions"), {"field": field, field: typed})
    assert answer.status_code == 200
    return answer.content.decode()


def test_suggestions_are_options(client, groups):
    assert suggestions(client, "community", "alpha").split("\n")[:2] == [
        '<option value="Wiki Alpha">WA</option>',
        '<option value="Wiki Alpha Beta">WAB</option>',
    ]


@pytest.mark.parametrize("typed", ["", "a", " w ", "x" * 60_000, "%%", "'\"<>"])
def test_too_little_or_odd_text_suggests_nothing(client, groups, typed):
    assert suggestions(client, "community", typed).split() == []


def test_a_field_that_is_not_there_suggests_nothing(client, groups):
    answer = client.get(reverse("public:community_suggestions"), {"field": "other", "partner": "wiki"})
    assert answer.content.decode().split() == []


def test_capacities_are_suggested_with_their_branch(client, now):
    import_capacities(by=None, now=now)
    assert suggestions(client, "capacity", "Wikidata").strip() == (
        '<option value="Wikidata">Technology</option>'
    )


def test_invented_communities_are_not_suggested(client, groups):
    Community.objects.update(is_synthetic=True)
    assert suggestions(client, "community", "wiki").split() == []


@pytest.mark.parametrize("how_many", [1, 30])
def test_suggesting_takes_one_query(client, how_many, django_assert_num_queries):
    for number in range(how_many):
        Community.objects.create(name=f"Group {number}", kind="informal")
    with django_assert_num_queries(1):
        suggestions(client, "community", "group")
