"""Certificates: who gets one, what stays as it was issued, how one ends."""

from datetime import UTC, date, datetime, timedelta

import pytest

from talka.blueprints.reading import pack, shipped
from talka.exchanges.models import Exchange
from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Entry
from talka.letters.models import Letter
from talka.matching.models import Seat
from talka.people.models import Account
from talka.programmes.models import Cycle
from talka.recognition.actions import (
    CertificateRefused,
    issue_by_exception,
    issue_certificates,
    replace_certificate,
    revoke_certificate,
)
from talka.recognition.models import ALPHABET, Certificate, RevokeReason, new_code, tidy_code
from talka.recognition.queries import deserving_counts, is_intact, standing_of, standings
from tests.conftest import make_account, make_representative
from tests.reports.mentorship_samples import (
    BEGAN,
    LAST_DAY,
    OVER,
    WELL,
    answer,
    ask,
    at_noon,
    complete,
    judge_goal,
    log_hours,
    make_application,
    make_cohort,
    make_pair,
)


def missing(application, now=OVER):
    return [one.key for one in standing_of(application, now=now).verdict.missing]


def issue(cohort, cleo, now=OVER, **named):
    return issue_certificates(cycle=cohort, by=cleo, now=now, **named)


def test_both_sides_get_one_each_once(cohort, pair, ada, bo, cleo):
    complete(pair)
    first, second = issue(cohort, cleo)
    assert (first.holder, first.role, first.reference) == (ada, "mentee", "2027-b-1")
    assert (second.holder, second.role, second.reference) == (bo, "mentor", "2027-b-2")
    assert issue(cohort, cleo) == []
    told = Letter.objects.filter(key="certificate_issued").order_by("pk")
    assert [letter.recipient for letter in told] == [ada, bo]
    assert first.get_absolute_url() in told[0].body
    assert [entry.verb for entry in Entry.objects.about(first)] == ["issue"]


def test_nobody_gets_one_for_less(cohort, pair, cleo):
    complete(pair, minutes=18 * 60 - 5)
    assert issue(cohort, cleo) == []
    assert missing(pair.mentee) == ["hours"]
    log_hours(pair, 5)
    assert len(issue(cohort, cleo)) == 2


@pytest.mark.parametrize("status", ["logged", "questioned", "withdrawn"])
def test_only_confirmed_hours_count(pair, status):
    complete(pair, minutes=17 * 60)
    log_hours(pair, 60, status=status)
    facts = standing_of(pair.mentee, now=OVER).facts
    assert (facts.confirmed_minutes, facts.waiting_minutes) == (17 * 60, 0 if status == "withdrawn" else 60)


@pytest.mark.parametrize(
    ("learns", "teaches", "reached"),
    [("yes", "yes", 1), ("yes", "partly", 0), ("no", "yes", 0), ("yes", None, 0), (None, None, 0)],
)
def test_a_goal_is_reached_when_both_say_so(pair, learns, teaches, reached):
    judge_goal(pair.plan.agreed_goals.get(), pair, learns, teaches)
    assert standing_of(pair.mentee, now=OVER).facts.goals_reached == reached


@pytest.mark.parametrize(
    ("status", "moment", "is_over"),
    [
        ("underway", at_noon(LAST_DAY), False),
        ("underway", at_noon(LAST_DAY + timedelta(days=1)), True),
        ("completed", at_noon(date(2028, 2, 1)), True),
        ("paused", at_noon(LAST_DAY), False),
        ("stopped", at_noon(date(2028, 2, 1)), True),
    ],
)
def test_a_mentorship_is_over_after_its_last_day_or_when_it_was_ended(pair, status, moment, is_over):
    Exchange.objects.filter(pk=pair.pk).update(status=status)
    assert standing_of(pair.mentee, now=moment).facts.is_over == is_over


def test_hours_of_all_mentorships_of_a_cohort_count_and_the_goals_of_the_newest(cohort, pair, ada, dan):
    log_hours(pair, 6 * 60)
    Exchange.objects.filter(pk=pair.pk).update(status="stopped")
    second = make_pair(cohort, ada, dan, began=BEGAN + timedelta(days=60), goals=2)
    complete(second, minutes=12 * 60)
    standing = standing_of(pair.mentee, now=OVER)
    assert (standing.facts.confirmed_minutes, standing.facts.goals_reached) == (18 * 60, 2)
    assert standing.verdict.is_met


def test_a_mentor_who_left_and_the_one_who_took_over_have_the_hours_of_their_days(cohort, pair, ada, bo, dan):
    left = datetime(2028, 1, 10, 12, 0, tzinfo=UTC)
    Seat.objects.filter(match=pair.match, part="teaches").update(left_at=left)
    stepped_in = make_application(cohort, "mentor", BEGAN, person=dan)
    Seat.objects.create(match=pair.match, application=stepped_in, part="teaches", answer="yes")
    log_hours(pair, 120, day=date(2027, 12, 1))
    log_hours(pair, 60, day=date(2028, 2, 1))
    found = {
        one.application.applicant: one.facts.confirmed_minutes
        for one in standings([cohort], today=LAST_DAY)[cohort.pk]
    }
    assert found == {ada: 180, bo: 120, dan: 60}


def test_evaluations_count_once_they_are_handed_in(cleo, now, ada, bo):
    rules = [{**one, "evaluations": ["midpoint"]} for one in pack(shipped()["mentorship"])["certificates"]]
    cohort = make_cohort(cleo, now, certificates=rules)
    pair = make_pair(cohort, ada, bo)
    complete(pair)
    assert missing(pair.mentee) == ["evaluation_midpoint"]
    Exchange.objects.filter(pk=pair.pk).update(status="underway")
    ask(at_noon(date(2028, 2, 10)))
    report = pair.reports.get(seat__part="learns")
    answer(report, ada, OVER, WELL)
    assert (missing(pair.mentee), missing(pair.mentor)) == ([], ["evaluation_midpoint"])


def test_a_community_gets_one_for_each_representative_that_is_named(cohort, ada, bo, cleo):
    eva = make_account("eva")
    make_representative(eva, ada.community)
    pair = make_pair(cohort, ada.community, bo)
    complete(pair)
    assert [one.holder for one in issue(cohort, cleo)] == [bo]
    named = {(pair.mentee.pk, ada.pk), (pair.mentee.pk, bo.pk)}
    made = issue(cohort, cleo, named=named)
    assert [(one.holder, one.content["name"], one.content["community"]) for one in made] == [
        (ada, "Ada", "Wikimedians of Ruritania")
    ]
    assert issue(cohort, cleo, named=named) == []


def test_an_exception_needs_a_reason_that_is_never_printed(cohort, pair, ada, bo, dan, cleo):
    for holder, reason in ((ada, "  "), (dan, "He asked."), (bo, "Not this side.")):
        with pytest.raises(CertificateRefused):
            issue_by_exception(application=pair.mentee, holder=holder, reason=reason, by=cleo, now=OVER)
    made = issue_by_exception(
        application=pair.mentee, holder=ada, reason="Her hours were lost.", by=cleo, now=OVER
    )
    assert made.exception == "Her hours were lost."
    assert "lost" not in str(made.content)
    with pytest.raises(CertificateRefused):
        issue_by_exception(application=pair.mentee, holder=ada, reason="Again.", by=cleo, now=OVER)


def test_what_was_issued_never_changes(cohort, pair, ada, cleo):
    complete(pair)
    made = issue(cohort, cleo)[0]
    before = dict(made.content)
    plan = pack(cohort.plan)
    plan["certificates"][0]["title"] = {"en": "Another title"}
    Cycle.objects.filter(pk=cohort.pk).update(blueprint=plan, label={"en": "Renamed"})
    Account.objects.filter(pk=ada.pk).update(name="Adele")
    pair.plan.agreed_goals.update(text="Another goal")
    again = Certificate.objects.get(pk=made.pk)
    assert (again.content, is_intact(again)) == (before, True)
    assert (before["name"], before["title"]["text"]) == ("Ada", "Certificate of completion")
    assert (before["hours"], before["goals"]) == ("18 hours", ["Goal 1"])


def test_a_content_that_somebody_changed_is_not_intact(cohort, pair, cleo):
    complete(pair)
    made = issue(cohort, cleo)[0]
    made.content["hours"] = "24 hours"
    assert not is_intact(made)


def test_it_speaks_the_language_of_its_holder_and_marks_what_is_in_another(cohort, pair, ada, cleo):
    Account.objects.filter(pk=ada.pk).update(language="ar")
    complete(pair)
    content = issue(cohort, cleo)[0].content
    assert (content["lang"], content["dir"], content["hours"]) == ("ar", "rtl", "18 ساعة")
    assert (content["title"]["lang"], content["title"]["dir"]) == ("ar", "rtl")
    assert (content["cycle"]["lang"], content["cycle"]["dir"]) == ("en", "ltr")


def test_a_revoked_one_never_holds_again_and_another_can_be_issued_by_name(cohort, pair, ada, cleo):
    complete(pair)
    first = issue(cohort, cleo)[0]
    revoke_certificate(
        certificate=first, reason=RevokeReason.CONDITIONS, note="Hours were invented.", by=cleo, now=OVER
    )
    assert (first.status, first.revoked_at) == ("revoked", OVER)
    body = Letter.objects.get(key="certificate_revoked").body
    assert ("turned out not to be so" in body, "invented" in body) == (True, False)
    with pytest.raises(NotAllowed):
        revoke_certificate(certificate=first, reason=RevokeReason.WISH, by=cleo, now=OVER)
    # Whose certificate was revoked is not in the next lot by itself.
    assert (issue(cohort, cleo), deserving_counts([cohort], today=LAST_DAY)) == ([], {cohort.pk: 0})
    again = issue(cohort, cleo, named={(pair.mentee.pk, ada.pk)})
    assert [one.number for one in again] == [3]


def test_one_is_issued_anew_with_the_name_of_today(cohort, pair, ada, cleo):
    made = issue_by_exception(application=pair.mentee, holder=ada, reason="Lost hours.", by=cleo, now=OVER)
    Account.objects.filter(pk=ada.pk).update(name="Adele")
    made = Certificate.objects.get(pk=made.pk)
    new = replace_certificate(certificate=made, by=cleo, now=OVER)
    made.refresh_from_db()
    assert (made.status, made.revoke_reason, made.content["name"]) == ("revoked", "replaced", "Ada")
    assert (new.content["name"], new.exception, new.number) == ("Adele", "Lost hours.", 2)
    assert new.code != made.code
    assert Letter.objects.filter(key="certificate_revoked").count() == 0


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Ada\u202e|}}{{delete}}", "Ada|}}{{delete}}"),
        ("[[User:Ada]] ~~~~", "[[User:Ada]] ~~~~"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("Ada\nLovelace\u2066", "Ada Lovelace"),
        ("%(address)s", "%(address)s"),
    ],
)
def test_no_name_breaks_the_wikitext(cohort, pair, ada, cleo, name, printed):
    Account.objects.filter(pk=ada.pk).update(name=name)
    complete(pair)
    content = issue(cohort, cleo)[0].content
    assert content["name"] == printed
    assert "with 18 hours of work" in content["barnstar"]
    inside = content["barnstar"].removeprefix("{{The Education Barnstar|1=").removesuffix(" ~~~~}}")
    assert not set("{}[]<>|~") & set(inside)
    assert inside.count(content["address"]) == 1


def test_codes_are_long_and_read_however_they_are_typed():
    code = new_code()
    assert (len(code), set(code) <= set(ALPHABET)) == (28, True)
    assert len({new_code() for _time in range(1000)}) == 1000
    # 28 letters of 5 bits each.
    assert len(ALPHABET) ** 28 >= 2**128
    assert tidy_code(" abcd-efgh 0189 ") == "ABCDEFGHOIB9"


def test_those_who_deserve_one_are_counted_until_they_have_it(cohort, pair, cleo):
    assert deserving_counts([cohort], today=LAST_DAY) == {cohort.pk: 0}
    complete(pair)
    assert deserving_counts([cohort], today=LAST_DAY) == {cohort.pk: 2}
    issue(cohort, cleo)
    assert deserving_counts([cohort], today=LAST_DAY) == {cohort.pk: 0}


def test_an_applicant_without_a_mentorship_or_a_rule_stands_nowhere(cohort, pair, dan):
    alone = make_application(cohort, "mentee", BEGAN, person=dan)
    helper = make_application(cohort, "designer", BEGAN, person=dan)
    Seat.objects.create(match=pair.match, application=helper, part="supports", answer="yes")
    assert (standing_of(alone, now=OVER), standing_of(helper, now=OVER)) == (None, None)


def test_any_number_of_pairs_takes_as_many_queries(
    cohort, pair, ada, bo, cleo, dan, django_assert_num_queries, django_assert_max_num_queries
):
    complete(pair)
    make_pair(cohort, ada.community, bo.community)
    with django_assert_max_num_queries(10) as few:
        standings([cohort], today=LAST_DAY)
    complete(make_pair(cohort, dan, cleo, goals=3))
    with django_assert_num_queries(len(few.captured_queries)):
        standings([cohort], today=LAST_DAY)
