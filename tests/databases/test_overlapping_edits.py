"""One person acts while what another one does is not finished: reports, meetings, forms, files, accounts."""

from datetime import timedelta

import pytest

from talka.blueprints.reading import shipped
from talka.calls.actions import prepare_cycle
from talka.exchanges.actions import name_traveller
from talka.exchanges.models import Exchange, Traveller
from talka.files import actions as files
from talka.files.models import Upload
from talka.forms.actions import open_form_draft, publish_form
from talka.forms.models import FormVersion
from talka.gatherings.actions import cancel_gathering, create_gathering, register
from talka.gatherings.models import Gathering
from talka.letters.models import Letter
from talka.people.actions.sign_in import find_or_make_account
from talka.people.models import Account
from talka.programmes.actions import add_contact, create_programme, edit_contact, remove_contact
from talka.programmes.models import Contact
from talka.reports.actions import (
    close_exchange,
    edit_evidence,
    remove_evidence,
    reopen_report,
    submit_report,
)
from talka.reports.models import Evidence, Report
from talka.travel.actions import issue_invitation, remove_traveller
from tests.conftest import NOW
from tests.databases.conftest import while_open
from tests.exchanges.exchange_samples import make_approved, make_exchange
from tests.reports.report_samples import AFTER, make_accepted, make_photo, make_visited, write_report
from tests.reports.report_samples import make_cycle as make_reports_cycle
from tests.travel.travel_samples import quote

pytestmark = pytest.mark.django_db(transaction=True)

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def kind(outcome):
    """Name what was returned or raised."""
    return type(outcome).__name__


@pytest.fixture
def cycle(cleo):
    """Return a cycle with its forms."""
    programme = create_programme(
        slug="cee", blueprint=shipped()["visit_exchange"], zone="Europe/Warsaw", by=cleo, now=NOW
    )
    return prepare_cycle(programme=programme, slug="2027", label={"en": "2027"}, year=2027, by=cleo, now=NOW)


@pytest.fixture
def meeting(cycle, cleo):
    """Return a meeting that people may sign up for."""
    return create_gathering(
        cycle=cycle,
        title={"en": "Ask us"},
        description={},
        starts_at=NOW + timedelta(days=3),
        ends_at=NOW + timedelta(days=3, hours=1),
        zone="Europe/Warsaw",
        link="https://meet.example/talka",
        by=cleo,
        now=NOW,
    )


@pytest.fixture
def visited(ada, bo, cleo):
    """Return a report of a visit with everything that it needs, and its photo."""
    _exchange, report, _other = make_visited(make_reports_cycle(cleo, NOW), ada.community, bo.community, NOW)
    write_report(report, ada, AFTER)
    return report, report.evidence.get()


def sign_up(meeting):
    """Return what signs Ada up."""
    given = {"name": "Ada", "email": "ada@demo.invalid", "question": "", "account": None, "language": "en"}
    read_before = Gathering.objects.get(pk=meeting.pk)
    return lambda: register(gathering=read_before, now=NOW, **given)


def call_off(meeting, cleo):
    """Return what calls a meeting off."""
    return lambda: cancel_gathering(gathering=meeting, version=meeting.version, by=cleo, now=NOW)


def test_nobody_signs_up_for_what_is_being_called_off(meeting, cleo):
    assert kind(while_open(call_off(meeting, cleo), sign_up(meeting))) == "GatheringOver"


def test_who_signs_up_just_before_a_meeting_is_called_off_hears_of_it(meeting, cleo):
    assert while_open(sign_up(meeting), call_off(meeting, cleo)) == 1
    assert sorted(Letter.objects.values_list("key", flat=True)) == [
        "gathering_cancelled",
        "gathering_registered",
    ]


def test_a_report_is_not_handed_in_while_its_photo_is_taken_away(visited, ada):
    report, photo = visited
    came = while_open(
        lambda: remove_evidence(photo=photo, by=ada, now=AFTER),
        lambda: submit_report(report=Report.objects.get(pk=report.pk), by=ada, now=AFTER),
    )
    assert (kind(came), Report.objects.get(pk=report.pk).status) == ("Incomplete", "draft")


def test_a_photo_that_was_taken_away_is_not_described(visited, ada):
    report, photo = visited
    make_photo(report, AFTER)
    mine = Evidence.objects.get(pk=photo.pk)
    words = {"caption": "All of us", "author": "Eve", "licence": "cc0", "has_consent": True}
    came = while_open(
        lambda: remove_evidence(photo=photo, by=ada, now=AFTER),
        lambda: edit_evidence(photo=mine, by=ada, now=AFTER, **words),
    )
    assert (kind(came), report.evidence.count()) == ("Overtaken", 1)


def test_an_exchange_is_not_closed_while_a_report_is_opened_again(ada, bo, cleo):
    made = make_accepted(make_reports_cycle(cleo, NOW), ada.community, bo.community, NOW, by=ada)
    exchange, report = Exchange.objects.get(), Report.objects.get(pk=made[1].pk)
    came = while_open(
        lambda: reopen_report(report=report, question="How many came?", by=cleo, now=AFTER),
        lambda: close_exchange(exchange=exchange, words={"goals_met": "fully"}, by=cleo, now=AFTER),
    )
    assert (kind(came), Exchange.objects.get().status) == ("ReportsOpen", "visited")


def test_nothing_is_arranged_for_somebody_who_is_being_taken_off(ada, bo, cleo):
    approved = make_approved(make_exchange(ada, bo, cleo, NOW), ada, bo, cleo, NOW)
    for arrange in (
        lambda one: quote(approved, cleo, NOW, traveller=one),
        lambda one: issue_invitation(traveller=one, by=cleo, now=NOW),
    ):
        named = name_traveller(exchange=approved, account=ada, by=ada, now=NOW)
        mine = Traveller.objects.select_related("account").get(pk=named.pk)
        came = while_open(
            lambda named=named: remove_traveller(traveller=named, by=ada, now=NOW),
            lambda arrange=arrange, mine=mine: arrange(mine),
        )
        assert (kind(came), str(came)) == ("Refused", "travel.not_their_traveller")


def test_two_who_begin_a_version_of_a_form_write_the_same_one(cycle, cleo):
    form = cycle.forms.get(key="mentee")

    def begin():
        return open_form_draft(form=form, by=cleo, now=NOW)

    assert (kind(while_open(begin, begin)), form.versions.count()) == ("FormVersion", 2)


def test_a_version_is_published_once(cycle, cleo):
    form = cycle.forms.get(key="mentee")
    open_form_draft(form=form, by=cleo, now=NOW)

    def publish():
        return publish_form(form=form, by=cleo, now=NOW)

    assert kind(while_open(publish, publish)) == "Overtaken"
    assert list(FormVersion.objects.filter(form=form).values_list("number", flat=True)) == [1, 2]


def test_the_last_file_of_a_quota_is_kept_once(ada, monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(files, "MOST_FILES", 1)

    def keep():
        return files.store_attachment(data=PDF, name="plan.pdf", by=ada, now=NOW)

    assert (kind(while_open(keep, keep)), Upload.objects.count()) == ("FileRefused", 1)


def test_two_codes_used_at_once_make_one_account(transactional_db):
    def join():
        return find_or_make_account(email="Eve@demo.invalid", language="en", now=NOW)

    assert while_open(join, join) == Account.objects.get()


def test_a_contact_that_was_removed_does_not_come_back(cycle, cleo):
    given = {"by": cleo, "now": NOW}
    kept = add_contact(programme=cycle.programme, name="Hub", task="", address="a@b.example", **given)
    mine = Contact.objects.get(pk=kept.pk)
    came = while_open(
        lambda: remove_contact(contact=kept, **given),
        lambda: edit_contact(contact=mine, name="The hub", task="", address="a@b.example", **given),
    )
    assert (kind(came), Contact.objects.count()) == ("Overtaken", 0)
