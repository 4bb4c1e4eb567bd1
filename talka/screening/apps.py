"""What the room of screening makes known when Talka starts: its criteria, their reasons, its letters."""

from django.apps import AppConfig

from talka.kernel.registry import criteria, letters, reasons
from talka.screening.rules import CRITERIA
from talka.screening.words import REASONS


class ScreeningConfig(AppConfig):
    """Names the criteria that blueprints may use, their reasons in words, and the letters of the room."""

    name = "talka.screening"

    def ready(self) -> None:
        criteria.add_all(CRITERIA)
        reasons.add_all({f"screening.{key}": words for key, words in REASONS.items()})
        for key in ("application_accepted", "application_waiting", "application_declined", "more_is_asked"):
            letters.add(key, self.name)
