"""Reviews: one's own, blind, and none where there is a conflict."""

import pytest

from talka.kernel.lifecycle import NotAllowed
from talka.kernel.models import Overtaken
from talka.screening.actions import declare_conflict, save_review, submit_review
from talka.screening.actions.fairness import InConflict
from talka.screening.actions.reviews import NotBlind, ScoreMissing, WrongScore
from talka.screening.models import Review
from talka.screening.queries import reviews_open_to
from tests.conftest import NOW, make_representative
from tests.screening.screening_world import make_reviewer

FULL = {"clear_goals": 4, "need": 5, "use_at_home": 3, "readiness": 1}


def hand_in(application, account, scores=FULL):
    """Write a review and hand it in."""
    review = save_review(
        application=application, scores=scores, comment="Good.", version=0, by=account, now=NOW
    )
    submit_review(review=review, by=account, now=NOW)
    return review


def seen_by(application, account):
    """Name whose reviews the person may read."""
    return [review.reviewer.name for review in reviews_open_to(application, account)]


def test_reviews_of_others_open_once_ones_own_is_handed_in(application, rita, rob):
    hand_in(application, rita)
    assert (seen_by(application, rita), seen_by(application, rob)) == (["Rita"], [])
    draft = save_review(application=application, scores={}, comment="", version=0, by=rob, now=NOW)
    assert seen_by(application, rob) == []
    draft.scores = FULL
    draft.save()
    submit_review(review=draft, by=rob, now=NOW)
    assert (seen_by(application, rita), seen_by(application, rob)) == (["Rita", "Rob"], ["Rita", "Rob"])


def test_a_coordinator_reads_them_once_as_many_are_in_as_are_wanted(application, cleo, rita, rob):
    hand_in(application, rita)
    assert seen_by(application, cleo) == []
    hand_in(application, rob)
    assert seen_by(application, cleo) == ["Rita", "Rob"]


def test_a_further_reviewer_stays_blind_although_enough_are_in(application, cycle, cleo, rita, rob):
    hand_in(application, rita)
    hand_in(application, rob)
    assert seen_by(application, make_reviewer("ray", cycle, cleo)) == []


def test_who_has_read_the_others_cannot_write_a_blind_review_any_more(application, cleo, rita, rob):
    hand_in(application, rita)
    hand_in(application, rob)
    with pytest.raises(NotBlind):
        save_review(application=application, scores=FULL, comment="", version=0, by=cleo, now=NOW)
    assert Review.objects.filter(reviewer=cleo).count() == 0


def test_a_stranger_and_an_applicant_read_no_review(application, ada, dan, rita, rob):
    hand_in(application, rita)
    hand_in(application, rob)
    assert (seen_by(application, dan), seen_by(application, ada)) == ([], [])


def test_a_conflict_forgets_ones_review_and_blinds(application, rita, rob):
    hand_in(application, rita)
    hand_in(application, rob)
    declare_conflict(application=application, by=rita, now=NOW)
    review = Review.objects.get(reviewer=rita)
    assert (review.status, review.scores, review.comment, review.submitted_at) == ("recused", {}, "", None)
    assert (seen_by(application, rita), seen_by(application, rob)) == ([], ["Rob"])


def test_declaring_a_conflict_twice_is_as_once(application, rita):
    declare_conflict(application=application, by=rita, now=NOW)
    declare_conflict(application=application, by=rita, now=NOW)
    assert Review.objects.filter(status="recused").count() == 1


def test_who_has_a_conflict_writes_no_review(application, rita):
    declare_conflict(application=application, by=rita, now=NOW)
    with pytest.raises(InConflict):
        save_review(application=application, scores=FULL, comment="", version=1, by=rita, now=NOW)


def test_who_represents_the_applicant_writes_no_review(application, ada, rita):
    make_representative(rita, ada.community)
    with pytest.raises(InConflict):
        save_review(application=application, scores=FULL, comment="", version=0, by=rita, now=NOW)


def test_somebody_elses_review_cannot_be_handed_in(application, rita, rob):
    review = save_review(application=application, scores=FULL, comment="", version=0, by=rita, now=NOW)
    with pytest.raises(InConflict):
        submit_review(review=review, by=rob, now=NOW)


@pytest.mark.parametrize("scores", [{"clear_goals": 0}, {"clear_goals": 6}, {"charm": 3}])
def test_points_lie_on_the_scales_of_the_programme(application, rita, scores):
    with pytest.raises(WrongScore):
        save_review(application=application, scores=scores, comment="", version=0, by=rita, now=NOW)


def test_a_review_is_handed_in_with_points_on_every_scale(application, rita):
    with pytest.raises(ScoreMissing):
        hand_in(application, rita, {"clear_goals": 4})


def test_a_review_that_is_handed_in_stays_as_it_is(application, rita):
    hand_in(application, rita)
    with pytest.raises(NotAllowed):
        save_review(application=application, scores={}, comment="", version=2, by=rita, now=NOW)


def test_of_two_windows_the_slower_one_is_told(application, rita):
    save_review(application=application, scores={}, comment="First", version=0, by=rita, now=NOW)
    with pytest.raises(Overtaken):
        save_review(application=application, scores={}, comment="Second", version=1, by=rita, now=NOW)
    assert Review.objects.get().comment == "First"
