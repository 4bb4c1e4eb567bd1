"""What the room of learning makes known when Talka starts."""

from django.apps import AppConfig

from talka.kernel.registry import letters

LETTERS = ("module_given", "suggestion_answered", "suggestion_made")


class LearningConfig(AppConfig):
    """Names the room's letters."""

    name = "talka.learning"

    def ready(self) -> None:
        for key in LETTERS:
            letters.add(key, self.name)
