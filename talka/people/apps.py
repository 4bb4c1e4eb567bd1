"""What the room of people makes known when Talka starts."""

from django.apps import AppConfig

from talka.kernel.registry import letters, reasons
from talka.people.words import REASONS


class PeopleConfig(AppConfig):
    """Names the room's letters and reasons."""

    name = "talka.people"

    def ready(self) -> None:
        for key in ("sign_in_code", "representation_invited"):
            letters.add(key, self.name)
        reasons.add_all(REASONS)
