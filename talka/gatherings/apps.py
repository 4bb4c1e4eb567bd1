"""What the room of gatherings makes known when Talka starts."""

from django.apps import AppConfig

from talka.kernel.registry import clockwork, kept_letters, letters

LETTERS = (
    "gathering_registered",
    "gathering_moved",
    "gathering_cancelled",
    "gathering_reminder",
    "action_item_due",
    "minutes_published",
)
JOBS = {
    "gatherings.extend_series": "talka.gatherings.actions.series:extend_series",
    "gatherings.remind_of_action_items": "talka.gatherings.actions.reminding:remind_of_action_items",
    "gatherings.remind_of_meetings": "talka.gatherings.actions.reminding:remind_of_meetings",
}


class GatheringsConfig(AppConfig):
    """Names the room's letters, its timed jobs, and which of its letters come too late to leave."""

    name = "talka.gatherings"

    def ready(self) -> None:
        for key in LETTERS:
            letters.add(key, self.name)
        for name, place in JOBS.items():
            clockwork.add_place(name, place)
        kept_letters.add_place("gatherings.stale", "talka.gatherings.actions.reminding:is_stale")
