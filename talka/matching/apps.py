"""What the room of matching makes known when Talka starts."""

from django.apps import AppConfig

from talka.kernel.registry import clockwork, hard_rules, letters, long_jobs, reasons, weights
from talka.matching.engine.encode.hard import RULES
from talka.matching.engine.encode.soft import PARTS
from talka.matching.queries.circle_reasons import CIRCLE_REASONS
from talka.matching.queries.reasons import REASONS

LETTERS = (
    "match_proposed",
    "match_declined",
    "match_lapsed",
    "match_reminder",
    "match_cancelled",
    "partner_set_aside",
    "unmatched",
    "carried_over",
    "seat_given",
    "takeover_asked",
    "takeover_answered",
)


class MatchingConfig(AppConfig):
    """Names the room's letters and reasons, and what it does by the clock."""

    name = "talka.matching"

    def ready(self) -> None:
        for key in LETTERS:
            letters.add(key, self.name)
        reasons.add_all(REASONS)
        reasons.add_all(CIRCLE_REASONS)
        hard_rules.add_all(RULES)
        weights.add_all(PARTS)
        long_jobs.add_place("matching.work", "talka.matching.actions.working:work_on_next")
        clockwork.add_place("matching.lay_back", "talka.matching.actions.working:lay_back_abandoned")
        clockwork.add_place("matching.remind", "talka.matching.actions.lapsing:remind_matches")
        clockwork.add_place("matching.lapse", "talka.matching.actions.lapsing:lapse_matches")
