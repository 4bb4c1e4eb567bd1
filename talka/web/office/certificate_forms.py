"""The forms about certificates: the list, an exception, and revoking one."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.people.models import Account
from talka.recognition.lifecycle import CertificateStatus
from talka.recognition.models import RevokeReason
from talka.web.shared.exchange_forms import LinesField
from talka.web.shared.fields import offer


class CertificateListForm(forms.Form):
    """Narrows the list of certificates."""

    q = forms.CharField(label=_("Name, number or code"), required=False, max_length=100)
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("All")), *CertificateStatus.choices]
    )


class ExceptionForm(forms.Form):
    """Asks who gets a certificate although something is missing, and why."""

    use_required_attribute = False

    holder = forms.TypedChoiceField(label=_("Who gets it"), coerce=int)
    reason = LinesField(
        label=_("Why do you make an exception?"),
        help_text=_("Kept for the coordinators, and never printed."),
        max_length=2_000,
    )

    def __init__(self, *args: Any, people: Iterable[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "holder", [(one.pk, one.name) for one in people])


class RevokeForm(forms.Form):
    """Asks why a certificate holds no longer."""

    use_required_attribute = False

    # Whoever wants another one in its place has a button of its own for that.
    reason = forms.ChoiceField(
        label=_("Why does it hold no longer?"),
        help_text=_("Anybody who verifies the certificate reads this, and its holder gets a letter."),
        choices=[one for one in RevokeReason.choices if one[0] != RevokeReason.REPLACED],
        widget=forms.RadioSelect,
    )
    note = LinesField(
        label=_("What happened"),
        help_text=_("For the coordinators only."),
        max_length=2_000,
        required=False,
    )
