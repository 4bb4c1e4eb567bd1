"""Reads of capacities: their tree, requests and offers, who fits whom, and what is missing."""

from talka.capacities.queries.fitting import Fitting, country_of, fitting_offers
from talka.capacities.queries.needs import (
    agreed_introduction,
    counts_of,
    late_needs,
    listed_needs,
    listed_offers,
    notes_for_asker,
    own_introductions,
    own_needs,
    own_offers,
    public_needs,
    searched_needs,
)
from talka.capacities.queries.opportunities import Opportunities, opportunities_of
from talka.capacities.queries.people import coordinators_of, people_of, representing
from talka.capacities.queries.tree import offers_and_needs, search_capacities

__all__ = [
    "Fitting",
    "Opportunities",
    "agreed_introduction",
    "coordinators_of",
    "country_of",
    "counts_of",
    "fitting_offers",
    "late_needs",
    "listed_needs",
    "listed_offers",
    "notes_for_asker",
    "offers_and_needs",
    "opportunities_of",
    "own_introductions",
    "own_needs",
    "own_offers",
    "people_of",
    "public_needs",
    "representing",
    "search_capacities",
    "searched_needs",
]
