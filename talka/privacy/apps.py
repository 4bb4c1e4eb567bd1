"""What the room of privacy makes known when Talka starts: its letters, and deletion in time."""

from django.apps import AppConfig

from talka.kernel.registry import clockwork, letters


class PrivacyConfig(AppConfig):
    """Names the room's letters, and the timed job that deletes what is due."""

    name = "talka.privacy"

    def ready(self) -> None:
        for key in ("data_exported", "data_erased"):
            letters.add(key, self.name)
        clockwork.add_place("privacy.delete_what_is_due", "talka.privacy.retention:delete_what_is_due")
