"""What a cycle has changed, for everybody."""

import json
from io import BytesIO

import mwparserfromhell
import pytest
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from talka.files.actions import store_photo
from talka.impact.actions import publish_impact
from talka.impact.figures import seal
from talka.kernel.wording import say
from talka.papers.wikitext import escape
from talka.programmes.models import Programme
from talka.reports.actions import close_exchange
from talka.reports.models import Evidence
from talka.web.templatetags.words import fallback
from tests.reports.report_samples import AFTER, ANSWERS, drawn_photo, make_accepted, make_cycle, read_cycle

STORY = ANSWERS | {"story": "We met {{Main Page}}.\n\n[[Category:Traps]] <script>alert(1)</script>"}


def page(name, *more):
    return reverse(f"public:{name}", args=more or ["cee", "2027"])


@pytest.fixture
def cycle(cleo, now):
    return make_cycle(cleo, now)


@pytest.fixture
def published(cycle, ada, bo, cleo, now):
    """Return the impact report of a cycle with one exchange, whose first report tells a story."""
    exchange, mine, _ = make_accepted(
        cycle, ada.community, bo.community, now, by=cleo, topic="events", answers=STORY
    )
    upload = store_photo(data=drawn_photo(), name="us.jpg", by=ada, now=AFTER)
    Evidence.objects.filter(report=mine).update(upload=upload)
    words = {"goals_met": "yes", "evidence": "Seen.", "went_wrong": "SECRET: the train."}
    close_exchange(exchange=exchange, words=words, by=cleo, now=AFTER)
    return publish_impact(
        cycle=cycle, introduction={"en": "A *good* year."}, stories=[mine.pk], by=cleo, now=AFTER
    )


PAPERS = ("impact", "impact_pdf", "impact_wikitext", "impact_json", "impact_csv")


def test_everybody_reads_a_published_report_in_every_form(published, client, client_of, ada, bo, cleo, dan):
    assert [client.get(page(name)).status_code for name in PAPERS] == [200] * 5
    for who in (ada, bo, cleo, dan):
        assert client_of(who).get(page("impact")).status_code == 200


def test_before_it_is_published_there_is_nothing(cycle, client):
    assert [client.get(page(name)).status_code for name in PAPERS] == [404] * 5


def test_a_hidden_programme_shows_its_report_to_its_coordinator_only(published, client, client_of, cleo):
    Programme.objects.update(is_published=False)
    photo = published.stories[0]["photos"][0]["pk"]
    addresses = [*map(page, PAPERS), page("evidence", photo)]
    assert [client.get(address).status_code for address in addresses] == [404] * 6
    assert client_of(cleo).get(page("impact")).status_code == 200


def test_the_page_shows_figures_story_and_photo_and_keeps_what_is_secret(published, client):
    text = client.get(page("impact")).text
    photo = published.stories[0]["photos"][0]["pk"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert page("evidence_thumbnail", photo) in text
    assert text.count('role="img"') == text.count("<table") == 5
    assert ("SECRET" in text, published.seal in text) == (False, True)


def test_a_photo_is_public_only_with_consent_and_in_a_published_story(published, client):
    photo = Evidence.objects.get(pk=published.stories[0]["photos"][0]["pk"])
    other = Evidence.objects.exclude(pk=photo.pk).get()
    for name, kind in (("evidence", "image/jpeg"), ("evidence_thumbnail", "image/webp")):
        answer = client.get(page(name, photo.pk))
        assert (answer.status_code, answer["Content-Type"]) == (200, kind)
        assert len(b"".join(answer)) > 50
        assert client.get(page(name, other.pk)).status_code == 404
    Evidence.objects.filter(pk=photo.pk).update(has_consent=False)
    assert client.get(page("evidence", photo.pk)).status_code == 404
    assert page("evidence_thumbnail", photo.pk) not in client.get(page("impact")).text


def test_an_earlier_report_stays_readable_by_its_number(published, client, cleo):
    publish_impact(
        cycle=read_cycle(published.cycle), introduction={"en": "Later words."}, stories=[], by=cleo, now=AFTER
    )
    assert "Later words." in client.get(page("impact")).text
    first = client.get(page("impact") + "?number=1").text
    assert ("A *good* year." in first, "superseded" in first) == (True, True)
    odd = ["?number=3", "?number=x", "?number=99999999999999999999", "?number=-1"]
    assert [client.get(page("impact") + query).status_code for query in odd] == [404] * 4


def test_the_pdf_says_what_the_page_says(published, client):
    reader = PdfReader(BytesIO(client.get(page("impact_pdf")).content))
    text = " ".join(" ".join(one.extract_text() for one in reader.pages).split())
    for words in (
        "A *good* year.",
        "Communities that took part",
        "Events",
        "We met {{Main Page}}.",
        "Poland",
    ):
        assert words in text
    assert "SECRET" not in text


def test_the_wikitext_has_tables_and_no_markup_from_people(published, client):
    code = mwparserfromhell.parse(client.get(page("impact_wikitext")).text)
    titles = [str(one.title).strip() for one in code.filter_headings()]
    assert titles[:2] == ["In figures", "Where the communities are"]
    assert (code.filter_templates(), code.filter_wikilinks()) == ([], [])
    tables = [tag for tag in code.filter_tags() if tag.tag == "table"]
    assert len(tables) == 6
    assert [tag for tag in code.filter_tags() if tag.tag == "script"] == []


def test_json_and_csv_hold_the_frozen_figures(published, client):
    told = json.loads(client.get(page("impact_json")).content)
    assert (seal(told["figures"]), told["seal"]) == (published.seal, published.seal)
    lines = client.get(page("impact_csv")).content.decode("utf-8-sig").split("\r\n")
    assert lines[0] == "table,option,value,note"
    assert "countries,PL,1," in lines
    assert "outcomes,,,withheld" in lines


def test_in_arabic_the_charts_are_read_from_the_right(published, client):
    client.cookies["talka-language"] = "ar"
    text = client.get(page("impact")).text
    assert ('dir="rtl"' in text, "A *good* year." in text) == (True, True)
    assert client.get(page("impact_pdf")).content.startswith(b"%PDF")


def test_an_introduction_without_arabic_says_so_before_it_on_the_page_and_in_the_papers(published, client):
    client.cookies["talka-language"] = "ar"
    with translation.override("ar"):
        said_so = fallback(say({"en": "A *good* year."}, "ar"))
    text, wikitext = (client.get(page(name)).text for name in ("impact", "impact_wikitext"))
    assert text.count(f'<p class="talka-fallback">{said_so}</p>') == 1
    assert text.count('<div class="talka-lead" lang="en" dir="ltr"><p>A *good* year.</p></div>') == 1
    assert wikitext.count(f"\n{escape(said_so)}\n") == 1
    client.cookies["talka-language"] = "en"
    english = client.get(page("impact_wikitext"))
    assert escape(said_so) not in english.text
