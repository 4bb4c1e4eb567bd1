"""What the room of exchanges makes known when Talka starts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from talka.kernel.registry import clockwork, letters, reasons

LETTERS = (
    "circle_dissolved",
    "circle_joined",
    "circle_left",
    "circle_question",
    "circle_quiet",
    "circle_started",
    "concern_raised",
    "concern_settled",
    "exchange_started",
    "lesson_removed",
    "lesson_replied",
    "lesson_taken_back",
    "mentorship_started",
    "plan_approved",
    "plan_awaits_you",
    "plan_changed",
    "plan_returned",
    "plan_signed",
    "traveller_named",
)

REASONS = {
    "exchanges.no_goals": _("Write down the goals of the visit."),
    "exchanges.no_project": _("Say which live project you will work on together."),
    "exchanges.no_city": _("Name the city where you meet."),
    "exchanges.no_place": _("Name the place where you meet."),
    "exchanges.no_days": _("Choose the first and the last day on site."),
    "exchanges.days_not_ahead": _("The visit would begin on %(first)s: it has to begin after today."),
    "exchanges.days_not_as_many": _(
        "The visit would take %(count)s days: it takes at least %(least)s and at most %(most)s."
    ),
    "exchanges.day_is_empty": _("Say what you do on %(day)s, and who meets whom."),
    "exchanges.item_outside": _("Something is planned for %(day)s, which is not a day of the visit."),
    "exchanges.questions_not_as_many": _(
        "There are %(count)s questions: send at least %(least)s and at most %(most)s ahead."
    ),
    "exchanges.outside_visits": _(
        "Visits of this cycle are meant to take place from %(first)s to %(last)s. Other days are possible "
        "when the coordinators agree: tell them why."
    ),
    "exchanges.nobody_travels": _("Nobody is named yet who travels."),
}


class ExchangesConfig(AppConfig):
    """Names the room's letters, reasons and timed jobs."""

    name = "talka.exchanges"

    def ready(self) -> None:
        for key in LETTERS:
            letters.add(key, self.name)
        reasons.add_all(REASONS)
        clockwork.add_place(
            "exchanges.delete_emergency_contacts",
            "talka.exchanges.actions.travellers:delete_emergency_contacts",
        )
        clockwork.add_place(
            "exchanges.remind_quiet_circles", "talka.exchanges.actions.circles:remind_quiet_circles"
        )
