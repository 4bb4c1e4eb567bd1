"""What the room of exchanges makes known when Talka starts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from talka.kernel.registry import clockwork, kept_letters, letters, reasons

LETTERS = (
    "check_in_due",
    "exchange_started",
    "hours_questioned",
    "hours_waiting",
    "mentorship_completed",
    "mentorship_completed_office",
    "mentorship_help_over",
    "mentorship_overdue",
    "mentorship_paused",
    "mentorship_resumed",
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
    "mentor_left",
    "mentor_left_office",
    "mentor_thanked",
    "mentorship_started",
    "mentorship_stopped",
    "mentorship_stopped_office",
    "mood_not_good",
    "partner_wanted",
    "plan_agreed",
    "plan_approved",
    "plan_awaits_you",
    "plan_changed",
    "plan_handed_over",
    "plan_returned",
    "plan_signed",
    "quiet_offer",
    "quiet_offer_office",
    "quiet_paused",
    "quiet_reminder",
    "quiet_warning",
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
    "exchanges.no_goal_yet": _("Write down at least one goal."),
    "exchanges.goal_is_empty": _("Goal %(number)s has no words yet."),
    "exchanges.goal_too_late": _("Goal %(number)s would be reached after the last day, %(last)s."),
    "exchanges.goal_too_early": _("Goal %(number)s would be reached before the first day, %(first)s."),
    "exchanges.too_many_goals": _("There are %(most)s goals: take one out before you add another."),
    "exchanges.day_ahead": _("This day is still ahead: write down what has been."),
    "exchanges.day_before_start": _("This day is before the first day, %(first)s."),
    "exchanges.minutes_in_fives": _("Give the time in steps of five minutes."),
    "exchanges.more_than_a_day": _("That would be more than 24 hours on one day."),
    "exchanges.partner_has_that_day": _(
        "Your partner has written down %(minutes)s minutes of that day. If it was the same meeting, confirm "
        "theirs; if it was another one, say so below."
    ),
    "exchanges.hours_settled": _(
        "The mentorship is over and these hours are confirmed. Write to the coordinators if they are wrong."
    ),
    "exchanges.check_in_there": _("A check-in of that day is written down already."),
    "exchanges.pause_not_ahead": _("Choose today or a later day, within a year."),
    "exchanges.plan_not_signed": _("Both of you sign the plan first, as it stands now."),
    "exchanges.goals_not_judged": _("Both of you say of every goal whether it was reached."),
    "exchanges.too_early": _(
        "Before the last day, %(last)s, at least %(hours)s confirmed hours are asked for."
    ),
}
JOBS = {
    "exchanges.delete_emergency_contacts": "travellers:delete_emergency_contacts",
    "exchanges.remind_of_check_ins": "reminding:remind_of_check_ins",
    "exchanges.remind_to_confirm": "reminding:remind_to_confirm",
    "exchanges.resume_pauses": "pausing:resume_pauses",
    "exchanges.take_quiet_steps": "quiet:take_quiet_steps",
    "exchanges.tell_of_overdue": "reminding:tell_of_overdue",
}


class ExchangesConfig(AppConfig):
    """Names the room's letters, reasons and timed jobs."""

    name = "talka.exchanges"

    def ready(self) -> None:
        for key in LETTERS:
            letters.add(key, self.name)
        reasons.add_all(REASONS)
        kept_letters.add_place("exchanges.needless", "talka.exchanges.queries.needless:is_needless")
        for name, place in JOBS.items():
            clockwork.add_place(name, f"talka.exchanges.actions.{place}")
        clockwork.add_place(
            "exchanges.delete_emergency_contacts",
            "talka.exchanges.actions.travellers:delete_emergency_contacts",
        )
        clockwork.add_place(
            "exchanges.remind_quiet_circles", "talka.exchanges.actions.circles:remind_quiet_circles"
        )
