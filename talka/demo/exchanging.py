"""How the demonstration matches, plans, books, visits, reports and closes."""

from decimal import Decimal
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from talka.blueprints.questions import Question
from talka.demo.scene import Scene
from talka.exchanges.actions import (
    add_material,
    add_plan_item,
    add_questions,
    answer_match,
    approve_plan,
    edit_plan,
    name_traveller,
    save_traveller,
    sign_plan,
)
from talka.exchanges.models import Exchange, MaterialAudience
from talka.impact.actions import publish_impact
from talka.matching.actions import draft_run, publish_run, validate_beforehand
from talka.matching.models import Answer, Match, Seat
from talka.people.models import Account
from talka.reports.actions import (
    accept_report,
    add_evidence,
    add_next_step,
    close_exchange,
    finish_visit,
    save_report,
    submit_report,
)
from talka.reports.models import GoalsMet, Licence, Report
from talka.travel.actions import (
    approve_booking,
    book_booking,
    issue_invitation,
    pay_booking,
    quote_booking,
)

VISIT = (95, 98)
"""The first and the last day on site, counted from the first day of applications."""

QUESTIONS = (
    "Who begins the budget of a conference, and when?",
    "Which costs do you forget every time?",
    "How do you decide what a participant pays?",
    "Who may spend, and up to how much without asking?",
    "How do you keep the books while the event is running?",
    "What do you do when a sponsor withdraws?",
    "How do you pay people who travel from outside the euro?",
    "Which papers does your auditor ask for?",
    "What would you never pay in cash?",
    "How do you report to those who gave the money?",
)

ITEMS = (
    ("We read last year's budget together, line by line", "Both treasurers"),
    ("We work on the live budget of the spring meeting", "The whole organising team"),
    ("Questions and answers; visit of the venue", "Event team, and who keeps the books"),
    ("We write the budget of the conference in Strelsau", "Both sides"),
)


def propose_matches(scene: Scene, *, day: int) -> None:
    """Validate the pair that agreed beforehand, let the engine suggest the others, and publish."""
    learner, teacher = scene.applications["ada"], scene.applications["bo"]
    now = scene.at(day)
    validate_beforehand(learner=learner, teacher=teacher, by=scene.cleo, now=now)
    run = draft_run(cycle=scene.cycle, name="First draft", by=scene.cleo, now=now)
    publish_run(run=run, by=scene.cleo, now=now, waiting=[scene.applications["filip"].pk])


def agree(scene: Scene, *, day: int) -> None:
    """Say yes on both sides of every proposed match."""
    for seat in Seat.objects.filter(match__cycle=scene.cycle, answer=Answer.PENDING).order_by("pk"):
        account = _account_of(scene, seat)
        answer_match(seat=seat, answer=Answer.YES, note="", by=account, now=scene.at(day))


def _account_of(scene: Scene, seat: Seat) -> Account:
    for who, application in scene.applications.items():
        if application.pk == seat.application_id:
            return scene.everybody[who]
    raise LookupError(seat)


def exchange_of(scene: Scene, who: str) -> Exchange:
    """Return the exchange in which somebody's application takes part."""
    match = Match.objects.standing().get(seats__application=scene.applications[who])
    return Exchange.objects.get(match=match)


def write_plan(scene: Scene, who: str, *, day: int) -> Exchange:
    """Write the joint plan, name who travels, and sign on both sides."""
    exchange = exchange_of(scene, who)
    account, now = scene.everybody[who], scene.at(day)
    first, last = scene.day(VISIT[0]), scene.day(VISIT[1])
    values = {
        "project": "The budget of a meeting that takes place six weeks after the visit.",
        "starts_on": first,
        "ends_on": last,
        "city": "Hofburg",
        "place": "The office of the hosts, Market Square 3",
        "zone": "Europe/Warsaw",
    }
    plan = edit_plan(plan=exchange.plan, values=values, version=exchange.plan.version, by=account, now=now)
    for offset, (what, people) in enumerate(ITEMS):
        add_plan_item(plan=plan, day=scene.day(VISIT[0] + offset), what=what, who=people, by=account, now=now)
    add_questions(plan=plan, texts=QUESTIONS, by=account, now=now)
    teaches = exchange.match.seat_of("teaches")
    add_material(
        plan=plan,
        seat=teaches,
        title="Budget of the last conference",
        link="https://meta.wikimedia.org/wiki/Grants:Start",
        audience=MaterialAudience.PARTNERS,
        by=_account_of(scene, teaches),
        now=now,
    )
    travelling = name_traveller(exchange=exchange, account=account, by=account, now=now)
    told = {
        "travels_from": "Strelsau",
        "has_passport": True,
        "needs_visa": False,
        "needs_letter": True,
        "emergency_name": "Otto",
        "emergency_phone": "+999 555 0101",
    }
    save_traveller(traveller=travelling, values=told, version=travelling.version, by=account, now=now)
    plan.refresh_from_db()
    for seat in exchange.match.seats.order_by("pk"):
        sign_plan(plan=plan, seat=seat, by=_account_of(scene, seat), now=scene.at(day + 1))
    return exchange


def approve_and_book(scene: Scene, who: str, *, day: int) -> None:
    """Approve a signed plan, and book what it needs."""
    exchange, now, cleo = exchange_of(scene, who), scene.at(day), scene.cleo
    approve_plan(exchange=exchange, by=cleo, now=now)
    exchange.refresh_from_db()
    for traveller in exchange.travellers.filter(needs_letter=True):
        issue_invitation(traveller=traveller, by=cleo, now=now)
    quotes = (
        ("travel", "Train there and back, second class", "186.40", "EUR", "1"),
        ("stay", "Four nights, Hotel Hofburg", "1240.00", "PLN", "0.2325"),
        ("insurance", "Travel insurance, six days", "21.00", "EUR", "1"),
    )
    for kind, description, amount, currency, rate in quotes:
        booking = quote_booking(
            exchange=exchange,
            kind=kind,
            description=description,
            amount=Decimal(amount),
            currency=currency,
            rate=Decimal(rate),
            by=cleo,
            now=now,
        )
        approve_booking(booking=booking, by=cleo, now=now)
        book_booking(booking=booking, reference="HB-1042", by=cleo, now=now)
        if kind == "travel":
            pay_booking(booking=booking, by=cleo, now=now)


def a_photo() -> bytes:
    """Draw a picture that stands for a photo of the visit."""
    picture = Image.new("RGB", (960, 640), "#eaecf0")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((120, 380, 840, 440), fill="#a2a9b1")
    for left, colour in ((200, "#36c"), (400, "#14866d"), (600, "#ab7f2a")):
        pen.ellipse((left, 160, left + 120, 280), fill=colour)
        pen.rounded_rectangle((left - 20, 280, left + 140, 400), 30, fill=colour)
    written = BytesIO()
    picture.save(written, "JPEG", quality=80)
    return written.getvalue()


def go_and_return(scene: Scene, who: str) -> None:
    """Say that the visit is done: both reports are due now."""
    finish_visit(exchange=exchange_of(scene, who), by=scene.cleo, now=scene.at(VISIT[1] + 1))


def report(scene: Scene, who: str, *, day: int) -> None:
    """Write both reports with a photo and a next step, hand them in, and accept them."""
    for each in Report.objects.filter(exchange=exchange_of(scene, who)).order_by("pk"):
        account, now = _account_of(scene, each.seat), scene.at(day)
        answers = {
            "what_happened": "Four days at one table, with the real budget open on the screen.",
            "goals_met": "fully",
            "goals_reasons": "We came home with a budget that two of us understand and can keep.",
            "learned": "To write down a cost on the day it is promised, not on the day it is paid.",
            "went_badly": "The first day was too full. We would begin after lunch next time.",
            "lessons": "Bring the person who will do the work, not only the one who speaks for it.",
            "story": "On the second evening we found the mistake that had cost us a third of the budget.",
            "story_consent": True,
        }
        save_report(report=each, answers=answers, seen={}, by=account, now=now)
        add_evidence(
            report=each,
            data=a_photo(),
            name="at-the-table.jpg",
            caption="Three people at the table where the budget was written",
            author=account.name,
            licence=Licence.CC_BY_SA_4,
            has_consent=True,
            by=account,
            now=now,
        )
        add_next_step(
            report=each,
            text="Publish the budget of the next conference on our wiki page",
            owner=account.name,
            due_on=scene.day(200),
            by=account,
            now=now,
        )
        submit_report(report=each, by=account, now=now)


def accept_reports(scene: Scene, who: str, *, day: int) -> None:
    """Accept both reports of an exchange."""
    for each in Report.objects.filter(exchange=exchange_of(scene, who)).order_by("pk"):
        accept_report(report=each, by=scene.cleo, now=scene.at(day))


def close(scene: Scene, who: str, *, day: int) -> None:
    """Look back at an exchange, and close it."""
    words = {
        "goals_met": GoalsMet.YES,
        "evidence": "The budget is on the wiki and has been kept for six weeks.",
        "lessons": "A live project makes the difference: nobody was a guest.",
        "went_wrong": "The hotel was booked late, because the plan was signed late.",
        "mentee_said": "We should have brought our second treasurer.",
        "mentor_said": "Explaining our budget showed us two mistakes of our own.",
    }
    exchange = exchange_of(scene, who)
    answers = {question.key: _an_answer(question) for question in scene.cycle.plan.closing}
    close_exchange(exchange=exchange, words={**words, "answers": answers}, by=scene.cleo, now=scene.at(day))


def _an_answer(question: Question) -> Any:
    if question.kind == "one_of":
        return question.options[0].key
    return {"yes_no": True, "number": 1}.get(question.kind, "As agreed.")


def publish(scene: Scene, *, day: int) -> None:
    """Publish the impact report, with every story that may be told."""
    introduction = {"en": "Two communities went, and came home with something that works."}
    stories = Report.objects.filter(exchange__match__cycle=scene.cycle).values_list("pk", flat=True)
    publish_impact(
        cycle=scene.cycle, introduction=introduction, stories=list(stories), by=scene.cleo, now=scene.at(day)
    )
