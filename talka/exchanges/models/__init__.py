"""The tables of exchanges, their plans and travellers, of mentorships and of circles."""

from talka.exchanges.models.exchanges import Exchange, ExchangeKind
from talka.exchanges.models.lessons import Concern, Lesson, LessonKind, LessonReply
from talka.exchanges.models.mentoring import (
    CheckIn,
    Feeling,
    GoalJudgement,
    Hours,
    Leaving,
    Met,
    Mood,
    Nudge,
    Pause,
    PlanGoal,
)
from talka.exchanges.models.plans import Material, MaterialAudience, Plan, PlanItem, Question, Signature
from talka.exchanges.models.travellers import Traveller

__all__ = [
    "CheckIn",
    "Concern",
    "Exchange",
    "ExchangeKind",
    "Feeling",
    "GoalJudgement",
    "Hours",
    "Leaving",
    "Lesson",
    "LessonKind",
    "LessonReply",
    "Material",
    "MaterialAudience",
    "Met",
    "Mood",
    "Nudge",
    "Pause",
    "Plan",
    "PlanGoal",
    "PlanItem",
    "Question",
    "Signature",
    "Traveller",
]
