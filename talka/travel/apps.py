"""What the room of travel makes known when Talka starts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from talka.kernel.registry import letters, reasons

REASONS = {
    "travel.plan_not_approved": _("Nothing can be quoted or booked before the plan is approved."),
    "travel.exchange_is_over": _("This exchange is over or cancelled: nothing more can be booked for it."),
    "travel.unknown_kind": _("The programme knows no such kind of cost."),
    "travel.not_covered": _("The programme does not pay for this: %(kind)s."),
    "travel.unknown_currency": _("“%(currency)s” is no currency. Write three letters, such as EUR."),
    "travel.rate_of_same_currency": _("%(currency)s is the budget's own currency: its rate is 1."),
    "travel.amount_out_of_range": _(
        "The amount has to be zero or more, its rate more than zero, and both of a size that can be paid."
    ),
    "travel.not_their_traveller": _("This person does not travel in this exchange."),
    "travel.car_without_reason": _("Travel by car is an exception: write down the reason."),
    "travel.over_budget": _(
        "This is more than the budget still holds: %(left)s %(currency)s are left. Cancel something, or "
        "raise the budget of the cycle."
    ),
    "travel.cannot_still_cost": _(
        "What it still costs is between 0 and %(most)s, in the currency of the budget. Before something "
        "is booked it costs nothing."
    ),
    "travel.traveller_is_booked": _(
        "Something is booked for this person, or they have a letter of invitation. Write to the "
        "coordinators: they can cancel a booking."
    ),
}


class TravelConfig(AppConfig):
    """Names the room's letters and reasons."""

    name = "talka.travel"

    def ready(self) -> None:
        for key in ("exchange_cancelled", "invitation_issued"):
            letters.add(key, self.name)
        reasons.add_all(REASONS)
