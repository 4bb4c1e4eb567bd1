"""Every page of Talka, with an example and who looks at it. A new page without a row here fails the tests."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from talka.applications.models import Application, Partner
from talka.calls.models import Call
from talka.capacities.models import Introduction, Need, Offer
from talka.exchanges.models import Exchange, Hours, Lesson, PlanGoal, Traveller
from talka.forms.models import Form
from talka.gatherings.models import ActionItem, AgendaItem, Gathering, MeetingDecision, Series
from talka.impact.models import WorkReport
from talka.initiatives.models import Feedback, Initiative, InitiativeMember
from talka.initiatives.models import Material as Document
from talka.learning.models import Module, Suggestion
from talka.letters.models import Letter
from talka.matching.models import CircleDraft, DraftPair, Match, Run, Seat
from talka.people.models import Community, Representation
from talka.programmes.models import (
    Contact,
    ContactNote,
    Cycle,
    Membership,
    Notice,
    OutsideGroup,
    Programme,
    Tenure,
)
from talka.recognition.models import Certificate
from talka.reports.models import Evidence, FollowUp, NextStep, Report
from talka.screening.models import Verdict
from talka.travel.models import Booking

PROGRAMME = {"slug": "peer-learning-exchange"}
MENTORSHIP = {"slug": "learning"}
RURITANIA = "Wikimedians of Ruritania"
# The match of Ada's community, and what hangs on it.
ADAS = "seats__application__community__name"
ADAS_MATCH = f"match__{ADAS}"
ADAS_EXCHANGE = f"exchange__{ADAS_MATCH}"


@dataclass(frozen=True)
class Page:
    """A page: who sees it, what it is like, and the arguments of its address in the world."""

    seen_by: str
    # Pages of one kind look alike: the first of each is looked at in every way.
    kind: str
    arguments: Callable[[], dict[str, Any]] = dict


def programme(**more: Any) -> Callable[[], dict[str, Any]]:
    """Name the programme, and a part of it."""
    return lambda: {**PROGRAMME, **more}


def mentorship(**more: Any) -> Callable[[], dict[str, Any]]:
    """Name the mentorship, and a part of it."""
    return lambda: {**MENTORSHIP, **more}


def key(model: Any, **wanted: Any) -> Callable[[], dict[str, Any]]:
    """Name the first row of a kind that is like this."""
    return lambda: {"pk": first(model, **wanted).pk}


def first(model: Any, **wanted: Any) -> Any:
    """Return the first row of a kind that is like this; the world has to have one."""
    row = model.objects.filter(**wanted).order_by("pk").first()
    assert row, f"The world has no {model.__name__} with {wanted}"
    return row


def group(**more: Any) -> Callable[[], dict[str, Any]]:
    """Name the programme that has a group around it, and a part of it."""
    return lambda: {"slug": "mentorship-group", **more}


def letter() -> dict[str, Any]:
    """Name a letter that is held, and its cycle."""
    return {"pk": Cycle.objects.get(**OPEN).pk, "letter": first(Letter, status="held").pk}


def group_letter() -> dict[str, Any]:
    """Name a letter to a member of the group's roll."""
    members = Membership.objects.filter(programme__slug=group()()["slug"]).values("pk")
    about = {"subject_type": Membership._meta.label_lower, "subject_id__in": members}
    return group(letter=first(Letter, **about).pk)()


def question() -> dict[str, Any]:
    """Name a question of a form."""
    return {"pk": first(Form, cycle__slug="open-call").pk, "section": 0, "question": 0}


def part() -> dict[str, Any]:
    """Name a section of a form."""
    return {"pk": first(Form, cycle__slug="open-call").pk, "section": 0}


def rehearsal() -> dict[str, Any]:
    """Name a rehearsal."""
    return {"slug": first(Programme, is_rehearsal=True).slug}


def code() -> dict[str, Any]:
    """Name a certificate by its code."""
    return {"code": first(Certificate).written_code}


def cohort(**more: Any) -> Callable[[], dict[str, Any]]:
    """Name a cycle that gives certificates, and a part of it."""
    return lambda: {"pk": first(Certificate).cycle_id, **more}


def exception() -> dict[str, Any]:
    """Name somebody who lacks something for a certificate."""
    made = first(Certificate)
    lacking = first(Application, call__cycle=made.cycle, person__name="Dan")
    return {"pk": made.cycle_id, "application": lacking.pk}


def learner() -> dict[str, Any]:
    """Name one side of a drafted pair."""
    pair = first(DraftPair)
    return {"pk": pair.run_id, "application": pair.learner_id}


def pair() -> dict[str, Any]:
    """Name both sides of a drafted pair."""
    drafted = first(DraftPair)
    return {"pk": drafted.run_id, "learner": drafted.learner_id, "teacher": drafted.teacher_id}


HELPING = "helping"


def helping(**more: Any) -> Callable[[], dict[str, Any]]:
    """Name the programme that takes requests, and a part of it."""
    return lambda: {"slug": HELPING, **more}


def asked() -> dict[str, Any]:
    """Name a request that waits, and its programme."""
    return {"slug": HELPING, "pk": first(Need, status="asked", programme__slug=HELPING).pk}


def unreached() -> dict[str, Any]:
    """Name a community that nobody represents, and the programme."""
    return {"slug": HELPING, "community": first(Community, name="Alone").pk}


def circles(**more: Any) -> Callable[[], dict[str, Any]]:
    """Name the programme with circles, and a part of it."""
    return lambda: {"slug": "circles", **more}


def a_circle() -> dict[str, Any]:
    """Name a circle of Ada and Bo."""
    return {"pk": first(Exchange, kind="circle", match__cycle__programme__slug="circles").pk}


def a_lesson(title: str) -> Callable[[], dict[str, Any]]:
    """Name a lesson of that circle."""
    return key(Lesson, title=title, **CIRCLE)


def circle_cycle() -> dict[str, Any]:
    """Name the cycle of that circle."""
    return {"pk": first(Cycle, programme__slug="circles").pk}


def circle_draft() -> dict[str, Any]:
    """Name a draft of circles that waits."""
    return {"pk": first(CircleDraft, cycle__programme__slug="circles", status="draft").pk}


def circle_seat() -> dict[str, Any]:
    """Name that circle, and a member of it."""
    circle = first(Exchange, kind="circle", match__cycle__programme__slug="circles")
    return {"pk": circle.pk, "seat": first(Seat, match=circle.match, application__person__name="Bo").pk}


def a_takeover() -> dict[str, Any]:
    """Name the seat that Bo is asked to take after a mentor has left."""
    return {"pk": first(Seat, match__cycle__programme__slug="left-alone", application__person__name="Bo").pk}


def goal() -> dict[str, Any]:
    """Name a goal of the mentorship of Ada and Bo."""
    return {"pk": first(PlanGoal, **{f"plan__{name}": value for name, value in OF_PAIR.items()}).pk}


def work_report() -> dict[str, Any]:
    """Name a published report of work, and its programme."""
    published = first(WorkReport, status="published")
    return {"slug": published.programme.slug, "pk": published.pk}


def work_reports() -> dict[str, Any]:
    """Name the programme of a published report of work."""
    return {"slug": work_report()["slug"]}


NOBODY = ""
PAIR = {"kind": "mentorship", "match__cycle__programme__slug": "mentorship"}
OF_PAIR = {f"exchange__{name}": value for name, value in PAIR.items()}
CIRCLE = {"exchange__match__cycle__programme__slug": "circles"}
COHORT = {"matches__exchange__kind": "mentorship"}
OPEN, SCREENED, MATCHED, PLANNED, REPORTED, CLOSED = (
    {"slug": slug} for slug in ("open-call", "screened", "matched", "planned", "reported", "closed")
)

PUBLIC = {
    "home": Page(NOBODY, "front page"),
    "sign_in": Page(NOBODY, "short form"),
    "cast": Page(NOBODY, "cast"),
    "mailbox": Page(NOBODY, "mailbox"),
    "communities": Page(NOBODY, "searched list"),
    "community": Page(NOBODY, "community", key(Community)),
    "privacy": Page(NOBODY, "text"),
    "programme": Page(NOBODY, "programme", programme()),
    "programme_page": Page(NOBODY, "programme", programme(key="faq")),
    "cycle": Page(NOBODY, "public cycle", programme(cycle_slug="open-call")),
    "call": Page(NOBODY, "call", programme(cycle="open-call", role="mentee")),
    "gathering": Page(NOBODY, "gathering", key(Gathering)),
    "certificates": Page(NOBODY, "short form"),
    "certificate": Page(NOBODY, "certificate", code),
    "impact": Page(NOBODY, "impact", programme(cycle_slug="closed")),
    "lessons": Page(NOBODY, "lessons", circles()),
    "lesson": Page(NOBODY, "lesson", lambda: circles(pk=first(Lesson, title="Lesson 0", **CIRCLE).pk)()),
    "work_reports": Page(NOBODY, "work reports", work_reports),
    "work_report": Page(NOBODY, "published work report", work_report),
    "modules": Page("ada", "learning path", mentorship()),
    "module": Page("ada", "module", mentorship(key="logic_models")),
    "initiatives": Page(NOBODY, "searched table", mentorship()),
    "initiative": Page(NOBODY, "initiative", key(Initiative, is_public=True)),
    "help": Page(NOBODY, "help", helping()),
    "opportunities": Page(NOBODY, "opportunities", helping()),
    "members": Page(NOBODY, "members", group()),
    "notices": Page(NOBODY, "notices", group()),
    "meetings": Page(NOBODY, "meetings", programme()),
    "minutes": Page(NOBODY, "text", lambda: {**key(Gathering, minutes__versions__number=1)(), "version": 1}),
    "agenda_item": Page("cleo", "form", key(AgendaItem)),
}

DESK = {
    "home": Page("ada", "desk"),
    "account": Page("ada", "form"),
    "your_data": Page("ada", "confirmation"),
    "your_data_erase": Page("ada", "confirmation"),
    "community": Page("ada", "own community", key(Community, name=RURITANIA)),
    "representation": Page("ada", "question", key(Representation, status="invited")),
    "start": Page("ivana", "question", lambda: {"call": first(Cycle, **OPEN).calls.get(role="mentee").pk}),
    "application": Page(
        "eva", "application", key(Application, call__cycle__slug="open-call", status="draft")
    ),
    "application_withdraw": Page("eva", "confirmation", key(Application, status="draft")),
    "partner": Page("bo", "question", key(Partner)),
    "match": Page("ada", "match", key(Match, cycle__slug="matched", **{ADAS: RURITANIA})),
    "exchange": Page("ada", "exchange", key(Exchange, **{ADAS_MATCH: RURITANIA})),
    "exchange_cancel": Page("ada", "confirmation", key(Exchange, **{ADAS_MATCH: RURITANIA})),
    "plan": Page("ada", "plan", key(Exchange, **{ADAS_MATCH: RURITANIA})),
    "traveller": Page("ada", "form", key(Traveller, account__email="ada@demo.invalid")),
    "mentorship_leave": Page("bo", "form", key(Exchange, **PAIR)),
    "takeover": Page("bo", "question", a_takeover),
    "circle": Page("ada", "circle", a_circle),
    "circle_leave": Page("ada", "confirmation", a_circle),
    "lesson_create": Page("ada", "long form", a_circle),
    "lesson": Page("ada", "own lesson", a_lesson(title="Lesson 1")),
    "lesson_edit": Page("ada", "long form", a_lesson(title="Lesson 1")),
    "lesson_publish": Page("ada", "confirmation", a_lesson(title="Lesson 1")),
    "lesson_remove": Page("ada", "confirmation", a_lesson(title="Lesson 1")),
    "lesson_ask": Page("bo", "form", a_lesson(title="Lesson 0")),
    "initiatives": Page("ada", "desk table"),
    "initiative_create": Page("ada", "form", mentorship()),
    "initiative": Page("ada", "work on an initiative", key(Initiative, is_public=True)),
    "initiative_edit": Page("ada", "form", key(Initiative, is_public=True)),
    "initiative_invitation": Page(
        "dan", "question", key(InitiativeMember, status="invited", email="dan@demo.invalid")
    ),
    "initiative_material": Page("ada", "form", key(Document)),
    "initiative_material_version": Page("ada", "form", key(Document)),
    "feedback_answer": Page("ada", "form", key(Feedback, corrects__isnull=False)),
    "feedback_correct": Page("bo", "form", key(Feedback, corrects__isnull=False)),
    "module": Page("bo", "form", key(Module, maintainer__isnull=False)),
    "module_suggest": Page("ada", "form", key(Module)),
    "suggestion": Page("bo", "question", key(Suggestion, status="suggested")),
    "report": Page("ada", "report", key(Report, key="report", seat__application__community__name=RURITANIA)),
    "certificate": Page("ada", "own certificate", lambda: {"pk": first(Certificate).application_id}),
    "mentorship": Page("ada", "mentorship", key(Exchange, **PAIR)),
    "mentorship_plan": Page("ada", "goals", key(Exchange, **PAIR)),
    "mentorship_judge": Page("ada", "form", key(Exchange, **PAIR)),
    "mentorship_pause": Page("ada", "form", key(Exchange, **PAIR)),
    "mentorship_stop": Page("ada", "end of a mentorship", key(Exchange, **PAIR)),
    "plan_goal": Page("ada", "form", goal),
    "hours": Page("ada", "form", key(Hours, status="questioned", **OF_PAIR)),
    "hours_question": Page("bo", "form", key(Hours, status="logged", **OF_PAIR)),
    "photo_edit": Page("ada", "form", key(Evidence, report__seat__application__community__name=RURITANIA)),
    "step_edit": Page("ada", "form", key(NextStep, report__seat__application__community__name=RURITANIA)),
    "membership": Page("ada", "long form", group()),
    "notice_offer": Page("ada", "long form", group()),
    "notice": Page("ada", "form", key(Notice, offered_by__email="ada@demo.invalid")),
    "action_item": Page("bo", "form", key(ActionItem, owner__email="bo@demo.invalid")),
    "calendar": Page("ada", "confirmation"),
    "follow_up": Page("ada", "form", key(FollowUp, report__seat__application__community__name=RURITANIA)),
    "requests": Page("ada", "own requests"),
    "need_ask": Page("ada", "request form", helping()),
    "need": Page("ada", "request", key(Need, asked_by__email="ada@demo.invalid")),
    "need_edit": Page("ada", "request form", key(Need, asked_by__email="ada@demo.invalid")),
    "offer_make": Page("ada", "request form", helping()),
    "offer": Page("bo", "offer", key(Offer, made_by__email="bo@demo.invalid")),
    "offer_edit": Page("bo", "request form", key(Offer, made_by__email="bo@demo.invalid")),
    "introduction": Page("bo", "question", key(Introduction, status="asked")),
}

OFFICE = {
    "home": Page("cleo", "office"),
    "programme": Page("cleo", "office programme", programme()),
    "programme_create": Page("cleo", "long form"),
    "programme_edit": Page("cleo", "long form", programme()),
    "blueprint": Page("cleo", "office list", programme()),
    "blueprint_section": Page("cleo", "values", programme(section="criteria")),
    "page": Page("cleo", "long form", programme(key="faq")),
    "contact_add": Page("cleo", "long form", programme()),
    "contact": Page("cleo", "long form", lambda: {**PROGRAMME, "pk": first(Contact).pk}),
    "appoint": Page("cleo", "long form", programme()),
    "cycle_open": Page("cleo", "long form", programme()),
    "cycle": Page("cleo", "board", key(Cycle, **OPEN)),
    "cycle_edit": Page("cleo", "long form", key(Cycle, **OPEN)),
    "cycle_clone": Page("cleo", "long form", key(Cycle, **OPEN)),
    "stages": Page("cleo", "stages", key(Cycle, **OPEN)),
    "communities": Page("cleo", "office list"),
    "community": Page("cleo", "office community", key(Community)),
    "community_new": Page("cleo", "long form"),
    "community_import": Page("cleo", "upload"),
    "applications": Page("cleo", "applications", key(Cycle, **SCREENED)),
    "application": Page("cleo", "read application", key(Application, call__cycle__slug="open-call")),
    "override": Page("cleo", "long form", key(Verdict)),
    "ask_for_more": Page("cleo", "long form", key(Application, status="submitted")),
    "review": Page("rosa", "review", key(Application, status="submitted")),
    "decide": Page("cleo", "long form", key(Application, status="submitted")),
    "reconsider": Page("cleo", "confirmation", key(Application, status="accepted")),
    "decisions": Page("cleo", "decisions", key(Cycle, **SCREENED)),
    "letters": Page("cleo", "letters", key(Cycle, **SCREENED)),
    "letter": Page("cleo", "long form", letter),
    "programme_letters": Page("cleo", "letters", group()),
    "programme_letter": Page("cleo", "long form", group_letter),
    "matching": Page("cleo", "matching", key(Cycle, **SCREENED)),
    "run": Page("cleo", "run", key(Run)),
    "run_candidates": Page("cleo", "run part", learner),
    "run_pair": Page("cleo", "run part", pair),
    "run_study": Page("cleo", "run study", key(Run)),
    "compare_runs": Page("cleo", "compared", key(Cycle, **MATCHED)),
    "publish_run": Page("cleo", "confirmation", key(Run)),
    "match": Page("cleo", "office match", key(Match)),
    "exchanges": Page("cleo", "office list", key(Cycle, **PLANNED)),
    "exchange": Page("cleo", "office exchange", key(Exchange)),
    "exchange_cancel": Page("cleo", "confirmation", key(Exchange)),
    "mentorships": Page("cleo", "mentorships", key(Cycle, **COHORT)),
    "mentorship_hours": Page("cleo", "office list", key(Cycle, **COHORT)),
    "mentorship": Page("cleo", "office mentorship", key(Exchange, **PAIR)),
    "mentorship_pause": Page("cleo", "long form", key(Exchange, **PAIR)),
    "mentorship_stop": Page("cleo", "long form", key(Exchange, **PAIR)),
    "bookings": Page("cleo", "bookings", key(Exchange)),
    "booking": Page("cleo", "booking", key(Booking)),
    "budget": Page("cleo", "budget", key(Cycle, **PLANNED)),
    "gathering": Page("cleo", "long form", key(Gathering)),
    "call": Page("cleo", "long form", key(Call, cycle__slug="open-call")),
    "form": Page("cleo", "outline of a form", key(Form, cycle__slug="open-call")),
    "form_preview": Page("cleo", "preview of a form", key(Form, cycle__slug="open-call")),
    "form_section": Page("cleo", "long form", part),
    "form_question": Page("cleo", "long form", question),
    "reports": Page("cleo", "office list", key(Cycle, **REPORTED)),
    "report": Page("cleo", "office report", key(Report, status="submitted")),
    "evaluation": Page("cleo", "evaluation", cohort(key="midpoint")),
    "certificates": Page("cleo", "certificates", cohort()),
    "certificates_preview": Page("cleo", "who gets a certificate", cohort()),
    "certificate_exception": Page("cleo", "long form", exception),
    "certificate": Page("cleo", "office certificate", key(Certificate)),
    "closing": Page("cleo", "closing", key(Exchange, match__cycle__slug="reported")),
    "impact": Page("cleo", "office impact", key(Cycle, **CLOSED)),
    "rehearsal_start": Page("cleo", "confirmation", programme()),
    "rehearsal": Page("cleo", "rehearsal", rehearsal),
    "rehearsal_discard": Page("cleo", "confirmation", rehearsal),
    "gathering_create": Page("cleo", "long form", key(Cycle, **OPEN)),
    "circles": Page("cleo", "circles", circle_cycle),
    "circle": Page("cleo", "office circle", a_circle),
    "circle_let_go": Page("cleo", "confirmation", circle_seat),
    "circle_draft": Page("cleo", "draft of circles", circle_draft),
    "circle_publish": Page("cleo", "confirmation", circle_draft),
    "lesson": Page("cleo", "lesson to settle", a_lesson(title="Lesson 2")),
    "record": Page("cleo", "record", group()),
    "work_report": Page("cleo", "work report", key(WorkReport, status="draft")),
    "modules": Page("cleo", "office modules", mentorship()),
    "module": Page("cleo", "long form", key(Module)),
    "module_create": Page("cleo", "long form", mentorship()),
    "learning": Page("cleo", "office learning", key(Cycle, slug="cohort")),
    "initiatives": Page("cleo", "office initiatives", mentorship()),
    "requests": Page("cleo", "requests", helping()),
    "request": Page("cleo", "office request", asked),
    "offers": Page("cleo", "office list", helping()),
    "outreach": Page("cleo", "outreach", unreached),
    "posts": Page("cleo", "posts", group()),
    "post_fill": Page("cleo", "long form", group()),
    "tenure": Page("cleo", "long form", key(Tenure)),
    "roll": Page("cleo", "searched list", group()),
    "roll_import": Page("cleo", "upload", group()),
    "member": Page("cleo", "long form", key(Membership)),
    "outside": Page("cleo", "office list", group()),
    "outside_add": Page("cleo", "long form", group()),
    "outside_group": Page("cleo", "log", key(OutsideGroup)),
    "outside_edit": Page("cleo", "long form", key(OutsideGroup)),
    "outside_note": Page("cleo", "long form", key(ContactNote)),
    "notices": Page("cleo", "office notices", group()),
    "notice_refuse": Page("cleo", "long form", key(Notice, status="waiting")),
    "meetings": Page("cleo", "office meetings", programme()),
    "meeting_create": Page("cleo", "long form", programme()),
    "series_create": Page("cleo", "long form", programme()),
    "series": Page("cleo", "series", key(Series)),
    "meeting_record": Page("cleo", "record of a meeting", key(Gathering, minutes__versions__number=1)),
    "meeting_decision": Page("cleo", "long form", key(MeetingDecision)),
    "action_item": Page("cleo", "long form", key(ActionItem)),
    "attendance": Page("cleo", "attendance", key(Gathering, minutes__versions__number=1)),
    "minutes": Page("cleo", "long form", key(Gathering, minutes__versions__number=1)),
}

AUDIENCES = {"public": PUBLIC, "desk": DESK, "office": OFFICE}
PAGES = {f"{space}:{name}": page for space, pages in AUDIENCES.items() for name, page in pages.items()}

FILE = "a file to keep"
PIECE = "a piece of a page"
# What answers GET and is no page to be looked at, and why.
NOT_PAGES = {
    "public:favicon": FILE,
    "public:code": "only after an address was given",
    "public:unregister": "only from a letter",
    "office:community_import_preview": "only after a file was given",
    "public:community_suggestions": PIECE,
    "public:capacity_suggestions": PIECE,
    "desk:photo_file": FILE,
    "desk:photo_thumbnail": FILE,
    "public:gathering_calendar": FILE,
    "public:meetings_feed": FILE,
    "public:series_feed": FILE,
    "public:my_feed": FILE,
    "public:lessons_feed": FILE,
    "public:work_report_json": FILE,
    "public:work_report_pdf": FILE,
    "public:work_report_wikitext": FILE,
    "office:circles_export": FILE,
    "office:run_export": FILE,
    "office:attendance_export": FILE,
    "public:evidence": FILE,
    "public:evidence_thumbnail": FILE,
    "public:impact_csv": FILE,
    "public:impact_json": FILE,
    "public:impact_pdf": FILE,
    "public:impact_wikitext": FILE,
    "office:photo_file": FILE,
    "office:photo_thumbnail": FILE,
    "desk:application_file": FILE,
    "desk:exchange_calendar": FILE,
    "desk:invitation": FILE,
    "desk:material": FILE,
    "desk:certificate_pdf": FILE,
    "office:certificates_export": FILE,
    "office:evaluation_export": FILE,
    "office:applications_export": FILE,
    "office:blueprint_download": FILE,
    "office:budget_export": FILE,
    "office:communities_export": FILE,
    "office:exchanges_export": FILE,
    "office:initiatives_export": FILE,
    "office:learning_csv": FILE,
    "office:learning_xlsx": FILE,
    "public:initiative_file": FILE,
    "office:requests_export": FILE,
    "office:roll_export": FILE,
    "office:mentorships_xlsx": FILE,
    "office:mentorships_csv": FILE,
    "office:mentorship_hours_xlsx": FILE,
    "office:mentorship_hours_csv": FILE,
}
