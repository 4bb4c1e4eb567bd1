"""Coordinators look after the group around a programme."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from talka.papers.tables import read_table
from talka.programmes.actions import (
    add_contact_note,
    add_outside_group,
    appoint,
    fill_post,
    join_roll,
    leave_roll,
    offer_notice,
    remove_member,
)
from talka.programmes.models import ContactNote, Membership, Notice, OutsideGroup, Tenure
from tests.conftest import make_account
from tests.programmes.group_samples import make_group

LIST = (
    "Sign up[edit]\n"
    "1. [[User:Quill of Ruritania|Quill]] 17:47, 28 January 2019\n"
    "2. Owl (talk) 16:15, 25 April 2022 (UTC)[reply]\n"
    "3. Ink\n"
)


@pytest.fixture
def group(cleo, now):
    return make_group(cleo, now)


@pytest.fixture
def on_the_day(time_machine, now):
    """Let the clock stand; before anybody signs in."""
    time_machine.move_to(now, tick=False)


@pytest.fixture
def office(group, client_of, cleo):
    return client_of(cleo)


def at(group, what):
    return reverse(f"office:{what}", args=[group.slug])


def join(group, account, now, *contributions):
    return join_roll(
        programme=group,
        account=account,
        name=account.name,
        user_name="",
        contributions=contributions,
        now=now,
    )


def test_the_programme_in_the_office_leads_to_all_of_it(group, office):
    page = office.get(at(group, "programme")).text
    assert [at(group, what) in page for what in ("posts", "roll", "notices", "outside")] == [True] * 4


def test_a_post_is_filled_corrected_and_taken_back(group, office):
    page = office.get(at(group, "posts")).text
    assert f"{at(group, 'post_fill')}?post=chair" in page
    office.post(at(group, "post_fill"), {"post": "chair", "name": "Quill", "starts_on": "2027-03-01"})
    term = Tenure.objects.get()
    words = {"name": "Quill", "starts_on": "2027-03-01", "ends_on": "2027-02-01", "version": "1"}
    assert office.post(term.get_absolute_url(), words).status_code == 422
    office.post(term.get_absolute_url(), {**words, "ends_on": "2027-04-01"})
    late = office.post(term.get_absolute_url(), {**words, "ends_on": "2027-05-01"})
    assert (late.status_code, Tenure.objects.get().ends_on.month) == (409, 4)
    office.post(reverse("office:tenure_remove", args=[term.pk]))
    assert Tenure.objects.count() == 0


def test_a_seat_that_is_taken_is_told_with_what_was_typed(group, office, cleo, now):
    fill_post(
        programme=group, post="chair", name="Quill", starts_on=now.date(), ends_on=None, by=cleo, now=now
    )
    words = {"post": "chair", "name": "Second Owl", "starts_on": "2027-03-20"}
    answer = office.post(at(group, "post_fill"), words)
    assert (answer.status_code, "Second Owl" in answer.text) == (422, True)


def test_a_reviewer_sees_that_there_is_a_roll_and_may_not_look_after_it(group, client_of, cleo, now):
    rosa = make_account("rosa")
    appoint(programme=group, account=rosa, post="reviewer", by=cleo, now=now)
    client = client_of(rosa)
    assert [
        client.get(at(group, what)).status_code for what in ("posts", "roll", "roll_import", "outside")
    ] == [403] * 4


def test_the_roll_is_narrowed_and_leaves_as_a_table(group, office, dan, bo, now):
    join(group, dan, now, "design", "one_to_one")
    leave_roll(membership=join(group, bo, now), by=bo, now=now)

    def exported(**asked):
        answer = office.get(at(group, "roll_export"), {"as": "csv", **asked})
        return [tuple(row.cells.values()) for row in read_table(answer.content, "roll.csv")]

    brings = "I help others one to one, I know instructional or curriculum design"
    assert exported() == [("Dan", "", brings, "2027-03-10T12:00:00+00:00", "no", "Signed here", "")]
    assert [row[0] for row in exported(state="all")] == ["Bo", "Dan"]
    assert [row[0] for row in exported(state="left")] == ["Bo"]
    assert exported(source="wiki_list") == []
    workbook = office.get(at(group, "roll_export"))
    assert workbook["Content-Disposition"] == 'attachment; filename="mentorship-members.xlsx"'


def test_a_member_is_corrected_taken_off_with_a_reason_and_put_back(group, office, dan, now):
    member = join(group, dan, now)
    office.post(member.get_absolute_url(), {"name": "Dan D.", "user_name": "Dan", "version": "1"})
    remove = reverse("office:member_remove", args=[member.pk])
    assert office.post(remove, {"reason": ""}).status_code == 422
    office.post(remove, {"reason": "An advertisement."})
    assert Membership.objects.current().count() == 0
    page = office.get(member.get_absolute_url()).text
    assert "An advertisement." in page
    office.post(reverse("office:member_restore", args=[member.pk]))
    assert list(Membership.objects.current().values_list("name", "user_name")) == [("Dan D.", "Dan")]


def test_a_pasted_list_is_shown_line_by_line_stays_and_is_taken_over(group, office):
    shown = office.post(at(group, "roll_import"), {"text": LIST})
    assert [row["line"].user for row in shown.context["rows"]] == ["Quill of Ruritania", "Owl"]
    assert ["No zone is written: UTC is assumed." in shown.text, "3. Ink" in shown.text] == [True, True]
    assert "The line has no date and time of a signature." in shown.text
    assert Membership.objects.count() == 0
    mark = shown.context["compared"].mark
    office.post(at(group, "roll_import"), {"text": LIST, "apply": mark})
    again = office.post(at(group, "roll_import"), {"text": LIST})
    assert (Membership.objects.count(), len(again.context["compared"].here)) == (2, 2)
    assert "There is nothing to do" in again.text


def test_who_was_struck_off_stands_apart_in_the_preview_and_after_the_import(group, office, cleo, now):
    owl = Membership.objects.create(
        programme=group, name="Owl", user_name="Owl", user_key="owl", joined_at=now, source="wiki_list"
    )
    remove_member(membership=owl, reason="An invented user.", by=cleo, now=now)
    shown = office.post(at(group, "roll_import"), {"text": LIST})
    assert ("Struck off on" in shown.text, owl.get_absolute_url() in shown.text) == (True, True)
    assert [row["fate"] for row in shown.context["rows"]] == ["new", "struck"]
    mark = shown.context["compared"].mark
    after = office.post(at(group, "roll_import"), {"text": LIST, "apply": mark}, follow=True).text
    assert "1 who was struck off is not added" in after
    assert [one.name for one in Membership.objects.current()] == ["Quill"]


def test_a_list_that_would_do_something_else_by_now_is_shown_again(group, office):
    mark = office.post(at(group, "roll_import"), {"text": LIST}).context["compared"].mark
    changed = LIST.replace("Owl", "Pen")
    answer = office.post(at(group, "roll_import"), {"text": changed, "apply": mark})
    assert (answer.status_code, Membership.objects.count()) == (200, 0)
    assert "Something changed in the meantime." in answer.text


def test_a_file_is_read_in_place_of_what_was_pasted_and_what_was_pasted_stays_on_errors(group, office):
    def sent(content):
        file = SimpleUploadedFile("list.txt", content, "text/plain")
        return office.post(at(group, "roll_import"), {"text": "Pasted words", "file": file})

    shown = sent(LIST.replace("\n", "\r\n").encode("utf-8-sig"))
    assert [row["line"].line for row in shown.context["rows"]] == [2, 3]
    for content in (b"caf\xe9", b"x" * 400_000):
        refused = sent(content)
        assert (refused.status_code, "Pasted words" in refused.text) == (422, True)
    assert office.post(at(group, "roll_import"), {"text": " "}).status_code == 422


def test_a_text_without_signatures_says_so(group, office):
    assert "No line looks like a signature" in office.post(at(group, "roll_import"), {"text": "Hello"}).text


def test_a_group_outside_is_named_written_about_corrected_and_forgotten(group, office):
    office.post(at(group, "outside_add"), {"name": "Outreach", "contact": "Rufus"})
    outside = OutsideGroup.objects.get()
    page = outside.get_absolute_url()
    assert office.post(page, {"met_on": "2027-03-01", "said": ""}).status_code == 422
    office.post(page, {"met_on": "2027-03-01", "said": "They know a school.", "next_on": "2027-04-01"})
    note = ContactNote.objects.get()
    words = {"met_on": "2027-03-02", "said": "They know two schools.", "version": "1"}
    office.post(reverse("office:outside_note", args=[note.pk]), words)
    late = office.post(reverse("office:outside_note", args=[note.pk]), words)
    assert (late.status_code, ContactNote.objects.get().said) == (409, "They know two schools.")
    edit = reverse("office:outside_edit", args=[outside.pk])
    office.post(edit, {"name": "Outreach team", "version": "1"})
    assert "Outreach team" in office.get(at(group, "outside")).text
    office.post(reverse("office:outside_remove", args=[outside.pk]))
    assert OutsideGroup.objects.count() == 0


def test_the_office_says_that_a_notice_waits_and_that_a_date_has_come(
    on_the_day, group, office, cleo, dan, now
):
    given = {"by": cleo, "now": now}
    outside = add_outside_group(programme=group, name="O", purpose="", contact="", address="", **given)
    add_contact_note(group=outside, met_on=now.date(), said="x", agreed="", next_on=now.date(), **given)
    offer_notice(programme=group, title="Money", text="x", address="", closes_on=now.date(), by=dan, now=now)
    page = office.get(reverse("office:home")).text
    assert ["One notice waits to be read." in page, "one group outside by now" in page] == [True, True]


def test_a_notice_is_shown_and_taken_off_with_a_reason(group, office, dan, now):
    day = now.date() + timedelta(days=9)
    notice = offer_notice(
        programme=group, title="Money", text="Apply.", address="", closes_on=day, by=dan, now=now
    )
    show, refuse = (reverse(f"office:notice_{what}", args=[notice.pk]) for what in ("show", "refuse"))
    office.post(show, {"version": "9"})
    assert Notice.objects.get().status == "waiting"
    office.post(show, {"version": "1"})
    assert Notice.objects.get().status == "shown"
    assert office.post(refuse, {"reason": "", "version": "2"}).status_code == 422
    stale = office.post(refuse, {"reason": "It is over.", "version": "1"})
    assert (stale.status_code, "It is over." in stale.text) == (422, True)
    office.post(refuse, {"reason": "It is over.", "version": "2"})
    assert (Notice.objects.get().status, Notice.objects.get().refusal) == ("refused", "It is over.")
    assert "Show it after all" in office.get(refuse).text


def test_rows_of_another_programme_are_nobodys_here(office, cleo, dan, ada, now):
    make_account("carl", can_found=True)
    far = make_group(dan, now, slug="far")
    given = {"by": dan, "now": now}
    outside = add_outside_group(programme=far, name="O", purpose="", contact="", address="", **given)
    term = fill_post(programme=far, post="chair", name="Q", starts_on=now.date(), ends_on=None, **given)
    notice = offer_notice(
        programme=far, title="M", text="x", address="", closes_on=now.date(), by=ada, now=now
    )
    addresses = [
        term.get_absolute_url(),
        join(far, ada, now).get_absolute_url(),
        outside.get_absolute_url(),
        reverse("office:notice_refuse", args=[notice.pk]),
        at(far, "roll"),
    ]
    assert [office.get(address).status_code for address in addresses] == [404] * 5
