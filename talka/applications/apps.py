"""What the room of applications makes known when Talka starts."""

from collections.abc import Mapping
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from talka.kernel.registry import letters, reasons

LETTERS = (
    "application_from_need",
    "application_received",
    "application_reopened",
    "call_extended",
    "partner_answered",
    "partner_invited",
)

REASONS: Mapping[str, Any] = {
    # The checklist
    "application.answer_missing": _("Answer: %(question)s"),
    "application.goal_missing": _("Write at least one learning goal."),
    "application.goal_part_missing": _("Goal %(number)s: %(part)s"),
    "application.commitment_missing": _("Accept: %(commitment)s"),
    # Refusals
    "application.call_not_open": _("This call is not open yet."),
    "application.call_closed": _("This call has closed."),
    "application.other_applicants": _("This programme is not for applicants of this kind."),
    "application.invented": _("This community is invented: it can apply in its rehearsal only."),
    "application.not_open": _(
        "This application can no longer be changed: the call has closed or it was decided."
    ),
    "application.incomplete": _("Something is still missing. The checklist says what."),
    "application.must_stay_complete": _(
        "This application is handed in and has to stay complete, so this was not saved."
    ),
    "application.too_many_files": _("This question has as many files as it takes. Remove one first."),
    "application.too_many_goals": _("Five goals are the most. Fewer and clearer ones are better."),
    "application.until_is_past": _("This moment is already past. Choose a later one."),
    "partner.is_yourself": _("Your own community cannot be its partner."),
    "partner.application_withdrawn": _("The community that named you has withdrawn its application."),
    # Advice on goals: each with an example
    "goal.problem_is_short": _(
        "Say more about the problem: what happens today, and whom does it hold back? For example: "
        "“Of 40 people who came to our editing courses last year, one still edits.”"
    ),
    "goal.change_is_short": _(
        "Say more about what will be different. For example: "
        "“Newcomers are welcomed in three steps by two trained volunteers.”"
    ),
    "goal.only_a_wish": _(
        "This is a wish to learn or to visit; it does not say what will be different at home. For example, "
        "instead of “learn about events”: "
        "“We run a conference of 80 people ourselves, with a budget and a safety plan.”"
    ),
    "goal.not_measurable": _(
        "How could somebody else see that you got there? Name a number or a thing one can look at. "
        "For example: “Five of twenty newcomers still edit after three months.”"
    ),
}


class ApplicationsConfig(AppConfig):
    """Names the room's letters and reasons."""

    name = "talka.applications"

    def ready(self) -> None:
        for key in LETTERS:
            letters.add(key, self.name)
        reasons.add_all(REASONS)
