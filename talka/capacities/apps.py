"""What the room of capacities makes known when Talka starts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from talka.kernel.registry import clockwork, letters, reasons

LETTERS = (
    "need_received",
    "need_asked",
    "need_taken",
    "need_message",
    "need_answered",
    "need_came_back",
    "need_withdrawn",
    "need_reminder",
    "introduction_asked",
    "introduction_withdrawn",
    "introduction_agreed",
    "introduction_accepted",
    "introduction_declined",
    "offer_still_so",
    "community_reached",
)
REASONS = {
    # Why an offer fits a request for help, or does not
    "fit.same_topic": _("Offers what is asked for: %(topic)s"),
    # Translators: both are topics, one part of the other.
    "fit.near_topic": _("Offers %(near)s, which is close to %(topic)s"),
    "fit.language": _("Both can work in %(languages)s"),
    "fit.languages_unknown": _("One of the two has not said which languages they speak"),
    "fit.model": _("Has done this kind of programme"),
    "fit.country": _("Is in the same country"),
    "fit.stale": _("Has not said for a year whether the offer still holds"),
    "fit.no_topic": _("Offers none of the topics"),
    "fit.no_language": _("There is no language in which both can work"),
    "fit.away": _("Is away until %(day)s"),
    "fit.no_place": _("Has no place left"),
    # Refusals
    "needs.no_place": _("The last place of this offer was given away. Ask to how many they can give now."),
    "needs.not_there": _("This mentor is away or has ended the offer. Choose another one."),
    "needs.asked_already": _("A mentor is asked about this request already. Take that back first."),
    "needs.settled": _("This request was settled meanwhile: there is nothing to be done for it now."),
    "needs.yourself": _("The request and the offer are of the same person or community."),
    "needs.invented": _("Invented people and communities stay in their rehearsal."),
    "needs.too_many_topics": _("Five topics are the most. Fewer and clearer ones are better."),
    "outreach.too_early": _(
        "This community was invited on %(day)s. Ninety days lie between two invitations."
    ),
    "outreach.nobody": _("Nobody represents this community here: invite it on its talk page."),
}
JOBS = {
    "capacities.remind": "talka.capacities.actions.clockwork:remind_of_needs",
    "capacities.ask_again": "talka.capacities.actions.clockwork:ask_whether_offers_hold",
    "capacities.mark_stale": "talka.capacities.actions.clockwork:mark_stale_offers",
}


class CapacitiesConfig(AppConfig):
    """Names the room's letters, reasons and timed jobs."""

    name = "talka.capacities"

    def ready(self) -> None:
        for key in LETTERS:
            letters.add(key, self.name)
        reasons.add_all(REASONS)
        for name, place in JOBS.items():
            clockwork.add_place(name, place)
