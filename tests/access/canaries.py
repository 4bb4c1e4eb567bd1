"""Words that must not reach the wrong eyes: put into sensitive fields, and looked for in every answer."""

import html
import zipfile
from io import BytesIO
from urllib.parse import unquote

from pypdf import PdfReader

from talka.applications.models import Goal
from talka.exchanges.models import CheckIn, Leaving, Material, Traveller
from talka.forms.models import Sheet
from talka.letters.models import Letter
from talka.people.models import Account
from talka.reports.models import Closing, FollowUp, Report
from talka.screening.models import Decision, Review, Verdict
from talka.travel.models import Booking

OFFICE = {"rosa", "cleo"}
PARTIES = {"ada", "bo"}


def plant(records):
    """Put a word of its own into each sensitive field; return word to the people who may read it."""
    allowed = {}

    def word(name, *people):
        mark = f"CNRY{name}X"
        allowed[mark] = set(people)
        return mark

    learner, exchange = records["application"], records["exchange"]
    Goal.objects.filter(application=learner).update(evidence=word("goal", *PARTIES, *OFFICE))
    _answer(learner.sheet, "anything_else", word("anythingelse", "ada", *OFFICE))
    _answer(learner.sheet, "profile", word("profile", *PARTIES, *OFFICE))
    _answer(records["draft"].sheet, "profile", word("draft", "eva"))
    Review.objects.filter(application=learner).update(comment=word("review", *OFFICE))
    Verdict.objects.filter(application=learner).update(
        override="pass", override_note=word("override", *OFFICE)
    )
    Decision.objects.filter(application=learner).update(note=word("decision", "ada", *OFFICE))
    Traveller.objects.filter(exchange=exchange).update(
        travels_from=word("travelsfrom", "ada", "cleo"),
        wishes=word("wishes", "ada", "cleo"),
        emergency_name=word("emergencyname", "ada"),
        emergency_phone=word("emergencyphone", "ada"),
    )
    teaches = exchange.match.seat_of("teaches")
    Material.objects.filter(seat=teaches).update(title=word("ownmaterial", "bo"), audience="own")
    Booking.objects.filter(exchange=exchange).update(reference=word("reference", *PARTIES, "cleo"))
    report = Report.objects.get(seat__application=learner)
    _answer(report.sheet, "went_badly", word("wentbadly", "ada", "cleo"))
    Closing.objects.filter(exchange=exchange).update(went_wrong=word("wentwrong", "cleo"))
    FollowUp.objects.filter(report=report).update(note=word("followup", "ada", "cleo"))
    mentorship, cleo = records["mentorship"], "cleo"
    mentorship.moods.update(words=word("mood", "ada", cleo))
    CheckIn.objects.create(
        exchange=mentorship,
        held_on=mentorship.started_at.date(),
        words=word("checkin", *PARTIES),
        written_at=mentorship.started_at,
    )
    Leaving.objects.create(
        exchange=mentorship, reason="fit", words=word("leaving", cleo), left_at=mentorship.started_at
    )
    Letter.objects.filter(recipient=records["people"]["ada"]).update(body=word("letter", "cleo"))
    Account.objects.filter(pk=records["people"]["ada"].pk).update(
        email=f"{word('address', *PARTIES, *OFFICE)}@x.invalid"
    )
    records["gathering"].link = f"https://meet.example/{word('link', 'ada', 'cleo')}"
    records["gathering"].save()
    return allowed


def _answer(sheet, key, text):
    Sheet.objects.filter(pk=sheet.pk).update(answers={**sheet.answers, key: text})
    sheet.answers[key] = text


def readable(response):
    """Return everything a person could read in an answer: headers, text, and what is inside files."""
    data = b"".join(response.streaming_content) if response.streaming else response.content
    parts = [str(dict(response.items())), data.decode("utf-8", "replace")]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as packed:
            parts += [packed.read(name).decode("utf-8", "replace") for name in packed.namelist()]
    if data.startswith(b"%PDF"):
        parts += [page.extract_text() for page in PdfReader(BytesIO(data)).pages]
    text = "\n".join(parts)
    return "\n".join([text, html.unescape(text), unquote(text)])
