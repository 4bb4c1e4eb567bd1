"""What is still missing, said on a page: each thing once, with the place where it is put right."""

from collections.abc import Iterable, Mapping

from django.forms import BoundField, Form
from django.forms.widgets import ChoiceWidget, Select

from talka.kernel.reasons import Gap
from talka.web.templatetags.words import reason


def gaps_in_words(gaps: Iterable[Gap], forms: Mapping[str, Form]) -> list[dict[str, str]]:
    """Say what is missing; `forms` names the form of a section, so that a link leads to the very field."""
    return [{"place": _place(gap, forms.get(gap.section)), "words": reason(gap.reason)} for gap in gaps]


def _place(gap: Gap, form: Form | None) -> str:
    return _first_input(form[gap.field]) if form is not None and gap.field in form.fields else gap.section


def _first_input(field: BoundField) -> str:
    """Return the id of the first input of a field: of several buttons or boxes, the first one's."""
    widget = field.field.widget
    if isinstance(widget, ChoiceWidget) and not isinstance(widget, Select):
        return widget.id_for_label(field.auto_id, "0")
    return field.id_for_label or field.auto_id
