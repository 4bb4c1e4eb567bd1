"""A field with several rows, such as topics with a level each, that needs no script to grow."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_ROWS = 12
SPARE_ROWS = 2

Row = Mapping[str, Any]
Read = Callable[[Row], Row]


@dataclass(frozen=True)
class Column:
    """One input of each row."""

    name: str
    label: Any
    widget: forms.Widget


class RowsWidget(forms.Widget):
    """Draws the rows there are and some that are free; a free row that stays empty is no answer."""

    template_name = "shared/rows.html"
    use_fieldset = True

    def __init__(self, columns: Sequence[Column], most: int) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.most = most

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give the template its rows, each a list of inputs that are drawn already."""
        context = super().get_context(name, value, attrs)
        filled = [dict(row) for row in value or []][: self.most]
        free = 0 if self.attrs.get("disabled") or (attrs or {}).get("disabled") else SPARE_ROWS
        rows = filled + [{}] * min(free, self.most - len(filled))
        context["rows"] = [self._draw(name, number, row, attrs or {}) for number, row in enumerate(rows)]
        return context

    def _draw(self, name: str, number: int, row: Row, attrs: Mapping[str, Any]) -> list[dict[str, Any]]:
        drawn = []
        for column in self.columns:
            more = {
                key: attrs[key] for key in ("disabled", "aria-describedby", "aria-invalid") if key in attrs
            }
            more["id"] = f"{attrs.get('id', name)}_{number}_{column.name}"
            html = column.widget.render(f"{name}-{number}-{column.name}", row.get(column.name), more)
            drawn.append({"id": more["id"], "label": column.label, "number": number + 1, "html": html})
        return drawn

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, str]]:
        """Collect the rows in which anything was written."""
        rows = []
        for number in range(self.most):
            row = {
                column.name: str(data.get(f"{name}-{number}-{column.name}", "")).strip()
                for column in self.columns
            }
            if any(row.values()):
                rows.append(row)
        return rows

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Tell whether no row was sent at all."""
        return not any(key.startswith(f"{name}-") for key in data)

    def id_for_label(self, id_: str) -> str:
        """Point no label at the group: each input has its own."""
        return ""


class RowsField(forms.Field):
    """Reads each row by a function that returns the answer as plain data, or raises ValidationError."""

    widget: RowsWidget

    def __init__(self, *, columns: Sequence[Column], most: int | None, read: Read, **more: Any) -> None:
        super().__init__(widget=RowsWidget(columns, min(most or MOST_ROWS, MOST_ROWS)), **more)
        self.read = read

    def to_python(self, value: Any) -> list[Row]:
        """Return the rows as plain data; the same row twice counts once."""
        rows: list[Row] = []
        for row in value or []:
            found = self.read(row)
            if found not in rows:
                rows.append(found)
        return rows

    def validate(self, value: Any) -> None:
        """Demand a row where an answer is required."""
        if self.required and not value:
            raise ValidationError(_("Please fill in at least one row."))
