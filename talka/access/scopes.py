"""Where a record belongs: the programme that runs it, and the communities it concerns."""

from functools import singledispatch
from typing import Any

from talka.applications.models import Application, Partner
from talka.calls.models import Call
from talka.capacities.models import (
    Absence,
    Introduction,
    Need,
    NeedNote,
    NeedTopic,
    Offer,
    OfferTopic,
    Outreach,
)
from talka.exchanges.models import (
    CheckIn,
    Concern,
    Exchange,
    Hours,
    Leaving,
    Lesson,
    LessonReply,
    Mood,
    Plan,
    PlanGoal,
    Traveller,
)
from talka.forms.models import Form, FormVersion
from talka.gatherings.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    Gathering,
    MeetingDecision,
    Minutes,
    Registration,
    Series,
)
from talka.impact.models import ImpactReport, WorkReport
from talka.initiatives.models import (
    Feedback,
    Initiative,
    InitiativeMember,
    Material,
    MaterialVersion,
    StageChange,
)
from talka.learning.models import Completion, Module, Suggestion
from talka.matching.models import CircleDraft, Match, PairRuling, Run, Seat
from talka.people.models import Community, Representation
from talka.programmes.models import (
    Appointment,
    ContactNote,
    Cycle,
    Membership,
    Notice,
    OutsideGroup,
    Page,
    Programme,
    Tenure,
)
from talka.recognition.models import Certificate
from talka.reports.models import Closing, Evidence, FollowUp, NextStep, Report
from talka.screening.models import Decision, Review, Verdict
from talka.travel.models import Booking, InvitationLetter


@singledispatch
def programme_of(subject: Any) -> Programme | None:
    """Return the programme that a record belongs to, or None for what belongs to none."""
    return None


@programme_of.register
def _(subject: Programme) -> Programme:
    return subject


@programme_of.register(Appointment)
@programme_of.register(Cycle)
@programme_of.register(Initiative)
@programme_of.register(Module)
@programme_of.register(Need)
@programme_of.register(Offer)
@programme_of.register(Outreach)
@programme_of.register(Page)
@programme_of.register(WorkReport)
@programme_of.register(Gathering)
@programme_of.register(Page)
@programme_of.register(Series)
@programme_of.register(Membership)
@programme_of.register(Notice)
@programme_of.register(OutsideGroup)
@programme_of.register(Page)
@programme_of.register(Tenure)
def _(subject: Any) -> Programme:
    return subject.programme


@programme_of.register
def _(subject: ContactNote) -> Programme:
    return subject.group.programme


@programme_of.register(Call)
@programme_of.register(Certificate)
@programme_of.register(CircleDraft)
@programme_of.register(Form)
@programme_of.register(ImpactReport)
@programme_of.register(Match)
@programme_of.register(PairRuling)
@programme_of.register(Run)
def _(subject: Any) -> Programme:
    return subject.cycle.programme


@programme_of.register
def _(subject: FormVersion) -> Programme | None:
    return programme_of(subject.form)


@programme_of.register
def _(subject: Application) -> Programme | None:
    return programme_of(subject.call)


@programme_of.register(ActionItem)
@programme_of.register(AgendaItem)
@programme_of.register(Attendance)
@programme_of.register(MeetingDecision)
@programme_of.register(Minutes)
@programme_of.register(Registration)
def _(subject: Any) -> Programme | None:
    return programme_of(subject.gathering)


@programme_of.register(Decision)
@programme_of.register(Partner)
@programme_of.register(Review)
@programme_of.register(Verdict)
def _(subject: Any) -> Programme | None:
    return programme_of(subject.application)


@programme_of.register(Introduction)
@programme_of.register(NeedNote)
@programme_of.register(NeedTopic)
def _(subject: Any) -> Programme | None:
    return programme_of(subject.need)


@programme_of.register(Absence)
@programme_of.register(OfferTopic)
def _(subject: Any) -> Programme | None:
    return programme_of(subject.offer)


@programme_of.register(Exchange)
@programme_of.register(Seat)
def _(subject: Any) -> Programme | None:
    return programme_of(subject.match)


@programme_of.register(Booking)
@programme_of.register(CheckIn)
@programme_of.register(Closing)
@programme_of.register(Hours)
@programme_of.register(Leaving)
@programme_of.register(Lesson)
@programme_of.register(Mood)
@programme_of.register(Plan)
@programme_of.register(Report)
@programme_of.register(Traveller)
def _(subject: Any) -> Programme | None:
    return programme_of(subject.exchange)


@programme_of.register
def _(subject: PlanGoal) -> Programme | None:
    return programme_of(subject.plan)


@programme_of.register(Concern)
@programme_of.register(LessonReply)
def _(subject: Any) -> Programme | None:
    return programme_of(subject.lesson)


@programme_of.register(Evidence)
@programme_of.register(FollowUp)
@programme_of.register(NextStep)
def _(subject: Any) -> Programme | None:
    return programme_of(subject.report)


@programme_of.register
def _(subject: InvitationLetter) -> Programme | None:
    return programme_of(subject.traveller)


@programme_of.register(Completion)
@programme_of.register(Suggestion)
def _(subject: Any) -> Programme | None:
    return programme_of(subject.module)


@programme_of.register(Feedback)
@programme_of.register(InitiativeMember)
@programme_of.register(Material)
@programme_of.register(StageChange)
def _(subject: Any) -> Programme | None:
    return programme_of(subject.initiative)


@programme_of.register
def _(subject: MaterialVersion) -> Programme | None:
    return programme_of(subject.material)


@singledispatch
def communities_of(subject: Any) -> set[int]:
    """Return the keys of the communities that a record of the directory is about."""
    return set()


@communities_of.register
def _(subject: Community) -> set[int]:
    return {subject.pk}


@communities_of.register
def _(subject: Representation) -> set[int]:
    return {subject.community_id}


@communities_of.register(Need)
@communities_of.register(Offer)
def _(subject: Any) -> set[int]:
    return {subject.community_id} if subject.community_id else set()


@communities_of.register
def _(subject: Introduction) -> set[int]:
    return communities_of(subject.offer)


@singledispatch
def applications_of(subject: Any) -> set[int]:
    """Return the keys of the applications on whose sides of a record people act."""
    return set()


@applications_of.register
def _(subject: Application) -> set[int]:
    return {subject.pk}


@applications_of.register
def _(subject: Seat) -> set[int]:
    return {subject.application_id}


@applications_of.register
def _(subject: Match) -> set[int]:
    return set(subject.seats.values_list("application_id", flat=True))


@applications_of.register
def _(subject: Exchange) -> set[int]:
    return applications_of(subject.match)


@applications_of.register(CheckIn)
@applications_of.register(Lesson)
@applications_of.register(Plan)
@applications_of.register(Traveller)
def _(subject: Any) -> set[int]:
    return applications_of(subject.exchange)


@applications_of.register
def _(subject: PlanGoal) -> set[int]:
    return applications_of(subject.plan)


@applications_of.register
def _(subject: Hours) -> set[int]:
    return applications_of(subject.exchange)


@applications_of.register(Concern)
@applications_of.register(LessonReply)
def _(subject: Any) -> set[int]:
    return applications_of(subject.lesson)


@applications_of.register
def _(subject: Certificate) -> set[int]:
    return {subject.application_id}


@applications_of.register
def _(subject: Report) -> set[int]:
    return applications_of(subject.seat)


@applications_of.register(Evidence)
@applications_of.register(NextStep)
def _(subject: Any) -> set[int]:
    return applications_of(subject.report)


@singledispatch
def match_of(subject: Any) -> int | None:
    """Return the key of the match that a record belongs to, or None for what belongs to none."""
    return None


@match_of.register
def _(subject: Exchange) -> int:
    return subject.match_id


@match_of.register(CheckIn)
@match_of.register(Hours)
@match_of.register(Leaving)
@match_of.register(Mood)
@match_of.register(Plan)
def _(subject: Any) -> int:
    return subject.exchange.match_id


@match_of.register
def _(subject: PlanGoal) -> int:
    return subject.plan.exchange.match_id
