"""Who may do what: the whole answer in one table. What is absent is refused."""

from typing import Any

from talka.access.predicates import (
    added_it,
    builds,
    coordinates,
    evaluates_it,
    founds,
    has_conflict,
    helps_it,
    holds,
    hosts,
    is_invited,
    is_member,
    is_named_partner,
    is_offerer,
    is_the_mentor,
    is_this_person,
    is_traveller,
    maintains,
    owns_it,
    represents,
    reviews,
    signed_in,
    speaks_for,
    takes_part,
    wrote,
    takes_part,
)

MAY: dict[str, Any] = {
    # The office as a whole
    "office.enter": reviews | founds,
    "programme.create": founds,
    "programme.edit": coordinates,
    "rehearsal.start": coordinates,
    "rehearsal.look": coordinates,
    "rehearsal.discard": coordinates,
    "cycle.edit": coordinates,
    "letter.handle": coordinates,
    # The group around a programme
    "post.fill": coordinates,
    "roll.join": takes_part,
    "roll.handle": coordinates,
    "membership.edit": is_member,
    "outside.handle": coordinates,
    "notice.offer": takes_part,
    "notice.edit": is_offerer,
    "notice.decide": coordinates,
    # Communities
    "community.create": coordinates,
    "community.edit": coordinates | represents,
    "community.certify": coordinates,
    "community.import": coordinates,
    "representative.invite": coordinates | represents,
    "representative.end": coordinates | represents,
    "representation.answer": is_invited,
    # Requests and offers
    "need.ask": signed_in,
    "need.write": speaks_for,
    "need.triage": coordinates,
    "offer.make": signed_in,
    "offer.edit": speaks_for,
    "introduction.answer": is_the_mentor,
    "community.reach": coordinates,
    # Calls and applications
    "call.edit": coordinates,
    "application.start": represents,
    "application.edit": represents,
    "application.reopen": coordinates & ~represents,
    "partner.answer": is_named_partner,
    # Screening
    "application.read": reviews & ~represents,
    "verdict.override": coordinates & ~represents,
    "review.write": reviews & ~represents & ~has_conflict,
    "decision.prepare": coordinates & ~represents & ~has_conflict,
    "decision.release": coordinates,
    # Matching
    "matching.run": coordinates,
    "match.answer": represents,
    "match.cancel": coordinates,
    # Gatherings
    "meeting.run": coordinates,
    "agenda.add": signed_in,
    "agenda.edit": coordinates | added_it,
    "attendance.say": signed_in,
    "action.answer": owns_it | coordinates,
    # Exchanges and travel
    "plan.edit": represents,
    "plan.sign": represents,
    "plan.approve": coordinates & ~represents,
    "exchange.cancel": coordinates | represents,
    "material.share": represents,
    "traveller.name": represents,
    "traveller.edit": is_traveller,
    "emergency.see": is_traveller | coordinates | hosts,
    "invitation.read": is_traveller | coordinates,
    "booking.handle": coordinates,
    # Learning and initiatives
    "module.arrange": coordinates,
    "module.edit": coordinates | maintains,
    "module.complete": signed_in,
    "module.suggest": takes_part | reviews,
    "suggestion.answer": coordinates | maintains,
    "initiative.start": takes_part | coordinates,
    "initiative.edit": builds | coordinates,
    "initiative.publish": builds,
    "initiative.unpublish": builds | coordinates,
    "initiative.invite": builds | coordinates,
    "initiative.name_helper": coordinates,
    "initiative.leave": builds | coordinates | is_this_person,
    "initiative.answer": is_invited,
    "initiative.material": builds | helps_it,
    "feedback.read": builds | coordinates,
    "feedback.give": evaluates_it & ~builds,
    "feedback.correct": wrote,
    "feedback.answer": builds,
    # Reports and impact
    "visit.finish": coordinates | represents,
    "report.write": represents,
    "report.accept": coordinates & ~represents,
    "exchange.close": coordinates & ~represents,
    # Certificates. The rule is the same for all; nobody makes an exception for themselves.
    "certificate.issue": coordinates,
    "certificate.except": coordinates & ~represents,
    "certificate.revoke": coordinates & ~represents & ~holds,
    "certificate.download": holds | coordinates,
    "impact.publish": coordinates,
    "account.use": signed_in,
}


def may(account: Any, verb: str, subject: Any = None) -> bool:
    """Tell whether the person may do the verb to the subject. Unknown verbs are refused."""
    predicate = MAY.get(verb)
    return predicate is not None and bool(predicate.test(account, subject))
