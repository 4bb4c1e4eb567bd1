"""The forms of an application's page, one a section."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from talka.applications.actions.editing import GOAL_TEXTS
from talka.applications.models import Application, Goal
from talka.applications.queries import commitments_of, goal_values, setting_of
from talka.capacities.models import Capacity
from talka.forms.fields import DraftForm, SheetForm, build_form
from talka.forms.kinds import DayField, TextField
from talka.forms.merging import marks
from talka.kernel.wording import say
from talka.web.shared.fields import offer
from talka.web.shared.picker import CommunityField

LONGEST_GOAL = 2_000


def sheet_form(application: Application, now: datetime, data: Any = None, files: Any = None) -> SheetForm:
    """Make the form of the call's questions, as a draft: it takes what is there."""
    sheet = application.sheet
    return build_form(
        sheet.form_version.draft,
        language=get_language() or "en",
        answers=sheet.answers,
        setting=setting_of(application.call.cycle, now),
        data=data,
        files=files,
        make={"community": lambda question: CommunityField()},
    )


class GoalForm(DraftForm):
    """One learning goal, in four parts, and which of the topics it serves."""

    needed = (*GOAL_TEXTS, "by_when")

    capacity = forms.ChoiceField(
        label=_("Topic"),
        help_text=_(
            "Which of the topics that you chose above it serves. Topics with a goal come first when we look "
            "for a partner."
        ),
        required=False,
    )
    problem = TextField(
        label=_("The problem"),
        help_text=_("What happens today, and whom does it hold back?"),
        max_length=LONGEST_GOAL,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    change = TextField(
        label=_("What will be different"),
        help_text=_("What your community does then that it cannot do now."),
        max_length=LONGEST_GOAL,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    evidence = TextField(
        label=_("How we will know"),
        help_text=_("A number, or a thing that somebody else can look at."),
        max_length=LONGEST_GOAL,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    by_when = DayField(label=_("By when"), required=False)


def goal_form(goal: Goal | None, topics: Sequence[Capacity], data: Any = None) -> GoalForm:
    """Make the form of a goal, or of one more; marks of what it shows come along.

    Where the application names no topic, none is asked for.
    """
    values = goal_values(goal)
    form = GoalForm(data, initial=values, auto_id=f"goal_{goal.pk if goal else 'new'}_%s")
    offer(form, "capacity", [("", _("None of them")), *((topic.key, str(topic)) for topic in topics)])
    if not topics:
        del form.fields["capacity"]
    form.seen = marks(values, form.fields)
    return form


class FormatForm(DraftForm):
    """Who would travel."""

    # "Either way" is an answer as well.
    needed = ("format",)

    format = forms.ChoiceField(label=_("Who travels?"), required=False, widget=forms.RadioSelect)


def format_form(application: Application, data: Any = None) -> FormatForm:
    """Make the choice among the formats of the blueprint; either way is one as well."""
    values = {"format": application.format}
    form = FormatForm(data, initial=values)
    language = get_language() or "en"
    exchange = application.call.cycle.plan.visit
    choices = [(one.key, say(one.name, language)) for one in (exchange.formats if exchange else ())]
    offer(form, "format", [*choices, ("", _("Either way would do"))])
    form.seen = marks(values, ["format"])
    return form


class PartnerForm(forms.Form):
    """The community with which one agreed beforehand."""

    community = CommunityField(label=_("Community"), help_text=_("Write its name, or a part of it."))
    note = TextField(
        label=_("What you agreed"),
        help_text=_("One or two sentences, which your partner reads as well."),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


def partner_form(application: Application, data: Any = None) -> PartnerForm:
    """Make the form that names a partner, filled with the one named already."""
    partner = getattr(application, "partner", None)
    values = {"community": partner.community, "note": partner.note} if partner else {}
    return PartnerForm(data, initial=values)


def commitments_form(application: Application, data: Any = None) -> forms.Form:
    """Make a box to tick for each commitment, in the reader's language."""
    accepted = set(application.acceptances.values_list("commitment", flat=True))
    language = get_language() or "en"
    fields: Mapping[str, Any] = {
        one.key: forms.BooleanField(
            label=say(one.text, language), required=False, initial=one.key in accepted
        )
        for one in commitments_of(application.call)
    }
    return type("CommitmentsForm", (forms.Form,), dict(fields))(data)
