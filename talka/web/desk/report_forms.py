"""The forms of a report's page: the answers, photos, next steps, and what became of them."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from talka.files.photos import LIMITS
from talka.forms.fields import SheetForm, build_form
from talka.forms.kinds import DayField, TextField
from talka.reports.lifecycle import StepStatus
from talka.reports.models import Licence, NextStep, Report
from talka.web.shared.overtaken import VersionField

LONGEST_NOTE = 4_000


def sheet_form(report: Report, data: Any = None) -> SheetForm:
    """Make the form of the report's questions, as a draft: it takes what is there."""
    sheet = report.sheet
    return build_form(
        sheet.form_version.draft, language=get_language() or "en", answers=sheet.answers, data=data
    )


class PhotoWordsForm(forms.Form):
    """What is said of a photo."""

    use_required_attribute = False

    caption = TextField(label=_("What does it show?"), max_length=300)
    author = TextField(
        label=_("Who took it?"), help_text=_("The name that stands beside the photo."), max_length=120
    )
    licence = forms.ChoiceField(
        label=_("Licence"),
        help_text=_("The photographer agrees that everybody may use the photo under it."),
        choices=Licence.choices,
        initial=Licence.CC_BY_SA_4,
        widget=forms.RadioSelect,
    )
    has_consent = forms.BooleanField(
        label=_("Everybody who can be recognised agrees that it is published"),
        help_text=_("Without this the coordinators see the photo, and nobody else ever does."),
        required=False,
    )


class PhotoForm(PhotoWordsForm):
    """A photo with what is said of it."""

    photo = forms.FileField(
        label=_("Photo"),
        help_text=_(
            "JPEG, PNG or WebP, at most 15 MB. It is drawn anew: "
            "the place and the device that your camera wrote into it are not kept."
        ),
        max_length=300,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    field_order = ("photo", "caption", "author", "licence", "has_consent")

    def clean_photo(self) -> Any:
        """Refuse what is too large before it is read."""
        photo = self.cleaned_data["photo"]
        if photo.size > LIMITS.data_bytes:
            raise forms.ValidationError(_("The photo is too large: 15 megabytes at most."))
        return photo


class StepForm(forms.Form):
    """A next step: what, who, and by when."""

    use_required_attribute = False

    text = TextField(
        label=_("What will you do?"),
        help_text=_(
            "Something that somebody could see was done, such as “hold an edit-a-thon with ten people”."
        ),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    owner = TextField(label=_("Who does it?"), max_length=120)
    due_on = DayField(label=_("By when?"))
    version = VersionField(required=False)


class FollowUpForm(forms.Form):
    """What became of each next step, and what else has happened."""

    use_required_attribute = False

    note = TextField(
        label=_("What has happened since?"),
        help_text=_("What the visit has changed in your community, also what you did not plan."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )

    def __init__(self, *args: Any, steps: list[NextStep], **more: Any) -> None:
        super().__init__(*args, **more)
        self.steps = steps
        for step in steps:
            self.fields[f"status_{step.pk}"] = forms.ChoiceField(
                label=_("How does it stand?"),
                choices=[
                    (StepStatus.DONE, _("Done")),
                    (StepStatus.OPEN, _("Still to be done")),
                    (StepStatus.DROPPED, _("Given up")),
                ],
                widget=forms.RadioSelect,
            )
            self.fields[f"due_{step.pk}"] = DayField(
                label=_("If it is still to be done: by when?"), required=False, initial=step.due_on
            )
            self.fields[f"reason_{step.pk}"] = TextField(
                label=_("If it was given up: why?"), required=False, max_length=1_000
            )
        self.order_fields([name for name in self.fields if name != "note"])

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where a step was given up."""
        cleaned = super().clean() or self.cleaned_data
        for step in self.steps:
            given_up = cleaned.get(f"status_{step.pk}") == StepStatus.DROPPED
            if given_up and not cleaned.get(f"reason_{step.pk}"):
                self.add_error(f"reason_{step.pk}", _("Say in a few words why; it helps the next community."))
        return cleaned

    def groups(self) -> list[tuple[NextStep, list[forms.BoundField]]]:
        """Return the fields of each step, ready to be drawn."""
        return [
            (step, [self[f"{name}_{step.pk}"] for name in ("status", "due", "reason")]) for step in self.steps
        ]
