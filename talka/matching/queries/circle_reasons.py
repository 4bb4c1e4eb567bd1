"""What circles say, in words: what speaks for one and against it, why somebody has none, and refusals."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

WHY = {
    # Translators: from here on, what the members of a small group of peers have in common.
    "circles.why.languages": _("All of them speak %(codes)s."),
    "circles.why.same_clock": _("Their clocks show the same time."),
    "circles.why.clocks": _("Their clocks are at most %(clock_hours)s apart."),
    "circles.why.hours": _(
        "Those who said when they have time are all free at one hour on %(days)s of the period."
    ),
    "circles.why.no_hours": _("At no hour are all of those free who said when they have time."),
    "circles.why.hours_unknown": _("%(count)d of %(of)d have not said when they have time."),
    "circles.why.topics": _("Several want to learn the same: %(topics)s."),
    "circles.why.same_region": _("All are in the same region."),
    "circles.why.returned": _("%(count)d of %(of)d have taken part before."),
    "circles.why.experience": _("Their experience differs."),
}

WARNINGS = {
    "circles.warning.small": _("Only %(count)d: a circle has at least %(least)d members."),
    "circles.warning.large": _("Already %(count)d: a circle has at most %(most)d members."),
    "circles.warning.no_language": _("There is no language that all of them speak well enough."),
}

ALONE = {
    # Translators: from here on, why somebody has no circle.
    "circles.alone.too_few": _("Only %(count)d take part: a circle has at least %(least)d members."),
    "circles.alone.no_language": _("Has named no language at level %(level)s or better."),
    "circles.alone.few_speak": _(
        "Others who speak one of the same languages: %(count)d. At least %(least)d would be needed."
    ),
    "circles.alone.others_are_placed": _(
        "There are %(count)d others with a common language, but in no circle would all speak one."
    ),
    "circles.alone.left_over": _(
        "Those who would suit are in full circles. Circle %(number)d would suit best, with one member more."
    ),
    "circles.alone.by_hand": _("Was taken out by the coordinators."),
}

REFUSALS = {
    "matching.refused.nobody_wants_a_circle": _(
        "Everybody who was accepted for a circle has one. Accept more people first."
    ),
    "matching.refused.not_in_the_draft": _("This person was not in the draft. Make a new draft."),
    "matching.refused.no_such_circle": _("There is no such circle in this draft any more."),
    "matching.refused.too_few_for_a_circle": _(
        "There is no circle to publish, or one of a single person. Move people together first."
    ),
    "matching.refused.circle_is_dissolved": _("This circle has been dissolved."),
    "matching.refused.wants_no_circle": _("%(name)s is not accepted here for a circle."),
    "matching.refused.has_a_circle": _("%(name)s has a circle already. Move or remove them first."),
}

CIRCLE_REASONS: Mapping[str, Any] = {**WHY, **WARNINGS, **ALONE, **REFUSALS}
