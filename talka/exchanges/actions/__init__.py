"""What is done to exchanges: plans and travellers of visits, and all that the two of a mentorship do."""

from talka.exchanges.actions.circles import (
    dissolve_circle,
    join_circle,
    leave_circle,
    leave_circles,
    open_circle,
    publish_circles,
    remind_quiet_circles,
)
from talka.exchanges.actions.completing import complete_mentorship, judge_goals, take_up_again
from talka.exchanges.actions.goals import add_goal, edit_goal, raise_goal, remove_goal
from talka.exchanges.actions.handing_over import answer_takeover, leave_mentorship
from talka.exchanges.actions.hours import (
    amend_hours,
    confirm_all,
    confirm_hours,
    log_hours,
    may_answer,
    question_hours,
    withdraw_hours,
)
from talka.exchanges.actions.lessons import (
    edit_lesson,
    publish_lesson,
    raise_concern,
    remove_lesson,
    remove_reply,
    reply_to_lesson,
    settle_concern,
    take_back_lesson,
    write_lesson,
)
from talka.exchanges.actions.materials import NothingToShare, add_material, remove_material
from talka.exchanges.actions.pausing import pause_mentorship, resume_mentorship
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
from talka.exchanges.actions.stopping import seek_partner, stop_mentorship
from talka.exchanges.actions.telling import add_check_in, give_mood, see_mood
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
from talka.exchanges.actions.working import Refused

__all__ = [
    "ContactNotShown",
    "EmergencyContact",
    "NotOfTheVisitors",
    "NothingToShare",
    "PlanIncomplete",
    "Refused",
    "add_check_in",
    "add_goal",
    "add_material",
    "add_plan_item",
    "add_question",
    "add_questions",
    "amend_hours",
    "answer_match",
    "answer_takeover",
    "approve_plan",
    "complete_mentorship",
    "confirm_all",
    "confirm_hours",
    "delete_emergency_contacts",
    "dissolve_circle",
    "edit_goal",
    "edit_lesson",
    "edit_plan",
    "forget_emergency_contacts",
    "give_mood",
    "join_circle",
    "judge_goals",
    "leave_circle",
    "leave_circles",
    "leave_mentorship",
    "log_hours",
    "may_answer",
    "name_traveller",
    "open_circle",
    "pause_mentorship",
    "publish_circles",
    "publish_lesson",
    "question_hours",
    "raise_concern",
    "raise_goal",
    "remind_quiet_circles",
    "remove_goal",
    "remove_lesson",
    "remove_material",
    "remove_plan_item",
    "remove_question",
    "remove_reply",
    "reopen_plan",
    "reply_to_lesson",
    "resume_mentorship",
    "save_traveller",
    "see_mood",
    "seek_partner",
    "settle_concern",
    "show_emergency_contact",
    "sign_plan",
    "start_exchange",
    "stop_mentorship",
    "take_back_lesson",
    "take_up_again",
    "withdraw_hours",
    "write_lesson",
]
