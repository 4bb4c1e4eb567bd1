"""The forms with which coordinators answer reports and close exchanges."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from talka.blueprints.questions import FormDraft, Question, Section
from talka.exchanges.lifecycle import ExchangeStatus
from talka.exchanges.models import Exchange
from talka.forms.fields import SheetForm, build_form
from talka.forms.kinds import TextField
from talka.reports.lifecycle import ReportStatus
from talka.reports.models import Closing, GoalsMet
from talka.reports.queries import closing_questions, quotes
from talka.web.shared.fields import offer
from talka.web.shared.overtaken import VersionField

LONGEST = 10_000
FIELDS = ("goals_met", "evidence", "lessons", "went_wrong", "mentee_said", "mentor_said")


class ReportListForm(forms.Form):
    """Narrows the list of reports and evaluations; `kinds` names those that the cycle asks for, by key."""

    q = forms.CharField(label=_("Whose"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Which"), required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("All")), *ReportStatus.choices, ("late", _("Late"))],
    )

    def __init__(self, *args: Any, kinds: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", [("", _("All")), *kinds.items()])


class QuestionForm(forms.Form):
    """The question with which a report goes back."""

    use_required_attribute = False

    question = TextField(
        label=_("What do you ask?"),
        help_text=_("It is sent by mail. Say exactly what is missing, so that one answer is enough."),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


def _text(label: Any, help_text: Any, *, required: bool = False) -> TextField:
    widget = forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    return TextField(label=label, help_text=help_text, required=required, max_length=LONGEST, widget=widget)


class ClosingForm(forms.Form):
    """The last look at an exchange."""

    use_required_attribute = False

    goals_met = forms.ChoiceField(
        label=_("Were the learning goals met?"),
        help_text=_("Counted in the impact report."),
        choices=GoalsMet.choices,
        widget=forms.RadioSelect,
    )
    evidence = _text(
        _("How do we know?"),
        _("What the photos, the numbers and both reports show; for a cancelled exchange, why it ended."),
        required=True,
    )
    mentee_said = _text(
        _("What the learning side said"), _("Begun with quotes from its report: shorten them.")
    )
    mentor_said = _text(
        _("What the mentoring side said"), _("Begun with quotes from its report: shorten them.")
    )
    went_wrong = _text(
        _("What went wrong, or nearly did?"),
        _("Keep this as carefully as the successes. Nothing of it is published."),
    )
    lessons = _text(_("Lessons for the programme"), _("What the next cycle should do differently."))
    version = VersionField(required=False)


def closing_form(exchange: Exchange, data: Any = None) -> ClosingForm:
    """Make the form of an exchange's closing: as it was written, or begun with what both sides said."""
    kept = getattr(exchange, "closing", None)
    return ClosingForm(data, initial=closing_values(kept) if kept else _begun(exchange))


def closing_values(closing: Closing) -> dict[str, Any]:
    """Return what is kept of a closing."""
    return {name: getattr(closing, name) for name in (*FIELDS, "version")}


def _begun(exchange: Exchange) -> dict[str, Any]:
    if exchange.status == ExchangeStatus.CANCELLED:
        return {"goals_met": GoalsMet.NO}
    language = get_language() or "en"
    said = {report.seat.part: quotes(report, language=language) for report in exchange.reports.all()}
    return {"mentee_said": said.get("learns", ""), "mentor_said": said.get("teaches", "")}


def more_form(exchange: Exchange, data: Any = None) -> SheetForm | None:
    """Make the form of the blueprint's other closing questions; None where there are none."""
    questions: tuple[Question, ...] = closing_questions(exchange.match.cycle)
    if not questions:
        return None
    kept = getattr(exchange, "closing", None)
    draft = FormDraft(sections=(Section(title={"en": "Closing"}, questions=questions),))
    return build_form(
        draft,
        language=get_language() or "en",
        answers=kept.answers if kept else {},
        is_draft=False,
        data=data,
        prefix="more",
    )
