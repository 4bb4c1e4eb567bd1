"""A cohort in which Ada has a certificate, Bo waits for one, and Dan lacks hours: for tests of every page."""

from datetime import timedelta

from talka.forms.actions import start_sheet
from talka.matching.models import Seat
from talka.recognition.actions import issue_certificates
from talka.reports.models import Report
from tests.reports.mentorship_samples import complete, make_cohort, make_pair


def certify(cleo, ada, bo, dan, now):
    """Make it, and return its records by the names that addresses are made from."""
    cohort = make_cohort(cleo, now)
    began = now - timedelta(days=200)
    last_day = (now - timedelta(days=10)).date()
    pair = make_pair(cohort, ada, bo, began=began, ends_on=last_day)
    complete(pair, day=began.date())
    lacking = make_pair(cohort, dan, cleo, began=began, ends_on=last_day)
    mentee = pair.mentee
    certificate = issue_certificates(cycle=cohort, by=cleo, now=now, named={(mentee.pk, ada.pk)})[0]
    learns = pair.match.seat_of("learns")
    sheet = start_sheet(form=cohort.forms.get(key="midpoint"), now=now)
    evaluation = Report.objects.create(
        exchange=pair, seat=learns, key="midpoint", sheet=sheet, due_on=now.date()
    )
    # All have left by now: what is told of a mentorship that goes on is not what these pages are about.
    Seat.objects.filter(match__in=[pair.match_id, lacking.match_id]).update(left_at=now)
    return {
        "cohort": cohort,
        "certificate": certificate,
        "certified": mentee,
        "lacking": lacking.mentee,
        "evaluation": evaluation,
    }
