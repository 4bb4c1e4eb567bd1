"""Searching communities, for anyone and for the office."""

from collections.abc import Container
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from talka.people.codes import countries
from talka.people.models import CommunityKind, Region
from talka.people.models.communities import CommunityQuerySet
from talka.people.queries import listed_communities

# Translators: what is not known about a community yet.
MISSING_WORDS = {
    "country": _("Country"),
    "region": _("Region"),
    "languages": _("Languages"),
    "size": _("Size"),
    "activity": _("Activity"),
    "maturity": _("Maturity"),
    "representative": _("Representative"),
}


def country_choices() -> list[tuple[str, str]]:
    """List the countries in the reader's language, with nothing first."""
    return [("", "—"), *countries(get_language() or "en").items()]


class SearchForm(forms.Form):
    """What a list of communities can be narrowed by; all of it optional."""

    q = forms.CharField(
        label=_("Name or acronym"), max_length=200, required=False, widget=forms.TextInput({"type": "search"})
    )
    region = forms.ChoiceField(label=_("Region"), choices=[("", _("All")), *Region.choices], required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All")), *CommunityKind.choices], required=False
    )

    @property
    def needed(self) -> Container[str]:
        """Name all fields: nothing has to be filled in, and saying so at each would only be noise."""
        return self.fields


class RegionForm(SearchForm):
    """Narrows a list by where communities are."""

    country = forms.ChoiceField(label=_("Country"), choices=country_choices, required=False)
    field_order = ["q", "region", "country"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["kind"]


class OfficeSearchForm(SearchForm):
    """Adds what coordinators look for: a country, and what is missing."""

    country = forms.ChoiceField(label=_("Country"), choices=country_choices, required=False)
    missing = forms.ChoiceField(
        label=_("What is missing"),
        choices=[("", "—"), ("any", _("Anything")), *MISSING_WORDS.items()],
        required=False,
    )


def searched(form: SearchForm) -> CommunityQuerySet:
    """Find the communities that a form asks for; what it cannot read, it does not ask."""
    form.is_valid()
    asked = getattr(form, "cleaned_data", {})
    filters = {name: asked.get(name, "") for name in ("region", "kind", "country", "missing")}
    return listed_communities(words=asked.get("q", ""), **filters)
