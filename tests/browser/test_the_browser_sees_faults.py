"""The inspection can fail: pages that are wrong on purpose, one fault each."""

import random

import pytest

from tests.browser.inspection import (
    faults_of_access,
    faults_of_loading,
    faults_of_weight,
    faults_of_width,
)

HEAD = '<!doctype html><html lang="en"><head><title>Wrong</title></head><body><main><h1>Wrong</h1>'
GOOD = f"{HEAD}<p>Nothing is wrong with this page.</p></main></body></html>"


@pytest.fixture
def inspected(page_as, seen_on):
    """Return a function that inspects a page made of some HTML, and returns its faults."""

    def inspect(html, headers=None):
        page = page_as()
        answer = {"body": html, "content_type": "text/html; charset=utf-8", "headers": headers or {}}
        page.route("**/wrong/", lambda route: route.fulfill(**answer))
        page.route(
            "https://elsewhere.invalid/*", lambda route: route.fulfill(body="", content_type="image/png")
        )
        seen = seen_on(page)
        response = page.goto("/wrong/")
        access = faults_of_access(page)
        return [*faults_of_loading(page, seen, response), *access, *faults_of_width(page)]

    return inspect


def test_a_page_without_a_fault_has_none(inspected):
    assert inspected(GOOD) == []


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ('<p style="color: #bbb">Hard to read</p>', "color-contrast at p:nth-child(3)"),
        ('<input name="name">', "label at input"),
        (
            '<img src="https://elsewhere.invalid/a.png" alt="">',
            "asks another host: https://elsewhere.invalid/a.png",
        ),
        ("<h1>Another</h1>", "has 2 h1"),
        ("<script>throw new Error('broken')</script>", "the console says: broken"),
        ('<p style="width: 500px">Wide</p>', "is too wide at 360 px: p"),
        (
            "<style>@media (max-width: 40rem) { form { display: none } }</style>"
            "<form><button>Send</button></form>",
            "is missing at 360 px: Send",
        ),
    ],
)
def test_a_fault_is_seen(inspected, wrong, fault):
    assert inspected(GOOD.replace("</main>", f"{wrong}</main>")) == [fault]


def test_a_page_without_a_title_is_seen(inspected):
    assert "has no title" in inspected(GOOD.replace("<title>Wrong</title>", "<title> – Talka</title>"))


def test_what_the_policy_refuses_is_seen(inspected):
    policy = {"Content-Security-Policy": "img-src 'none'"}
    wrong = GOOD.replace("</main>", '<img src="/a.png" alt=""></main>')
    faults = [fault for fault in inspected(wrong, policy) if fault.startswith("its policy refused")]
    assert len(faults) == 1


def test_a_missing_page_and_its_weight_are_seen(page_as, seen_on):
    page = page_as()
    seen = seen_on(page)
    response = page.goto("/missing/")
    assert "was answered with 404" in faults_of_loading(page, seen, response)
    assert faults_of_weight(seen) == []
    assert seen.bytes_of_document() > 1000


def test_a_heavy_page_is_seen(page_as, seen_on):
    page, noise = page_as(), random.Random(7).randbytes(20_000).hex()
    page.route("**/heavy/", lambda route: route.fulfill(body=f"<p>{noise}</p>", content_type="text/html"))
    seen = seen_on(page)
    page.goto("/heavy/")
    assert len(faults_of_weight(seen)) == 1
