"""What a coordinator does in a rehearsal, between the answers of the cohort."""

from talka.applications.models import Application
from talka.demo.answering import let_cohort_answer
from talka.demo.exchanging import a_photo
from talka.exchanges.actions import add_material, approve_plan
from talka.exchanges.models import Exchange
from talka.files.actions import store_file
from talka.matching.actions import draft_run, publish_run
from talka.reports.actions import accept_report, close_exchange
from talka.reports.models import Report
from talka.screening.actions import override_verdict, prepare_decision, release_decisions
from talka.screening.models import Ruling, Verdict


def answer_all(programme, now):
    """Press the button until nobody is asked anything; return what was done, in order."""
    done = []
    while (answered := let_cohort_answer(programme=programme, now=now)) != ("", 0):
        done.append(answered)
    return done


def screen(cycle, by, now):
    """Let in everybody whom no criterion refuses, and tell all of them."""
    for verdict in Verdict.objects.filter(application__call__cycle=cycle, ruling=Ruling.PERSON):
        override_verdict(verdict=verdict, ruling=Ruling.PASS, note="We know them.", by=by, now=now)
    for application in Application.objects.filter(call__cycle=cycle, status="submitted"):
        refused = application.verdicts.filter(ruling=Ruling.FAIL).exists()
        outcome = "decline" if refused else "accept"
        prepare_decision(application=application, outcome=outcome, note="", by=by, now=now)
    release_decisions(cycle=cycle, by=by, now=now)


def match(cycle, by, now):
    """Publish what the engine suggests."""
    publish_run(run=draft_run(cycle=cycle, by=by, now=now), by=by, now=now)


def approve(cycle, by, now):
    """Approve every plan that both sides signed."""
    for exchange in Exchange.objects.filter(match__cycle=cycle, plan__status="signed"):
        approve_plan(exchange=exchange, by=by, now=now)


def share_a_file(cycle, by, now):
    """Share a file that a real person stored."""
    exchange = Exchange.objects.filter(match__cycle=cycle).first()
    upload = store_file(data=a_photo(), name="shared.jpg", by=by, now=now)
    seat = exchange.match.seats.first()
    add_material(
        plan=exchange.plan, seat=seat, title="A file", audience="partners", upload=upload, by=by, now=now
    )


def close_all(cycle, by, now):
    """Accept every report, and look back at every exchange."""
    for report in Report.objects.filter(exchange__match__cycle=cycle, status="submitted"):
        accept_report(report=report, by=by, now=now)
    for exchange in Exchange.objects.filter(match__cycle=cycle, status="visited"):
        close_exchange(exchange=exchange, words={"goals_met": "yes"}, by=by, now=now)
