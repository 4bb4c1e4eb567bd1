"""Reads for what a programme publishes: what a cycle changed, and the work of a period."""

from talka.impact.queries.cycles import (
    Story,
    collect,
    evaluation_figures,
    figures_of,
    impact_reports,
    is_published,
    possible_stories,
    public_photos,
)

__all__ = [
    "Story",
    "collect",
    "evaluation_figures",
    "figures_of",
    "impact_reports",
    "is_published",
    "possible_stories",
    "public_photos",
]
