"""The office pages of matching: what each shows, who may open it, and that they stay quick."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from talka.applications.models import Application
from talka.kernel.models import Entry
from talka.letters.models import Letter
from talka.matching.actions import ask_run, draft_run, publish_run, record_answer
from talka.matching.models import DraftPair, Match, PairRuling, Run
from talka.matching.queries.drafts import publication_of
from talka.matching.queries.encoding import encode_cycle
from talka.programmes.models import Appointment
from tests.conftest import make_account
from tests.matching.matching_world import (
    agree_beforehand,
    learn,
    make_community,
    make_cycle,
    make_world,
    next_cycle,
    teach,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(ada, bo, cleo, now):
    """Return a cycle with two who learn and two who teach."""
    return make_world(ada, bo, cleo, now)


@pytest.fixture
def run(world, cleo, now):
    """Return a draft."""
    return draft_run(cycle=world.cycle, by=cleo, now=now)


@pytest.fixture
def matches(run, cleo):
    """Return the matches of a draft that was published just now."""
    return publish_run(run=run, by=cleo, now=timezone.now())


def text_of(response):
    """Return the words of a page without its tags, white space made single."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def addresses(world, run):
    """List every address of the pages of matching with the method that it takes."""
    pair = [run.pk, world.ada.pk, world.bo.pk]
    ruling = PairRuling.objects.create(
        cycle=world.cycle, learner=world.eva, teacher=world.bo, kind="ban", ruled_at=run.made_at
    )
    match = Match.objects.create(
        cycle=world.cycle, origin="suggested", proposed_at=run.made_at, answer_by=run.made_at
    )
    for part, one in (("learns", world.ada), ("teaches", world.bo)):
        match.seats.create(application=one, part=part)
    beforehand = [world.cycle.pk, world.ada.pk, world.bo.pk]
    return [
        ("get", reverse("office:matching", args=[world.cycle.pk])),
        ("get", reverse("office:compare_runs", args=[world.cycle.pk])),
        ("get", reverse("office:run", args=[run.pk])),
        ("get", reverse("office:run_export", args=[run.pk])),
        ("get", reverse("office:run_study", args=[run.pk])),
        ("post", reverse("office:ask_for_study", args=[run.pk])),
        ("post", reverse("office:stop_run", args=[run.pk])),
        ("get", reverse("office:run_candidates", args=[run.pk, world.ada.pk])),
        ("get", reverse("office:run_pair", args=pair)),
        ("get", reverse("office:publish_run", args=[run.pk])),
        ("get", reverse("office:match", args=[match.pk])),
        ("post", reverse("office:draft_run", args=[world.cycle.pk])),
        ("post", reverse("office:validate_pair", args=beforehand)),
        ("post", reverse("office:set_aside_pair", args=beforehand)),
        ("post", reverse("office:add_pair", args=pair)),
        ("post", reverse("office:rule_on_pair", args=[*pair, "lock"])),
        ("post", reverse("office:remove_pair", args=pair)),
        ("post", reverse("office:lift_ruling", args=[ruling.pk])),
        ("post", reverse("office:match", args=[match.pk])),
        ("post", reverse("office:carry_over", args=[world.ada.pk, world.ada.call_id])),
        ("post", reverse("office:publish_run", args=[run.pk])),
        ("post", reverse("office:discard_run", args=[run.pk])),
    ]


@pytest.mark.parametrize(
    ("who", "expected"),
    [("ada", 404), ("bo", 404), ("dan", 404), ("reviewer", 403), ("elsewhere", 404), ("nobody", 302)],
)
def test_only_coordinators_of_the_programme_open_or_change_anything(
    request, client, world, run, now, who, expected
):
    pages = addresses(world, run)
    if who in ("reviewer", "elsewhere"):
        account = make_account(who)
        programme = world.cycle.programme
        if who == "elsewhere":
            programme = make_cycle(request.getfixturevalue("cleo"), now, slug="other").programme
        post = "reviewer" if who == "reviewer" else "coordinator"
        Appointment.objects.create(programme=programme, account=account, post=post, appointed_at=now)
    elif who != "nobody":
        account = request.getfixturevalue(who)
    if who != "nobody":
        client.force_login(account)
    before = (Run.objects.values_list("status"), DraftPair.objects.count(), Letter.objects.count())
    answers = {
        address: getattr(client, method)(address, {"publish": "1", "note": "x", "reason": "x"}).status_code
        for method, address in pages
    }
    assert answers == dict.fromkeys(answers, expected)
    assert before == (
        Run.objects.values_list("status"),
        DraftPair.objects.count(),
        Letter.objects.count(),
    ) or (list(before[0]) == [("draft",)])


def test_the_coordinator_opens_every_page(client_of, cleo, world, run):
    client = client_of(cleo)
    answers = {
        address: client.get(address).status_code
        for method, address in addresses(world, run)
        if method == "get"
    }
    assert answers == dict.fromkeys(answers, 200)


def test_an_empty_cycle_says_what_to_do_first(client_of, cleo, now):
    cycle = make_cycle(cleo, now)
    page = text_of(client_of(cleo).get(reverse("office:matching", args=[cycle.pk])))
    assert "First decide the applications and release the decisions" in page
    assert "Make a draft" not in page


def test_a_draft_is_made_and_shown_as_a_picture_and_a_table(client_of, cleo, world):
    client = client_of(cleo)
    response = client.post(
        reverse("office:draft_run", args=[world.cycle.pk]), {"name": "First try"}, follow=True
    )
    page = text_of(response)
    assert Run.objects.get().name == "First try"
    assert (response.content.count(b'class="chart-link"'), page.count("Teaches what is asked for")) == (2, 2)


def test_somebody_left_out_is_shown_with_reason_change_and_funnel(client_of, cleo, world, now):
    learn(world.cycle, make_community("Far", "BG"), now, languages=[{"language": "bg", "level": 6}])
    spare = make_community("Spare", "CZ")
    teach(world.cycle, spare, now, topics=[("budgets", 2)])
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    page = text_of(client_of(cleo).get(reverse("office:run", args=[run.pk])))
    for words in (
        "none speaks a common language well enough",
        "Somebody who speaks English at level 3 would be enough.",
        "3 share a topic",
        "0 and share a language",
    ):
        assert words in page


def test_a_pair_is_read_and_put_together_all_the_same(client_of, cleo, world, run):
    client, pair = client_of(cleo), [run.pk, world.ada.pk, world.fay.pk]
    page = client.get(reverse("office:run_pair", args=pair))
    assert page.content.count(b"<meter") == 6
    client.post(reverse("office:remove_pair", args=[run.pk, world.ada.pk, world.bo.pk]))
    client.post(reverse("office:remove_pair", args=[run.pk, world.eva.pk, world.fay.pk]))
    client.post(reverse("office:add_pair", args=pair))
    assert list(run.pairs.values_list("learner", "teacher", "is_by_hand")) == [
        (world.ada.pk, world.fay.pk, True)
    ]


def test_a_refusal_is_said_on_the_page(client_of, cleo, world, run):
    pair = [run.pk, world.ada.pk, world.fay.pk]
    page = client_of(cleo).post(reverse("office:add_pair", args=pair), follow=True)
    assert "Wikimedians of Ruritania has no place left in this draft." in text_of(page)
    assert run.pairs.count() == 2


def test_a_pair_that_is_in_no_run_is_not_found(client_of, cleo, world, run, now):
    late = learn(world.cycle, make_community("Late", "BG"), now)
    client = client_of(cleo)
    for pair in ([run.pk, late.pk, world.bo.pk], [run.pk, world.bo.pk, world.ada.pk], [run.pk, 2**70, 1]):
        assert client.get(reverse("office:run_pair", args=pair)).status_code == 404


def test_rulings_are_made_listed_and_lifted(client_of, cleo, world, run):
    client, pair = client_of(cleo), [run.pk, world.ada.pk, world.bo.pk]
    client.post(reverse("office:rule_on_pair", args=[*pair, "ban"]), {"note": "Same family."})
    overview = reverse("office:matching", args=[world.cycle.pk])
    assert "Same family." in text_of(client.get(overview))
    client.post(reverse("office:lift_ruling", args=[PairRuling.objects.get().pk]))
    assert "Same family." not in text_of(client.get(overview))


def test_pairs_agreed_beforehand_are_validated_or_set_aside(client_of, cleo, world):
    agree_beforehand(world.ada, world.bo.community)
    agree_beforehand(world.eva, world.fay.community)
    client = client_of(cleo)
    assert (
        text_of(client.get(reverse("office:matching", args=[world.cycle.pk]))).count("Validate and ask both")
        == 2
    )
    client.post(reverse("office:validate_pair", args=[world.cycle.pk, world.ada.pk, world.bo.pk]))
    aside = reverse("office:set_aside_pair", args=[world.cycle.pk, world.eva.pk, world.fay.pk])
    client.post(aside, {"note": ""})
    assert (Match.objects.count(), PairRuling.objects.count()) == (1, 0)
    client.post(aside, {"note": "Not their field."})
    assert PairRuling.objects.get().note == "Not their field."


def test_drafts_are_compared_in_columns(client_of, cleo, world, run, now):
    client = client_of(cleo)
    address = reverse("office:compare_runs", args=[world.cycle.pk])
    assert "There are not two drafts to compare yet." in text_of(client.get(address))
    client.post(reverse("office:rule_on_pair", args=[run.pk, world.ada.pk, world.fay.pk, "lock"]))
    draft_run(cycle=world.cycle, by=cleo, now=now)
    page = text_of(client.get(address))
    assert "2 communities have another partner" in page
    assert client.get(address, {"run": ["x", str(2**70), str(run.pk)]}).status_code == 200


def test_the_publish_page_shows_exactly_the_letters_that_are_then_written(client_of, cleo, world, now):
    far = learn(
        world.cycle,
        make_community("Far", "BG", represented_by="gil"),
        now,
        languages=[{"language": "bg", "level": 6}],
    )
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    client, address = client_of(cleo), reverse("office:publish_run", args=[run.pk])
    page = client.get(address)
    assert (page.content.count(b'class="talka-letter"'), Letter.objects.count()) == (5, 0)
    assert "Publish and send 5 letters" in text_of(page)
    preview = client.post(address, {"waiting": [far.pk], "preview": "1"})
    assert "You are on the waiting list." in text_of(preview)
    client.post(address, {"waiting": [far.pk], "publish": "1"})
    far.refresh_from_db()
    assert (Letter.objects.count(), Match.objects.count(), far.status) == (5, 2, "waiting")


def test_a_draft_older_than_the_facts_shows_its_faults_and_no_button(client_of, cleo, world, run):
    world.ada.status = "withdrawn"
    world.ada.save()
    page = text_of(client_of(cleo).get(reverse("office:publish_run", args=[run.pk])))
    assert "Wikimedians of Ruritania is no longer accepted." in page
    assert "Publish and send" not in page


def test_the_answers_are_seen_and_a_match_is_cancelled_with_a_reason(client_of, cleo, ada, world, matches):
    match = Match.objects.get(seats__application=world.ada)
    record_answer(seat=match.seats.get(part="learns"), answer="yes", by=ada, now=timezone.now())
    client, address = client_of(cleo), reverse("office:match", args=[match.pk])
    page = text_of(client.get(address))
    assert "Agreed" in page and "No answer yet" in page
    refused = client.post(address, {"reason": ""})
    assert (refused.status_code, Match.objects.get(pk=match.pk).status) == (422, "proposed")
    client.post(address, {"reason": "The mentor has moved."})
    assert Match.objects.get(pk=match.pk).status == "cancelled"
    again = client.post(address, {"reason": "Again."}, follow=True)
    assert "Too late to cancel here" in text_of(again)


def test_the_waiting_list_is_carried_over_to_the_next_cycle(client_of, cleo, world, now):
    world.ada.status = "waiting"
    world.ada.save()
    client, address = client_of(cleo), reverse("office:matching", args=[world.cycle.pk])
    assert "Open the next cycle" in text_of(client.get(address))
    call = next_cycle(world.cycle.programme, cleo, now, year=2028).calls.get(role="mentee")
    assert "Carry over to 2028" in text_of(client.get(address))
    client.post(reverse("office:carry_over", args=[world.ada.pk, call.pk]))
    assert "Carried over to 2028" in text_of(client.get(address))
    assert call.applications.get().carried_from == world.ada


def test_names_are_escaped_in_the_picture_and_everywhere(client_of, cleo, world, now):
    learn(world.cycle, make_community("<script>alert(1)</script>", "BG"), now)
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    client = client_of(cleo)
    for address in (
        reverse("office:run", args=[run.pk]),
        reverse("office:publish_run", args=[run.pk]),
        reverse("office:compare_runs", args=[world.cycle.pk]),
        reverse("office:run_candidates", args=[run.pk, world.bo.pk]),
    ):
        assert b"<script>alert" not in client.get(address).content


def grow(world, now, count):
    """Add pairs of communities to the cycle."""
    for number in range(count):
        learn(world.cycle, make_community(f"Learners {number}", "BG"), now)
        teach(world.cycle, make_community(f"Teachers {number}", "HR"), now, topics=[("budgets", 3)])


@pytest.mark.parametrize("name", ["matching", "run", "publish_run", "compare_runs", "run_candidates"])
def test_pages_ask_the_database_as_often_for_thirty_as_for_two(
    client_of, cleo, world, now, django_assert_max_num_queries, name
):
    client = client_of(cleo)

    def address():
        run = draft_run(cycle=world.cycle, by=cleo, now=now)
        return reverse(
            f"office:{name}",
            args={
                "matching": [world.cycle.pk],
                "compare_runs": [world.cycle.pk],
                "run_candidates": [run.pk, world.ada.pk],
            }.get(name, [run.pk]),
        )

    address()
    few = address()
    client.get(few)
    with django_assert_max_num_queries(100) as counted:
        client.get(few)
    grow(world, now, 28)
    Run.objects.all().delete()
    address()
    many = address()
    with django_assert_max_num_queries(len(counted.captured_queries)):
        assert client.get(many).status_code == 200


def test_the_preview_and_the_publication_count_the_same(world, cleo, run):
    posts = publication_of(run).posts
    publish_run(run=run, by=cleo, now=timezone.now())
    assert len(posts) == Letter.objects.count()


def test_what_decisions_cost_is_worked_out_when_asked(client, run, cleo, world):
    client.force_login(cleo)
    address = reverse("office:run_study", args=[run.pk])
    before = text_of(client.get(address))
    assert "1 of 1" in before
    assert "without each of your rulings, rules and weights" in before
    after = text_of(client.post(reverse("office:ask_for_study", args=[run.pk]), follow=True))
    assert "These cost nothing; without any one of them the draft would be the same:" in after
    assert "2 pairs would be there even if any one weight were a tenth lower or higher." in after


def test_a_run_that_waits_shows_how_far_it_is_and_can_be_ended(client, world, cleo, now):
    waiting = ask_run(cycle=world.cycle, asked=encode_cycle(world.cycle), by=cleo, now=now)
    client.force_login(cleo)
    address = reverse("office:run", args=[waiting.pk])
    assert "Waiting for its turn. If this lasts" in text_of(client.get(address))
    Run.objects.filter(pk=waiting.pk).update(
        status="working", progress={"stage": "solve", "done": 3, "of": 4}, alive_at=now
    )
    shown = text_of(client.get(address))
    assert "Looking for the best pairs … 75 %" in shown
    shown = text_of(client.post(reverse("office:stop_run", args=[waiting.pk]), follow=True))
    assert "It is about to end." in shown


def test_a_page_that_looks_again_is_told_to_begin_anew_once_there_is_an_answer(client, run, cleo):
    client.force_login(cleo)
    for name in ("office:run", "office:run_study"):
        answer = client.get(reverse(name, args=[run.pk]), headers={"HX-Request": "true"})
        assert answer.headers["HX-Refresh"] == "true"


def test_what_waits_and_is_ended_is_put_aside(client, world, cleo, now):
    waiting = ask_run(cycle=world.cycle, asked=encode_cycle(world.cycle), by=cleo, now=now)
    client.force_login(cleo)
    answer = client.post(reverse("office:stop_run", args=[waiting.pk]))
    assert answer.headers["Location"] == reverse("office:matching", args=[world.cycle.pk])
    assert Run.objects.get(pk=waiting.pk).status == "discarded"


def test_a_run_that_cannot_be_answered_says_why_by_name(client, world, cleo, now):
    waiting = ask_run(cycle=world.cycle, asked=encode_cycle(world.cycle), by=cleo, now=now)
    key = waiting.sealed_input["teachers"][0]["key"]
    fault = {"key": "matching.fault.more_locks_than_places", "values": {"key": key, "locks": 2}}
    Run.objects.filter(pk=waiting.pk).update(status="failed", faults=[fault])
    client.force_login(cleo)
    shown = text_of(client.get(reverse("office:run", args=[waiting.pk])))
    name = str(Application.objects.get(pk=waiting.who[key]))
    assert f"{name} is kept together with 2 others and has fewer places." in shown


def test_a_search_that_was_ended_early_says_how_much_better_it_could_be(client, run, cleo):
    def shown(level, value, bound):
        outcome = run.sealed_outcome
        outcome["stopped"] = True
        outcome["certificate"] = [{"level": level, "value": value, "bound": bound, "prices": {}}]
        Run.objects.filter(pk=run.pk).update(sealed_outcome=outcome)
        return text_of(client.get(reverse("office:run", args=[run.pk])))

    client.force_login(cleo)
    assert "At most 2 more could find a partner." in shown("matched_1", 1, 3)
    assert "At most 5 points more are possible." in shown("total", 1000, 5001)
    assert "The search was ended early" in shown("pairs", 1, 2)


@pytest.mark.parametrize("status", ["waiting", "working", "failed", "discarded"])
def test_no_page_of_a_run_without_an_answer_breaks(client, world, cleo, now, status):
    run = ask_run(cycle=world.cycle, asked=encode_cycle(world.cycle), by=cleo, now=now)
    Run.objects.filter(pk=run.pk).update(status=status, alive_at=now)
    client.force_login(cleo)
    pages = [address for method, address in addresses(world, run) if method == "get"]
    assert {client.get(page).status_code for page in pages} <= {200, 302}
    shown = text_of(client.get(reverse("office:run", args=[run.pk])))
    assert ("You can leave this page" in shown) == (status in ("waiting", "working"))


@pytest.mark.parametrize("status", ["failed", "discarded"])
def test_a_page_that_looks_again_begins_anew_when_a_run_ends_without_an_answer(
    client, world, cleo, now, status
):
    run = ask_run(cycle=world.cycle, asked=encode_cycle(world.cycle), by=cleo, now=now)
    Run.objects.filter(pk=run.pk).update(status=status)
    client.force_login(cleo)
    answer = client.get(reverse("office:run", args=[run.pk]), headers={"HX-Request": "true"})
    assert answer.headers["HX-Refresh"] == "true"


def test_what_decisions_cost_is_asked_once_and_only_of_an_answer(client, world, run, cleo, now):
    waiting = ask_run(cycle=world.cycle, asked=encode_cycle(world.cycle), by=cleo, now=now)
    client.force_login(cleo)
    for one in (run, run, waiting):
        client.post(reverse("office:ask_for_study", args=[one.pk]))
    asked = [entry.subject_id for entry in Entry.objects.filter(verb="ask what decisions cost")]
    assert asked == [run.pk]
    assert Run.objects.get(pk=waiting.pk).study_asked is False


def test_a_draft_is_saved_as_a_spreadsheet(client, world, cleo, now):
    learn(world.cycle, make_community("Far", "BG"), now, languages=[{"language": "bg", "level": 6}])
    run = draft_run(cycle=world.cycle, by=cleo, now=now)
    client.force_login(cleo)
    answer = client.get(reverse("office:run_export", args=[run.pk]))
    pairs, left_out = (
        [list(row) for row in sheet.iter_rows(values_only=True)]
        for sheet in load_workbook(BytesIO(answer.content)).worksheets
    )
    assert [row[:2] for row in pairs] == [
        ["Learns", "Teaches"],
        ["Syldavian Wikimedians", "Wikimedia Borduria"],
        ["Wikimedians of Ruritania", "Wikimedia Graustark"],
    ]
    assert left_out[1] == [
        "Far",
        "wants to learn",
        "Partners with the right topic there are (2), but none speaks a common language well enough.",
        None,
    ]


def test_a_draft_without_an_answer_has_no_spreadsheet(client, world, cleo, now):
    waiting = ask_run(cycle=world.cycle, asked=encode_cycle(world.cycle), by=cleo, now=now)
    client.force_login(cleo)
    answer = client.get(reverse("office:run_export", args=[waiting.pk]))
    assert answer.headers["Location"] == reverse("office:run", args=[waiting.pk])


def test_each_answer_stands_beside_whose_it_is(client, world, matches, ada, cleo, now):
    match = Match.objects.get(seats__application=world.ada)
    record_answer(seat=match.seat_of("learns"), answer="yes", note="", by=ada, now=timezone.now())
    client.force_login(cleo)
    page = text_of(client.get(reverse("office:matching", args=[world.cycle.pk])))
    assert "Wikimedians of Ruritania Agreed Wikimedia Graustark No answer yet Proposed" in page
