"""Text of one line."""

from typing import Any

from django import forms

from talka.papers.plain import one_line


class LineField(forms.CharField):
    """Takes text that stays on one line: a name with line breaks could pretend to be more of a letter."""

    def to_python(self, value: Any) -> str:
        """Fold what was typed into one line."""
        return one_line(super().to_python(value))
