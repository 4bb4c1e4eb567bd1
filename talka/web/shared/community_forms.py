"""What is filled in about a community, by its representatives and by the office."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from talka.people.actions.communities import ALL_FACTS, OWN_FACTS
from talka.people.codes import language_code, language_in_words
from talka.people.models import Community, CommunityKind, Region, SupportKind
from talka.people.models.communities import Activity, Maturity, Size
from talka.web.shared.community_search import country_choices
from talka.web.shared.fields import DateInput
from talka.web.shared.lines import LineField
from talka.web.shared.overtaken import VersionField
from talka.web.shared.picker import CapacityField

LEVELS = [
    (1, _("1 – beginning")),
    (2, _("2 – some experience")),
    (3, _("3 – can do it alone")),
    (4, _("4 – can teach it")),
    (5, _("5 – could teach experts")),
]
UNKNOWN = ("", _("Not known"))


class LanguagesField(forms.CharField):
    """Languages by name, with commas between."""

    def prepare_value(self, value: Any) -> str:
        """Write codes as names in the reader's language."""
        if not isinstance(value, list):
            return value or ""
        return ", ".join(language_in_words(code, get_language() or "en") for code in value)

    def clean(self, value: Any) -> list[str]:
        """Read names in the reader's language or in English, or codes."""
        codes = []
        for part in super().clean(value).replace("،", ",").replace(";", ",").split(","):
            if not (name := part.strip()):
                continue
            code = language_code(name, get_language() or "en")
            if code is None:
                words = _("“%(name)s” is no language that we know. Write its name or its code.")
                raise forms.ValidationError(words, params={"name": name[:60]})
            codes.append(code)
        return list(dict.fromkeys(codes))


class OwnFactsForm(forms.Form):
    """What a community says about itself."""

    about = forms.CharField(
        label=_("About the community"),
        help_text=_("A few sentences for others: who you are and what you do. Everybody can read this."),
        max_length=10_000,
        required=False,
        widget=forms.Textarea({"rows": 5}),
    )
    languages = LanguagesField(
        label=_("Languages"),
        help_text=_("Those you work in, with commas between, such as: Slovak, English."),
        max_length=500,
        required=False,
    )
    size = forms.ChoiceField(
        label=_("How many people are active"), choices=[UNKNOWN, *Size.choices], required=False
    )
    activity = forms.ChoiceField(
        label=_("How active you are"), choices=[UNKNOWN, *Activity.choices], required=False
    )
    version = VersionField(required=False)


class AllFactsForm(OwnFactsForm):
    """What the office keeps about a community."""

    name = LineField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=CommunityKind.choices)
    acronym = LineField(label=_("Acronym"), max_length=30, required=False)
    country = forms.ChoiceField(label=_("Country"), choices=country_choices, required=False)
    region = forms.ChoiceField(label=_("Region"), choices=[UNKNOWN, *Region.choices], required=False)
    maturity = forms.ChoiceField(
        label=_("Maturity"),
        help_text=_("As the programme sees it: established communities can be mentors."),
        choices=[UNKNOWN, *Maturity.choices],
        required=False,
    )
    field_order = [*ALL_FACTS, "version"]


def facts_of(community: Community, form: type[OwnFactsForm]) -> dict[str, Any]:
    """Return what a form is filled in with before anybody types."""
    names = ALL_FACTS if issubclass(form, AllFactsForm) else OWN_FACTS
    return {**{name: getattr(community, name) for name in names}, "version": community.version}


class CapacityForm(forms.Form):
    """A capacity that a community offers or needs."""

    relation = forms.ChoiceField(
        label=_("Your community"),
        choices=[("offer", _("offers")), ("need", _("needs"))],
        widget=forms.RadioSelect,
        initial="offer",
    )
    capacity = CapacityField(
        label=_("What"), help_text=_("Type a part of its name, such as: grants, social media, Wikidata.")
    )
    level = forms.TypedChoiceField(
        label=_("At which level the community is now"), choices=LEVELS, coerce=int, initial=3
    )


class InvitationForm(forms.Form):
    """Somebody who is asked to represent a community."""

    name = LineField(label=_("Their name"), max_length=120)
    email = forms.EmailField(
        label=_("Their e-mail address"),
        help_text=_("They get a letter, sign in with this address, and say yes or no."),
        max_length=200,
    )


class PeriodForm(forms.Form):
    """A period of recognition or of general support."""

    kind = forms.ChoiceField(label=_("What"), choices=SupportKind.choices)
    starts_on = forms.DateField(label=_("First day"), widget=DateInput)
    ends_on = forms.DateField(
        label=_("Last day"),
        help_text=_("Leave empty while it goes on."),
        widget=DateInput,
        required=False,
    )


class MeetingForm(forms.Form):
    """A regional meeting that a community took part in."""

    meeting = LineField(label=_("Meeting"), help_text=_("Such as: CEE Meeting 2026."), max_length=120)
    ended_on = forms.DateField(label=_("Its last day"), widget=DateInput)
