"""Reads that span an exchange: its people, its plan, its visit in a calendar, and how a mentorship goes."""

from talka.exchanges.queries.mentorships import (
    asked_of,
    check_ins_of,
    ending_of,
    first_day_of,
    goals_of,
    hours_of,
    may_seek,
    reached_all_goals,
    sum_of_hours,
)
from talka.exchanges.queries.people import (
    SIDE,
    coordinators_apart,
    coordinators_of,
    finished_exchanges,
    office_address,
    parts_of,
    seats_held_by,
    sides_of,
)
from talka.exchanges.queries.plans import (
    VISITS,
    facts_of,
    lacks_of,
    limits_of,
    materials_seen_by,
    oddities_of,
    signatures_that_count,
)
from talka.exchanges.queries.visits import (
    emergency_contact_is_shown,
    emergency_contacts_go_at,
    has_calendar,
    visit_event,
)

__all__ = [
    "SIDE",
    "VISITS",
    "asked_of",
    "check_ins_of",
    "coordinators_apart",
    "coordinators_of",
    "emergency_contact_is_shown",
    "emergency_contacts_go_at",
    "ending_of",
    "facts_of",
    "finished_exchanges",
    "first_day_of",
    "goals_of",
    "has_calendar",
    "hours_of",
    "lacks_of",
    "limits_of",
    "materials_seen_by",
    "may_seek",
    "oddities_of",
    "office_address",
    "parts_of",
    "reached_all_goals",
    "seats_held_by",
    "sides_of",
    "signatures_that_count",
    "sum_of_hours",
    "visit_event",
]
