"""What a person does at a page: sign in, look, follow a link, type, press a button, read their mail."""

import re

from playwright.sync_api import Page, expect

# Those who stand on the page of the cast; everybody else signs in with a code by mail.
CAST = ("ada", "bo", "cleo", "dan")
A_CODE = "Your code to sign in"


def as_person(world, name):
    """Return the page of somebody who is signed in."""
    page = world.page_of(name)
    if name not in world.awake:
        _sign_in(world, page, name)
        world.awake.add(name)
    return page


def _sign_in(world, page, name):
    if name in CAST:
        page.goto("/demo/cast/")
        press(page, f"Be {name.title()}")
        return
    page.goto("/sign-in/")
    type_in(page, {"Your e-mail address": f"{name}@demo.invalid"})
    press(page.locator("main"), "Send me a code")
    code = re.search(r"\b\d{6}\b", _mail(world, name)[0])
    type_in(page, {"The six digits from the mail": code[0]})
    press(page.locator("main"), "Sign in")


def follow(where, name):
    """Follow a link."""
    with _page(where).expect_navigation(wait_until="domcontentloaded"):
        where.get_by_role("link", name=name).click()


def goes_to(page, name):
    """Follow a link of the main navigation, which every page has."""
    follow(page.get_by_role("navigation", name="Main"), name)


def press(where, name, *, exact=True):
    """Press a button that sends something, and wait for the answer."""
    with _page(where).expect_navigation(wait_until="domcontentloaded"):
        where.get_by_role("button", name=name, exact=exact).click()


def unfold(where, name):
    """Open what is folded away under a summary."""
    where.locator("summary", has_text=name).first.click()


def type_in(where, words):
    """Write into fields, each found by its label."""
    for label, text in words.items():
        where.get_by_label(label).first.fill(str(text))


def tick_off(where, *labels):
    """Choose radio buttons and boxes."""
    for label in labels:
        where.get_by_label(label).first.check()


def answer(where, question, choice):
    """Choose one of the answers to a question."""
    where.get_by_role("group", name=question).get_by_label(choice, exact=True).check()


def sees(where, *texts):
    """Make sure that a person can read this."""
    for text in texts:
        main = where.locator("body") if isinstance(where, Page) else where
        expect(main).to_contain_text(text)


def sees_no(where, text):
    """Make sure that a person cannot read this."""
    expect(where.locator("body")).not_to_contain_text(text)


def status_of(page):
    """Return the word on the chip beside the title of a page."""
    return page.locator("h1 .cdx-info-chip").inner_text().strip()


def newest_letter(world, name):
    """Return the newest letter to somebody that is not a code to sign in."""
    return letters_to(world, name)[0]


def letters_to(world, name):
    """List the letters to somebody, the newest first, without the codes to sign in."""
    return [letter for letter in _mail(world, name) if not letter.startswith(A_CODE)]


def _mail(world, name):
    """Read somebody's mail, as the mailbox of the demonstration shows it."""
    world.mailbox.goto("/demo/mailbox/")
    found = world.mailbox.locator("main details").filter(has_text=f"{name}@demo.invalid")
    return [" ".join(letter.split()) for letter in found.all_text_contents()]


def _page(where):
    return where if isinstance(where, Page) else where.page
