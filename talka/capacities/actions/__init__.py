"""The verbs of capacities: of their tree, of requests and offers, and of reaching out."""

from talka.capacities.actions.introducing import (
    accept_introduction,
    decline_introduction,
    finish_introduction,
    introduce,
    withdraw_introduction,
)
from talka.capacities.actions.needs import ask_for_help, edit_need, settle_need, withdraw_need, write_back
from talka.capacities.actions.offers import (
    come_back,
    confirm_offer,
    edit_offer,
    end_offer,
    go_away,
    make_offer,
    resume_offer,
)
from talka.capacities.actions.outreach import reach_out
from talka.capacities.actions.refusals import NeedRefused
from talka.capacities.actions.tree import drop_capacity, import_capacities, set_capacity
from talka.capacities.actions.triage import (
    close_need,
    lay_back_need,
    note_need,
    reply_to_need,
    take_up_need,
    write_to_asker,
)

__all__ = [
    "NeedRefused",
    "accept_introduction",
    "ask_for_help",
    "close_need",
    "come_back",
    "confirm_offer",
    "decline_introduction",
    "drop_capacity",
    "edit_need",
    "edit_offer",
    "end_offer",
    "finish_introduction",
    "go_away",
    "import_capacities",
    "introduce",
    "lay_back_need",
    "make_offer",
    "note_need",
    "reach_out",
    "reply_to_need",
    "resume_offer",
    "set_capacity",
    "settle_need",
    "take_up_need",
    "withdraw_introduction",
    "withdraw_need",
    "write_back",
    "write_to_asker",
]
