"""Initiatives are begun, described, published, told of, and they end."""

from datetime import date, timedelta

import pytest

from talka.initiatives.actions import (
    Refused,
    create_initiative,
    edit_initiative,
    publish_initiative,
    set_initiative_status,
    tell_stage,
    unpublish_initiative,
)
from talka.initiatives.models import Initiative, StageChange
from talka.initiatives.queries import (
    count_stages,
    history_of,
    names_in,
    people_of,
    stages_between,
    what_became_of,
)
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Entry, Overtaken
from tests.initiatives.initiative_samples import (
    FACTS,
    join,
    make_cohort,
    make_initiative,
    make_pair,
    make_programme,
)

pytestmark = pytest.mark.django_db

A_YEAR = timedelta(days=365)


def tell(initiative, stage, by, now, *, on=None, words="", version=None):
    initiative.refresh_from_db()
    return tell_stage(
        initiative=initiative,
        stage=stage,
        on=on or now.date(),
        words=words,
        version=version or initiative.version,
        by=by,
        now=now,
    )


def test_it_begins_unpublished_with_its_first_stage(initiative, now):
    told = [(change.stage, change.reached_on) for change in initiative.stage_changes.all()]
    assert (initiative.is_public, initiative.status, told) == (
        False,
        "active",
        [("planned", date(2027, 3, 10))],
    )


def test_it_needs_a_stage_that_the_blueprint_has(programme, ada, now):
    with pytest.raises(Refused):
        make_initiative(ada, now, programme=programme, stage="famous")
    assert Initiative.objects.count() == 0


def test_it_comes_from_no_exchange_of_another_programme(programme, ada, bo, cleo, now):
    other = make_programme(cleo, now, slug="other")
    exchange = make_pair(make_cohort(other, cleo, now), ada, bo, now)
    with pytest.raises(LookupError):
        create_initiative(
            programme=programme, facts=FACTS, stage="idea", person=ada, exchange=exchange, by=ada, now=now
        )


def test_the_slower_of_two_editors_is_told(initiative, ada, now):
    edit_initiative(initiative=initiative, facts={"about": "First"}, version=1, by=ada, now=now)
    with pytest.raises(Overtaken):
        edit_initiative(initiative=initiative, facts={"about": "Second"}, version=1, by=ada, now=now)
    assert Initiative.objects.get().about == "First"


def test_publishing_and_taking_back_are_written_down_once(initiative, ada, now):
    for act in (publish_initiative, publish_initiative, unpublish_initiative, unpublish_initiative):
        act(initiative=initiative, by=ada, now=now)
    verbs = [entry.verb for entry in Entry.objects.about(initiative)]
    assert verbs == ["create", "publish", "unpublish"]


def test_a_stage_is_told_with_its_day_and_a_sentence(initiative, ada, now):
    tell(
        initiative,
        "pilot",
        ada,
        now + timedelta(days=9),
        on=date(2027, 3, 12),
        words="Two classes began.",
    )
    initiative.refresh_from_db()
    change = StageChange.objects.latest("pk")
    assert (initiative.stage, initiative.heard_on, change.reached_on, change.words) == (
        "pilot",
        date(2027, 3, 19),
        date(2027, 3, 12),
        "Two classes began.",
    )


def test_going_back_and_staying_are_allowed_and_said(initiative, ada, now):
    for stage in ("pilot", "pilot", "idea"):
        tell(initiative, stage, ada, now)
    history = history_of(initiative, names_in(initiative.programme))
    assert [(told.change.stage, told.is_same, told.is_back) for told in history] == [
        ("planned", False, False),
        ("pilot", False, False),
        ("pilot", True, False),
        ("idea", False, True),
    ]


@pytest.mark.parametrize(("days", "key"), [(1, "initiatives.day_ahead"), (-1, "initiatives.day_before_last")])
def test_a_stage_is_reached_neither_tomorrow_nor_before_the_last_one(initiative, ada, now, days, key):
    with pytest.raises(Refused) as refused:
        tell(initiative, "pilot", ada, now, on=now.date() + timedelta(days=days))
    initiative.refresh_from_db()
    assert (refused.value.reason.key, initiative.stage, initiative.version) == (key, "planned", 1)


def test_of_two_who_tell_at_once_the_slower_is_told(initiative, ada, now):
    tell(initiative, "pilot", ada, now, version=1)
    with pytest.raises(Overtaken):
        tell(initiative, "running", ada, now, version=1)
    assert StageChange.objects.count() == 2


def test_it_rests_goes_on_ends_and_begins_again(initiative, ada, now):
    for verb in ("rest", "resume", "rest", "end", "reopen"):
        set_initiative_status(initiative=initiative, verb=verb, by=ada, now=now)
    with pytest.raises(NotAllowed):
        set_initiative_status(initiative=initiative, verb="resume", by=ada, now=now)
    assert initiative.status == "active"


def test_its_people_are_the_owner_or_the_representatives_and_the_team(programme, ada, bo, cleo, dan, now):
    own = make_initiative(ada, now, programme=programme)
    theirs = make_initiative(bo, now, programme=programme, community=bo.community)
    join(own, dan, ada, now)
    join(theirs, ada, cleo, now, part="helper")
    assert ([p.name for p in people_of(own)], [p.name for p in people_of(theirs)]) == (
        ["Ada", "Dan"],
        ["Bo"],
    )


def test_who_sees_an_unpublished_one(initiative, ada, bo, cleo, dan, now):
    people = (ada, bo, cleo, dan)
    before = [Initiative.objects.visible_to(person).count() for person in people]
    join(initiative, bo, cleo, now, part="helper")
    after = [Initiative.objects.visible_to(person).count() for person in people]
    publish_initiative(initiative=initiative, by=ada, now=now)
    public = [Initiative.objects.visible_to(person).count() for person in people]
    assert (before, after, public) == ([1, 0, 1, 0], [1, 1, 1, 0], [1, 1, 1, 1])


def test_a_published_one_is_hidden_while_its_programme_is(initiative, ada, dan, now):
    publish_initiative(initiative=initiative, by=ada, now=now)
    initiative.programme.is_published = False
    initiative.programme.save()
    assert [Initiative.objects.visible_to(person).count() for person in (dan, ada)] == [0, 1]


def test_the_stages_of_two_days_are_told_for_each(programme, ada, bo, now):
    old = make_initiative(ada, now - 2 * A_YEAR, programme=programme, name="Old")
    tell(old, "running", ada, now - timedelta(days=30))
    make_initiative(bo, now, programme=programme, name="New", stage="idea")
    today = now.date()
    found = stages_between(programme, today - A_YEAR, today)
    assert [(one.initiative.name, one.first, one.last) for one in found] == [
        ("New", "", "idea"),
        ("Old", "planned", "running"),
    ]
    counts = {one.key: (one.first, one.last) for one in count_stages(programme, today - A_YEAR, today)}
    assert counts == {
        "idea": (0, 1),
        "planned": (1, 0),
        "pilot": (0, 0),
        "running": (0, 1),
        "growing": (0, 0),
    }


def test_a_report_finds_what_became_of_a_cohort(programme, ada, bo, cleo, now, django_assert_num_queries):
    exchange = make_pair(make_cohort(programme, cleo, now), ada, bo, now)
    one = make_initiative(ada, now, programme=programme, stage="idea")
    edit_initiative(initiative=one, facts={"exchange": exchange}, version=1, by=ada, now=now)
    tell(one, "pilot", ada, now, words="Two classes began.")
    make_initiative(bo, now, programme=programme, name="From elsewhere")
    with django_assert_num_queries(2):
        found = what_became_of(exchange.match.cycle)
    assert [(row.initiative.name, row.began_at, row.stage, row.words) for row in found] == [
        ("Wikipedia in three schools", "idea", "pilot", "Two classes began.")
    ]
