"""What is published: the impact of a cycle, and reports about the work of a period."""

from talka.impact.actions.cycles import ExchangesOpen, publish_impact
from talka.impact.actions.work import (
    NothingToSay,
    discard_work_report,
    edit_work_report,
    publish_work_report,
    start_work_report,
)

__all__ = [
    "ExchangesOpen",
    "NothingToSay",
    "discard_work_report",
    "edit_work_report",
    "publish_impact",
    "publish_work_report",
    "start_work_report",
]
