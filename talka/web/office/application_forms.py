"""The forms of screening in the office: they check shapes; the room judges."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from talka.applications.lifecycle import ApplicationStatus
from talka.applications.models import Application
from talka.blueprints.schema import Blueprint, Score
from talka.kernel.speech import marked, noted
from talka.kernel.windows import zone
from talka.kernel.wording import say
from talka.screening.models import Outcome, Ruling
from talka.web.shared.fields import LocalDateTimeInput, offer
from talka.web.shared.overtaken import VersionField

ANY = ("", _("Any"))
STATUSES = ("submitted", "returned", "accepted", "waiting", "declined")
VERDICTS = {
    "unmet": (_("Something is not met"), {"unmet__gt": 0}),
    "unsure": (_("Something needs a person"), {"unsure__gt": 0}),
    "met": (_("Everything is met"), {"unmet": 0, "unsure": 0}),
}
DECISIONS = {
    "none": (_("None yet"), {"decision__isnull": True}),
    "prepared": (_("Prepared"), {"decision__isnull": False, "decision__released_at__isnull": True}),
    "released": (_("Released"), {"decision__released_at__isnull": False}),
}
SORTS = {
    "handed_in": (_("Handed in, oldest first"), ("submitted_at", "pk")),
    "name": (_("Name"), ("community__name", "person__name", "pk")),
    "verdicts": (_("Most unmet criteria first"), ("-unmet", "-unsure", "pk")),
    "reviews": (_("Fewest reviews first"), ("reviews_in", "pk")),
}


class ListForm(forms.Form):
    """Narrows and sorts the list of applications. What makes no sense is passed over."""

    q = forms.CharField(label=_("Name of the applicant"), max_length=200, required=False)
    role = forms.ChoiceField(label=_("Role"), required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[ANY, *[(key, ApplicationStatus(key).label) for key in STATUSES]],
    )
    verdict = forms.ChoiceField(
        label=_("Criteria"), required=False, choices=[ANY, *[(key, row[0]) for key, row in VERDICTS.items()]]
    )
    decision = forms.ChoiceField(
        label=_("Decision"), required=False, choices=[ANY, *[(key, row[0]) for key, row in DECISIONS.items()]]
    )
    sort = forms.ChoiceField(
        label=_("Order"), required=False, choices=[(key, row[0]) for key, row in SORTS.items()]
    )

    def __init__(self, data: Any, *, plan: Blueprint, sees_decisions: bool) -> None:
        super().__init__(data)
        language = get_language() or "en"
        roles = [(role.key, noted(say(role.name, language))) for role in plan.roles]
        offer(self, "role", [ANY, *roles])
        if not sees_decisions:
            del self.fields["decision"]

    def narrow(self, applications: QuerySet[Application]) -> QuerySet[Application]:
        """Keep the applications that were asked for, in the order that was asked for."""
        self.is_valid()
        given = self.cleaned_data
        if given.get("q"):
            applications = applications.filter(community__name__icontains=given["q"])
        if given.get("role"):
            applications = applications.filter(call__role=given["role"])
        if given.get("status"):
            applications = applications.filter(status=given["status"])
        for name, table in (("verdict", VERDICTS), ("decision", DECISIONS)):
            if given.get(name):
                applications = applications.filter(**table[given[name]][1])
        return applications.order_by(*SORTS[given.get("sort") or "handed_in"][1])


class DecisionForm(forms.Form):
    """Asks for the programme's answer, and what the applicant reads with it."""

    outcome = forms.ChoiceField(label=_("Decision"), choices=Outcome.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("A few words for the applicant"),
        help_text=_("They stand in the letter, and on the applicant's page once the decision is released."),
        max_length=4_000,
        required=False,
        widget=forms.Textarea,
    )


class VersionedDecisionForm(DecisionForm):
    """Asks for the answer to one application, which somebody else may be preparing as well."""

    version = VersionField()


class OverrideForm(forms.Form):
    """Asks what counts instead of the rule's answer, and why."""

    ruling = forms.ChoiceField(
        label=_("What counts instead"),
        choices=[("", _("The rule's own answer")), *Ruling.choices],
        required=False,
    )
    note = forms.CharField(
        label=_("Why"),
        help_text=_("For the office only: the applicant does not read it."),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = VersionField()

    def clean(self) -> dict[str, Any]:
        """Demand a reason where a person decides."""
        given = super().clean() or {}
        if given.get("ruling") and not given.get("note", "").strip():
            self.add_error("note", _("Say why you decide otherwise than the rule."))
        return given


class QuestionForm(forms.Form):
    """Asks what is to be asked of the applicant, and how long they may answer."""

    question = forms.CharField(
        label=_("What do you want to know?"),
        help_text=_("It is sent by mail as you write it here."),
        max_length=4_000,
        widget=forms.Textarea,
    )
    until = forms.DateTimeField(label=_("Open until"), widget=LocalDateTimeInput)
    version = VersionField()

    def __init__(self, data: Any, *, zone_name: str, version: int) -> None:
        super().__init__(data, initial={"version": version})
        self._zone = zone_name
        self.fields["until"].help_text = zone_name

    def clean_until(self) -> datetime:
        """Read the moment as a clock in the organisers' zone shows it."""
        given: datetime = self.cleaned_data["until"]
        if not 2000 <= given.year <= 2200:
            raise forms.ValidationError(_("Check the year."))
        return given.replace(tzinfo=zone(self._zone))


class NoteForm(forms.Form):
    """Asks for a reason that stays in the office."""

    note = forms.CharField(
        label=_("Why"), help_text=_("For the office only."), max_length=2_000, widget=forms.Textarea
    )


class ReviewForm(forms.Form):
    """Asks for points on each scale of the programme, and a comment."""

    comment = forms.CharField(
        label=_("Comment for the coordinators"), max_length=10_000, required=False, widget=forms.Textarea
    )
    version = VersionField()

    def __init__(self, *args: Any, scales: Sequence[Score], **more: Any) -> None:
        super().__init__(*args, **more)
        language = get_language() or "en"
        for scale in scales:
            points = [(number, str(number)) for number in range(scale.lowest, scale.highest + 1)]
            self.fields[f"score_{scale.key}"] = forms.TypedChoiceField(
                label=say(scale.name, language),
                help_text=marked(say(scale.help, language)),
                choices=[("", "–"), *points],
                coerce=int,
                empty_value=None,
                required=False,
            )
        self.order_fields([*[f"score_{scale.key}" for scale in scales], "comment", "version"])

    @property
    def scores(self) -> dict[str, int]:
        """Return the points that were given, by the key of the scale."""
        return {
            name.removeprefix("score_"): points
            for name, points in self.cleaned_data.items()
            if name.startswith("score_") and points is not None
        }


class LetterForm(forms.Form):
    """Asks for the words of a letter that is still held."""

    subject = forms.CharField(label=_("Subject"), max_length=250)
    body = forms.CharField(
        label=_("Text"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 18, "dir": "auto"})
    )
    version = VersionField()
