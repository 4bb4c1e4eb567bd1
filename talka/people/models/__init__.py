"""The tables of people and communities."""

from talka.people.models.accounts import Account, SignInCode
from talka.people.models.communities import (
    Community,
    CommunityKind,
    MeetingAttendance,
    Region,
    SupportKind,
    SupportPeriod,
)
from talka.people.models.representations import Representation

__all__ = [
    "Account",
    "Community",
    "CommunityKind",
    "MeetingAttendance",
    "Region",
    "Representation",
    "SignInCode",
    "SupportKind",
    "SupportPeriod",
]
