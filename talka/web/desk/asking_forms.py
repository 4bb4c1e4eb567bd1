"""The forms in which people ask for help, and offer it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from talka.blueprints.questions import Question
from talka.forms.kinds import MAKERS, DayField, TextField
from talka.people.codes import language_in_words
from talka.people.models import Community
from talka.programmes.models import Programme
from talka.web.desk.application_page import COMMON_LANGUAGES
from talka.web.shared.asking import model_names
from talka.web.shared.community_search import country_choices
from talka.web.shared.fields import offer
from talka.web.shared.overtaken import VersionField

MYSELF = "person"
MOST_PLACES = 100
LONGEST_TEXT = 4_000
MOST_TOPICS, MOST_LANGUAGES = 5, 8


def _rows(kind: str, label: Any, *, most: int, help_text: Any, required: bool) -> forms.Field:
    """Make the field of a kind of question with several rows."""
    field = MAKERS[kind](Question.model_validate({"key": kind, "kind": kind, "label": kind, "most": most}))
    field.label, field.help_text, field.required = label, help_text, required
    return field


def suggested_languages() -> list[str]:
    """Name the languages that are suggested while somebody types."""
    return [language_in_words(code, get_language() or "en") for code in COMMON_LANGUAGES]


def topic_lines(record: Any) -> list[dict[str, Any]]:
    """Return the topics of a request or an offer as its form takes them."""
    topics = record.topics.select_related("capacity")
    return [{"capacity": topic.capacity.key, "level": topic.level} for topic in topics]


class SideForm(forms.Form):
    """Asks for whom somebody writes: for themselves, or for a community that they represent."""

    use_required_attribute = False

    side = forms.ChoiceField(label=_("For whom?"), widget=forms.RadioSelect, initial=MYSELF)
    country = forms.ChoiceField(label=_("Country"), choices=country_choices, required=False)
    version = VersionField(required=False)

    about_topics: Any = ""
    about_languages: Any = ""

    def __init__(self, *args: Any, communities: Iterable[Community], is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = {"most": MOST_TOPICS, "help_text": self.about_topics, "required": True}
        languages = {"most": MOST_LANGUAGES, "help_text": self.about_languages, "required": False}
        # Made anew for each form: their suggestions are in the reader's language.
        self.fields["topics"] = _rows("capacity", _("Topics"), **topics)
        self.fields["languages"] = _rows("language", _("Languages"), **languages)
        self.order_fields(self.field_order)
        self.communities = {str(one.pk): one for one in communities}
        if not is_new or not self.communities:
            del self.fields["side"]
            return
        named = [(key, one.name) for key, one in self.communities.items()]
        offer(self, "side", [(MYSELF, _now("For myself")), *named])

    def community(self) -> Community | None:
        """Return the community that was chosen, or None for the person."""
        return self.communities.get(self.cleaned_data.get("side", MYSELF))


class NeedForm(SideForm):
    """A request for help."""

    field_order = [
        "side",
        "text",
        "topics",
        "model",
        "country",
        "languages",
        "when",
        "starts_on",
        "ends_on",
        "is_public",
    ]
    about_topics = _("Up to five, and how far you are in each now.")
    about_languages = _("In which languages you could talk with somebody.")

    text = TextField(
        label=_("What do you need help with?"),
        help_text=_(
            "What do you want to do, and what holds you back? The coordinators read this, and a mentor "
            "once they have said yes to you. Nobody else ever does."
        ),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    model = forms.ChoiceField(label=_("What kind of programme is it about?"), required=False)
    when = TextField(
        label=_("When would it help?"),
        help_text=_("In your own words, such as: before the school year begins."),
        max_length=300,
        required=False,
    )
    starts_on = DayField(label=_("From"), required=False)
    ends_on = DayField(label=_("Until"), required=False)
    is_public = forms.BooleanField(
        label=_("Others may see the topics and the country of this request"),
        help_text=_("It can bring you somebody who knows. They do not see who asks, nor what you wrote."),
        required=False,
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        models = model_names(programme)
        if models:
            offer(self, "model", [("", "—"), *models.items()])
        else:
            del self.fields["model"]

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        given = super().clean() or {}
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _now("This is before the first day."))
        return given


class OfferForm(SideForm):
    """What a mentor can give."""

    field_order = ["side", "topics", "text", "for_models", "places", "country", "languages"]
    about_topics = _("Up to five, and how well you know each. Others see the topics, without your name.")
    about_languages = _("In which languages you can help.")

    text = TextField(
        label=_("What can you give?"),
        help_text=_("What you have done, and how you like to help. The coordinators read this."),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    for_models = forms.MultipleChoiceField(
        label=_("Which kinds of programme do you know?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    places = forms.IntegerField(
        label=_("How many can you help at a time?"), min_value=1, max_value=MOST_PLACES, initial=1
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        models = model_names(programme)
        if models:
            offer(self, "for_models", models.items())
        else:
            del self.fields["for_models"]


class WordsForm(forms.Form):
    """A few words to somebody."""

    use_required_attribute = False

    text = TextField(
        label=_("Write to the coordinators"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AwayForm(forms.Form):
    """From when to when a mentor is away."""

    use_required_attribute = False

    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        given = super().clean() or {}
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _now("This is before the first day."))
        return given


class RefusalForm(forms.Form):
    """Why a mentor says no; nothing has to be said."""

    note = TextField(
        label=_("Why not?"),
        help_text=_("If you like. Only the coordinators read it, and it has no bad consequence for you."),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
