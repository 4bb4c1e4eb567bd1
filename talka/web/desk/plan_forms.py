"""Forms of a plan and of those who travel."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from talka.exchanges.models import MaterialAudience, Plan
from talka.web.shared.exchange_forms import LinesField, day_field, text_field
from talka.web.shared.overtaken import VersionField
from talka.web.shared.words_forms import known_zone

MOST_QUESTIONS = 30
YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class PlanForm(forms.Form):
    """What both sides agree on. Everything may stay open until the plan is signed."""

    goals = LinesField(label=_("Goals of the visit"), required=False, rows=6)
    project = LinesField(
        label=_("The live project you will work on together"),
        help_text=_("Something that is really going on in those days."),
        required=False,
    )
    starts_on = day_field(label=_("First day on site"), required=False)
    ends_on = day_field(label=_("Last day on site"), required=False)
    city = text_field(label=_("City"), max_length=120, required=False)
    place = text_field(label=_("Meeting place"), max_length=250, required=False)
    zone = forms.CharField(
        label=_("Time zone of the place"),
        help_text=_("Such as Europe/Warsaw."),
        max_length=60,
        validators=[known_zone],
    )
    version = VersionField()

    # They may stay open while the plan is written; it is not signed without them.
    needed = ("goals", "project", "starts_on", "ends_on", "city", "place")

    def clean(self) -> dict[str, Any]:
        """Refuse a visit that would end before it begins."""
        given = super().clean() or self.cleaned_data
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first."))
        return given


def plan_values(plan: Plan) -> dict[str, Any]:
    """Return a plan as its form shows it."""
    return {name: getattr(plan, name) for name in PlanForm.base_fields}


class ItemForm(forms.Form):
    """A part of a day."""

    day = day_field(label=_("Day"))
    what = text_field(label=_("What you do"))
    who = text_field(label=_("Who meets whom"), required=False)


class QuestionsForm(forms.Form):
    """One question a line."""

    texts = LinesField(label=_("New questions, one on each line"), rows=5)

    def clean_texts(self) -> list[str]:
        """Return the questions."""
        found = [line.strip() for line in self.cleaned_data["texts"].split("\n") if line.strip()]
        if len(found) > MOST_QUESTIONS:
            raise forms.ValidationError(
                ngettext(
                    "At most %(count)d question at once.",
                    "At most %(count)d questions at once.",
                    MOST_QUESTIONS,
                )
                % {"count": MOST_QUESTIONS}
            )
        if any(len(text) > 500 for text in found):
            raise forms.ValidationError(_("A question has at most 500 characters."))
        return found


class MaterialForm(forms.Form):
    """A document: a link or a file."""

    title = text_field(label=_("Title"), max_length=200)
    link = forms.URLField(
        label=_("Address of the document"), max_length=400, required=False, assume_scheme="https"
    )
    file = forms.FileField(
        label=_("Or a file"), required=False, help_text=_("PDF, OpenDocument, Office, text or a photo.")
    )
    audience = forms.ChoiceField(
        label=_("Who may see it"),
        choices=MaterialAudience.choices,
        initial=MaterialAudience.PARTNERS,
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a link or a file, not both."""
        given = super().clean() or self.cleaned_data
        if not self.errors and bool(given.get("link")) == bool(given.get("file")):
            self.add_error("link", _("Give an address or a file: one of them."))
        return given


class TravellerForm(forms.Form):
    """What bookings need to know. Yes and no are asked, never the number of a document."""

    travels_from = text_field(label=_("City you travel from"), max_length=120)
    has_passport = forms.TypedChoiceField(
        label=_("Do you have a passport or identity card that is valid until after the visit?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )
    needs_visa = forms.TypedChoiceField(
        label=_("Do you need a visa?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        help_text=_("Only yes or no. Never send anybody the number of your passport."),
    )
    needs_letter = forms.BooleanField(label=_("I need a letter of invitation"), required=False)
    wishes = LinesField(
        label=_("What the bookings should take into account"),
        help_text=_("Only what matters for booking: a quiet room, no stairs, a late departure."),
        required=False,
        max_length=2000,
        rows=3,
    )
    emergency_name = text_field(label=_("Emergency contact: name"), max_length=120, required=False)
    emergency_phone = text_field(
        label=_("Emergency contact: telephone number"), max_length=40, required=False
    )
    version = VersionField()
