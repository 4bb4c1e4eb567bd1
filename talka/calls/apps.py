"""What the room of calls makes known when Talka starts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from talka.kernel.registry import reasons

REASONS = {
    "call.closes_before_it_opens": _("The call would close before it opens. Choose a later end."),
    "call.closes_in_the_past": _("This moment is already past. Choose a later one."),
    "call.not_later": _("An extension moves the end to a later moment than it has now."),
}


class CallsConfig(AppConfig):
    """Names the room's reasons."""

    name = "talka.calls"

    def ready(self) -> None:
        reasons.add_all(REASONS)
