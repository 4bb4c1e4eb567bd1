"""Every page, looked at in a real browser."""

import inspect

import pytest
from django.urls import URLPattern, get_resolver, reverse

from tests.browser import world as worlds
from tests.browser.inspection import (
    MOST_BYTES_AT_FIRST,
    faults_of_access,
    faults_of_loading,
    faults_of_weight,
    faults_of_width,
    watch,
)
from tests.browser.pages import NOT_PAGES, PAGES

OF_EACH_KIND = list({page.kind: name for name, page in reversed(PAGES.items())}.values())


@pytest.fixture(scope="module")
def world(served):
    """Build the world once for all the pages."""
    return worlds.build()


@pytest.fixture(scope="module")
def titles():
    """Remember which page has which title."""
    return {}


@pytest.fixture
def opened(page_as, seen_on, world):
    """Return a function that opens a page of the table, and tells what was seen and answered."""

    def open_named(name, **look):
        row = PAGES[name]
        page = page_as(world[row.seen_by] if row.seen_by else None, **look)
        seen = seen_on(page)
        response = page.goto(reverse(name, kwargs=row.arguments()))
        return page, seen, response

    return open_named


def routes(patterns, space=""):
    """Yield the name and the view of every route below some patterns."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", pattern.callback
        else:
            yield from routes(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)


def answers_get(view):
    """Tell whether a view answers GET, by what its decorators permit."""
    while view:
        permitted = inspect.getclosurevars(view).nonlocals.get("request_method_list")
        if permitted is not None:
            return "GET" in permitted
        view = getattr(view, "__wrapped__", None)
    return True


def test_every_route_that_answers_get_has_a_row():
    answering = {name for name, view in routes(get_resolver().url_patterns) if answers_get(view)}
    assert answering == PAGES.keys() | NOT_PAGES.keys()


def test_no_page_is_both_looked_at_and_excused():
    assert PAGES.keys() & NOT_PAGES.keys() == set()


def test_routes_that_only_take_what_is_sent_are_told_apart():
    found = dict(routes(get_resolver().url_patterns))
    kinds = [answers_get(found[name]) for name in ("public:home", "public:sign_in", "public:sign_out")]
    assert kinds == [True, True, False]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_faults(opened, titles, name):
    page, seen, response = opened(name)
    # First what takes long, so that the page may still go wrong meanwhile.
    access = faults_of_access(page)
    faults = [*faults_of_loading(page, seen, response), *faults_of_weight(seen), *access]
    # Within an audience: what a stranger and a coordinator see of one thing may be called the same.
    # An address that leads on to another page has no title of its own.
    leads_on = response.request.redirected_from is not None
    other = name if leads_on else titles.setdefault((name.partition(":")[0], page.title()), name)
    twin = [f"has the title of {other}"] if other != name else []
    assert [*faults, *twin, *faults_of_width(page)] == []


@pytest.mark.parametrize("name", OF_EACH_KIND)
def test_a_kind_of_page_has_no_faults_on_a_phone_in_the_dark_and_from_right_to_left(opened, name):
    page, seen, response = opened(name, language="ar", scheme="dark", width=360)
    assert page.locator("html").get_attribute("dir") == "rtl"
    access = faults_of_access(page)
    assert [*faults_of_loading(page, seen, response), *access, *faults_of_width(page)] == []


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", ["office:cycle", "office:decisions", "office:budget"])
def test_the_tabs_of_a_cycle_are_one_row_on_a_phone_and_show_where_one_is(opened, name, language):
    page, _seen, _response = opened(name, language=language, width=360)
    row = page.locator(".talka-tabs").first
    assert row.bounding_box()["height"] < 60
    # As the page opens, and at both ends of the row.
    for scroll in ("row => 0", "row => row.scrollLeft = -1000", "row => row.scrollLeft = 1000"):
        row.evaluate(scroll)
        box = row.locator("[aria-current]").bounding_box()
        assert (box["x"] >= 0, box["x"] + box["width"] <= 360) == (True, True)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", ["public:home", "public:communities"])
def test_a_first_visit_is_light(browser, served, world, name, language):
    context = browser.new_context(base_url=served, locale=language)
    page = context.new_page()
    seen = watch(page)
    page.goto(reverse(name, kwargs=PAGES[name].arguments()), wait_until="networkidle")
    context.close()
    assert len(seen.weights) > 3
    assert sum(seen.weights.values()) <= MOST_BYTES_AT_FIRST
