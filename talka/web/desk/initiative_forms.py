"""Forms of an initiative: what it is, at which stage, what is said of it, what is worked on, who is in it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talka.exchanges.models import Exchange
from talka.initiatives.models import Initiative, Licence, MemberPart
from talka.initiatives.queries import Names
from talka.people.models import Community
from talka.web.desk.plan_forms import day_field, text_field
from talka.web.shared.community_forms import LanguagesField
from talka.web.shared.community_search import country_choices
from talka.web.shared.exchange_forms import LinesField
from talka.web.shared.fields import offer
from talka.web.shared.overtaken import VersionField
from talka.web.shared.picker import CommunityField
from talka.web.templatetags.words import said

ME, ANOTHER = "me", "another"
FACTS = ("name", "model", "country", "languages", "about", "partners", "started_on", "exchange")


class InitiativeForm(forms.Form):
    """What is said of an initiative."""

    name = text_field(label=gettext_lazy("Name"), max_length=200)
    model = forms.ChoiceField(label=gettext_lazy("Which model is it?"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), choices=country_choices, required=False)
    languages = LanguagesField(
        label=gettext_lazy("Languages"),
        help_text=gettext_lazy("With commas between, such as: Slovak, English."),
        max_length=500,
        required=False,
    )
    about = LinesField(
        label=gettext_lazy("What is it about?"),
        help_text=gettext_lazy("For whom it is, what happens, and what you hope for."),
        required=False,
        rows=6,
    )
    partners = LinesField(
        label=gettext_lazy("Partners"),
        help_text=gettext_lazy("Schools, libraries, offices and others that build it with you."),
        max_length=2000,
        required=False,
        rows=3,
    )
    started_on = day_field(label=gettext_lazy("Since when does it exist?"), required=False)
    exchange = forms.ChoiceField(label=gettext_lazy("Which exchange did it come from?"), required=False)
    version = VersionField(required=False)

    def __init__(self, *args: Any, names: Names, exchanges: Sequence[Exchange], **options: Any) -> None:
        super().__init__(*args, **options)
        self.exchanges = {str(one.pk): one for one in exchanges}
        nothing = [("", "—")]
        offer(self, "model", [*nothing, *((key, said(words)) for key, words in names.models.items())])
        offer(self, "exchange", [*nothing, *((key, str(one)) for key, one in self.exchanges.items())])
        for name, there in (("model", names.models), ("exchange", exchanges)):
            if not there:
                del self.fields[name]

    def clean_exchange(self) -> Exchange | None:
        """Return the exchange that was chosen."""
        return self.exchanges.get(self.cleaned_data["exchange"])

    def facts(self) -> dict[str, Any]:
        """Return what was said, by the names of the fields of an initiative."""
        return {name: self.cleaned_data[name] for name in FACTS if name in self.cleaned_data}


def shown(initiative: Initiative) -> dict[str, Any]:
    """Return an initiative as its form shows it."""
    values = {name: getattr(initiative, name) for name in (*FACTS, "version")}
    return values | {"exchange": str(initiative.exchange_id or "")}


class NewInitiativeForm(InitiativeForm):
    """Adds whose it is, and where it begins."""

    owner = forms.ChoiceField(label=gettext_lazy("Whose is it?"), widget=forms.RadioSelect)
    community = CommunityField(label=gettext_lazy("The other community"), required=False)
    stage = forms.ChoiceField(label=gettext_lazy("At which stage is it?"), widget=forms.RadioSelect)
    field_order = ("name", "owner", "community", "stage")

    def __init__(
        self, *args: Any, names: Names, communities: Sequence[Community], for_others: bool, **options: Any
    ) -> None:
        super().__init__(*args, names=names, **options)
        self.communities = {str(one.pk): one for one in communities}
        choices = [(ME, _("Mine")), *((key, str(one)) for key, one in self.communities.items())]
        if for_others:
            choices.append((ANOTHER, _("Of another community, which I name below")))
        else:
            del self.fields["community"]
        offer(self, "owner", choices)
        offer(self, "stage", [(key, said(words)) for key, words in names.stages.items()])
        if len(choices) == 1:
            self.fields["owner"].widget = forms.HiddenInput()
            self.fields["owner"].initial = ME

    def clean(self) -> dict[str, Any]:
        """Ask for the community where it is another one's."""
        given = super().clean() or self.cleaned_data
        is_other = given.get("owner") == ANOTHER
        if is_other and not given.get("community") and "community" not in self.errors:
            self.add_error("community", _("Name the community."))
        return given

    def whose(self, account: Any) -> dict[str, Any]:
        """Return the owner, as the action takes it."""
        owner = self.cleaned_data["owner"]
        if owner == ME:
            return {"person": account}
        return {"community": self.communities.get(owner) or self.cleaned_data["community"]}


class StageForm(forms.Form):
    """At which stage it is, since when, and what became of it."""

    stage = forms.ChoiceField(label=gettext_lazy("At which stage is it?"), widget=forms.RadioSelect)
    on = day_field(
        label=gettext_lazy("Since when?"),
        help_text=gettext_lazy("Where nothing has changed, leave today."),
    )
    words = LinesField(
        label=gettext_lazy("What became of it, in a sentence"), max_length=2000, required=False, rows=3
    )
    version = VersionField(required=False)

    def __init__(self, *args: Any, names: Names, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "stage", [(key, said(words)) for key, words in names.stages.items()])


class FeedbackForm(forms.Form):
    """What somebody who evaluates says, and of which day."""

    text = LinesField(
        label=gettext_lazy("How does it develop?"),
        help_text=gettext_lazy(
            "Its people and the coordinators read it. Its people may open it to everybody. "
            "It cannot be changed, only corrected: then both texts stay."
        ),
        rows=6,
    )
    on = day_field(label=gettext_lazy("On which day did you see it so?"))

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["on"].initial = today


class FeedbackAnswerForm(forms.Form):
    """What the people of an initiative say to a feedback."""

    answer = LinesField(label=gettext_lazy("Your answer"), max_length=4000)
    version = VersionField()


class VersionOfMaterialForm(forms.Form):
    """A link or a file, and what is new in it."""

    link = forms.URLField(
        label=gettext_lazy("Address of the document"), max_length=400, required=False, assume_scheme="https"
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        help_text=gettext_lazy("PDF, OpenDocument, Office, text or a photo."),
    )
    note = text_field(label=gettext_lazy("What is new in it?"), required=False)
    needed = ("link", "file")

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        given = super().clean() or self.cleaned_data
        if bool(given.get("link")) == bool(given.get("file")) and not self.errors:
            self.add_error("link", _("Give an address or a file, one of the two."))
        return given


class NewMaterialForm(VersionOfMaterialForm):
    """Adds what the document is called."""

    title = text_field(label=gettext_lazy("Title"), max_length=200)
    field_order = ("title",)


class MaterialForm(forms.Form):
    """What a document is called, and who may see it."""

    title = text_field(label=gettext_lazy("Title"), max_length=200)
    is_public = forms.BooleanField(
        label=gettext_lazy("Everybody may see it"),
        help_text=gettext_lazy("The newest version stands on the public page, with the licence."),
        required=False,
    )
    licence = forms.ChoiceField(
        label=gettext_lazy("Licence"), choices=[("", "—"), *Licence.choices], required=False
    )
    version = VersionField()


class InviteForm(forms.Form):
    """Whom to ask, and for what."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("They get a letter and say yes or no."),
        max_length=200,
    )
    part = forms.ChoiceField(
        label=gettext_lazy("For what?"),
        choices=MemberPart.choices,
        initial=MemberPart.TEAM,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, names_helpers: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not names_helpers:
            offer(self, "part", [(MemberPart.TEAM, MemberPart.TEAM.label)])
            self.fields["part"].widget = forms.HiddenInput()
