"""What members of a circle fill in: lessons, replies, whether to show their name, and what to look at."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.exchanges.models import LessonKind
from talka.web.shared.community_search import country_choices
from talka.web.shared.exchange_forms import LinesField
from talka.web.shared.fields import offer
from talka.web.shared.lines import LineField
from talka.web.shared.overtaken import VersionField
from talka.web.shared.picker import CapacityField
from talka.web.templatetags.words import language_name


class LessonForm(forms.Form):
    """Asks for a success, a failure or a question."""

    kind = forms.ChoiceField(
        label=_("What do you want to write?"), choices=LessonKind.choices, widget=forms.RadioSelect
    )
    title = LineField(label=_("In a few words"), max_length=200)
    text = LinesField(
        label=_("Tell it"),
        help_text=_(
            "What did you do, what came of it, what would you do again? A blank line begins a paragraph, a "
            "hyphen a list; **two stars** make bold. Leave out names of people who do not know of it."
        ),
        max_length=10_000,
        required=False,
        rows=8,
    )
    capacity = CapacityField(label=_("Topic"), required=False)
    language = forms.ChoiceField(label=_("In which language is it?"))
    country = forms.ChoiceField(
        label=_("Country"),
        help_text=_(
            "Where it happened, so that others there find it. It is shown with what you publish, also when "
            "your name is not."
        ),
        choices=country_choices,
        required=False,
    )
    version = VersionField(required=False)

    def __init__(self, *args: Any, languages: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "language", [(code, language_name(code)) for code in languages])


class ReplyForm(forms.Form):
    """Asks for an answer to a lesson."""

    text = LinesField(label=_("Your answer"), max_length=5_000)


class PublishForm(forms.Form):
    """Asks whether the name is shown."""

    shows_author = forms.ChoiceField(
        label=_("Do you want your name beside it?"),
        choices=[("yes", _("Yes, show my name")), ("no", _("No, without a name"))],
        widget=forms.RadioSelect,
    )
    version = VersionField()


class ConcernForm(forms.Form):
    """Asks what the coordinators should look at."""

    words = LinesField(
        label=_("What should they look at?"),
        help_text=_("Only the coordinators read this. They answer you by mail."),
        max_length=2_000,
    )
