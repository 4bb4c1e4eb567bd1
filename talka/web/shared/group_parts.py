"""The group around a programme, as pages for anyone, the desk and the office share it."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from talka.blueprints.group import Roll
from talka.forms.kinds import TextField
from talka.kernel.speech import noted
from talka.kernel.wording import Wording, say
from talka.programmes.models import Membership, Programme
from talka.programmes.queries import has_group, members_of
from talka.web.shared.fields import offer
from talka.web.shared.lines import LineField
from talka.web.shared.overtaken import VersionField
from talka.web.shared.words_forms import plain_characters

LONGEST_TEXT = 5_000
ORDERS = (("", _("By name")), ("joined", _("The newest first")))


def group_programme(request: HttpRequest, slug: str) -> Programme:
    """Find a programme that has a group and that the reader may know of. Raises Http404."""
    found = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    if not has_group(found.plan):
        raise Http404
    return found


def roll_of(programme: Programme) -> Roll:
    """Return what the blueprint says of the roll. Raises Http404 where it has none."""
    roll = programme.plan.roll
    if roll is None:
        raise Http404
    return roll


def spoken(words: Wording) -> str:
    """Say a wording in the reader's language as plain text."""
    return noted(say(words, get_language() or "en"))


def contribution_words(programme: Programme) -> dict[str, str]:
    """Return what members can bring, in words, by the keys of the blueprint."""
    roll = programme.plan.roll
    return {one.key: spoken(one.name) for one in roll.contributions} if roll else {}


def with_words(members: Any, words: dict[str, str]) -> list[tuple[Membership, list[str]]]:
    """Pair each member with the words for what they bring."""
    return [(one, [words[key] for key in one.contributions if key in words]) for one in members]


class RollSearchForm(forms.Form):
    """What a roll can be narrowed by, and its order; all of it optional."""

    q = forms.CharField(
        label=_("Name or user name"),
        max_length=200,
        required=False,
        validators=[plain_characters],
        widget=forms.TextInput({"type": "search"}),
    )
    brings = forms.ChoiceField(label=_("Brings"), required=False)
    order = forms.ChoiceField(label=_("Order"), choices=ORDERS, required=False)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        words = contribution_words(programme)
        offer(self, "brings", [("", _("All")), *words.items()])
        if not words:
            del self.fields["brings"]

    @property
    def needed(self) -> Any:
        """Name all fields: nothing has to be filled in, and saying so at each would only be noise."""
        return self.fields

    def members(self) -> Any:
        """Find the current members that the form asks for; what it cannot read, it does not ask."""
        self.is_valid()
        asked = self.cleaned_data
        return members_of(
            self.programme,
            words=asked.get("q", ""),
            contribution=asked.get("brings", ""),
            order=asked.get("order", ""),
        )


class MemberForm(forms.Form):
    """Asks how a member is called, who they are on the wikis, and what they bring."""

    name = LineField(
        label=_("Name"),
        help_text=_("As the others shall read it."),
        max_length=120,
        validators=[plain_characters],
    )
    user_name = LineField(
        label=_("Wikimedia user name"),
        help_text=_("Without “User:”. If you have signed the list on the wiki, it finds you there."),
        max_length=85,
        required=False,
        validators=[plain_characters],
    )
    contributions = forms.MultipleChoiceField(
        label=_("What you bring"), required=False, widget=forms.CheckboxSelectMultiple
    )
    version = VersionField(required=False)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = contribution_words(programme)
        offer(self, "contributions", words.items())
        if not words:
            del self.fields["contributions"]

    def clean_user_name(self) -> str:
        """Take the prefix off that people copy along, and refuse what no user name has."""
        name = str(self.cleaned_data["user_name"])
        name = name.removeprefix("User:").removeprefix("@").strip()
        if any(sign in name for sign in "#<>[]|{}/"):
            raise forms.ValidationError(_("A user name has none of these characters: # < > [ ] | { } /"))
        return name

    def said(self) -> dict[str, Any]:
        """Return what was filled in, ready for a verb."""
        given = self.cleaned_data
        return {
            "name": given["name"],
            "user_name": given["user_name"],
            "contributions": given.get("contributions", []),
        }


def as_said(member: Membership) -> dict[str, Any]:
    """Return what is kept of a member, as the form shows it."""
    names = ("name", "user_name", "contributions", "version")
    return {name: getattr(member, name) for name in names}


def long_text(label: Any, help_text: Any = "", *, rows: int = 5, required: bool = True) -> TextField:
    """Make a field for a text of some length."""
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return TextField(
        label=label, help_text=help_text, max_length=LONGEST_TEXT, required=required, widget=widget
    )
