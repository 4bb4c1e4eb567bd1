"""Letters of invitation: frozen when they are issued."""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from talka.exchanges.actions import edit_plan, name_traveller
from talka.letters.models import Letter
from talka.papers.pdf import FONTS, write_pdf
from talka.travel.actions import Refused, issue_invitation
from talka.travel.models import InvitationLetter


@pytest.fixture
def letter(approved, ada, cleo, now):
    traveller = name_traveller(exchange=approved, account=ada, by=ada, now=now)
    return issue_invitation(traveller=traveller, by=cleo, now=now)


def test_a_letter_says_who_is_invited_by_whom_when_and_where(letter):
    assert letter.content["facts"] == [
        ["Invited", "Ada"],
        ["Representing", "Wikimedians of Ruritania"],
        ["Host", "Wikimedia Graustark"],
        ["Days on site", "2 August 2027 to 5 August 2027"],
        ["Place", "Library of Graustark, Warsaw"],
        ["Purpose", "The summer school of Graustark"],
    ]
    assert letter.content["signatory"]["name"] == "Cleo"
    assert len(letter.content["programme"]["rows"]) == 4


def test_a_letter_becomes_a_pdf(letter):
    paper = write_pdf("letter_of_invitation", data=letter.content, font_folder=FONTS)
    text = PdfReader(io.BytesIO(paper)).pages[0].extract_text()
    assert [word in text for word in ("Letter of invitation", "Ada", "Warsaw", "Cleo")] == [True] * 4


def test_a_letter_never_changes_when_the_plan_does(letter, approved, bo, cleo, now):
    before = dict(letter.content)
    plan = approved.plan
    edit_plan(plan=plan, values={"city": "Gdańsk"}, version=plan.version, by=bo, now=now)
    assert InvitationLetter.objects.get().content == before
    with pytest.raises(Refused):
        issue_invitation(traveller=letter.traveller, by=cleo, now=now)


def test_the_same_letter_asked_for_twice_is_issued_once(letter, cleo, now):
    again = issue_invitation(traveller=letter.traveller, by=cleo, now=now)
    assert (again.pk, InvitationLetter.objects.count()) == (letter.pk, 1)


def test_each_letter_has_a_reference_of_its_own(letter, cleo, now):
    second = issue_invitation(traveller=letter.traveller, by=cleo, now=now + timedelta(days=1))
    first, other = letter.content["reference"], second.content["reference"]
    assert (first[-1], other[-1], first[:-1] == other[:-1]) == ("1", "2", True)


def test_the_traveller_is_told(letter):
    assert [one.email for one in Letter.objects.filter(key="invitation_issued")] == ["ada@demo.invalid"]


def test_no_letter_before_the_plan_is_approved(exchange, ada, cleo, now):
    traveller = name_traveller(exchange=exchange, account=ada, by=ada, now=now)
    with pytest.raises(Refused):
        issue_invitation(traveller=traveller, by=cleo, now=now)
    assert InvitationLetter.objects.count() == 0
