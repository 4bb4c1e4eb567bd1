"""What the room of programmes makes known when Talka starts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from talka.kernel.registry import letters, reasons

REASONS = {
    # Translators: a warning beside the dates of a cycle's stages; the names are those of stages.
    "stages.overlap": _(
        "“%(stage)s” begins on %(starts_on)s, but “%(before)s”, which it follows, lasts until %(ends_on)s."
    ),
    "stages.order": _("“%(stage)s” begins on %(starts_on)s, before “%(before)s”, which is listed above it."),
}


class ProgrammesConfig(AppConfig):
    """Names the room's letters and reasons."""

    name = "talka.programmes"

    def ready(self) -> None:
        letters.add("programme_appointed", self.name)
        reasons.add_all(REASONS)
