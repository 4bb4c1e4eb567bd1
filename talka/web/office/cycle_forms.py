"""What coordinators fill in about a cycle."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.programmes.models import Stage
from talka.web.shared.fields import DateInput
from talka.web.shared.overtaken import VersionField
from talka.web.shared.words_forms import SHORT, WordsForm

FIRST_YEAR, LAST_YEAR = 2000, 2100


def year_in_range(day: date) -> None:
    """Refuse a day outside of the years that can be meant."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise forms.ValidationError(_("The year must lie between 2000 and 2100."))


class CurrencyField(forms.RegexField):
    """Three capital letters."""

    def __init__(self, **kwargs: Any) -> None:
        wrong = _("A currency is three capital letters, such as EUR.")
        super().__init__(r"^[A-Z]{3}$", error_messages={"invalid": wrong}, max_length=3, **kwargs)


class OpenCycleForm(WordsForm):
    """Asks for a new cycle's year, label and budget."""

    wordings = (("label", _("Label"), SHORT, True),)
    year = forms.IntegerField(
        label=_("Year"),
        help_text=_("The first stage starts in this year. You can move every date afterwards."),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
    )
    slug = forms.SlugField(
        label=_("Address"),
        help_text=_("The last part of the cycle's web address, such as 2027."),
        max_length=60,
    )


class OpenFirstCycleForm(OpenCycleForm):
    """Asks for the budget too; a copy takes it over."""

    budget = forms.DecimalField(
        label=_("Budget"),
        help_text=_("For travel, stay and insurance. It can be changed later; 0 means that none is set."),
        min_value=0,
        max_digits=12,
        decimal_places=2,
        initial=0,
    )
    currency = CurrencyField(label=_("Currency"))


class CycleForm(WordsForm):
    """Asks for the label and the budget."""

    wordings = (("label", _("Label"), SHORT, True),)
    budget = forms.DecimalField(label=_("Budget"), min_value=0, max_digits=12, decimal_places=2)
    currency = CurrencyField(label=_("Currency"))
    version = VersionField()


class StagesForm(forms.Form):
    """Asks for the first and the last day of each stage."""

    version = VersionField()

    def __init__(self, *args: Any, stages: Sequence[Stage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stages = stages
        for stage in stages:
            for end, value in (("starts_on", stage.starts_on), ("ends_on", stage.ends_on)):
                self.fields[f"{stage.key}__{end}"] = forms.DateField(
                    label=_("First day") if end == "starts_on" else _("Last day"),
                    initial=value,
                    widget=DateInput(),
                    validators=[year_in_range],
                )

    def clean(self) -> dict[str, Any]:
        """Pair the days by stage, under "days"."""
        cleaned = super().clean() or self.cleaned_data
        days = {}
        for stage in self.stages:
            first, last = (
                cleaned.pop(f"{stage.key}__starts_on", None),
                cleaned.pop(f"{stage.key}__ends_on", None),
            )
            if first and last and last < first:
                self.add_error(f"{stage.key}__ends_on", _("The last day is before the first."))
            elif first and last:
                days[stage.key] = (first, last)
        cleaned["days"] = days
        return cleaned
