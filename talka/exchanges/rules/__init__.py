"""Pure judgements on exchanges: plans of visits, and what a mentorship lacks, has reached and is asked."""

from talka.exchanges.rules.visits import (
    PlanFacts,
    PlanLimits,
    days_between,
    emergency_contact_goes_at,
    missing,
    oddities,
    shows_emergency_contact,
)

__all__ = [
    "PlanFacts",
    "PlanLimits",
    "days_between",
    "emergency_contact_goes_at",
    "missing",
    "oddities",
    "shows_emergency_contact",
]
