"""What coordinators write down of a meeting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.gatherings.lifecycle import ActionStatus
from talka.gatherings.models import Gathering
from talka.gatherings.queries import account_people, bearers
from talka.people.models import Account
from talka.people.reading import name_key
from talka.web.office.cycle_forms import year_in_range
from talka.web.shared.fields import DateInput
from talka.web.shared.lines import LineField
from talka.web.shared.overtaken import VersionField
from talka.web.shared.words_forms import LONG, WordsForm, plain_characters


class DecisionForm(forms.Form):
    """Asks what was decided."""

    text = LineField(
        label=_("What was decided"),
        max_length=1000,
        validators=[plain_characters],
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DecisionEditForm(DecisionForm):
    """Knows which version of the decision it changes."""

    version = VersionField()


class ActionItemForm(forms.Form):
    """Asks who does what by when. A name that one of the people bears is theirs."""

    text = LineField(label=_("What is to be done"), max_length=400, validators=[plain_characters])
    owner = LineField(
        label=_("Who does it"),
        help_text=_("A name, or an e-mail address. Who has an account finds it on their desk."),
        max_length=120,
        validators=[plain_characters],
        widget=forms.TextInput(attrs={"list": "people-of-meeting", "autocomplete": "off"}),
    )
    due_on = forms.DateField(label=_("By when"), widget=DateInput(), validators=[year_in_range])

    def __init__(self, *args: Any, gathering: Gathering, owner: Account | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people, self.names = list(account_people(gathering)), bearers(gathering)
        if owner and owner not in self.people:
            # Who has it already keeps it, although they may have left the meetings since.
            self.people.append(owner)
            self.names.setdefault(name_key(owner.name), set()).add(owner.pk)

    def clean_owner(self) -> Account | str:
        """Find the account that is meant; a name that several bear needs the address."""
        typed = self.cleaned_data["owner"]
        bearing = self.names.get(name_key(typed), ())
        named = [one for one in self.people if one.pk in bearing]
        addressed = [one for one in self.people if (one.email or "").lower() == typed.lower()]
        found = addressed or named
        if len(found) > 1:
            raise forms.ValidationError(_("Several people here have this name: write the e-mail address."))
        if not found and "@" in typed:
            raise forms.ValidationError(_("Nobody around this meeting has this address. Write a name."))
        return found[0] if found else typed

    def owned(self) -> dict[str, Any]:
        """Return what was filled in, with the owner as an account or as a name."""
        given = dict(self.cleaned_data)
        owner = given["owner"]
        is_account = isinstance(owner, Account)
        return given | {"owner": owner if is_account else None, "owner_name": "" if is_account else owner}


class ActionItemEditForm(ActionItemForm):
    """Knows which version of the action item it changes."""

    version = VersionField()


class OutcomeForm(forms.Form):
    """Asks what became of an action item."""

    status = forms.ChoiceField(label=_("What became of it?"), choices=ActionStatus.choices)
    note = forms.CharField(
        label=_("What the others should know of it"),
        max_length=1000,
        required=False,
        validators=[plain_characters],
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class MinutesForm(WordsForm):
    """Asks for the minutes."""

    wordings = (("text", _("Minutes"), LONG, True),)
    version = VersionField()


class PublishForm(forms.Form):
    """Asks whether those who were there are told."""

    tell = forms.BooleanField(label=_("Tell those who were there by letter"), required=False)
    version = VersionField()
