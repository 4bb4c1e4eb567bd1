"""What applicants are told of the matching on their own page: who their partner is, or why there is none."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from talka.applications.lifecycle import ApplicationStatus
from talka.applications.models import Application
from talka.kernel.reasons import Reason
from talka.matching.engine import Unmatched, unpack
from talka.matching.lifecycle import RunStatus
from talka.matching.models import Match, Run, Seat
from talka.matching.queries.drafts import LeftOut, key_in
from talka.matching.queries.matches import with_seats
from talka.matching.queries.words import names_of, speak


@dataclass(frozen=True)
class Partner:
    """A partner, and the match with them."""

    match: Match
    application: Application


@dataclass(frozen=True)
class Told:
    """The partners of an applicant; or those with whom it came to nothing; or, in the reader's language, why
    there is none, and what would help.
    """

    partners: tuple[Partner, ...] = ()
    earlier: tuple[Partner, ...] = ()
    why: str = ""
    change: str = ""


def told_of(application: Application) -> Told:
    """Tell an applicant what the matching has brought them; nothing of a draft that is not published."""
    if application.status not in (ApplicationStatus.ACCEPTED, ApplicationStatus.WAITING):
        return Told()
    own = Seat.objects.filter(application=application)
    matches = Match.objects.between_sides().filter(pk__in=own.values("match_id"))
    if matches.exists():
        sitting = own.sides().filter(left_at__isnull=True)
        standing = matches.standing().filter(pk__in=sitting.values("match_id"))
        partners = tuple(_partners(application, standing))
        return Told(partners, () if partners else tuple(_partners(application, matches.ended())))
    left_out = _left_out(application)
    if left_out is None:
        return Told()
    names, change = names_of(application.call.cycle), left_out.change_told
    return Told(why=speak(left_out.reason, names), change=speak(change, names) if change else "")


def _partners(application: Application, matches: QuerySet[Match]) -> Iterator[Partner]:
    for match in with_seats(matches).order_by("pk"):
        for seat in match.sides:
            if seat.application_id != application.pk:
                yield Partner(match, seat.application)


def _left_out(application: Application) -> LeftOut | None:
    """Find why the newest published run that looked at the applicant has left them out."""
    published = Run.objects.filter(cycle=application.call.cycle_id, status=RunStatus.PUBLISHED)
    for run in published.defer("sealed_input", "study").order_by("-pk"):
        key = key_in(run, application.pk)
        if key is None:
            continue
        said = next((one for one in run.sealed_outcome["unmatched"] if one["key"] == key), None)
        if said is None:
            return LeftOut(application, "", Reason("matching.removed_by_hand"))
        unmatched = unpack(Unmatched, said)
        return LeftOut(application, unmatched.side, unmatched.reason, unmatched.smallest_change)
    return None
