"""What the room of demonstrations makes known when Talka starts: that letters of rehearsals stay."""

from django.apps import AppConfig

from talka.kernel.registry import kept_letters


class DemoConfig(AppConfig):
    """Names the reason for which letters of rehearsals never leave."""

    name = "talka.demo"

    def ready(self) -> None:
        kept_letters.add_place("demo.rehearsal", "talka.demo.keeping:is_of_a_rehearsal")
