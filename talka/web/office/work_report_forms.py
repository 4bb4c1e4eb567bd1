"""The form of a report about work: its title and days, an introduction, and words for each part."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talka.forms.kinds import DayField, TextField
from talka.impact.models import WorkReport
from talka.web.shared.overtaken import VersionField
from talka.web.shared.work_words import PARTS, ShownPart, shown_parts

LONGEST = 10_000


class WorkReportForm(forms.Form):
    """Asks for everything that people write in a report; its figures stand beside it."""

    use_required_attribute = False
    version = VersionField()
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    starts_on = DayField(label=gettext_lazy("First day"))
    ends_on = DayField(label=gettext_lazy("Last day"))

    def __init__(
        self, data: Any, *, report: WorkReport, figures: Sequence[Mapping[str, Any]], **more: Any
    ) -> None:
        initial = {name: getattr(report, name) for name in ("version", "title", "starts_on", "ends_on")}
        initial |= {f"words_{key}": text for key, text in report.words.items()}
        super().__init__(data, initial=initial, **more)
        self.figures = figures
        self.keys = ("introduction", *(part["key"] for part in figures))
        for key in self.keys:
            label = _("Introduction") if key == "introduction" else PARTS.get(key, key)
            self.fields[f"words_{key}"] = TextField(
                label=label,
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        given = super().clean() or {}
        if given.get("starts_on") and given.get("ends_on") and given["ends_on"] < given["starts_on"]:
            self.add_error("ends_on", _("The last day is before the first."))
        return given

    def values(self) -> dict[str, Any]:
        """Return what was written, as the report keeps it."""
        words = {key: self.cleaned_data[f"words_{key}"] for key in self.keys}
        kept = {key: text for key, text in words.items() if text}
        return {
            **{name: self.cleaned_data[name] for name in ("title", "starts_on", "ends_on")},
            "words": kept,
        }

    def parts(self) -> list[tuple[ShownPart, Any]]:
        """Pair each part with the field for its words."""
        return [(part, self[f"words_{part.key}"]) for part in shown_parts(self.figures, {})]

    def differences(self, theirs: WorkReport) -> list[tuple[Any, str]]:
        """List what a newer version says in another way than was sent."""
        found = [(self.fields["title"].label, theirs.title)] if theirs.title != self.data.get("title") else []
        return found + [
            (self.fields[f"words_{key}"].label, theirs.words.get(key, ""))
            for key in self.keys
            if theirs.words.get(key, "") != self.data.get(f"words_{key}", "").replace("\r\n", "\n")
        ]
