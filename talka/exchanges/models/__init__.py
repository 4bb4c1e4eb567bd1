"""The tables of exchanges, their plans and their travellers."""

from talka.exchanges.models.exchanges import Exchange
from talka.exchanges.models.plans import Material, MaterialAudience, Plan, PlanItem, Question, Signature
from talka.exchanges.models.travellers import Traveller

__all__ = [
    "Exchange",
    "Material",
    "MaterialAudience",
    "Plan",
    "PlanItem",
    "Question",
    "Signature",
    "Traveller",
]
