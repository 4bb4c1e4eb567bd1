"""Forms of the two of a mentorship."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from talka.exchanges.models import Feeling, Hours, Met, PlanGoal
from talka.exchanges.queries.mentorships import GoalView
from talka.web.shared.exchange_forms import LinesField, day_field, text_field
from talka.web.shared.fields import offer
from talka.web.shared.overtaken import LARGEST_VERSION, VersionField

FIVES = [(number, number) for number in range(0, 60, 5)]


class GoalForm(forms.Form):
    """A goal of the plan; how one will know, and by when, may stay open."""

    text = text_field(label=_("Goal"), help_text=_("What will be different at the end?"), max_length=500)
    evidence = text_field(
        label=_("How you will know"),
        help_text=_("Something that both of you can see or count."),
        max_length=500,
        required=False,
    )
    by_when = day_field(label=_("By when"), required=False)
    version = VersionField(required=False)


def goal_values(goal: PlanGoal) -> dict[str, Any]:
    """Return a goal as its form shows it."""
    return {"text": goal.text, "evidence": goal.evidence, "by_when": goal.by_when}


class HoursForm(forms.Form):
    """How long the two worked together on a day."""

    day = day_field(label=_("Day"))
    hours = forms.IntegerField(label=_("Hours"), min_value=0, max_value=24, initial=1)
    minutes = forms.TypedChoiceField(label=_("Minutes"), choices=FIVES, coerce=int, initial=0)
    what = text_field(label=_("What you did"), help_text=_("In a few words."), max_length=300)
    is_another = forms.BooleanField(
        label=_("It was another meeting than the one my partner wrote down"), required=False
    )
    version = VersionField(required=False)

    def __init__(self, *args: Any, asks_again: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Asked only where the partner has that day already.
        if not asks_again and "is_another" not in self.data:
            del self.fields["is_another"]

    def ask_again(self) -> None:
        """Let the form ask whether it was another meeting."""
        self.fields.setdefault("is_another", self.base_fields["is_another"])

    def clean(self) -> dict[str, Any]:
        """Add up hours and minutes."""
        given = super().clean() or self.cleaned_data
        if "hours" in given and "minutes" in given:
            given["total"] = given["hours"] * 60 + given["minutes"]
            if not given["total"]:
                self.add_error("hours", _("Say how long it was."))
        return given


def hours_values(hours: Hours) -> dict[str, Any]:
    """Return hours as their form shows them."""
    whole, rest = divmod(hours.minutes, 60)
    values = {"day": hours.day, "hours": whole, "minutes": rest, "what": hours.what}
    return values | {"version": hours.version}


class AnswerForm(forms.Form):
    """Says that hours are right as they stood at a version."""

    version = VersionField()


class HoursQuestionForm(forms.Form):
    """What is not clear about hours."""

    question = text_field(label=_("Your question"), help_text=_("Your partner reads it."), max_length=300)
    version = VersionField()


class SeenForm(forms.Form):
    """The hours that were on the page when all of them were confirmed, each as "key:version"."""

    seen = forms.RegexField(regex=r"^\d{1,18}:\d{1,9}(,\d{1,18}:\d{1,9}){0,999}$", widget=forms.HiddenInput)

    def clean_seen(self) -> dict[int, int]:
        """Return versions by key."""
        pairs = (one.split(":") for one in self.cleaned_data["seen"].split(","))
        return {int(key): min(int(version), LARGEST_VERSION) for key, version in pairs}


class CheckInForm(forms.Form):
    """A day on which the two talked, with words for themselves."""

    held_on = day_field(label=_("Day on which you talked"))
    words = LinesField(
        label=_("What you agreed"),
        help_text=_("Only the two of you read this."),
        max_length=5000,
        required=False,
        rows=3,
    )


class MoodForm(forms.Form):
    """How it is going, for the coordinators alone."""

    feeling = forms.ChoiceField(
        label=_("How is it going?"), choices=Feeling.choices, widget=forms.RadioSelect
    )
    words = LinesField(
        label=_("In a few words"),
        help_text=_("Only the coordinators read this, never your partner."),
        max_length=2000,
        required=False,
        rows=3,
    )


class PauseForm(forms.Form):
    """Until when nothing is asked."""

    until = day_field(
        label=_("Last day of the pause"),
        help_text=_("Leave it open if you do not know: either of you can go on at any time."),
        required=False,
    )


class StopForm(forms.Form):
    """Why it ends early: for the coordinators, and without blame."""

    reason = forms.ChoiceField(label=_("What comes closest?"), widget=forms.RadioSelect)
    words = LinesField(
        label=_("What the coordinators should know"),
        help_text=_("Your partner reads neither this nor the reason."),
        max_length=2000,
        required=False,
    )
    wants_another = forms.BooleanField(label=_("I would like another partner"), required=False)

    def __init__(self, *args: Any, reasons: Iterable[tuple[str, Any]], is_mentee: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer(self, "reason", reasons)
        if not is_mentee:
            del self.fields["wants_another"]


class JudgeForm(forms.Form):
    """What one side says of each goal at the end."""

    version = VersionField()

    def __init__(self, *args: Any, goals: Iterable[GoalView], part: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = [one.goal for one in goals]
        for view in goals:
            said, key = view.said.get(part), view.goal.pk
            self.fields[f"met-{key}"] = forms.ChoiceField(
                label=view.goal.text,
                choices=Met.choices,
                widget=forms.RadioSelect,
                initial=said.met if said else None,
            )
            self.fields[f"note-{key}"] = text_field(
                label=_("In a sentence"), max_length=500, required=False, initial=said.note if said else ""
            )

    def said(self) -> dict[int, tuple[str, str]]:
        """Return what was said, by goal."""
        given = self.cleaned_data
        return {goal.pk: (given[f"met-{goal.pk}"], given[f"note-{goal.pk}"]) for goal in self.goals}


CONFIRMED = ngettext_lazy("Confirmed: %(count)d entry.", "Confirmed: %(count)d entries.", "count")
