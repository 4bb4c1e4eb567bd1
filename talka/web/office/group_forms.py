"""What coordinators fill in about the group around a programme."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.forms.kinds import DayField
from talka.programmes.models import Programme, Source
from talka.web.shared.fields import offer
from talka.web.shared.group_parts import RollSearchForm, long_text, spoken
from talka.web.shared.lines import LineField
from talka.web.shared.overtaken import VersionField
from talka.web.shared.words_forms import plain_characters

CURRENT, LEFT, EVERYBODY = "", "left", "all"


class TermForm(forms.Form):
    """Asks who holds a post, and from when to when."""

    name = LineField(label=_("Name"), max_length=120, validators=[plain_characters])
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(
        label=_("Last day"),
        help_text=_("Leave it empty while it is not known. Thirty days before it you get a letter."),
        required=False,
    )
    version = VersionField(required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a term that ends before it begins."""
        given = super().clean() or self.cleaned_data
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first."))
        return given


class FillForm(TermForm):
    """Asks which post is filled as well, and where its holder gets a letter."""

    post = forms.ChoiceField(label=_("Post"), widget=forms.RadioSelect)
    email = forms.EmailField(
        label=_("Their e-mail address"),
        help_text=_("They get a letter about it. It gives them no rights in Talka, and nobody else sees it."),
        max_length=200,
        required=False,
    )
    field_order = ("post", "name", "email", "starts_on", "ends_on")

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "post", [(post.key, spoken(post.name)) for post in programme.plan.posts])


class OfficeRollForm(RollSearchForm):
    """Adds what coordinators look for: who has left, and where members come from."""

    state = forms.ChoiceField(
        label=_("Who"),
        choices=[(CURRENT, _("Members now")), (LEFT, _("Those who left")), (EVERYBODY, _("All"))],
        required=False,
    )
    source = forms.ChoiceField(
        label=_("Signed"), choices=[("", _("Anywhere")), *Source.choices], required=False
    )
    field_order = ("q", "brings", "state", "source", "order")

    def rows(self) -> Any:
        """Find the rows of the roll that the form asks for."""
        self.is_valid()
        asked, rows = self.cleaned_data, self.programme.memberships.all()
        if asked.get("q"):
            rows = rows.named_like(asked["q"])
        if asked.get("brings"):
            rows = rows.bringing(asked["brings"])
        if asked.get("source"):
            rows = rows.filter(source=asked["source"])
        if asked.get("state", CURRENT) != EVERYBODY:
            rows = rows.filter(left_at__isnull=asked.get("state", CURRENT) == CURRENT)
        return rows.in_order(asked.get("order", ""))


class ReasonForm(forms.Form):
    """Asks why somebody is taken off, or a notice is not shown: it is told to whom it concerns."""

    reason = long_text(_("Why?"), _("It is sent by mail to whom it concerns."), rows=4)
    version = VersionField(required=False)


class OutsideForm(forms.Form):
    """Asks with which group outside one works together, what for, and who answers there."""

    name = LineField(label=_("Name of the group or team"), max_length=200, validators=[plain_characters])
    purpose = long_text(_("What for"), rows=3, required=False)
    contact = LineField(
        label=_("Who answers there"), max_length=120, required=False, validators=[plain_characters]
    )
    address = LineField(
        label=_("E-mail address or page"),
        help_text=_("Only coordinators see it. Write what the person would expect you to keep, no more."),
        max_length=200,
        required=False,
        validators=[plain_characters],
    )
    version = VersionField(required=False)


class NoteForm(forms.Form):
    """Asks what was said, what was agreed, and when one talks again."""

    met_on = DayField(label=_("Day"))
    said = long_text(_("What was said"), rows=4)
    agreed = long_text(_("What was agreed"), rows=3, required=False)
    next_on = DayField(
        label=_("When you talk again"),
        help_text=_("On this day the coordinators get a letter. The date of the newest note counts."),
        required=False,
    )
    version = VersionField(required=False)
