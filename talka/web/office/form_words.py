"""What the form editor calls the kinds of questions and those who read the answers."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

KINDS: Mapping[str, Any] = {
    "short": _("A short text"),
    "long": _("A long text"),
    "number": _("A whole number"),
    "date": _("A day"),
    "yes_no": _("Yes or no"),
    "one_of": _("One of several options"),
    "several_of": _("Several of the options"),
    "capacity": _("Topics, with a level each"),
    "language": _("Languages, with a level each"),
    "community": _("A community"),
    "travel_dates": _("Periods in which one can travel"),
    "country": _("A country"),
    "hours": _("Times of every week when one can meet"),
    "file": _("A file"),
}

AUDIENCES: Mapping[str, Any] = {
    "applicant": _("The applicant"),
    "reviewer": _("Reviewers"),
    "partner": _("The partner in an exchange"),
    "public": _("Everyone"),
}
