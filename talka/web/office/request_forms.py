"""The forms of requests in the office."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from talka.applications.queries import role_of
from talka.calls.models import Call
from talka.capacities.lifecycle import WAITING, NeedStatus
from talka.capacities.models import Way
from talka.capacities.models.needs import NeedQuerySet
from talka.capacities.queries import late_needs, searched_needs
from talka.forms.kinds import TextField
from talka.kernel.speech import noted
from talka.kernel.wording import say
from talka.people.codes import countries
from talka.programmes.models import Programme
from talka.web.shared.asking import model_names
from talka.web.shared.fields import offer

LONGEST_TEXT = 4_000
WAIT, LATE, ALL = "waiting", "late", "all"
SORTS = {
    "age": (_("Longest waiting first"), ("waits_since", "pk")),
    "new": (_("Newest first"), ("-asked_at", "-pk")),
    "moved": (_("Longest untouched first"), ("moved_at", "pk")),
    "status": (_("Status"), ("status", "waits_since", "pk")),
}
ANY = ("", _("Any"))


class RequestListForm(forms.Form):
    """Narrows and sorts the requests of a programme. What makes no sense is passed over."""

    q = forms.CharField(label=_("Words"), max_length=200, required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[
            ("", _("Waiting")),
            (LATE, _("Waiting for too long")),
            *NeedStatus.choices,
            (ALL, _("All")),
        ],
    )
    owner = forms.ChoiceField(
        label=_("Who is on it"),
        required=False,
        choices=[ANY, ("nobody", _("Nobody")), ("me", _("I am"))],
    )
    model = forms.ChoiceField(label=_("Kind of programme"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    sort = forms.ChoiceField(
        label=_("Order"), required=False, choices=[(key, row[0]) for key, row in SORTS.items()]
    )

    def __init__(self, data: Any, *, programme: Programme, asked_from: Iterable[str]) -> None:
        super().__init__(data)
        models, names = model_names(programme), countries(get_language() or "en")
        offer(self, "model", [ANY, *models.items()])
        offer(self, "country", [ANY, *[(code, names.get(code, code)) for code in sorted(set(asked_from))]])

    def narrow(self, needs: NeedQuerySet, *, account: Any, answer_days: int, now: datetime) -> NeedQuerySet:
        """Keep the requests that were asked for, in the order that was asked for."""
        self.is_valid()
        given = self.cleaned_data
        needs = searched_needs(needs, given.get("q", ""))
        status = given.get("status", "")
        if status == LATE:
            needs = late_needs(needs, answer_days=answer_days, now=now)
        elif status != ALL:
            needs = needs.filter(status__in=[status] if status else WAITING)
        if given.get("owner"):
            needs = needs.filter(owner=account if given["owner"] == "me" else None)
        for name in ("model", "country"):
            needs = needs.filter(**{name: given[name]}) if given.get(name) else needs
        return needs.order_by(*SORTS[given.get("sort") or "age"][1])


class _TextForm(forms.Form):
    use_required_attribute = False


def _text(label: Any, help_text: Any = "", *, required: bool = True) -> TextField:
    return TextField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_TEXT,
        required=required,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class TakeForm(_TextForm):
    """What the asker reads when somebody takes up a request."""

    note = _text(
        _("A note to the asker"), _("Such as: I ask around and write to you next week."), required=False
    )


class WriteForm(_TextForm):
    """Something written about a request, for the asker or only for coordinators."""

    text = _text(_("What you write"))
    audience = forms.ChoiceField(
        label=_("For whom"),
        choices=[("reply", _("The asker, who gets a letter")), ("office", _("Only the coordinators"))],
        widget=forms.RadioSelect,
        initial="reply",
    )


class ReplyForm(_TextForm):
    """The answer to a request."""

    text = _text(
        _("Your answer"),
        _("Such as a module that helps, a page, or that you know nobody yet. The asker can write back."),
    )


class CloseForm(_TextForm):
    """Why a request is closed."""

    text = _text(_("What you tell the asker"))


class IntroduceForm(_TextForm):
    """What the mentor reads of a request."""

    # The offer to which it was sent: of several such forms on a page, that one keeps what was typed.
    chosen = 0

    note = _text(
        _("What you tell the mentor"),
        _("Without the name of the asker. The mentor also sees the topics, the country and the languages."),
    )


class ApplyForm(_TextForm):
    """The call to which the asker applies."""

    call = forms.ChoiceField(label=_("Call"))

    def __init__(self, *args: Any, calls: Iterable[Call], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.calls = {str(call.pk): call for call in calls}
        offer(self, "call", [(key, _called(call)) for key, call in self.calls.items()])


def _called(call: Call) -> str:
    return f"{call.cycle}: {noted(say(role_of(call).name, get_language() or 'en'))}"


class OutreachForm(_TextForm):
    """The words that invite a community."""

    words = _text(
        _("What you write to them"), _("The letter adds where to read more, and how to ask or offer.")
    )
    way = forms.ChoiceField(label=_("How"), choices=Way.choices, widget=forms.RadioSelect)
