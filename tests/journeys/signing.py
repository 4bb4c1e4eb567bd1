"""The steps that bring a working group from the wiki to Talka: its programme, its roll, and its posts."""

import json
import re
from io import StringIO

from django.core.management import call_command

from tests.journeys.hands import as_person, follow, goes_to, press, sees, status_of, tick_off, type_in
from tests.real_input import signature_list

PROGRAMME = "Wikipedia & Education mentorship"
ROLL = "Members of the working group"
# "9. Name (talk) 09: 06, 24 December 2022 (UTC)": how each line of the page is made, whoever signed it.
LINE = re.compile(r"^\s*\d+\.\s+-*(?P<name>\S.*?) \(?talk\)? .*, 0?(?P<day>\d+ \w+ \d{4}) \(UTC\)")
WITHOUT_A_DATE = "16. Quill of Ruritania"


def signed_on_the_wiki():
    """Read by another way than Talka's who signed the real list, and on which day."""
    found = map(LINE.match, signature_list().read_text("utf-8").splitlines())
    return sorted((one["name"], one["day"]) for one in found if one)


def cleo_founds_the_programme(world):
    """Cleo makes the programme of the mentorship, and publishes it."""
    page = as_person(world, "cleo")
    goes_to(page, "Office")
    follow(page, "Create a programme")
    tick_off(page, PROGRAMME)
    type_in(page, {"Address": "mentorship", "Time zone": "UTC"})
    press(page, "Create the programme")
    follow(page, "Edit name and publication")
    tick_off(page, "Published")
    press(page, "Save")
    assert status_of(page) == "Published"


def opens_the_office(world, part):
    """Go from the desk to a part of the programme beside its cycles."""
    page = as_person(world, "cleo")
    goes_to(page, "Office")
    follow(page, PROGRAMME)
    follow(page.locator("main"), part)
    return page


def nobody_is_on_the_roll(world):
    """A stranger finds the page of the group, and nobody on it."""
    page = opens_the_group(world)
    sees(page, "Nobody is on the roll yet. Be the first.")
    assert people_on(page) == []


def opens_the_group(world):
    """Go from the front page to the posts and members of the group, as anybody can."""
    page = world.page_of("a stranger")
    page.goto("/")
    follow(page, PROGRAMME)
    follow(page, "The group and its members")
    return page


def people_on(page):
    """Read the roll that everybody sees: each name, and since when."""
    rows = page.locator("main table tbody tr").all()
    return sorted(
        (row.locator("th > span").inner_text(), row.locator("td").last.inner_text()) for row in rows
    )


def cleo_pastes_the_list(world):
    """Cleo pastes the page with a line too many, and sees what is made of each of its lines."""
    text = signature_list().read_text("utf-8")
    page = opens_the_office(world, "The members’ roll")
    follow(page, "Import a list from the wiki")
    type_in(page, {"The list": f"{text}\n{WITHOUT_A_DATE}\n"})
    press(page, "Look at it first")
    counts = counts_on(page)
    assert counts == {
        "new": 15,
        "on the roll already": 0,
        "left since, and not brought back": 0,
        "struck off, and not added": 0,
        "not read": 1,
        "lines around the list": 39,
    }
    assert sum(counts.values()) == len(f"{text}\n{WITHOUT_A_DATE}\n".split("\n"))
    refused = page.get_by_role("table", name="Not read").locator("tbody tr")
    assert refused.all_inner_texts() == [
        f"{len(text.splitlines()) + 1}\t{WITHOUT_A_DATE}\tThe line has no date and time of a signature."
    ]
    assert people_on(opens_the_group(world)) == []


def counts_on(page):
    """Read the strip that says how many lines would do what."""
    items = page.locator("ul.talka-strip li").all_inner_texts()
    pairs = [re.fullmatch(r"(\d+)\s*(.+)", item).groups() for item in items]
    return {words: int(count) for count, words in pairs}


def cleo_uploads_the_list(world):
    """Cleo takes the file as it is, compares the preview with the list, and puts everybody on the roll."""
    page = opens_the_office(world, "The members’ roll")
    follow(page, "Import a list from the wiki")
    page.get_by_label("Or a text file").set_input_files(signature_list())
    press(page, "Look at it first")
    counts = counts_on(page)
    assert (counts["new"], counts["not read"], counts["lines around the list"]) == (15, 0, 38)
    names = [name for name, _day in signed_on_the_wiki()]
    assert sorted(row[1] for row in preview_on(page)) == names
    assert {row[-1] for row in preview_on(page)} == {"new"}
    assert [row[:3] for row in preview_on(page)] == from_the_command_line()
    press(page, "Put 15 new members on the roll")
    sees(page, "15 members are new on the roll.")


def preview_on(page):
    """Read the rows of the preview: line, name, user name, moment, and what happens to it."""
    rows = page.get_by_role("table", name="Read", exact=True).locator("tbody tr").all()
    return [[cell.strip() for cell in row.locator("td").all_inner_texts()] for row in rows]


def from_the_command_line():
    """Return line, name and user name as `talka import roll FILE --json` reads the same list."""
    printed = StringIO()
    call_command("import", "roll", str(signature_list()), "--json", stdout=printed)
    told = json.loads(printed.getvalue())
    assert (told["unread"], told["skipped"]) == ([], 38)
    return [[str(one["line"]), one["name"], one["user"]] for one in told["read"]]


def everybody_sees_the_roll(world):
    """A stranger reads all who signed on the wiki, each since the day on which they did."""
    page = opens_the_group(world)
    sees(page, "15 members")
    assert people_on(page) == signed_on_the_wiki()


def twice_adds_nobody(world):
    """Cleo looks at the same list again: there is nothing that she could put on the roll."""
    page = opens_the_office(world, "The members’ roll")
    follow(page, "Import a list from the wiki")
    page.get_by_label("Or a text file").set_input_files(signature_list())
    press(page, "Look at it first")
    counts = counts_on(page)
    assert (counts["new"], counts["on the roll already"], counts["not read"]) == (0, 15, 0)
    sees(page, "There is nothing to do: everybody who was read is on the roll, or is off it since.")
    assert page.get_by_role("button", name=re.compile("on the roll")).count() == 0
    printed = StringIO()
    call_command("import", "roll", str(signature_list()), "--apply", stdout=printed)
    last = printed.getvalue().splitlines()[-1]
    assert last.startswith("New on the roll of mentorship: 0, there already: 15, left since: 0, struck off")
    assert people_on(opens_the_group(world)) == signed_on_the_wiki()


def cleo_fills_a_vacant_post(world):
    """A stranger sees two vacant posts; Cleo writes down who chairs the group, and one is left."""
    assert posts_on(opens_the_group(world)) == {
        "Board Liaison": "Vacant never filled",
        "Working Group Chair": "Vacant never filled",
    }
    page = opens_the_office(world, "Posts of the group")
    follow(page, re.compile("Fill it.*Working Group Chair"))
    type_in(page, {"Name": "Greta", "First day": "2027-03-01", "Last day": "2028-02-29"})
    press(page, "Save")
    sees(page, "Written down. The page of the group shows it.")
    assert posts_on(opens_the_group(world)) == {
        "Board Liaison": "Vacant never filled",
        "Working Group Chair": "Greta 1 March 2027 to 29 February 2028",
    }


def posts_on(page):
    """Read who holds each post, as everybody sees it."""
    cards = page.locator("ul.talka-cards > li").all()
    return {
        card.locator("h3").inner_text(): " ".join(card.locator("ul.talka-list").inner_text().split())
        for card in cards
    }
