"""What is in the tables and among the files of Talka, and which rehearsal adds to which of them."""

import json
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core import serializers

# What no rehearsal adds to: what browsers sent is kept by pages alone, and for a day.
KEPT = {"capacities.Capacity", "kernel.AnsweredPost"}
# What only the rehearsal of a visit exchange fills in these tests; see test_rehearsals_thrown_away.py.
OF_VISITS = {
    "capacities.Outreach",
    "exchanges.Material",
    "exchanges.PlanItem",
    "exchanges.Question",
    "exchanges.Traveller",
    "impact.ImpactReport",
    "matching.PairRuling",
    "people.SignInCode",
    "programmes.Contact",
    "recognition.Certificate",
    "reports.Closing",
    "reports.Evidence",
    "reports.FollowUp",
    "reports.NextStep",
    "screening.Review",
    "travel.Booking",
    "travel.InvitationLetter",
}
# What only the rehearsal of a mentorship fills; see test_rehearsed_mentorships.py.
OF_MENTORSHIPS = {
    "exchanges.CheckIn",
    "exchanges.Concern",
    "exchanges.GoalJudgement",
    "exchanges.Hours",
    "exchanges.Leaving",
    "exchanges.Lesson",
    "exchanges.LessonReply",
    "exchanges.Mood",
    "exchanges.Nudge",
    "exchanges.Pause",
    "exchanges.PlanGoal",
    "gatherings.ActionItem",
    "gatherings.AgendaItem",
    "gatherings.Attendance",
    "gatherings.CalendarFeed",
    "gatherings.MeetingDecision",
    "gatherings.Minutes",
    "gatherings.MinutesVersion",
    "gatherings.Series",
    "impact.WorkReport",
    "initiatives.Feedback",
    "initiatives.Initiative",
    "initiatives.InitiativeMember",
    "initiatives.Material",
    "initiatives.MaterialVersion",
    "initiatives.StageChange",
    "learning.Completion",
    "learning.Module",
    "learning.Suggestion",
    "matching.CircleDraft",
    "programmes.ContactNote",
    "programmes.Membership",
    "programmes.Notice",
    "programmes.OutsideGroup",
    "programmes.Tenure",
}


def tables():
    """List the tables of Talka's own rooms."""
    return [model for model in apps.get_models() if model.__module__.startswith("talka.")]


def rows():
    """Return every row of every table as it is."""
    return {
        model._meta.label: json.loads(serializers.serialize("json", model._base_manager.order_by("pk")))
        for model in tables()
    }


def not_grown(before):
    """Name the tables that have no more rows than `before`, which is what `rows` returned."""
    counts = {model._meta.label: model._base_manager.count() for model in tables()}
    return {label for label, count in counts.items() if count <= len(before[label])}


def files():
    """List the files that are kept."""
    return {path.name for path in Path(settings.MEDIA_ROOT).glob("??/*")}
