"""The verbs of programmes, their cycles and pages, of those who run them, and of the group around them."""

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
from talka.programmes.actions.notices import (
    MOST_WAITING,
    NoticeRefused,
    edit_notice,
    offer_notice,
    refuse_notice,
    show_notice,
    withdraw_notice,
)
from talka.programmes.actions.outside import (
    add_contact_note,
    add_outside_group,
    edit_contact_note,
    edit_outside_group,
    remove_outside_group,
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
from talka.programmes.actions.roll import (
    RollRefused,
    edit_membership,
    hold_roll,
    join_roll,
    leave_roll,
    part_from_account,
    remove_member,
    restore_member,
)
from talka.programmes.actions.terms import (
    PostRefused,
    edit_tenure,
    fill_post,
    remove_tenure,
)

__all__ = [
    "MOST_WAITING",
    "AddressTaken",
    "InventedPerson",
    "LastCoordinator",
    "NoticeRefused",
    "PostRefused",
    "RollRefused",
    "add_contact",
    "add_contact_note",
    "add_outside_group",
    "announce_cycle",
    "appoint",
    "appoint_by_address",
    "close_cycle",
    "copy_cycle",
    "create_programme",
    "edit_contact",
    "edit_contact_note",
    "edit_cycle",
    "edit_membership",
    "edit_notice",
    "edit_outside_group",
    "edit_page",
    "edit_programme",
    "edit_stage",
    "edit_stages",
    "edit_tenure",
    "end_appointment",
    "fill_post",
    "hold_roll",
    "join_roll",
    "leave_roll",
    "offer_notice",
    "open_cycle",
    "part_from_account",
    "refuse_notice",
    "remove_contact",
    "remove_member",
    "remove_outside_group",
    "remove_tenure",
    "reopen_cycle",
    "replace_blueprint",
    "restore_member",
    "retract_cycle",
    "show_notice",
    "withdraw_notice",
]
