"""What a gathering can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GatheringKind(models.TextChoices):
    INTRODUCTORY = "introductory", _("Introductory meeting")
    # Translators: one of the regular meetings of a group.
    MEETING = "meeting", _("Meeting of the group")
    # Translators: a talk of the organisers with the people of a cycle on how it is going.
    CHECK_IN = "check_in", _("Check-in led by the organisers")
