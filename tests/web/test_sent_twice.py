"""A form of a page that is sent twice is worked on once; what a person wants twice they get twice."""

import pytest

from tests.web.rendered import browser_of, open_form, without_guard
from tests.web.sent_twice_samples import DOUBLED, account, consent, contact, quote

pytestmark = pytest.mark.django_db

EACH = pytest.mark.parametrize("make", DOUBLED, ids=lambda make: make.__name__)


@pytest.fixture
def world(ada, bo, cleo, now, time_machine):
    time_machine.move_to(now, tick=False)
    return ada, bo, cleo, now


def opened(doubled, client=None, **words):
    """Open the page of a form that used to be sent twice, and fill it in."""
    return open_form(client or browser_of(doubled.by), doubled.page, doubled.route, **doubled.words | words)


def told(answer):
    """Return where an answer leads."""
    return answer.status_code, answer.headers.get("Location")


@EACH
def test_a_form_that_is_sent_twice_leaves_what_it_leaves_once(make, world):
    doubled = make(*world)
    before, form = doubled.rows.count(), opened(doubled)
    answers = [told(form.send()), told(form.send())]
    assert (doubled.rows.count() - before, answers[0][0], answers[1]) == (1, 302, answers[0])


@EACH
def test_without_the_guard_it_would_be_there_twice(make, world, settings):
    without_guard(settings)
    doubled = make(*world)
    before, form = doubled.rows.count(), opened(doubled)
    answers = [form.send().status_code, form.send().status_code]
    assert (doubled.rows.count() - before, answers) == (2, [302, 302])


@pytest.mark.parametrize(
    "make", [one for one in DOUBLED if one is not consent], ids=lambda make: make.__name__
)
def test_who_opens_the_page_again_may_want_the_same_again(make, world):
    doubled = make(*world)
    before, client = doubled.rows.count(), browser_of(doubled.by)
    answers = [opened(doubled, client).send().status_code for _ in range(2)]
    assert (doubled.rows.count() - before, answers) == (2, [302, 302])


def test_two_tabs_with_the_same_words_are_two_wishes(world):
    doubled = quote(*world)
    client = browser_of(doubled.by)
    tabs = [opened(doubled, client) for _ in range(2)]
    answers = [tab.send().status_code for tab in tabs]
    assert (doubled.rows.count(), answers) == (2, [302, 302])


def test_other_words_from_the_same_page_are_another_wish(world):
    doubled = quote(*world)
    form = opened(doubled)
    answers = [form.send(amount=amount).status_code for amount in ("1", "2", "1")]
    assert (doubled.rows.count(), answers) == (2, [302, 302, 302])


def test_a_form_that_was_refused_is_sent_again_until_it_is_right(world):
    doubled = contact(*world)
    form = opened(doubled, name="")
    answers = [form.send().status_code, form.send().status_code, form.send(name="The hub").status_code]
    assert (doubled.rows.count(), answers) == (1, [422, 422, 302])


@pytest.mark.parametrize("is_lost", [True, False], ids=["the first answer is lost", "both arrive"])
def test_the_sentence_of_the_first_answer_is_read_once(world, is_lost):
    doubled = contact(*world)
    form = opened(doubled)
    before = form.client.cookies.copy()
    form.send()
    if is_lost:
        form.client.cookies = before
    led_to = form.send().headers["Location"]
    pages = [form.client.get(led_to).text for _ in range(2)]
    assert [page.count("The contact is saved.") for page in pages] == [1, 0]


def test_the_language_that_was_chosen_holds_although_the_first_answer_is_lost(world):
    form = opened(account(*world))
    before = form.client.cookies.copy()
    form.send()
    form.client.cookies = before
    again = form.send().cookies
    kept = {name: (cookie.value[:2], cookie["path"], cookie["httponly"]) for name, cookie in again.items()}
    assert kept["talka-language"] == ("ar", "/", True)
    assert sorted(kept) == ["messages", "talka-language"]
