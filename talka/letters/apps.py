"""What the room of letters makes known when Talka starts: that the outbox is emptied by the clock."""

from django.apps import AppConfig

from talka.kernel.registry import clockwork


class LettersConfig(AppConfig):
    """Names the timed job that sends what is due."""

    name = "talka.letters"

    def ready(self) -> None:
        # By its name: models can be imported only once every room is known.
        clockwork.add_place("letters.send_due", "talka.letters.sending:send_due")
