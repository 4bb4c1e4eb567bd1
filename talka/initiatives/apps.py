"""What the room of initiatives makes known when Talka starts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from talka.kernel.registry import clockwork, letters, reasons

LETTERS = ("feedback_answered", "feedback_given", "initiative_asked", "initiative_invited")

REASONS = {
    "initiatives.day_ahead": _("This day is still to come. Choose today or an earlier one."),
    "initiatives.day_before_last": _(
        "The last stage was reached on %(day)s: choose that day or a later one."
    ),
    "initiatives.unknown_stage": _("The programme has no such stage. Load the page again and choose one."),
    "initiatives.already_there": _("This person is in the initiative already, or was asked."),
    "initiatives.too_many_open": _("At most %(most)s invitations may wait for an answer."),
    "initiatives.invented": _("This address belongs to somebody invented for a rehearsal."),
    "initiatives.no_licence": _("Choose the licence under which everybody may use it."),
}


class InitiativesConfig(AppConfig):
    """Names the room's letters, reasons and timed job."""

    name = "talka.initiatives"

    def ready(self) -> None:
        for key in LETTERS:
            letters.add(key, self.name)
        reasons.add_all(REASONS)
        clockwork.add_place("initiatives.ask", "talka.initiatives.actions.asking:ask_what_became")
