"""Reads that span an exchange: its people, its plan, its visit in a calendar; circles and their lessons."""

from talka.exchanges.queries.visits import (
    SIDE,
    VISITS,
    coordinators_of,
    emergency_contact_is_shown,
    emergency_contacts_go_at,
    facts_of,
    finished_exchanges,
    has_calendar,
    lacks_of,
    limits_of,
    materials_seen_by,
    oddities_of,
    seats_held_by,
    sides_of,
    signatures_that_count,
    visit_event,
)

__all__ = [
    "SIDE",
    "VISITS",
    "coordinators_of",
    "emergency_contact_is_shown",
    "emergency_contacts_go_at",
    "facts_of",
    "finished_exchanges",
    "has_calendar",
    "lacks_of",
    "limits_of",
    "materials_seen_by",
    "oddities_of",
    "seats_held_by",
    "sides_of",
    "signatures_that_count",
    "visit_event",
]
