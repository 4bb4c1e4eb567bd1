"""The verbs of screening."""

from talka.screening.actions.decisions import (
    drop_decision,
    prepare_decision,
    reconsider_application,
    release_decisions,
)
from talka.screening.actions.editing import edit_answers, edit_application
from talka.screening.actions.judging import hand_in_application, judge_application, override_verdict
from talka.screening.actions.questions import ask_for_more, end_question
from talka.screening.actions.reviews import declare_conflict, save_review, submit_review

__all__ = [
    "ask_for_more",
    "declare_conflict",
    "drop_decision",
    "edit_answers",
    "edit_application",
    "end_question",
    "hand_in_application",
    "judge_application",
    "override_verdict",
    "prepare_decision",
    "reconsider_application",
    "release_decisions",
    "save_review",
    "submit_review",
]
