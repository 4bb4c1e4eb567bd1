"""The verbs of initiatives, their people, their stages, the feedback on them and their materials."""

from talka.initiatives.actions.asking import ask_what_became
from talka.initiatives.actions.building import (
    create_initiative,
    edit_initiative,
    publish_initiative,
    set_initiative_status,
    tell_stage,
    unpublish_initiative,
)
from talka.initiatives.actions.feedback import (
    answer_feedback,
    correct_feedback,
    give_feedback,
    publish_feedback,
    unpublish_feedback,
)
from talka.initiatives.actions.materials import (
    NothingToAdd,
    add_initiative_material,
    add_material_version,
    drop_versions_of,
    remove_initiative_material,
    share_initiative_material,
)
from talka.initiatives.actions.members import (
    accept_invitation,
    decline_invitation,
    invite_member,
    leave_all,
    remove_member,
)
from talka.initiatives.actions.refusals import Refused

__all__ = [
    "NothingToAdd",
    "Refused",
    "accept_invitation",
    "add_initiative_material",
    "add_material_version",
    "answer_feedback",
    "ask_what_became",
    "correct_feedback",
    "create_initiative",
    "decline_invitation",
    "drop_versions_of",
    "edit_initiative",
    "give_feedback",
    "invite_member",
    "leave_all",
    "publish_feedback",
    "publish_initiative",
    "remove_initiative_material",
    "remove_member",
    "set_initiative_status",
    "share_initiative_material",
    "tell_stage",
    "unpublish_feedback",
    "unpublish_initiative",
]
