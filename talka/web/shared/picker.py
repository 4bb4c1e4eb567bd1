"""Fields that find a record by typing: a search with suggestions, never a list of everything.

Without scripts the name is typed and sent; when several fit, the form comes back with a choice among them.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.widgets import TextInput
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from talka.capacities.models import Capacity
from talka.capacities.queries import search_capacities
from talka.people.models import Community
from talka.people.models.communities import CommunityQuerySet
from talka.people.reading import name_key

LONGEST = 200
MOST_CHOICES = 10


class Picker(TextInput):
    """A text box with suggestions; `choices` are the records among which the reader has to choose."""

    template_name = "shared/picker.html"

    def __init__(self, suggestions: str) -> None:
        super().__init__({"maxlength": LONGEST, "autocomplete": "off"})
        self.suggestions = suggestions
        self.choices: Sequence[Any] = ()

    def value_from_datadict(self, data: Any, files: MultiValueDict, name: str) -> tuple[str, str]:
        """Return what was typed, and which of the choices was taken."""
        return data.get(name, ""), data.get(f"{name}_choice", "")

    def format_value(self, value: Any) -> str:
        """Write a record by its name, and what was typed as it was typed."""
        return value[0] if isinstance(value, tuple) else str(value or "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the choices and the name of the page with suggestions."""
        chosen = value[1] if isinstance(value, tuple) else ""
        context = super().get_context(name, value, attrs)
        return {**context, "choices": self.choices, "chosen": chosen, "suggestions": self.suggestions}


class PickerField(forms.Field):
    """Turns a typed name into one record; several that fit come back as a choice."""

    widget: Picker

    def __init__(self, *, find: Callable[[str], Sequence[Any]], suggestions: str, **options: Any) -> None:
        super().__init__(widget=Picker(suggestions), **options)
        self.find = find

    def prepare_value(self, value: Any) -> Any:
        """Leave a record or what was typed as it is."""
        return value

    def clean(self, value: tuple[str, str] | None) -> Any:
        """Return the record that was meant, or None where none had to be named."""
        typed, choice = value or ("", "")
        typed = typed.replace("\0", "").strip()
        if not typed:
            self.validate(None)
            return None
        found = self.find(typed) if len(typed) <= LONGEST else []
        exact = [one for one in found if name_key(str(one)) == name_key(typed)]
        chosen = [one for one in found if str(one.pk) == choice]
        for certain in (chosen, exact, found):
            if len(certain) == 1:
                return certain[0]
        self.widget.choices = found[:MOST_CHOICES]
        raise forms.ValidationError(_several(len(found)), code="several" if found else "unknown")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether something else was typed."""
        return str(initial or "") != (data or ("", ""))[0]


def _several(count: int) -> Any:
    if count == 0:
        return _("Nothing here has this name. Look at the spelling, or type only a part of it.")
    if count > MOST_CHOICES:
        return _("Many names fit. Choose one, or type more of the name.")
    return _("Several names fit. Choose one.")


class CommunityField(PickerField):
    """Finds one of the given communities by its name or acronym."""

    def __init__(self, queryset: CommunityQuerySet | None = None, **options: Any) -> None:
        among: Any = Community.objects.real() if queryset is None else queryset

        def find(words: str) -> list[Community]:
            return list(among.named_like(words).order_by("name", "pk")[: MOST_CHOICES * 5])

        super().__init__(find=find, suggestions="public:community_suggestions", **options)


class CapacityField(PickerField):
    """Finds one of the given capacities by its name in any language."""

    def __init__(self, queryset: QuerySet[Capacity] | None = None, **options: Any) -> None:
        def find(words: str) -> list[Capacity]:
            return search_capacities(words, among=queryset, most=MOST_CHOICES * 5)

        super().__init__(find=find, suggestions="public:capacity_suggestions", **options)
