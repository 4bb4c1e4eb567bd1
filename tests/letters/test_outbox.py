"""The outbox: what is written, held, changed, released and tried again."""

import pytest

from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Entry, Overtaken
from talka.kernel.registry import UnknownName, clockwork
from talka.letters.models import Letter
from talka.letters.outbox import (
    NotHeld,
    compose,
    drop_bundle,
    edit_letter,
    release_bundle,
    retry_letter,
    write_letter,
    write_to_address,
)
from talka.letters.sending import send_due
from talka.people.models import Account

VALUES = {"community": "Wikimedia Graustark", "inviter": "Bo", "path": "/desk/"}


def write(ada, now, **more):
    """Write Ada an invitation."""
    values = VALUES | more.pop("values", {})
    return write_letter("representation_invited", to=ada, values=values, about=ada, now=now, **more)


def test_a_letter_is_written_once_about_an_event(ada, now):
    assert write(ada, now) is not None
    assert write(ada, now) is None
    assert write(ada, now, once="second reminder") is not None
    assert Letter.objects.count() == 2


def test_a_long_address_does_not_make_two_events_one(db, now):
    long = Account.objects.create(name="Long", email=f"{'a' * 60}@{'b' * 60}.{'c' * 60}.org", joined_at=now)
    assert write(long, now, once="first") is not None
    assert write(long, now, once="second") is not None
    assert write(long, now, once="second") is None


def test_nobody_without_an_address_gets_one(db, now):
    account = Account.objects.create(name="Wiki", wikimedia_id=7, joined_at=now)
    assert write(account, now) is None


def test_a_letter_that_no_room_made_known_is_not_written(ada, now):
    with pytest.raises(UnknownName):
        write_letter("made_up", to=ada, values={}, about=ada, now=now)


@pytest.mark.parametrize("name", ["Evil\nBcc: all@example.org", "Evil\r\nBcc: all@example.org"])
def test_a_name_with_a_line_break_makes_no_header(ada, now, name):
    letter = write(ada, now, values={"community": name})
    assert "\n" not in letter.subject
    assert "\r" not in letter.subject


def test_placeholders_in_what_people_wrote_stay_as_they_are(ada, now):
    letter = write(ada, now, values={"inviter": "{{ site }}{% now 'Y' %}%(name)s{name}"})
    assert "{{ site }}{% now 'Y' %}%(name)s{name} asks you" in letter.body


def test_a_letter_is_composed_in_the_language_of_its_reader(ada, now):
    written = compose("representation_invited", {**VALUES, "name": "Ada"}, language="en")
    assert written.subject == "Will you represent Wikimedia Graustark in Talka?"


def test_a_held_letter_can_be_changed_and_leaves_a_line(ada, bo, now):
    letter = write(ada, now, bundle="b")
    edit_letter(letter=letter, subject="A new\nsubject", body=" Text ", version=1, by=bo, now=now)
    letter.refresh_from_db()
    assert (letter.subject, letter.body, letter.version) == ("A new subject", "Text\n", 2)
    assert [(one.verb, one.actor) for one in Entry.objects.about(letter)] == [("edit", bo)]


def test_a_letter_that_left_meanwhile_cannot_be_changed(ada, bo, now):
    letter = write(ada, now, bundle="b")
    release_bundle("b", by=bo, now=now)
    with pytest.raises(NotHeld):
        edit_letter(letter=letter, subject="Late", body="Late", version=1, by=bo, now=now)


def test_of_two_who_change_a_letter_the_slower_is_told(ada, bo, now):
    letter = write(ada, now, bundle="b")
    edit_letter(letter=letter, subject="First", body="First", version=1, by=bo, now=now)
    with pytest.raises(Overtaken):
        edit_letter(letter=letter, subject="Second", body="Second", version=1, by=bo, now=now)
    assert Letter.objects.get().subject == "First"


def test_a_bundle_is_released_once(ada, bo, now):
    write(ada, now, bundle="b")
    write(bo, now, bundle="b")
    write(bo, now, bundle="other", once="other")
    assert release_bundle("b", by=bo, now=now) == 2
    assert release_bundle("b", by=bo, now=now) == 0
    assert list(Letter.objects.order_by("pk").values_list("status", flat=True)) == [
        "queued",
        "queued",
        "held",
    ]


def test_a_dropped_bundle_can_be_written_anew(ada, bo, now):
    write(ada, now, bundle="b")
    assert drop_bundle("b", by=bo, now=now) == 1
    assert write(ada, now, bundle="b") is not None


def test_a_failed_letter_is_queued_again_with_all_its_tries(ada, bo, now):
    letter = write(ada, now)
    Letter.objects.update(status="failed", tries=8)
    letter.refresh_from_db()
    retry_letter(letter=letter, by=bo, now=now)
    letter.refresh_from_db()
    assert (letter.status, letter.tries, letter.due_at) == ("queued", 0, now)


def test_only_a_failed_letter_is_queued_again_by_hand(ada, bo, now):
    letter = write(ada, now)
    Letter.objects.update(status="sending")
    letter.refresh_from_db()
    with pytest.raises(NotAllowed):
        retry_letter(letter=letter, by=bo, now=now)


def test_every_letter_has_a_message_id_of_its_own_at_our_address(ada, bo, now):
    ids = {write(ada, now).message_id, write(bo, now).message_id}
    assert len(ids) == 2
    assert all(one.startswith("<") and one.endswith("@localhost>") for one in ids)


def test_an_address_without_an_account_gets_a_letter_too(ada, now):
    letter = write_to_address(
        "representation_invited",
        email="new@example.org",
        language="en",
        values={**VALUES, "name": "New"},
        about=ada,
        now=now,
    )
    assert (letter.recipient, letter.status) == (None, "queued")


def test_the_clock_empties_the_outbox():
    assert clockwork.get("letters.send_due") is send_due
