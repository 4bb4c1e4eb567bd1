"""Reviews: a draft that is one's own, handed in once; or left to others."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from talka.applications.models import Application
from talka.kernel.ledger import move
from talka.kernel.lifecycle import NotAllowed
from talka.screening.actions.fairness import InConflict, hold_undecided, refuse_conflict
from talka.screening.lifecycle import ReviewStatus
from talka.screening.models import Review
from talka.screening.queries import has_read_others


class ScoreMissing(Exception):
    """A review gives points on every scale."""


class WrongScore(Exception):
    """There is no such scale, or the points lie outside it."""


class NotBlind(Exception):
    """Who has read the reviews of others cannot write one that counts as blind."""


@transaction.atomic
def save_review(
    *,
    application: Application,
    scores: Mapping[str, int],
    comment: str,
    version: int,
    by: Any,
    now: datetime,
) -> Review:
    """Keep a draft of one's review; `version` is 0 for the first.

    Raises Overtaken, WrongScore, InConflict, NotBlind, and NotAllowed once it is handed in.
    """
    refuse_conflict(application, by)
    hold_undecided(application, "review")
    _check_scores(application, scores)
    review = Review.objects.filter(application=application, reviewer=by).first()
    if review is None:
        if has_read_others(application, by):
            raise NotBlind
        review = Review.objects.create(application=application, reviewer=by)
        version = review.version
    elif review.status != ReviewStatus.DRAFT:
        raise NotAllowed("review", review.status)
    review.scores, review.comment = dict(scores), comment.strip()
    review.save_version(version, ["scores", "comment"])
    return review


def _check_scores(application: Application, scores: Mapping[str, int]) -> None:
    scales = {scale.key: scale for scale in application.call.cycle.plan.scores}
    for key, points in scores.items():
        scale = scales.get(key)
        if scale is None or not scale.lowest <= points <= scale.highest:
            raise WrongScore


@transaction.atomic
def submit_review(*, review: Review, by: Any, now: datetime) -> None:
    """Hand in one's review; from then on one reads those of others.

    Raises ScoreMissing, InConflict for somebody else's, and NotAllowed.
    """
    if review.reviewer_id != by.pk:
        raise InConflict
    refuse_conflict(review.application, by)
    hold_undecided(review.application, "review")
    if any(scale.key not in review.scores for scale in review.application.call.cycle.plan.scores):
        raise ScoreMissing
    move(review, "submit", by=by, now=now)
    review.submitted_at = now
    review.save(update_fields=["submitted_at"])


@transaction.atomic
def declare_conflict(*, application: Application, by: Any, now: datetime) -> None:
    """Leave an application to others; what one wrote of it is forgotten. Twice is as once."""
    review, _is_new = Review.objects.get_or_create(application=application, reviewer=by)
    if review.status == ReviewStatus.RECUSED:
        return
    move(review, "recuse", by=by, now=now)
    review.scores, review.comment, review.submitted_at = {}, "", None
    review.save_version(review.version, ["scores", "comment", "submitted_at"])
