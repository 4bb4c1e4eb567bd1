"""What the room of programmes makes known when Talka starts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from talka.kernel.registry import clockwork, letters, reasons

REASONS = {
    # Translators: a warning beside the dates of a cycle's stages; the names are those of stages.
    "stages.overlap": _(
        "“%(stage)s” begins on %(starts_on)s, but “%(before)s”, which it follows, lasts until %(ends_on)s."
    ),
    "stages.order": _("“%(stage)s” begins on %(starts_on)s, before “%(before)s”, which is listed above it."),
    "posts.unknown": _("The programme has no such post."),
    "posts.backwards": _("The last day is before the first."),
    # Translators: %(seats)s is how many people may hold the post at the same time, usually 1.
    "posts.taken": _(
        "Somebody holds this post on some of these days, and it has seats for %(seats)s. "
        "End the term before, or choose other days."
    ),
    "roll.user_name_taken": _(
        "Another account here is on the roll with this user name. Look at the spelling; "
        "if it is yours, ask the coordinators."
    ),
    "notices.too_many": _(
        "%(most)s of your notices wait for the coordinators. Wait until they have read one, or withdraw one."
    ),
    "notices.over": _("This day is past. Choose today or a later day."),
    "notices.decided": _("This notice is shown or withdrawn: its words can no longer be changed."),
}
LETTERS = (
    "programme_appointed",
    "post_filled",
    "term_ends",
    "roll_joined",
    "roll_removed",
    "notice_offered",
    "notice_decided",
    "outside_due",
)
JOBS = {
    "programmes.remind_of_terms": "talka.programmes.actions.reminding:remind_of_terms",
    "programmes.remind_of_dates": "talka.programmes.actions.reminding:remind_of_dates",
}


class ProgrammesConfig(AppConfig):
    """Names the room's letters, reasons and timed jobs."""

    name = "talka.programmes"

    def ready(self) -> None:
        for key in LETTERS:
            letters.add(key, self.name)
        reasons.add_all(REASONS)
        for name, place in JOBS.items():
            clockwork.add_place(name, place)
