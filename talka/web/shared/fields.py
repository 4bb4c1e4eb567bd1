"""Django's forms in the look of Codex."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

CLASSES = {
    "checkbox": "cdx-checkbox__input",
    "checkboxes": "cdx-checkbox__input",
    "radios": "cdx-radio__input",
    "textarea": "cdx-text-area__textarea",
    "select": "cdx-select",
    "file": "talka-file",
    "input": "cdx-text-input__input",
}


def looks(widget: forms.Widget) -> str:
    """Name the Codex component that a widget is drawn as."""
    kinds = (
        (forms.CheckboxInput, "checkbox"),
        (forms.CheckboxSelectMultiple, "checkboxes"),
        (forms.RadioSelect, "radios"),
        (forms.Textarea, "textarea"),
        (forms.Select, "select"),
        (forms.FileInput, "file"),
    )
    return next((name for kind, name in kinds if isinstance(widget, kind)), "input")


class CodexBoundField(BoundField):
    """A field that knows its Codex component; Django itself ties help and errors to the input."""

    @property
    def looks(self) -> str:
        """Name the component, for the template."""
        return looks(self.field.widget)

    @property
    def is_optional(self) -> bool:
        """Tell whether the page calls the field optional."""
        return not self.field.required and self.name not in getattr(self.form, "needed", ())

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Add the class of the component, and to texts the direction of what is written."""
        built = super().build_widget_attrs(attrs, widget)
        given = f"{self.field.widget.attrs.get('class', '')} {built.get('class', '')}".strip()
        built["class"] = f"{given} {CLASSES[self.looks]}".strip()
        if self.looks == "textarea" or getattr(widget or self.field.widget, "input_type", "") == "text":
            # People write in any language; its direction is that of what they write.
            built.setdefault("dir", "auto")
        return built


class CodexRenderer(TemplatesSetting):
    """Draws every form of Talka."""

    form_template_name = "shared/form.html"
    field_template_name = "shared/field.html"
    bound_field_class = CodexBoundField


def offer(form: forms.Form, name: str, choices: Iterable[Any]) -> None:
    """Give a field of a form the choices that are known only now."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


class DateInput(forms.DateInput):
    """A date as browsers and ISO 8601 write it."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class LocalDateTimeInput(forms.DateTimeInput):
    """A date with a time of day, as browsers write it."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")
