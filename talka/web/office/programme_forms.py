"""What coordinators fill in about a programme."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.blueprints.reading import shipped
from talka.programmes.models import Post
from talka.web.shared.overtaken import VersionField
from talka.web.shared.words_forms import LONG, SHORT, WordsForm, plain_characters, zone_field
from talka.web.templatetags.words import said

LARGEST_BLUEPRINT = 500_000


class NewProgrammeForm(forms.Form):
    """Asks which blueprint to start from, and what the programme is called."""

    blueprint = forms.ChoiceField(
        label=_("Blueprint"),
        help_text=_(
            "What the programme starts with: stages, roles, forms, criteria and pages. "
            "All of it can be changed later."
        ),
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=_("Name"),
        help_text=_("Leave it empty to take the blueprint's own name."),
        max_length=SHORT,
        required=False,
        validators=[plain_characters],
    )
    slug = forms.SlugField(
        label=_("Address"),
        help_text=_(
            "The last part of the programme's web address, in small letters, such as visit-exchange. "
            "It stays."
        ),
        max_length=60,
    )
    zone = zone_field(initial="UTC")
    is_rehearsal = forms.BooleanField(
        label=_("This is a rehearsal"),
        help_text=_("On invented people, never public, and thrown away afterwards."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(key, f"{said(plan.name)}: {said(plan.summary)}") for key, plan in shipped().items()]
        field = self.fields["blueprint"]
        assert isinstance(field, forms.ChoiceField)
        field.choices, field.initial = choices, choices[0][0]

    def clean_slug(self) -> str:
        """Write the address in small letters."""
        return str(self.cleaned_data["slug"]).lower()


class ProgrammeForm(WordsForm):
    """Asks how a programme presents itself."""

    wordings = (("name", _("Name"), SHORT, True), ("summary", _("In a sentence"), 600, False))
    zone = zone_field()
    is_published = forms.BooleanField(
        label=_("Published"),
        help_text=_("Everybody can see the programme and its announced cycles."),
        required=False,
    )
    version = VersionField()


class PageForm(WordsForm):
    """Asks for a page's words."""

    wordings = (("title", _("Title"), SHORT, True), ("body", _("Text"), LONG, False))
    version = VersionField()


class ContactForm(forms.Form):
    """Asks who answers questions, and about what."""

    name = forms.CharField(label=_("Name"), max_length=120, validators=[plain_characters])
    task = forms.CharField(
        label=_("What to ask them about"), max_length=200, required=False, validators=[plain_characters]
    )
    address = forms.CharField(
        label=_("E-mail address or page"),
        help_text=_("It is shown to everybody."),
        max_length=200,
        validators=[plain_characters],
    )


class AppointmentForm(forms.Form):
    """Asks whom to give a post."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("They get a letter, and sign in with this address."),
        max_length=200,
    )
    post = forms.ChoiceField(
        label=_("Post"),
        help_text=_("Coordinators run the programme. Reviewers read applications and say what they think."),
        choices=Post.choices,
        widget=forms.RadioSelect,
        initial=Post.REVIEWER,
    )


class BlueprintFileForm(forms.Form):
    """Asks for an edited blueprint."""

    file = forms.FileField(
        label=_("Blueprint file (TOML)"),
        help_text=_("Cycles that are already open keep the blueprint they were opened with."),
        widget=forms.FileInput(attrs={"accept": ".toml"}),
    )
    version = VersionField()

    def clean_file(self) -> str:
        """Read the file as text."""
        given = self.cleaned_data["file"]
        if given.size > LARGEST_BLUEPRINT:
            raise forms.ValidationError(_("The file is too large for a blueprint: 500 kB are enough."))
        try:
            return str(given.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError(_("The file is not text in UTF-8.")) from None
