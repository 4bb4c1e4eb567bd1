"""The verbs of reports, their evidence and next steps, evaluations, follow-ups and closings."""

from talka.reports.actions.accepting import accept_report, reopen_report, return_report
from talka.reports.actions.closings import close_exchange, edit_closing, reopen_exchange
from talka.reports.actions.evaluations import (
    answer_evaluation,
    ask_evaluations,
    ask_in_cycle,
    remind_of_evaluations,
)
from talka.reports.actions.evidence import add_evidence, edit_evidence, remove_evidence, withdraw_consent
from talka.reports.actions.follow_ups import (
    StepAnswer,
    answer_follow_up,
    drop_step,
    finish_step,
    postpone_step,
)
from talka.reports.actions.refusals import (
    ExchangeClosed,
    Incomplete,
    NotWritable,
    Refused,
    ReportsOpen,
    StepRefused,
    VisitNotOver,
)
from talka.reports.actions.reminding import ask_follow_ups, remind
from talka.reports.actions.visits import finish_visit, finish_visits
from talka.reports.actions.writing import (
    add_next_step,
    edit_next_step,
    remove_next_step,
    save_report,
    submit_report,
)

__all__ = [
    "ExchangeClosed",
    "Incomplete",
    "NotWritable",
    "Refused",
    "ReportsOpen",
    "StepAnswer",
    "StepRefused",
    "VisitNotOver",
    "accept_report",
    "add_evidence",
    "add_next_step",
    "answer_evaluation",
    "answer_follow_up",
    "ask_evaluations",
    "ask_follow_ups",
    "ask_in_cycle",
    "close_exchange",
    "drop_step",
    "edit_closing",
    "edit_evidence",
    "edit_next_step",
    "finish_step",
    "finish_visit",
    "finish_visits",
    "postpone_step",
    "remind",
    "remind_of_evaluations",
    "remove_evidence",
    "remove_next_step",
    "reopen_exchange",
    "reopen_report",
    "return_report",
    "save_report",
    "submit_report",
    "withdraw_consent",
]
