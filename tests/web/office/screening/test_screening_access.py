"""Who sees what of screening in the office: as each kind of person, and however many there are."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from talka.letters.models import Letter
from talka.screening.actions import (
    declare_conflict,
    release_decisions,
    save_review,
    submit_review,
)
from talka.screening.models import Decision
from talka.screening.queries import decision_bundle
from tests.conftest import NOW, make_representative
from tests.screening.screening_world import (
    CHIP,
    FULL,
    SECRET,
    make_application,
    make_community,
    make_cycle,
    make_reviewer,
)


def addresses(application):
    """List every address of screening about an application, with whether one sends to it."""
    cycle, verdict = application.call.cycle, application.verdicts.first()
    letter, decision = Letter.objects.filter(status="held").first(), application.decision
    pages = [
        ("applications", [cycle.pk]),
        ("applications_export", [cycle.pk]),
        ("application", [application.pk]),
        ("override", [verdict.pk]),
        ("ask_for_more", [application.pk]),
        ("review", [application.pk]),
        ("decide", [application.pk]),
        ("reconsider", [application.pk]),
        ("decisions", [cycle.pk]),
        ("letters", [cycle.pk]),
        ("letter", [cycle.pk, letter.pk]),
    ]
    posts = [
        ("judge", [application.pk]),
        ("end_question", [application.pk]),
        ("conflict", [application.pk]),
        ("prepare_decisions", [cycle.pk]),
        ("release_decisions", [cycle.pk]),
        ("drop_decision", [decision.pk]),
        ("retry_letter", [cycle.pk, letter.pk]),
    ]
    return [("get", *one) for one in pages] + [("post", *one) for one in posts]


def answers(client, application):
    """Return the status of each address; what would change something is undone."""
    found = {}
    for method, name, args in addresses(application):
        with transaction.atomic():
            answer = getattr(client, method)(reverse(f"office:{name}", args=args))
            found[name] = answer.status_code
            transaction.set_rollback(True)
    return found


EVERYTHING = {
    "applications": 200,
    "applications_export": 200,
    "application": 200,
    "override": 200,
    "ask_for_more": 200,
    "review": 200,
    "decide": 200,
    "reconsider": 200,
    "decisions": 200,
    "letters": 200,
    "letter": 200,
    "judge": 302,
    "end_question": 409,
    "conflict": 302,
    "prepare_decisions": 302,
    "release_decisions": 302,
    "drop_decision": 302,
    "retry_letter": 409,
}
READING = {"applications", "applications_export", "application"}


def test_a_coordinator_opens_everything(application, cleo, client_of):
    assert answers(client_of(cleo), application) == EVERYTHING


def test_a_reviewer_reads_reviews_and_leaves_to_others(application, cycle, cleo, client_of):
    expected = {
        name: status if name in READING | {"review", "conflict"} else 403
        for name, status in EVERYTHING.items()
    }
    fresh = make_reviewer("ray", cycle, cleo)
    assert answers(client_of(fresh), application) == expected


def test_a_reviewer_with_a_conflict_opens_only_what_shows_nothing(application, rob, client_of):
    declare_conflict(application=application, by=rob, now=NOW)
    expected = {name: status if name in READING else 403 for name, status in EVERYTHING.items()}
    assert answers(client_of(rob), application) == expected


@pytest.mark.parametrize("name", ["ada", "bo", "dan"])
def test_people_outside_the_office_find_nothing(application, request, client_of, name):
    person = request.getfixturevalue(name)
    assert set(answers(client_of(person), application).values()) == {404}


def test_who_is_not_signed_in_is_asked_to(application, client):
    assert set(answers(client, application).values()) == {302}
    answer = client.get(reverse("office:application", args=[application.pk]))
    assert answer["Location"].startswith(reverse("public:sign_in"))


def test_the_office_of_another_programme_finds_nothing(application, bo, client_of):
    make_cycle(bo, "other")
    assert set(answers(client_of(bo), application).values()) == {404}


def test_a_coordinator_who_acts_for_the_applicant_may_not_touch_it(application, ada, cleo, client_of):
    make_representative(cleo, ada.community)
    found = answers(client_of(cleo), application)
    on_cycle = {"applications", "applications_export", "decisions", "letters"}
    on_cycle |= {"prepare_decisions", "release_decisions"}
    expected = {name: status if name in on_cycle else 403 for name, status in EVERYTHING.items()}
    assert found == expected | {"letter": 404, "retry_letter": 404}


def test_a_coordinator_who_acts_for_the_applicant_sees_no_trace_of_the_decision(
    application, ada, cycle, cleo, client_of
):
    make_representative(cleo, ada.community)
    client = client_of(cleo)
    for name in ("applications", "decisions", "letters"):
        text = client.get(reverse(f"office:{name}", args=[cycle.pk])).content.decode()
        assert SECRET not in text
        assert CHIP not in text
        assert "ada@demo.invalid" not in text


def test_who_has_a_conflict_sees_no_review_and_no_decision(application, cycle, rob, client_of):
    declare_conflict(application=application, by=rob, now=NOW)
    client = client_of(rob)
    text = client.get(reverse("office:application", args=[application.pk])).content.decode()
    listed = client.get(reverse("office:applications", args=[cycle.pk])).content.decode()
    assert [one in text + listed for one in ("CNRY", CHIP)] == [False, False]
    assert "You leave this one to others." in listed


def test_a_reviewer_sees_neither_a_prepared_decision_nor_reviews_before_their_own(
    application, cycle, rob, rita, client_of
):
    page = reverse("office:application", args=[application.pk])
    text = client_of(rob).get(page).content.decode()
    assert ("CNRY-review" in text, SECRET in text) == (False, False)
    text = client_of(rita).get(page).content.decode()
    assert ("CNRY-review" in text, SECRET in text) == (True, False)


def test_nothing_of_a_prepared_decision_reaches_the_applicant(application, ada, cleo, cycle, client_of):
    client = client_of(ada)
    pages = [reverse("desk:home"), application.get_absolute_url()]
    before = "".join(client.get(page).content.decode() for page in pages)
    assert [one in before for one in ("CNRY", "Declined", "decline", "prepare")] == [False] * 4
    release_decisions(cycle=cycle, by=cleo, now=NOW)
    after = client.get(application.get_absolute_url()).content.decode()
    assert "Declined" in after


def queries_of(client, address):
    """Count the queries of a page that answers."""
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def fill(cycle, ada, wanted):
    """Bring the cycle to so many applications, each judged and with a prepared decision and its letter."""
    for number in range(cycle.calls.get(role="mentee").applications.count(), wanted):
        one = make_application(cycle, make_community(number))
        one.verdicts.create(criterion="in_region", ruling="pass", reason={"key": "x"}, judged_at=NOW)
        decision = Decision.objects.create(application=one, outcome="accept", prepared_at=NOW)
        Letter.objects.create(
            key="application_accepted",
            recipient=ada,
            email=ada.email,
            subject="Hello",
            message_id=f"<{number}@localhost>",
            once=str(number),
            status="held",
            bundle=decision_bundle(decision),
            subject_type="applications.application",
            subject_id=one.pk,
            written_at=NOW,
            due_at=NOW,
        )


@pytest.mark.parametrize("name", ["applications", "applications_export", "decisions", "letters"])
def test_lists_ask_the_same_number_of_queries_for_1_30_and_300(cycle, ada, cleo, client_of, name):
    client, counts = client_of(cleo), []
    address = reverse(f"office:{name}", args=[cycle.pk])
    client.get(address)
    for wanted in (1, 30, 300):
        fill(cycle, ada, wanted)
        counts.append(queries_of(client, address))
    assert counts == [counts[0]] * 3


def add_reviews(application, cleo, names):
    """Let new reviewers hand in their reviews."""
    for name in names:
        reviewer = make_reviewer(name, application.call.cycle, cleo)
        review = save_review(
            application=application, scores=FULL, comment="", version=0, by=reviewer, now=NOW
        )
        submit_review(review=review, by=reviewer, now=NOW)


def test_one_application_asks_the_same_number_of_queries_however_many_reviews_it_has(
    application, cleo, client_of
):
    client, page = client_of(cleo), reverse("office:application", args=[application.pk])
    add_reviews(application, cleo, ["second"])
    client.get(page)
    few = queries_of(client, page)
    add_reviews(application, cleo, [f"another{number}" for number in range(8)])
    assert queries_of(client, page) == few
