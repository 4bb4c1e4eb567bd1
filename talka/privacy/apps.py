"""What the room of privacy makes known when Talka starts: that things are deleted in time."""

from django.apps import AppConfig

from talka.kernel.registry import clockwork


class PrivacyConfig(AppConfig):
    """Names the timed job that deletes what is due."""

    name = "talka.privacy"

    def ready(self) -> None:
        clockwork.add_place("privacy.delete_what_is_due", "talka.privacy.retention:delete_what_is_due")
