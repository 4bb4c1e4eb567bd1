"""Initiatives with their people and stages, and the feedback and materials around them."""

from talka.initiatives.models.initiatives import Initiative, InitiativeMember, MemberPart, StageChange
from talka.initiatives.models.work import Feedback, Licence, Material, MaterialVersion

__all__ = [
    "Feedback",
    "Initiative",
    "InitiativeMember",
    "Licence",
    "Material",
    "MaterialVersion",
    "MemberPart",
    "StageChange",
]
