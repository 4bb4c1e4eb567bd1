"""Somebody who clicks twice, in a real browser: it is done once, and the page says so once."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from talka.letters.models import Letter
from talka.programmes.models import Contact
from tests.conftest import make_account
from tests.web.office.office_samples import make_programme

# Milliseconds between two clicks of one hand.
GAPS = (30, 60, 100)


@pytest.fixture(scope="module")
def cleo(served, django_db_blocker):
    with django_db_blocker.unblock():
        account = make_account("cleo", can_found=True)
        make_programme(account, timezone.now())
    return account


def click_twice(page, button, gap):
    """Click where the button is, and once more although the page may be on its way."""
    found = page.locator("main").get_by_role("button", name=button)
    found.scroll_into_view_if_needed()
    box = found.bounding_box()
    for pause in (gap, 0):
        page.mouse.click(box["x"] + 5, box["y"] + 5)
        page.wait_for_timeout(pause)


@pytest.mark.parametrize("gap", GAPS)
def test_what_is_sent_by_two_clicks_is_there_once(page_as, cleo, gap):
    page, name = page_as(cleo), f"The hub {gap}"
    page.goto("/office/programmes/exchange/contacts/new/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("E-mail address or page").fill("hub@demo.invalid")
    click_twice(page, "Save", gap)
    expect(page.get_by_text("The contact is saved.")).to_have_count(1)
    assert Contact.objects.filter(name=name).count() == 1


@pytest.mark.parametrize("gap", GAPS)
def test_two_clicks_ask_for_one_code_and_sign_in(page_as, served, gap):
    page, email = page_as(), f"ada{gap}@demo.invalid"
    page.context.clear_cookies()
    page.goto("/sign-in/")
    page.get_by_label("Your e-mail address").fill(email)
    click_twice(page, "Send me a code", gap)
    expect(page).to_have_title("Enter the code – Talka")
    page.get_by_label("The six digits from the mail").fill(newest_code(email))
    click_twice(page, "Sign in", gap)
    expect(page).to_have_title("My desk – Talka")
    assert Letter.objects.filter(email=email).count() == 1


def newest_code(email):
    return re.search(r"\b\d{6}\b", Letter.objects.filter(email=email).latest("pk").body)[0]
