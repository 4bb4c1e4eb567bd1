"""The verbs of applications."""

from talka.applications.actions.editing import (
    accept_commitments,
    remove_goal,
    save_application,
    save_format,
    set_goal,
    storing_files,
)
from talka.applications.actions.from_needs import start_from_need
from talka.applications.actions.opening import (
    extend_and_tell,
    reopen_application,
    submit_application,
    withdraw_application,
)
from talka.applications.actions.partners import (
    confirm_partner,
    drop_partner,
    invite_partner,
    name_partner,
    refuse_partner,
)
from talka.applications.actions.refusals import ApplicationRefused, Incomplete
from talka.applications.actions.starting import start_application

__all__ = [
    "ApplicationRefused",
    "Incomplete",
    "accept_commitments",
    "confirm_partner",
    "drop_partner",
    "extend_and_tell",
    "invite_partner",
    "name_partner",
    "refuse_partner",
    "remove_goal",
    "reopen_application",
    "save_application",
    "save_format",
    "set_goal",
    "start_application",
    "start_from_need",
    "storing_files",
    "submit_application",
    "withdraw_application",
]
