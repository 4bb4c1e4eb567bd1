"""What somebody fills in about a point of an agenda."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.gatherings.models import AgendaItem
from talka.web.shared.lines import LineField
from talka.web.shared.overtaken import VersionField
from talka.web.shared.words_forms import plain_characters


class AgendaForm(forms.Form):
    """Asks what a meeting should talk about."""

    title = LineField(label=_("What to talk about"), max_length=200, validators=[plain_characters])
    text = forms.CharField(
        label=_("What to know beforehand"),
        max_length=3000,
        required=False,
        validators=[plain_characters],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    link = forms.URLField(label=_("A page to look at"), max_length=400, required=False, assume_scheme="https")
    minutes = forms.IntegerField(
        label=_("How many minutes it needs"), min_value=1, max_value=480, required=False
    )


class AgendaEditForm(AgendaForm):
    """Knows which version of the point it changes."""

    version = VersionField()


def agenda_values(item: AgendaItem) -> dict[str, Any]:
    """Return a point's values as its form shows them."""
    return {name: getattr(item, name) for name in ("title", "text", "link", "minutes", "version")}
