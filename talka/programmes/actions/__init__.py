"""The verbs of programmes, their cycles, pages and posts."""

from talka.programmes.actions.cycles import (
    announce_cycle,
    close_cycle,
    copy_cycle,
    edit_cycle,
    edit_stage,
    edit_stages,
    open_cycle,
    reopen_cycle,
    retract_cycle,
)
from talka.programmes.actions.pages import add_contact, edit_contact, edit_page, remove_contact
from talka.programmes.actions.posts import (
    InventedPerson,
    LastCoordinator,
    appoint,
    appoint_by_address,
    end_appointment,
)
from talka.programmes.actions.programmes import create_programme, edit_programme, replace_blueprint
from talka.programmes.actions.refusals import AddressTaken

__all__ = [
    "AddressTaken",
    "InventedPerson",
    "LastCoordinator",
    "add_contact",
    "announce_cycle",
    "appoint",
    "appoint_by_address",
    "close_cycle",
    "copy_cycle",
    "create_programme",
    "edit_contact",
    "edit_cycle",
    "edit_page",
    "edit_programme",
    "edit_stage",
    "edit_stages",
    "end_appointment",
    "open_cycle",
    "remove_contact",
    "reopen_cycle",
    "replace_blueprint",
    "retract_cycle",
]
