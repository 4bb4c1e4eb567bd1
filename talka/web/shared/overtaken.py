"""What happens to a form when somebody else saved the record first: nothing that was typed is lost."""

from typing import Any

from django import forms

LARGEST_VERSION = 2**31


class VersionField(forms.IntegerField):
    """The version of a record that a form was drawn with, carried along unseen."""

    def __init__(self, *, required: bool = True) -> None:
        super().__init__(widget=forms.HiddenInput, min_value=0, max_value=LARGEST_VERSION, required=required)


def keep_typing(form: Any, version: int) -> None:
    """Let a form that was overtaken keep what was typed, and be sent again over the version there is now."""
    form.data = form.data.copy()
    form.data["version"] = str(version)
