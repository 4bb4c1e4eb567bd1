"""Forms of modules in the office."""

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.web.shared.learning import ModuleWordsForm
from talka.web.shared.words_forms import LONG, SHORT


class ModuleForm(ModuleWordsForm):
    """Everything that is said of a module, and who maintains it."""

    wordings = (
        ("unit", _("Unit"), SHORT, True),
        ("name", _("Name"), SHORT, True),
        ("summary", _("In a sentence"), SHORT, False),
        ("body", _("Text"), LONG, False),
    )
    email = forms.EmailField(
        label=_("Who maintains it: e-mail address"),
        help_text=_(
            "They get a letter, can change the text, and are told of suggestions. "
            "Their name stands on the page."
        ),
        max_length=200,
        required=False,
    )
    field_order = ("unit", "name", "summary", "body", "address", "minutes", "email", "version")


class MoveForm(forms.Form):
    """Where a module or its unit goes."""

    what = forms.ChoiceField(choices=[("module", ""), ("unit", "")])
    where = forms.TypedChoiceField(choices=[("-1", ""), ("1", "")], coerce=int)


class CohortForm(forms.Form):
    """What the table of a cohort is narrowed by."""

    q = forms.CharField(
        label=_("Name"), max_length=200, required=False, widget=forms.TextInput({"type": "search"})
    )
    role = forms.ChoiceField(label=_("Role"), required=False)
    needed = ("q", "role")
