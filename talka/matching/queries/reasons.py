"""Every reason that matching can give, in words: the engine's keys and our own refusals."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from talka.kernel.reasons import Reason

LEFT_OUT = {
    # Translators: why an applicant has no partner; "before" counts those who were possible until then.
    "matching.no_shared_topic": _("Nobody on the other side has a topic in common."),
    "matching.nobody_above": _(
        "Partners with the same topic there are (%(before)d), but who teaches would not know more of it."
    ),
    "matching.no_common_language": _(
        "Partners with the right topic there are (%(before)d), but none speaks a common language well enough."
    ),
    "matching.no_common_dates": _(
        "Partners who would suit there are (%(before)d), but none is free on the same days."
    ),
    "matching.no_common_hours": _(
        "Partners who would suit there are (%(before)d), but none has enough hours in common."
    ),
    "matching.no_common_format": _(
        "Partners who would suit there are (%(before)d), but none with the same wish about who travels."
    ),
    "matching.only_same_country": _("The only partners who would suit (%(before)d) are in the same country."),
    "matching.only_earlier_partners": _(
        "The only partners who would suit (%(before)d) were partners in an earlier cycle."
    ),
    "matching.no_partner_left": _("No partner remained who could be suggested."),
    "matching.nothing_gained": _("Partners are possible (%(before)d), but nothing speaks for any of them."),
    "matching.all_places_taken": _(
        "Partners who would suit there are (%(before)d), but all their places went to others."
    ),
    "matching.search_stopped": _("The search was ended before everybody was looked at."),
    "matching.takes_nobody": _("No place was offered."),
    "matching.nobody_there": _("There was nobody on the other side."),
    "matching.removed_by_hand": _("The coordinators took the suggested partner out."),
    "matching.no_alternate_left": _(
        "The suggested partners have declined or found others, and no other remains."
    ),
}

CHANGES = {
    "matching.change.format": _("Accepting one more way would be enough: %(format)s."),
    "matching.change.dates": _("Being free from %(start)s to %(end)s would be enough."),
    # Translators: hours of every week, on the clock of the person who would be free.
    "matching.change.hours": _(
        "Being free every %(weekday)s from %(starts)s to %(ends)s, local time, would be enough."
    ),
    "matching.change.language": _("Somebody who speaks %(code)s at level %(level)s would be enough."),
    "matching.change.topic": _("Asking for %(topic)s as well would be enough."),
    "matching.change.one_more_place": _("One more place at %(teacher)s would be enough."),
}

PARTS = {
    "matching.part.no_topic": _("No topic in common."),
    "matching.part.topics": _("Teaches what is asked for: %(topics)s."),
    "matching.part.levels": _("The mentor is %(above)s."),
    "matching.part.no_language": _("No common language is known."),
    "matching.part.language": _("Both speak %(code)s (%(or_better)s)."),
    "matching.part.languages_understood": _(
        "One speaks %(learner_speaks)s, the other %(teacher_speaks)s, and they understand each other "
        "(%(or_better)s)."
    ),
    "matching.part.dates_unknown": _("Not both have said when they are free."),
    "matching.part.dates": _("Free at the same time: %(days)s in a row."),
    "matching.part.hours_unknown": _("Not both have said at which hours they are free."),
    "matching.part.hours": _("Time in common for %(meetings)s."),
    "matching.part.any_format": _("Either way of travelling would do."),
    "matching.part.formats": _("Agree on who travels: %(formats)s."),
    "matching.part.no_cost": _("No cost of travel is expected."),
    "matching.part.cost": _("The trip costs about %(cost)s."),
    "matching.part.cost_unknown": _("What the trip would cost is not known."),
    "matching.part.no_visa": _("No trouble with a visa is expected."),
    "matching.part.visa": _("Whoever travels may have trouble with a visa."),
    "matching.part.visa_unknown": _("Whether a visa is needed is not known."),
    "matching.part.wish": _("%(by)s"),
    "matching.part.same_country": _("In the same country."),
    "matching.part.same_region": _("In the same region."),
    "matching.part.far": _("In different regions."),
    "matching.part.fresh": _("Have not been partners before."),
    "matching.part.together_before": _("Were partners in an earlier cycle."),
    "matching.part.newcomer": _("Takes part for the first time."),
    "matching.part.returns": _("Has taken part before."),
}

BROKEN = {
    "matching.broken.shares_a_topic": _("The mentor offers nothing that the mentee asks for."),
    "matching.broken.teaches_above": _("The mentor has no more experience in the topic than the mentee."),
    "matching.broken.common_language": _("No common language is known at the level the programme wants."),
    "matching.broken.dates_overlap": _("They are not known to be free on the same days."),
    "matching.broken.hours_overlap": _("They are not known to have enough hours in common."),
    "matching.broken.format_agrees": _("They do not agree on who travels."),
    "matching.broken.different_country": _("They are in the same country, or a country is not known."),
    "matching.broken.not_avoided": _("One of them does not want to work with the other."),
    "matching.broken.not_repeated": _("They were partners in an earlier cycle."),
}

FAULTS = {
    "matching.fault.key_twice": _("%(key)s takes part twice on one side."),
    "matching.fault.unknown_rule": _("The blueprint names a rule that nobody knows: %(rule)s."),
    "matching.fault.unknown_verdict": _("The blueprint says neither pass nor fail for %(rule)s."),
    "matching.fault.unknown_part": _("The blueprint gives weight to something nobody knows: %(part)s."),
    "matching.fault.negative_weight": _("The blueprint gives %(part)s a weight below zero."),
    "matching.fault.weight_too_high": _("The blueprint gives %(part)s a weight above %(highest)d."),
    "matching.fault.understanding": _(
        "Who understands whom is written “cs>sk” with a level from 0 to 6, not “%(languages)s”."
    ),
    "matching.fault.unknown_zone_of_policy": _("The programme's time zone is one nobody knows: %(zone)s."),
    "matching.fault.meeting_range": _("A meeting lasts from %(least)d to %(most)d minutes."),
    "matching.fault.no_period": _(
        "Hours in common are asked for, and no one has said from which day to which."
    ),
    "matching.fault.period_backwards": _("The days of the meetings end before they begin."),
    "matching.fault.period_too_long": _("Meetings can be planned for %(most)d days at most."),
    "matching.fault.unknown_traveller": _("Nobody knows who travels in the format %(format)s."),
    "matching.fault.trip_range": _(
        "A trip is written “PL>LT” with a cost that is not below zero, not “%(trip)s”."
    ),
    "matching.fault.highest_cost": _("The highest cost must be above zero."),
    "matching.fault.loop_in_tree": _("In the tree of topics, %(capacity)s stands above itself."),
    "matching.fault.topic_range": _("%(key)s gave a level for %(capacity)s that is not between 1 and 5."),
    "matching.fault.language_range": _("%(key)s gave a level for %(code)s that is not between 0 and 6."),
    "matching.fault.party_range": _("%(key)s offers a number of places that cannot be."),
    "matching.fault.unknown_capacity": _("%(key)s names a topic that is not in the list: %(capacity)s."),
    "matching.fault.unknown_language": _("%(key)s names a language that nobody knows: %(code)s."),
    "matching.fault.fewest_above_places": _(
        "%(key)s wants at least %(fewest)d partners and has places for %(places)d."
    ),
    "matching.fault.slot_range": _(
        "%(key)s gave hours that no clock shows. Hours are from 0:00 to 24:00, and end later than they begin "
        "or after midnight."
    ),
    "matching.fault.unknown_zone": _("%(key)s gave a time zone that nobody knows: %(zone)s."),
    "matching.fault.no_zone": _("%(key)s gave hours and no time zone."),
    "matching.fault.avoids_itself": _("%(key)s avoids itself."),
    "matching.fault.wishes_whom_it_avoids": _("%(key)s wishes for %(other)s and avoids them."),
    "matching.fault.too_many": _("%(key)s lists more than anybody can mean."),
    "matching.fault.text_too_long": _("%(key)s has a text of more than %(most)d characters."),
    "matching.fault.window_backwards": _("%(key)s gave dates that end before they begin."),
    "matching.fault.unknown_ruling": _("There is a ruling of a kind nobody knows: %(kind)s."),
    "matching.fault.ruling_about_nobody": _("There is a ruling about somebody who does not take part."),
    "matching.fault.lock_and_ban": _("%(learner)s and %(teacher)s are kept together and apart at once."),
    "matching.fault.minima": _(
        "These cannot all have as many partners as they must: %(keys)s. Let one of them do with fewer, or "
        "allow more pairs."
    ),
    "matching.fault.no_worker_managed": _(
        "It was begun %(tries)s times and never came to an end. Tell those who run this installation."
    ),
    "matching.fault.more_locks_than_places": _(
        "%(key)s is kept together with %(locks)d others and has fewer places. Lift a ruling, or set aside a "
        "pair that was agreed beforehand."
    ),
}

REFUSALS = {
    "matching.refused.does_not_hold": _("This match no longer holds: reload the page."),
    "matching.refused.no_place_left": _("%(name)s has no place left."),
    "matching.refused.not_accepted": _("%(name)s is not accepted in this cycle."),
    "matching.refused.sits_there": _("%(name)s is, or was, part of this match already."),
    "matching.refused.somebody_teaches": _(
        "Somebody teaches here, or was asked to: nobody else is asked now."
    ),
    "matching.refused.not_asked_any_more": _("You are no longer asked: another way was found."),
    "matching.refused.nobody_waits": _(
        "Nobody is waiting for a partner. Accept communities in screening first, and release the decisions."
    ),
    "matching.refused.other_cycle": _(
        "Both have to be accepted in this cycle, one to learn and one to teach."
    ),
    "matching.refused.is_banned": _(
        "%(learner)s and %(teacher)s are never to be together. Lift that ruling first."
    ),
    "matching.refused.is_locked": _(
        "%(learner)s and %(teacher)s are to stay together. Lift that ruling first."
    ),
    "matching.refused.locked_elsewhere": _(
        "%(name)s is to stay together with somebody else already. Lift that ruling first."
    ),
    "matching.refused.not_a_draft": _("This is no draft any more. Make a new one to change anything."),
    "matching.refused.not_in_run": _("%(name)s was not in this draft. Make a new draft."),
    "matching.refused.is_matched": _("It is matched already. Cancel the match first."),
    "matching.refused.is_taken": _("%(name)s has no place left in this draft. Take another pair out first."),
    "matching.refused.already_paired": _("%(learner)s and %(teacher)s are together in this draft already."),
    "matching.refused.no_longer_accepted": _(
        "%(name)s is no longer accepted. Take the pair out, or make a new draft."
    ),
    "matching.refused.matched_meanwhile": _(
        "%(name)s was matched meanwhile and has no place left. Take the pair out, or make a new draft."
    ),
    "matching.refused.ruled_out": _(
        "%(learner)s and %(teacher)s were ruled out after this draft was made. Take the pair out."
    ),
    "matching.refused.lock_missing": _(
        "%(learner)s and %(teacher)s are to stay together, and are not in this draft. Make a new one."
    ),
    "matching.refused.nothing_to_publish": _("This draft has no pair, and nobody who is left out."),
    "matching.refused.answered": _("This match is no longer waiting for answers."),
    "matching.refused.too_late": _(
        "The time to answer is over. Write to the coordinators if you still want to."
    ),
    "matching.refused.not_beforehand": _("These two are not a confirmed pair that waits for your word."),
    "matching.refused.not_waiting": _("Only who is on the waiting list can be carried over."),
    "matching.refused.other_role": _("Choose the call of another cycle that invites to the same role."),
    "matching.refused.applied_already": _("%(name)s has an application in that cycle already."),
}

REASONS: Mapping[str, Any] = {**LEFT_OUT, **CHANGES, **PARTS, **BROKEN, **FAULTS, **REFUSALS}


class Refused(Exception):
    """What was asked cannot be done; carries every reason at once."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__(", ".join(reason.key for reason in reasons))
        self.reasons = reasons


def refuse(key: str, **values: Any) -> Refused:
    """Build the refusal of that name."""
    return Refused(Reason(f"matching.refused.{key}", values))
