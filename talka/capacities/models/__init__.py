"""The tables of capacities, of requests for help, and of what is offered."""

from talka.capacities.models.needs import Need, NeedNote, NeedTopic, NoteKind
from talka.capacities.models.offers import Absence, Introduction, Offer, OfferTopic
from talka.capacities.models.outreach import Outreach, Way
from talka.capacities.models.tree import Capacity, CommunityCapacity, Relation

__all__ = [
    "Absence",
    "Capacity",
    "CommunityCapacity",
    "Introduction",
    "Need",
    "NeedNote",
    "NeedTopic",
    "NoteKind",
    "Offer",
    "OfferTopic",
    "Outreach",
    "Relation",
    "Way",
]
