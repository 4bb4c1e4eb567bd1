"""Who may do what: the whole answer in one table. What is absent is refused."""

from typing import Any

from talka.access.predicates import (
    coordinates,
    founds,
    has_conflict,
    hosts,
    is_invited,
    is_named_partner,
    is_of_other_side,
    is_of_own_side,
    is_traveller,
    learns,
    represents,
    reviews,
    signed_in,
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
    # Communities
    "community.create": coordinates,
    "community.edit": coordinates | represents,
    "community.certify": coordinates,
    "community.import": coordinates,
    "representative.invite": coordinates | represents,
    "representative.end": coordinates | represents,
    "representation.answer": is_invited,
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
    # Mentorships: what is private to coordinators is private from the two, whoever they are besides
    "mentorship.read": coordinates,
    "goal.edit": takes_part,
    "goal.judge": takes_part,
    "hours.log": takes_part,
    "hours.amend": is_of_own_side,
    "hours.confirm": is_of_other_side,
    "check_in.write": takes_part,
    "check_in.read": takes_part,
    "mood.give": takes_part,
    "mood.read": coordinates & ~takes_part,
    "leaving.read": coordinates & ~takes_part,
    "mentorship.pause": coordinates | takes_part,
    "mentorship.stop": coordinates | takes_part,
    "mentorship.complete": coordinates | takes_part,
    "mentorship.take_up": coordinates,
    "partner.seek": learns | coordinates,
    # Reports and impact
    "visit.finish": coordinates | represents,
    "report.write": represents,
    "report.accept": coordinates & ~represents,
    "exchange.close": coordinates & ~represents,
    "impact.publish": coordinates,
    "account.use": signed_in,
}


def may(account: Any, verb: str, subject: Any = None) -> bool:
    """Tell whether the person may do the verb to the subject. Unknown verbs are refused."""
    predicate = MAY.get(verb)
    return predicate is not None and bool(predicate.test(account, subject))
