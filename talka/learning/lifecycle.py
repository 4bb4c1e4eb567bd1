"""A suggestion about a module: made, then taken up or set aside, and opened again where that was too soon."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from talka.kernel.lifecycle import Lifecycle, moves


class SuggestionStatus(TextChoices):
    SUGGESTED = "suggested", _("Suggested")
    TAKEN_UP = "taken_up", _("Taken up")
    SET_ASIDE = "set_aside", _("Set aside")


SUGGESTION = Lifecycle(
    start=SuggestionStatus.SUGGESTED,
    moves=moves(
        ("adopt", SuggestionStatus.SUGGESTED, SuggestionStatus.TAKEN_UP),
        ("set aside", SuggestionStatus.SUGGESTED, SuggestionStatus.SET_ASIDE),
        ("reopen", [SuggestionStatus.TAKEN_UP, SuggestionStatus.SET_ASIDE], SuggestionStatus.SUGGESTED),
    ),
)
