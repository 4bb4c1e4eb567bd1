"""Forms of the booking desk."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.exchanges.models import Exchange, Traveller
from talka.travel.queries import names_of_costs
from talka.web.shared.exchange_forms import LinesField
from talka.web.shared.words_forms import SHORT, plain_characters


class TravellerField(forms.ModelChoiceField):
    """A choice among those who travel, by name."""

    def label_from_instance(self, traveller: Any) -> str:
        """Return the traveller's name."""
        return str(traveller.account.name)


class QuoteForm(forms.Form):
    """What something would cost."""

    kind = forms.ChoiceField(label=_("Kind of cost"), widget=forms.RadioSelect)
    traveller = TravellerField(
        label=_("For whom"),
        queryset=Traveller.objects.none(),
        required=False,
        blank=True,
        widget=forms.RadioSelect,
        empty_label=_("Everybody"),
    )
    description = forms.CharField(label=_("What is booked"), max_length=SHORT, validators=[plain_characters])
    amount = forms.DecimalField(label=_("Amount"), min_value=0, max_digits=12, decimal_places=2)
    currency = forms.CharField(label=_("Currency"), max_length=3, help_text=_("Three letters, such as EUR."))
    rate = forms.DecimalField(
        label=_("Exchange rate"),
        min_value=Decimal("0.000001"),
        max_digits=14,
        decimal_places=6,
        required=False,
    )
    by_car = forms.BooleanField(label=_("Travel by car, as an exception"), required=False)
    reason = LinesField(label=_("Reason for travel by car"), required=False, max_length=2000, rows=2)

    def __init__(self, *args: Any, exchange: Exchange, **options: Any) -> None:
        cycle = exchange.match.cycle
        super().__init__(*args, **{"initial": {"currency": cycle.currency}, **options})
        kind, traveller = self.fields["kind"], self.fields["traveller"]
        assert isinstance(kind, forms.ChoiceField) and isinstance(traveller, TravellerField)
        kind.choices = list(names_of_costs(cycle).items())
        traveller.queryset = exchange.travellers.select_related("account")
        self.fields["rate"].help_text = _(
            "How many %(currency)s one unit of the other currency is. Leave it empty for %(currency)s."
        ) % {"currency": cycle.currency}

    def clean_currency(self) -> str:
        """Return the code in capital letters."""
        return self.cleaned_data["currency"].strip().upper()

    def clean_rate(self) -> Decimal:
        """Return the rate; 1 where none is given."""
        return self.cleaned_data["rate"] or Decimal(1)


class ReferenceForm(forms.Form):
    """The reference under which something was booked."""

    reference = forms.CharField(
        label=_("Booking reference"),
        max_length=80,
        validators=[plain_characters],
        help_text=_("Travellers see it."),
    )


class CancelBookingForm(forms.Form):
    """Why a booking is cancelled, and what it still costs."""

    note = LinesField(label=_("Why is it cancelled?"), max_length=2000, rows=2)
    still_costs = forms.DecimalField(
        label=_("What it still costs, in the currency of the budget"),
        min_value=0,
        max_digits=12,
        decimal_places=2,
        initial=0,
    )
