"""What happens to a form when somebody else saved the record first: nothing that was typed is lost."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

LARGEST_VERSION = 2**31


class VersionField(forms.IntegerField):
    """The version of a record that a form was drawn with, carried along unseen."""

    def __init__(self, *, required: bool = True) -> None:
        super().__init__(widget=forms.HiddenInput, min_value=0, max_value=LARGEST_VERSION, required=required)


def keep_typing(form: Any, version: int) -> None:
    """Let a form that was overtaken keep what was typed, and be sent again over the version there is now."""
    form.data = form.data.copy()
    form.data["version"] = str(version)


def newer(form: Any, record: Any) -> Any:
    """Keep what was typed and let it be saved over the newer record, which is shown with it and returned."""
    keep_typing(form, record.version)
    words = _(
        "Somebody saved while you were writing. Your text is in the form, theirs is below it: "
        "bring them together, then save."
    )
    form.add_error(None, words)
    return record


def answer_form(request: HttpRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    """Show a form, with status 422 when something in it has to be put right, 409 when somebody was faster."""
    status = 409 if context.get("theirs") else 422 if form.errors else 200
    return render(request, template, context | {"form": form}, status=status)
