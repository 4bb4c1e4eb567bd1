"""What the room of gatherings makes known when Talka starts."""

from django.apps import AppConfig

from talka.kernel.registry import letters


class GatheringsConfig(AppConfig):
    """Names the room's letters."""

    name = "talka.gatherings"

    def ready(self) -> None:
        for key in ("gathering_registered", "gathering_moved", "gathering_cancelled"):
            letters.add(key, self.name)
