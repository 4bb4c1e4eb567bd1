"""Programmes with their pages and the people who run them, their cycles, and the group around them."""

from talka.programmes.models.cycles import Cycle, Stage
from talka.programmes.models.notices import Notice
from talka.programmes.models.outside import ContactNote, OutsideGroup
from talka.programmes.models.programmes import Appointment, Contact, Page, Post, Programme
from talka.programmes.models.roll import Membership, Source
from talka.programmes.models.terms import Tenure

__all__ = [
    "Appointment",
    "Contact",
    "ContactNote",
    "Cycle",
    "Membership",
    "Notice",
    "OutsideGroup",
    "Page",
    "Post",
    "Programme",
    "Source",
    "Stage",
    "Tenure",
]
