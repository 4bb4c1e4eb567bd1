"""What can be done about matching, by noun: runs, rulings, publishing, answers, and what the clock does."""

from talka.matching.actions.answers import cancel_match, record_answer
from talka.matching.actions.carrying import carry_over
from talka.matching.actions.circling import (
    discard_circles,
    draft_circles,
    form_circle,
    keep_circle,
    move_to_circle,
    seat_peer,
    settle_draft,
)
from talka.matching.actions.lapsing import lapse_matches, remind_matches
from talka.matching.actions.leaving import reconsider_application, withdraw_application
from talka.matching.actions.proposing import hold_cycle, propose, propose_next
from talka.matching.actions.publishing import publish_run
from talka.matching.actions.rulings import (
    lift_ruling,
    rule_on_pair,
    set_aside_beforehand,
    validate_beforehand,
)
from talka.matching.actions.runs import add_pair, ask_run, discard_run, draft_run, remove_pair
from talka.matching.actions.seats import answer_takeover, ask_to_take_over, give_seat, leave_seat
from talka.matching.actions.working import (
    ask_for_study,
    ask_to_stop,
    lay_back_abandoned,
    work_on_next,
    work_on_study,
)

__all__ = [
    "add_pair",
    "answer_takeover",
    "ask_for_study",
    "ask_run",
    "ask_to_stop",
    "ask_to_take_over",
    "cancel_match",
    "carry_over",
    "discard_circles",
    "discard_run",
    "draft_circles",
    "draft_run",
    "form_circle",
    "give_seat",
    "hold_cycle",
    "keep_circle",
    "lapse_matches",
    "lay_back_abandoned",
    "leave_seat",
    "lift_ruling",
    "move_to_circle",
    "propose",
    "propose_next",
    "publish_run",
    "reconsider_application",
    "record_answer",
    "remind_matches",
    "remove_pair",
    "rule_on_pair",
    "seat_peer",
    "set_aside_beforehand",
    "settle_draft",
    "validate_beforehand",
    "withdraw_application",
    "work_on_next",
    "work_on_study",
]
