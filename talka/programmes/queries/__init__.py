"""Reads that span a programme's rows."""

from talka.programmes.queries.cycles import blueprint_of, current_cycle, disorder_of
from talka.programmes.queries.group import (
    PostState,
    contributions_of,
    coordinators_of_programme,
    has_group,
    may_see_names,
    members_of,
    posts_of,
    struck_off,
    waiting_in,
)

__all__ = [
    "PostState",
    "blueprint_of",
    "contributions_of",
    "coordinators_of_programme",
    "current_cycle",
    "disorder_of",
    "has_group",
    "may_see_names",
    "members_of",
    "posts_of",
    "struck_off",
    "waiting_in",
]
