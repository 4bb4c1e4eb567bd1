"""Who acts for a community: asked, accepted, ended."""

import pytest

from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Entry
from talka.letters.models import Letter
from talka.people.actions.accounts import edit_account, sign_out_everywhere
from talka.people.actions.representations import (
    InvitationRefused,
    accept_representation,
    decline_representation,
    end_representation,
    invite_representative,
)
from talka.people.models import Account, Community, Representation

pytestmark = pytest.mark.django_db


def invite(ada, now, email="dan@demo.invalid"):
    return invite_representative(community=ada.community, email=email, name="Dan", by=ada, now=now)


def refused(ada, now, email="dan@demo.invalid"):
    with pytest.raises(InvitationRefused) as error:
        invite(ada, now, email)
    return error.value.reason.key


def test_an_invitation_is_a_letter_to_the_address_that_says_who_asks_and_where_to_answer(ada, now):
    asked = invite(ada, now, email=" Dan@Demo.invalid ")
    letter = Letter.objects.get()
    assert (letter.email, letter.subject) == (
        "dan@demo.invalid",
        "Will you represent Wikimedians of Ruritania in Talka?",
    )
    assert letter.body.split("\n\n")[1].startswith("Ada asks you to represent Wikimedians of Ruritania")
    assert letter.body.count(f"/desk/invitations/{asked.pk}/") == 1


def test_an_invitation_gives_no_right_before_it_is_accepted(ada, dan, now):
    asked = invite(ada, now)
    assert list(Community.objects.represented_by(dan)) == []
    accept_representation(representation=asked, by=dan, now=now)
    assert list(Community.objects.represented_by(dan)) == [ada.community]
    assert Representation.objects.get(pk=asked.pk).account == dan


def test_a_declined_invitation_gives_no_right_and_is_over(ada, dan, now):
    asked = invite(ada, now)
    decline_representation(representation=asked, by=dan, now=now)
    with pytest.raises(NotAllowed):
        accept_representation(representation=asked, by=dan, now=now)
    assert list(Community.objects.represented_by(dan)) == []


def test_an_invitation_that_was_taken_back_cannot_be_accepted(ada, dan, now):
    asked = invite(ada, now)
    end_representation(representation=asked, by=ada, now=now)
    with pytest.raises(NotAllowed):
        accept_representation(representation=asked, by=dan, now=now)


def test_nobody_is_asked_twice_while_the_first_question_waits(ada, now):
    invite(ada, now)
    assert refused(ada, now, "DAN@demo.invalid") == "representation.already_asked"
    assert Letter.objects.count() == 1


def test_who_represents_already_is_not_asked(ada, now):
    assert refused(ada, now, "ADA@demo.invalid") == "representation.already_represents"


def test_who_declined_or_left_can_be_asked_again(ada, dan, now):
    decline_representation(representation=invite(ada, now), by=dan, now=now)
    again = invite(ada, now)
    accept_representation(representation=again, by=dan, now=now)
    end_representation(representation=again, by=dan, now=now)
    invite(ada, now)
    assert Letter.objects.count() == 3


def test_the_eleventh_open_invitation_is_refused(ada, now):
    for number in range(10):
        invite(ada, now, f"p{number}@example.org")
    assert refused(ada, now, "p10@example.org") == "representation.too_many_open"


def test_one_person_may_act_for_several_communities(ada, bo, now):
    asked = invite_representative(community=bo.community, email=ada.email, name="Ada", by=bo, now=now)
    accept_representation(representation=asked, by=ada, now=now)
    assert set(Community.objects.represented_by(ada)) == {ada.community, bo.community}


def test_the_last_representative_may_leave(ada, now):
    mine = Representation.objects.get(account=ada)
    end_representation(representation=mine, by=ada, now=now)
    assert list(Community.objects.represented_by(ada)) == []
    assert list(Entry.objects.about(mine).values_list("verb", "target")) == [("end", "ended")]


def test_the_letter_is_in_the_language_of_the_account_it_goes_to(ada, dan, now):
    Account.objects.filter(pk=dan.pk).update(language="ar")
    invite(ada, now)
    assert Letter.objects.get().language == "ar"


def test_signing_out_everywhere_changes_what_sessions_rest_on(ada, now):
    before = ada.get_session_auth_hash()
    sign_out_everywhere(account=ada, by=ada, now=now)
    assert Account.objects.get(pk=ada.pk).get_session_auth_hash() != before


def test_an_account_is_edited_with_a_line_that_holds_no_value(ada, now):
    edit_account(account=ada, name="Ada L.", language="ar", time_zone="Europe/Riga", by=ada, now=now)
    saved = Account.objects.get(pk=ada.pk)
    assert (saved.name, saved.language, saved.time_zone) == ("Ada L.", "ar", "Europe/Riga")
    assert list(Entry.objects.about(ada).values_list("verb", "note")) == [("edit", "")]
