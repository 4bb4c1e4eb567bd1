"""Two officers with the same page open: the slower gets both texts, and nothing is lost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from talka.screening.actions import ask_for_more, override_verdict, prepare_decision
from talka.screening.models import Verdict
from tests.conftest import NOW

TIME = (timezone.now() + timedelta(days=9)).date()


@pytest.fixture
def verdict(application):
    """Return a verdict on Ada's application."""
    return application.verdicts.get(criterion="without_general_support")


def send(client, name, key, **fields):
    """Send a page of the office; return the status, and what of the two texts the answer shows."""
    answer = client.post(reverse(f"office:{name}", args=[key]), fields)
    text = answer.content.decode()
    return answer, (answer.status_code, "Mine" in text, "Theirs" in text)


def test_the_slower_of_two_who_decide_over_a_rule_gets_both_texts(verdict, cleo, client_of):
    client, seen = client_of(cleo), verdict.version
    override_verdict(verdict=verdict, ruling="fail", note="Theirs", by=cleo, now=NOW)
    answer, outcome = send(client, "override", verdict.pk, ruling="pass", note="Mine", version=seen)
    kept = Verdict.objects.get(pk=verdict.pk)
    assert (outcome, kept.override_note) == ((409, True, True), "Theirs")
    again = answer.context["form"]["version"].value()
    _answer, outcome = send(client, "override", verdict.pk, ruling="pass", note="Mine", version=again)
    kept.refresh_from_db()
    assert (outcome[0], kept.override_note) == (302, "Mine")


def test_the_slower_of_two_who_ask_gets_both_questions(application, cleo, client_of):
    client, seen = client_of(cleo), application.version
    until = timezone.now() + timedelta(days=3)
    ask_for_more(application=application, question="Theirs", until=until, by=cleo, now=timezone.now())
    fields = {"question": "Mine", "until": f"{TIME}T12:00"}
    answer, outcome = send(client, "ask_for_more", application.pk, **fields, version=seen)
    application.refresh_from_db()
    assert (outcome, application.open_until) == ((409, True, True), until)
    again = answer.context["form"]["version"].value()
    _answer, outcome = send(client, "ask_for_more", application.pk, **fields, version=again)
    application.refresh_from_db()
    assert (outcome[0], application.open_until.date()) == (302, TIME)


def test_the_slower_of_two_who_prepare_a_decision_gets_both(application, cleo, client_of):
    client, seen = client_of(cleo), application.decision.version
    prepare_decision(application=application, outcome="wait", note="Theirs", by=cleo, now=NOW)
    fields = {"outcome": "accept", "note": "Mine"}
    answer, outcome = send(client, "decide", application.pk, **fields, version=seen)
    application.decision.refresh_from_db()
    assert (outcome, application.decision.outcome) == ((409, True, True), "wait")
    again = answer.context["form"]["version"].value()
    _answer, outcome = send(client, "decide", application.pk, **fields, version=again)
    application.decision.refresh_from_db()
    assert (outcome[0], application.decision.outcome) == (302, "accept")


def test_an_older_word_is_called_so_in_the_list_and_on_the_page(application, verdict, cycle, cleo, client_of):
    override_verdict(verdict=verdict, ruling="pass", note="I looked it up.", by=cleo, now=NOW)
    pages = [reverse("office:application", args=[application.pk])]
    pages += [reverse("office:applications", args=[cycle.pk]), reverse("office:decisions", args=[cycle.pk])]

    def shown():
        return [client_of(cleo).get(page).content.decode().lower().count("look again") for page in pages]

    before = shown()
    Verdict.objects.filter(pk=verdict.pk).update(is_outdated=True)
    type(application.decision).objects.update(is_outdated=True)
    assert (before, shown()) == ([0, 0, 0], [2, 1, 1])
