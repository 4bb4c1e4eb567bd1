"""The report of a working group's year: written beside its figures, published, and read by everybody."""

import re
from html import unescape

import mwparserfromhell
from pypdf import PdfReader

from talka.demo.asking import GIFTS, QUESTIONS
from talka.demo.group import JOINING, LIST
from talka.demo.learning_path import DONE
from talka.demo.meetings import GUESTS, HELD
from talka.demo.people_applying import GIVERS, MENTEES
from talka.exchanges.models import CheckIn, Exchange, Hours
from tests.journeys.hands import as_person, follow, press, sees, status_of, type_in
from tests.journeys.meeting import THERE
from tests.journeys.signing import PROGRAMME, opens_the_office

TITLE = "The year 2027 of the working group"
INTRODUCTION = "We met, we answered, and seven pairs [[worked together]]."
OF_MEETINGS = "The group looked for mentors in the autumn."
PERIOD = "1 January 2027 – 31 December 2027"
CAPTION = re.compile(r"^\|\+ (.+)$", re.MULTILINE)


def facts_of_the_year(*, added_later=0):
    """Count by hand what happened in 2027, from what this story put in; meetings may be added later."""
    return _of_the_group(added_later) | _of_the_cohort() | _of_what_was_built()


def _of_the_group(added_later):
    # Who comes from the wiki signed in earlier years; Dan joined here, and Eva left.
    signed = len(LIST.split("\n# ")) - 1
    # Of the monthly series those of June and July are written down, and five more took place.
    of_the_series = len(HELD) + 5
    return {
        "The group": {
            "Members who joined": len(JOINING) + 1,
            "Members who left": 1,
            "Members at the end": signed + len(JOINING) + 1 - 1,
            "Talks with groups outside": 2,
            "Notices of collaboration and funding shown": 1,
        },
        "Requests and offers": {
            "Requests for help": len(QUESTIONS),
            "Requests answered": 2,
            "Requests that led to a mentor": 1,
            "Requests that became applications": 0,
            "Offers made": len(GIFTS),
        },
        "Meetings": {
            "Meetings held": of_the_series + 1 + added_later,
            "Check-ins with a cohort": 1,
            # Four people with an account came to each of the series; Bo and two others came to the new one.
            "Attendances": len(HELD) * (4 + len(GUESTS)) + 1 + len(THERE) * (1 + added_later),
            "Decisions of meetings": len(HELD) + 1,
            "Things done that meetings decided": 1 + 1,
        },
    }


def _of_the_cohort():
    """Count what lies in 2027 whole: pairs by what they are today, not by what the ledger says of them."""
    pairs = list(Exchange.objects.mentorships())
    confirmed = [one.minutes for one in Hours.objects.filter(status="confirmed")]
    return {
        "Applications": {
            "Applications handed in": len(MENTEES) + len(GIVERS),
            "Applications accepted": len(MENTEES) + len(GIVERS),
        },
        "Partners": {
            "Matches to which both sides said yes": len(pairs),
            "Pairs that agreed on a plan": sum(one.plan.signatures.count() == 2 for one in pairs),
            "Visits made": 0,
            "Pairs that completed it": 0,
            "Pairs that ended it early": 0,
        },
        "Time together": {
            "Hours of work together, confirmed by both": sum(confirmed) // 60,
            "Check-ins of pairs": CheckIn.objects.count(),
        },
        "Reports, evaluations and certificates": {
            "Reports and evaluations handed in": 1,
            "Certificates issued": 0,
            "Impact reports published": 0,
        },
    }


def _of_what_was_built():
    # Ada's initiative is older than the year: it reached two stages in it, and Eva's began with one.
    return {
        "Lessons and learning": {"Lessons published": 2, "Modules done": sum(DONE.values())},
        "What was built": {
            "Initiatives begun": 1,
            "Stages that initiatives reached": 2 + 1,
            "Times that evaluators gave feedback": 3,
        },
    }


def cleo_looks_at_the_year(world):
    """Cleo picks the year in the record of the work, and begins a report about it."""
    page = opens_the_office(world, "Record of the work and reports")
    type_in(page, {"From": "2027-01-01", "Until": "2027-12-31"})
    press(page, "Show")
    assert figures_on(page) == facts_of_the_year()
    press(page, "Write a report about this period")
    assert status_of(page) == "Being written"
    return page


def figures_on(page):
    """Read the tables of figures, each by its caption."""
    return {
        table.locator("caption").text_content(): {
            row.locator("th").text_content(): int(row.locator("td").text_content())
            for row in table.locator("tbody tr").all()
        }
        for table in page.locator("table.talka-compact").all()
    }


def cleo_publishes(world):
    """Cleo writes what the figures do not tell, and publishes; nobody saw it before."""
    page = as_person(world, "cleo")
    assert figures_on(page) == facts_of_the_year()
    type_in(page, {"Title": TITLE, "Introduction": INTRODUCTION, "Meetings": OF_MEETINGS})
    press(page, "Save")
    sees(opens_the_reports(world), "Nothing is published yet.")
    page = as_person(world, "cleo")
    press(page, "Publish the report")
    sees(page, "Published. What stands there never changes.")


def opens_the_reports(world):
    """Go from the front page to what the programme has published."""
    page = world.page_of("a stranger")
    page.goto("/")
    follow(page, PROGRAMME)
    follow(page, "Reports")
    return page


def everybody_reads_it(world):
    """A stranger reads the report, and takes it along as wikitext and as PDF; return all of it."""
    page = opens_the_reports(world)
    assert page.locator("main ul.talka-list li").all_inner_texts() == [f"{TITLE}\n{PERIOD}"]
    follow(page, TITLE)
    assert page.locator("h1").inner_text() == TITLE
    sees(page, INTRODUCTION, OF_MEETINGS)
    shown, seal = figures_on(page), page.locator("main p").last.inner_text()
    printed = printed_from(page)
    follow(page, "Wikitext")
    return shown, seal, page.locator("pre").inner_text(), printed


def printed_from(page):
    """Read the PDF that one downloads."""
    with page.expect_download() as paper:
        page.get_by_role("link", name="PDF").click()
    text = "\n".join(sheet.extract_text() for sheet in PdfReader(paper.value.path()).pages)
    return " ".join(text.split())


def it_says_what_happened(read, facts):
    """The page shows every figure; the papers show those that are not nought, and no words as markup."""
    shown, seal, wikitext, printed = read
    assert shown == facts
    happened = {part: {name: count for name, count in told.items() if count} for part, told in facts.items()}
    assert figures_in(wikitext) == happened
    assert "[[" not in wikitext
    lines = [line for line in unescape(wikitext).splitlines() if line]
    assert (lines[:2], lines[-1]) == ([PERIOD, INTRODUCTION], seal)
    assert lines[lines.index("== Meetings ==") + 1] == OF_MEETINGS
    for told in happened.values():
        assert all(f"{name} {count}" in printed for name, count in told.items())
    assert (TITLE in printed, INTRODUCTION in printed) == (True, True)


def figures_in(wikitext):
    """Read the tables of a wikitext, each by its caption, as the wiki would show them."""
    tables = mwparserfromhell.parse(wikitext).filter_tags(matches=lambda tag: tag.tag == "table")
    return {CAPTION.search(str(table))[1]: dict(map(_row, _tags(table, "tr")[1:])) for table in tables}


def _tags(where, name):
    return where.contents.filter_tags(matches=lambda tag: tag.tag == name)


def _row(row):
    what, how_many = (str(cell.contents.strip_code()).strip() for cell in _tags(row, "td"))
    return what, int(how_many)


def what_is_published_stays(world, read):
    """The office counts the meeting that was added; the published report is what it was."""
    page = opens_the_office(world, "Record of the work and reports")
    assert figures_on(page) == facts_of_the_year(added_later=1)
    assert everybody_reads_it(world) == read
