"""The guard against sending twice, by what became of the first sending."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from talka.kernel.claims import GIVEN_UP_AFTER, claim_post
from talka.kernel.models import AnsweredPost
from talka.letters.models import Letter
from talka.web.shared import answered_once
from tests.web.rendered import browser_of, open_form, without_guard
from tests.web.shared import trial_pages

pytestmark = [pytest.mark.django_db, pytest.mark.urls(trial_pages.__name__)]


@pytest.fixture(autouse=True)
def worked(monkeypatch):
    """Return the list of what was worked on; nobody waits for anybody."""
    monkeypatch.setattr(answered_once, "PAUSES", (0, 0))
    monkeypatch.setattr(trial_pages, "worked", [])
    return trial_pages.worked


@pytest.fixture
def opened():
    """Return a function that opens the page of the trial."""

    def open_page(end="saved", account=None, **words):
        client = browser_of(account)
        client.raise_request_exception = False
        return open_form(client, f"/trial/{end}/", "trial", **words)

    return open_page


def test_the_same_again_is_led_to_the_same_page_and_worked_on_once(opened, worked):
    form = opened()
    answers = [form.send() for _ in range(3)]
    assert {(one.status_code, one["Location"]) for one in answers} == {(302, "/trial/saved/?done")}
    assert len(worked) == 1


def test_without_the_guard_it_is_worked_on_each_time(opened, worked, settings):
    without_guard(settings)
    form = opened()
    assert [form.send().status_code for _ in range(3)] == [302] * 3
    assert len(worked) == 3


@pytest.mark.parametrize(
    ("end", "status"),
    [("shown", 200), ("refused", 422), ("broken", 500), ("elsewhere", 302), ("slashes", 302)],
)
def test_what_leads_to_no_page_of_ours_can_be_sent_again(opened, worked, end, status):
    form = opened(end)
    assert [form.send().status_code for _ in range(2)] == [status] * 2
    assert (len(worked), AnsweredPost.objects.count()) == (2, 0)


def test_an_answer_that_begins_a_session_is_given_to_nobody_else(opened, worked):
    form = opened("session")
    form.send()
    form.client.cookies.pop("talka-session")
    assert form.send().cookies["talka-session"].value
    assert (len(worked), AnsweredPost.objects.count()) == (2, 0)


def test_a_cookie_that_only_the_first_should_have_is_not_set_again(opened, worked):
    form = opened("cookie")
    assert [sorted(form.send().cookies) for _ in range(2)] == [["something"], []]
    assert len(worked) == 1


def test_another_account_is_another_sender(opened, worked, ada, bo):
    form = opened(account=ada)
    form.send()
    form.client.force_login(bo)
    assert form.send().status_code == 302
    assert len(worked) == 2


@pytest.mark.parametrize("more", ["?more", "?more=1"])
def test_another_address_is_another_sending(opened, worked, more):
    form = opened()
    form.send()
    form._replace(address=form.address + more).send()
    assert len(worked) == 2


def files(*contents, name="a.txt"):
    return [SimpleUploadedFile(name, content, "text/plain") for content in contents]


# More than is kept in memory, so that one is a file on the disk.
LARGE = b"x" * 3_000_000


@pytest.mark.parametrize("content", [b"short", b"", LARGE], ids=["short", "empty", "large"])
def test_files_arrive_whole_and_once(opened, worked, content):
    form = opened()
    answers = [form.send(kept=files(content, b"other"))["Location"] for _ in range(2)]
    assert (answers, worked) == (["/trial/saved/?done"] * 2, [{"kept": [content, b"other"]}])


@pytest.mark.parametrize(
    "other",
    [files(b"one", b"two", name="b.txt"), files(b"two", b"one"), files(b"one"), files(b"one", b"twO")],
    ids=["name", "order", "number", "content"],
)
def test_other_files_are_another_sending(opened, worked, other):
    form = opened()
    form.send(kept=files(b"one", b"two"))
    form.send(kept=other)
    assert len(worked) == 2


def test_no_token_in_the_form_no_guard(opened, worked):
    form = opened()
    token = form.fields.pop("csrfmiddlewaretoken")
    for _ in range(2):
        answer = form.client.post(form.address, form.fields, headers={"X-CSRFToken": token})
        assert answer.status_code == 302
    assert (len(worked), AnsweredPost.objects.count()) == (2, 0)


def test_a_wrong_token_is_refused_before_anything_is_claimed(opened, worked):
    form = opened(csrfmiddlewaretoken="x" * 64)
    assert (form.send().status_code, worked, AnsweredPost.objects.count()) == (403, [], 0)


@pytest.mark.parametrize(("mode", "times"), [("navigate", 1), ("cors", 2), ("same-origin", 2)])
def test_a_script_that_sends_again_is_answered_again(opened, worked, mode, times):
    form = opened()
    for _ in range(2):
        form.client.post(form.address, form.fields, headers={"Sec-Fetch-Mode": mode})
    assert len(worked) == times


def test_who_only_reads_asks_nothing_of_the_database(opened, django_assert_num_queries):
    form = opened()
    with django_assert_num_queries(0):
        form.client.get(form.page)


@pytest.mark.parametrize("is_guarded", [True, False])
@pytest.mark.parametrize("checks", [True, False])
def test_too_much_is_refused_as_it_was(opened, worked, settings, is_guarded, checks):
    if not is_guarded:
        without_guard(settings)
    form = opened(word="x" * 2_600_000)
    form.client.handler.enforce_csrf_checks = checks
    kind = "application/x-www-form-urlencoded"
    body = "&".join(f"{name}={value}" for name, value in form.fields.items())
    assert form.client.post(form.address, body, content_type=kind).status_code == 400
    assert AnsweredPost.objects.count() == 0


class Broken:
    """A line that breaks while it is read."""

    def read(self, *_size):
        raise OSError("the line broke")

    readline = read

    def close(self):
        """Close nothing."""


@pytest.mark.parametrize("is_guarded", [True, False])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b"])
def test_a_line_that_breaks_is_answered_as_it_was(opened, worked, settings, is_guarded, kind):
    if not is_guarded:
        without_guard(settings)
    form = opened()
    lines = {"wsgi.input": Broken(), "CONTENT_LENGTH": "100"}
    answer = form.client.generic("POST", form.address, content_type=kind, **lines)
    assert (answer.status_code, worked, AnsweredPost.objects.count()) == (403, [], 0)


def left_behind(form, now):
    """Let a server die while it works on a form."""
    with pytest.raises(SystemExit):
        form.send()
    assert AnsweredPost.objects.values_list("claimed_at", "answered_at").get() == (now, None)


def test_what_a_server_left_that_died_is_worked_on_after_a_minute(
    opened, worked, now, time_machine, monkeypatch
):
    time_machine.move_to(now, tick=False)
    form = opened("dying")
    left_behind(form, now)
    monkeypatch.setitem(trial_pages.ENDS, "dying", trial_pages.ENDS["saved"])
    time_machine.move_to(now + GIVEN_UP_AFTER - timedelta(seconds=1), tick=False)
    early = form.send()
    assert (early["Location"], len(worked)) == ("http://testserver/trial/dying/", 1)
    time_machine.move_to(now + GIVEN_UP_AFTER, tick=False)
    answers = [form.send()["Location"] for _ in range(2)]
    assert (answers, len(worked)) == (["/trial/saved/?done"] * 2, 2)


@pytest.mark.parametrize(
    ("came_from", "led_to"),
    [
        ("http://testserver/communities/?page=2", "http://testserver/communities/?page=2"),
        ("https://example.invalid/", "/"),
        ("//example.invalid/", "/"),
        ("", "/"),
    ],
)
def test_what_is_still_being_worked_on_leads_back_and_says_so(opened, worked, now, came_from, led_to):
    form = opened("dying")
    with pytest.raises(SystemExit):
        form.send()
    answer = form.client.post(form.address, form.fields, headers={"Referer": came_from})
    assert (answer.status_code, answer["Location"], len(worked)) == (302, led_to, 1)
    page = form.client.get("/privacy/").text
    assert page.count("This was already being saved.") == 1


def test_who_was_taken_for_dead_does_not_answer_for_the_other(now):
    late = claim_post(key="k", now=now)
    other = claim_post(key="k", now=now + GIVEN_UP_AFTER)
    answered_once.release_claim(claim=late)
    answered_once.keep_answer(claim=late, location="/late/", cookies="", now=now)
    assert AnsweredPost.objects.values_list("claimed_at", "location").get() == (other.claimed_at, "")


def test_nothing_of_what_was_sent_can_be_read_in_what_is_kept(opened, ada):
    opened(account=ada, word="CANARY").send()
    kept = AnsweredPost.objects.values().get()
    assert ("CANARY" in str(kept), len(kept["key"]), kept["location"]) == (False, 64, "/trial/saved/?done")


def test_asking_for_a_code_twice_leaves_a_browser_that_can_use_it(db):
    form = open_form(browser_of(), "/sign-in/", "public:sign_in", email="ada@demo.invalid")
    form.send()
    form.client.cookies.pop("talka-session")
    page = form.client.get(form.send()["Location"])
    assert (page.status_code, "ada@demo.invalid" in page.text) == (200, True)
    assert AnsweredPost.objects.count() == 0


def test_a_code_that_is_sent_twice_opens_no_second_browser(db):
    client = browser_of()
    open_form(client, "/sign-in/", "public:sign_in", email="ada@demo.invalid").send()
    code = re.search(r"\b\d{6}\b", Letter.objects.get().body)[0]
    form = open_form(client, "/sign-in/code/", "public:code", code=code)
    before = client.cookies.copy()
    first = form.send()
    client.cookies = before
    again = form.send()
    assert (first["Location"], again["Location"]) == ("/desk/", "/sign-in/")
    assert (first.cookies["talka-session"].value != "", again.cookies["talka-session"].value) == (True, "")
    assert client.get("/desk/").status_code == 302
