"""What is done to exchanges, their plans and their travellers."""

from talka.exchanges.actions.materials import NothingToShare, add_material, remove_material
from talka.exchanges.actions.plans import (
    add_plan_item,
    add_question,
    add_questions,
    edit_plan,
    remove_plan_item,
    remove_question,
)
from talka.exchanges.actions.signing import PlanIncomplete, approve_plan, reopen_plan, sign_plan
from talka.exchanges.actions.starting import answer_match, start_exchange
from talka.exchanges.actions.travellers import (
    ContactNotShown,
    EmergencyContact,
    NotOfTheVisitors,
    delete_emergency_contacts,
    forget_emergency_contacts,
    name_traveller,
    save_traveller,
    show_emergency_contact,
)

__all__ = [
    "ContactNotShown",
    "EmergencyContact",
    "NotOfTheVisitors",
    "NothingToShare",
    "PlanIncomplete",
    "add_material",
    "add_plan_item",
    "add_question",
    "add_questions",
    "answer_match",
    "approve_plan",
    "delete_emergency_contacts",
    "edit_plan",
    "forget_emergency_contacts",
    "name_traveller",
    "remove_material",
    "remove_plan_item",
    "remove_question",
    "reopen_plan",
    "save_traveller",
    "show_emergency_contact",
    "sign_plan",
    "start_exchange",
]
