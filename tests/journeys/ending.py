"""The last steps, from the closing of the exchange to the published impact report."""

import json
import re

import mwparserfromhell
from pypdf import PdfReader

from tests.journeys.applying import GRAUSTARK, PROGRAMME, RURITANIA
from tests.journeys.deciding import opens_the_cycle
from tests.journeys.hands import (
    answer,
    as_person,
    follow,
    newest_letter,
    press,
    sees,
    sees_no,
    status_of,
    tick_off,
    type_in,
)
from tests.journeys.visiting import PAIR

# What one can count by hand: two communities of two countries met once, for four days, promised a step
# each, and cost 186.40 + 1240.00 × 0.2325 + 21.00 euros. Three more applied: too few to be told exactly.
FACTS = {
    "Communities that applied": "at least 2",
    "Communities that took part": "2",
    "Countries they come from": "2",
    "Exchanges that took place": "1",
    "Days spent together on site": "4",
    "Next steps promised": "2",
    "Cost": "495.70 EUR",
}
NUMBERS = {
    "applied": 2,
    "took_part": 2,
    "countries": 2,
    "exchanges": 1,
    "days": 4,
    "steps": 2,
    "cost": "495.70",
}
TITLE = f"{PROGRAMME}, Cycle 2027: what it has changed"


def cleo_closes_the_exchange(world):
    """Cleo takes the last look: what was reached, how one knows, and what went wrong."""
    page = opens_the_cycle(world)
    follow(page, "One exchange has all its reports and can be closed.")
    follow(page, re.compile(f"Close it.*{re.escape(PAIR)}"))
    answer(page, "Were the learning goals met?", "Met")
    type_in(page, {"How do we know?": "The budget is on the wiki."})
    type_in(page, {"What went wrong": "The hotel was booked late."})
    answer(page, "Have you looked at the evidence", "Yes")
    press(page, "Close the exchange")
    sees(page, "Kept. The exchange is closed.")


def ada_tells_what_became_of_her_step(world):
    """Three months later Ada is asked about her next step, and says that it is done."""
    assert "next steps" in newest_letter(world, "ada")
    page = as_person(world, "ada")
    follow(page.locator("main"), "Answer")
    answer(page, "Publish our budget on the wiki", "Done")
    type_in(page, {"What has happened since?": "Two of us keep it up to date."})
    press(page, "Send the answer")
    sees_no(page, "Asked of you now Answer")


def cleo_publishes_the_impact(world):
    """Cleo adds a few words, chooses the stories, and publishes."""
    page = opens_the_cycle(world)
    follow(page, "1 closed")
    type_in(page, {"Introduction": "Two communities worked side by side on a budget."})
    for story in (RURITANIA, GRAUSTARK):
        tick_off(page, story)
    press(page, "Publish the impact report")
    sees(page, "Impact report 1")


def everybody_reads_the_impact(world):
    """A stranger finds the report from the programme's page; the figures are those counted by hand."""
    page = world.page_of("a stranger")
    page.goto("/")
    follow(page, PROGRAMME)
    follow(page.get_by_role("complementary"), "Cycle 2027")
    assert page.locator("h1").inner_text() == TITLE
    terms, numbers = page.locator("dl dt").all_inner_texts(), page.locator("dl dd").all_inner_texts()
    assert dict(zip(terms, numbers, strict=True)) == FACTS
    assert cells_of(page, "What became of the next steps") == {
        "Done": "1",
        "To be done": "1",
        "Given up": "0",
    }
    assert cells_of(page, "Where the communities are") == {"Poland": "1", "Slovakia": "1"}
    sees(page, "On the second evening Ada found the mistake.", "On the second evening Bo found the mistake.")
    photo = page.get_by_role("img", name="Three people at a table").first
    assert photo.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    assert status_of(opens_the_cycle(world)) == "Closed"


def cells_of(page, caption):
    """Read the table under a chart, which is folded away."""
    rows = page.locator("table").filter(has=page.locator("caption", has_text=caption)).locator("tbody tr")
    return {row.locator("th").text_content(): row.locator("td").text_content() for row in rows.all()}


def it_can_be_taken_along(world):
    """The same report as a PDF, as wikitext and as JSON says the same."""
    page = world.page_of("a stranger")
    with page.expect_download() as paper:
        page.get_by_role("link", name="PDF").click()
    printed = "\n".join(sheet.extract_text() for sheet in PdfReader(paper.value.path()).pages)
    assert PROGRAMME in printed
    assert "495.70 EUR" in printed
    follow(page, "Wikitext")
    wikitext = mwparserfromhell.parse(page.locator("pre").inner_text())
    tables = [str(tag) for tag in wikitext.filter_tags(matches=lambda tag: tag.tag == "table")]
    assert all(f"{number}" in tables[0] for pair in FACTS.items() for number in pair)
    page.go_back()
    follow(page, "JSON")
    told = json.loads(page.locator("pre").inner_text())
    assert {one["key"]: one["value"] for one in told["figures"]["numbers"]} == NUMBERS
