"""What the room of recognition makes known when Talka starts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from talka.kernel.registry import letters, reasons

REASONS = {
    # Translators: hours are written like 18, or 17:55 where they are not whole.
    "recognition.hours_there": _("%(confirmed)s hours are confirmed; %(needed)s are asked for."),
    # Translators: hours are written like 18, or 17:55 where they are not whole.
    "recognition.hours_missing": _("%(confirmed)s of %(needed)s hours are confirmed: %(missing)s missing."),
    "recognition.confirm_hours": _(
        "Hours that still wait for a yes of the other side: %(waiting)s. With them it is enough."
    ),
    "recognition.confirm_and_write_hours": _(
        "Hours that still wait for a yes of the other side: %(waiting)s. "
        "Write down the others that you worked."
    ),
    "recognition.write_hours": _("Write down what you worked together, and let the other side confirm it."),
    "recognition.goals_there": _("All goals of the plan are reached: both sides say so."),
    "recognition.goals_missing": _("Both sides say that they are reached: %(reached)s of %(goals)s goals."),
    "recognition.no_goals": _("The plan has no goals."),
    "recognition.agree_on_goals": _("Agree on goals with your partner, and write them into your plan."),
    "recognition.judge_goals": _("Not every goal was looked at by both sides yet: say what came of each."),
    "recognition.reach_goals": _("Goals may be changed, if both of you agree, as long as you work together."),
    "recognition.led_check_ins_there": _(
        "Check-ins led by the organisers: %(attended)s attended, %(needed)s are asked for."
    ),
    "recognition.led_check_ins_missing": _(
        "Check-ins led by the organisers: %(attended)s of %(needed)s attended."
    ),
    "recognition.sign_up_for_check_in": _("Sign up for one of the coming check-ins."),
    "recognition.evaluation_there": _("%(evaluation)s: handed in."),
    "recognition.evaluation_missing": _("%(evaluation)s: not handed in."),
    "recognition.answer_evaluation": _("It takes a few minutes. You find it on your desk once it is open."),
    "recognition.over": _("The mentorship has come to its end."),
    "recognition.not_over": _("The mentorship is not over: its last day is %(day)s."),
    "recognition.not_begun": _("There is no mentorship yet."),
    "recognition.says_no_why": _("Say why it is issued although something is missing."),
    "recognition.not_theirs": _("This person does not act for the applicant."),
    "recognition.has_one": _("This person has a certificate for this already."),
}


class RecognitionConfig(AppConfig):
    """Names the room's letters and reasons."""

    name = "talka.recognition"

    def ready(self) -> None:
        for key in ("certificate_issued", "certificate_revoked"):
            letters.add(key, self.name)
        reasons.add_all(REASONS)
