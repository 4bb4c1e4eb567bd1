"""What the room of reports makes known when Talka starts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from talka.kernel.registry import clockwork, kept_letters, letters, reasons

LETTERS = (
    "report_due",
    "report_reminder",
    "report_handed_in",
    "report_returned",
    "report_accepted",
    "follow_up_due",
    "evaluation_due",
    "evaluation_reminder",
)
REASONS = {
    "reports.visit_not_over": _("The visit is not over: its last day on site is %(day)s."),
    # Said in a list of what is missing, where the question itself is enough.
    "reports.unanswered": "%(question)s",
    # Translators: in the list of what a report still lacks. %(count)s is a small number such as 1.
    "reports.evidence_missing": _("Photos of the visit: at least %(count)s"),
    "reports.steps_missing": _("Next steps with a name and a day: at least %(count)s"),
    "reports.step_too_early": _("A next step is for after the visit: choose a later day."),
    "reports.new_day_past": _("The new day is past. Choose today or a later day, or say that it is done."),
    "reports.not_writable": _("The report was handed in: it can be changed again if it is returned to you."),
    "reports.evaluation_over": _(
        "This was handed in, or is no longer asked: nothing in it changes any more."
    ),
    "reports.not_accepted": _(
        "Reports that are not accepted yet: %(count)s. Accept them first, then close the exchange."
    ),
    "reports.never_visited": _(
        "This exchange was cancelled. It cannot be reopened; what was written of it can be corrected."
    ),
    "reports.exchange_closed": _("The exchange is closed. Reopen it first, then its report."),
}
JOBS = {
    "reports.finish_visits": "talka.reports.actions.visits:finish_visits",
    "reports.remind": "talka.reports.actions.reminding:remind",
    "reports.ask_follow_ups": "talka.reports.actions.reminding:ask_follow_ups",
    "reports.ask_evaluations": "talka.reports.actions.evaluations:ask_evaluations",
    "reports.remind_of_evaluations": "talka.reports.actions.evaluations:remind_of_evaluations",
}


class ReportsConfig(AppConfig):
    """Names the room's letters, reasons and timed jobs."""

    name = "talka.reports"

    def ready(self) -> None:
        for key in LETTERS:
            letters.add(key, self.name)
        reasons.add_all(REASONS)
        kept_letters.add_place("reports.needless", "talka.reports.actions.reminding:is_needless")
        for name, place in JOBS.items():
            clockwork.add_place(name, place)
