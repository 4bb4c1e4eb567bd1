"""Words that must not reach the wrong eyes: put into sensitive fields, and looked for in every answer."""

import html
import zipfile
from io import BytesIO
from urllib.parse import unquote

from pypdf import PdfReader

from talka.applications.models import Goal
from talka.capacities.models import Introduction, Need, NeedNote, Offer
from talka.exchanges.models import CheckIn, Concern, Leaving, Lesson, LessonReply, Material, Traveller
from talka.forms.models import Sheet
from talka.gatherings.models import Attendance, Minutes
from talka.initiatives.models import Feedback, MaterialVersion
from talka.learning.models import Suggestion
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
    _plant_in_mentorship(records, word)
    _plant_requests(records, word)
    _plant_in_circle(records["circles"], word)
    records["gathering"].link = f"https://meet.example/{word('link', 'ada', 'cleo')}"
    records["gathering"].save()
    Minutes.objects.filter(gathering=records["gathering"]).update(text={"en": word("minutes", "cleo")})
    guests = Attendance.objects.filter(gathering=records["gathering"]).exclude(guest="")
    guests.update(guest=word("guest", "cleo"))
    return allowed


def _plant_in_mentorship(records, word):
    """Put words into what is said of Ada's initiative, which is public, and about the module of Bo's."""
    inside = ("ada", "bo", "cleo")
    feedback = records["feedback"]
    Feedback.objects.filter(pk=feedback.pk).update(text=word("feedback", *inside))
    Feedback.objects.filter(pk=feedback.corrects_id).update(text=word("corrected", *inside))
    versions = MaterialVersion.objects.filter(material=records["initiative_material"])
    versions.filter(number=1).update(note=word("firstversion", *inside))
    Suggestion.objects.filter(pk=records["suggestion"].pk).update(text=word("suggestion", *inside))
    members = records["initiative"].members.filter(pk=records["initiative_invitation"].pk)
    members.update(email=f"{word('asked', 'ada', 'cleo')}@x.invalid")


def _plant_requests(records, word):
    """Bo is asked whether he helps Ada, and has not answered: her words are not his yet."""
    need = records["need"]
    Need.objects.filter(pk=need.pk).update(
        text=word("need", "ada", "cleo"), when=word("needwhen", "ada", "cleo"), languages=[]
    )
    notes = NeedNote.objects.filter(need=need)
    notes.filter(kind="office").update(text=word("officenote", "cleo"))
    notes.filter(kind="reply").update(text=word("reply", "ada", "cleo"))
    Offer.objects.filter(pk=records["offer"].pk).update(text=word("offer", "bo", "cleo"))
    Introduction.objects.filter(need=need).update(note=word("introduction", "bo"))


def _plant_in_circle(circles, word):
    """What a circle writes stays in it: coordinators read only what somebody asked them to look at."""
    Lesson.objects.filter(pk=circles.private.pk).update(
        title=word("lessontitle", *PARTIES), text=word("lesson", *PARTIES)
    )
    LessonReply.objects.filter(pk=circles.reply.pk).update(text=word("lessonreply", *PARTIES))
    Lesson.objects.filter(pk=circles.asked_about.pk).update(text=word("askedabout", *PARTIES, "cleo"))
    Concern.objects.filter(lesson=circles.asked_about).update(words=word("concern", "cleo"))


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
