"""People are asked to build an initiative or to help it; they answer, leave, and are erased."""

import pytest
from django.db import IntegrityError

from talka.access.table import may
from talka.initiatives.actions import (
    Refused,
    accept_invitation,
    decline_invitation,
    invite_member,
    leave_all,
    publish_initiative,
    remove_member,
)
from talka.initiatives.models import Initiative, InitiativeMember
from talka.initiatives.queries import open_to
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Entry
from talka.letters.models import Letter
from tests.conftest import make_account
from tests.databases.conftest import at_once
from tests.initiatives.initiative_samples import accept, join, make_cohort, make_initiative, make_pair


def invite(initiative, person, by, now, part="team"):
    return invite_member(initiative=initiative, email=person.email, part=part, by=by, now=now)


@pytest.mark.django_db
def test_who_is_asked_gets_a_letter_and_answers(initiative, ada, dan, now):
    member = invite(initiative, dan, ada, now)
    letter = Letter.objects.get(key="initiative_invited")
    assert (letter.recipient, letter.subject) == (
        dan,
        "Will you build Wikipedia in three schools with us?",
    )
    accept_invitation(member=member, by=dan, now=now)
    member.refresh_from_db()
    assert (member.status, member.account, may(dan, "initiative.edit", initiative)) == (
        "accepted",
        dan,
        True,
    )


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["ada", "dan"])
def test_nobody_is_asked_twice(initiative, ada, dan, now, request, who):
    invite(initiative, dan, ada, now)
    with pytest.raises(Refused) as refused:
        invite(initiative, request.getfixturevalue(who), ada, now)
    assert refused.value.reason.key == "initiatives.already_there"


@pytest.mark.django_db
def test_the_database_keeps_one_invitation_an_address(initiative, ada, dan, now):
    invite(initiative, dan, ada, now)
    with pytest.raises(IntegrityError):
        InitiativeMember.objects.create(
            initiative=initiative, email=dan.email.upper(), invited_by=ada, invited_at=now
        )


@pytest.mark.django_db
def test_ten_may_wait_for_an_answer_and_no_more(initiative, ada, now):
    for number in range(10):
        invite(initiative, make_account(f"eve{number}"), ada, now)
    with pytest.raises(Refused):
        invite(initiative, make_account("finn"), ada, now)


@pytest.mark.django_db
def test_somebody_invented_is_asked_in_rehearsals_alone(initiative, ada, now):
    with pytest.raises(Refused) as refused:
        invite_member(initiative=initiative, email="eve.1@rehearsal.invalid", part="team", by=ada, now=now)
    assert refused.value.reason.key == "initiatives.invented"


@pytest.mark.django_db
def test_who_said_no_or_left_may_be_asked_again(initiative, ada, dan, now):
    decline_invitation(member=invite(initiative, dan, ada, now), by=dan, now=now)
    member = join(initiative, dan, ada, now)
    remove_member(member=member, by=dan, now=now)
    assert not Initiative.objects.built_by(dan).exists()
    assert invite(initiative, dan, ada, now).status == "invited"


@pytest.mark.django_db
def test_a_helper_of_the_match_helps_until_they_have_left_it(programme, ada, bo, cleo, dan, now):
    exchange = make_pair(make_cohort(programme, cleo, now), ada, bo, now, helper=dan)
    initiative = make_initiative(ada, now, programme=programme)
    Initiative.objects.filter(pk=initiative.pk).update(exchange=exchange)
    assert (may(dan, "feedback.give", initiative), may(dan, "initiative.material", initiative)) == (
        True,
        True,
    )
    exchange.match.seats.filter(part="supports").update(left_at=now)
    assert may(dan, "feedback.give", initiative) is False


@pytest.mark.django_db
def test_an_accepted_evaluator_speaks_of_what_is_public_and_sees_nothing_else(
    programme, initiative, ada, dan, cleo, now
):
    accept(make_cohort(programme, cleo, now), dan, now, role="evaluator")
    assert (may(dan, "feedback.give", initiative), open_to(dan).count()) == (False, 0)
    publish_initiative(initiative=initiative, by=ada, now=now)
    initiative.refresh_from_db()
    verbs = ("feedback.give", "feedback.read", "initiative.material", "initiative.edit")
    assert [may(dan, verb, initiative) for verb in verbs] == [True, False, False, False]


@pytest.mark.django_db
def test_nobody_evaluates_what_is_theirs(programme, initiative, ada, cleo, now):
    accept(make_cohort(programme, cleo, now), ada, now, role="evaluator")
    publish_initiative(initiative=initiative, by=ada, now=now)
    initiative.refresh_from_db()
    assert may(ada, "feedback.give", initiative) is False


@pytest.mark.django_db
def test_what_was_one_persons_goes_to_who_joined_first(initiative, ada, bo, dan, now):
    join(initiative, bo, ada, now)
    join(initiative, dan, ada, now)
    leave_all(account=ada, by=ada, now=now)
    initiative.refresh_from_db()
    assert (initiative.person, initiative.status, [m.account for m in initiative.members.all()]) == (
        bo,
        "active",
        [dan],
    )


@pytest.mark.django_db
def test_where_nobody_else_is_it_ends_and_is_taken_off_the_public_pages(initiative, ada, now):
    publish_initiative(initiative=initiative, by=ada, now=now)
    leave_all(account=ada, by=ada, now=now)
    initiative.refresh_from_db()
    assert (initiative.person, initiative.status, initiative.is_public) == (ada, "ended", False)


@pytest.mark.django_db(transaction=True)
def test_an_invitation_that_is_accepted_ten_times_at_once_is_accepted_once(initiative, ada, dan, now):
    member = invite(initiative, dan, ada, now)

    def accept_it(number):
        accept_invitation(member=InitiativeMember.objects.get(pk=member.pk), by=dan, now=now)

    outcomes = at_once(10, accept_it)
    refused = [one for one in outcomes if one is not None]
    kinds = {type(one).__name__ for one in refused}
    verbs = [entry.verb for entry in Entry.objects.about(member)]
    assert (len(refused), kinds <= {"Overtaken", NotAllowed.__name__}, verbs) == (9, True, ["accept"])
