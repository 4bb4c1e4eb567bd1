"""A mentorship whose mentor has left, with Bo asked to go on; and reports about the work of the exchange."""

from talka.exchanges.actions import leave_mentorship
from talka.impact.actions import edit_work_report, publish_work_report, start_work_report
from talka.matching.actions import ask_to_take_over, give_seat
from talka.matching.models import Match, Part
from tests.conftest import make_account
from tests.exchanges.mentorship_samples import apply_as, make_underway


def build(people, programme, now):
    """Return the records of addresses: the match, the seat Bo is asked to take, a helper, two reports."""
    cleo = people["cleo"]
    mentee, mentor, helper = (make_account(name) for name in ("moni", "otto", "paul"))
    exchange = make_underway(mentee, mentor, cleo, now, slug="left-alone")
    cycle = exchange.match.cycle
    leave_mentorship(exchange=exchange, reason="time", by=mentor, now=now)
    match = Match.objects.get(pk=exchange.match_id)
    bo, paul = apply_as(cycle, "mentor", people["bo"], now), apply_as(cycle, "designer", helper, now)
    seat = give_seat(match=match, application=paul, part=Part.SUPPORTS, by=cleo, now=now)
    return {
        "left_match": match,
        "helper_seat": seat,
        "takeover": ask_to_take_over(match=match, application=bo, by=cleo, now=now),
        **_reports(programme, cleo, now),
    }


def _reports(programme, cleo, now):
    day = now.date()
    given = {"programme": programme, "title": "What we did", "starts_on": day, "ends_on": day}
    draft, published = (start_work_report(**given, language="en", by=cleo, now=now) for _which in range(2))
    words = {"words": {"introduction": "A year."}}
    edit_work_report(report=published, values=words, version=1, by=cleo, now=now)
    publish_work_report(report=published, version=published.version, by=cleo, now=now)
    return {"work_report": draft, "published_report": published}
