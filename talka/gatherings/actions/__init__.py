"""The verbs of gatherings and their series, of agendas, attendance, minutes and what follows from them."""

from talka.gatherings.actions.action_items import (
    add_action_item,
    answer_action_item,
    edit_action_item,
    reopen_action_item,
)
from talka.gatherings.actions.agenda import (
    add_agenda_item,
    carry_over,
    edit_agenda_item,
    move_agenda_item,
    remove_agenda_item,
    tick_off,
)
from talka.gatherings.actions.attendance import Taken, say_was_there, take_attendance, take_back
from talka.gatherings.actions.feeds import make_feed, revoke_feed
from talka.gatherings.actions.gatherings import (
    cancel_gathering,
    create_gathering,
    edit_gathering,
    register,
    registration_of,
    registration_token,
    unregister,
)
from talka.gatherings.actions.minutes import (
    add_decision,
    edit_decision,
    publish_minutes,
    remove_decision,
    save_minutes,
)
from talka.gatherings.actions.refusals import (
    AgendaClosed,
    GatheringOver,
    NoNextMeeting,
    NoPlaceLeft,
    NotFresh,
)
from talka.gatherings.actions.series import create_series, edit_series, end_series, extend_series

__all__ = [
    "AgendaClosed",
    "GatheringOver",
    "NoNextMeeting",
    "NoPlaceLeft",
    "NotFresh",
    "Taken",
    "add_action_item",
    "add_agenda_item",
    "add_decision",
    "answer_action_item",
    "cancel_gathering",
    "carry_over",
    "create_gathering",
    "create_series",
    "edit_action_item",
    "edit_agenda_item",
    "edit_decision",
    "edit_gathering",
    "edit_series",
    "end_series",
    "extend_series",
    "make_feed",
    "move_agenda_item",
    "publish_minutes",
    "register",
    "registration_of",
    "registration_token",
    "remove_agenda_item",
    "remove_decision",
    "reopen_action_item",
    "revoke_feed",
    "save_minutes",
    "say_was_there",
    "take_attendance",
    "take_back",
    "tick_off",
    "unregister",
]
