"""What a browser sent is worked on once: claimed before the work, kept with its answer after it.

Each step is a transaction of its own, so that none is open while the work is done.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from talka.kernel.models import AnsweredPost

# Nobody works on one request for so long: a claim that is older was left by a server that died.
GIVEN_UP_AFTER = timedelta(seconds=60)


def claim_post(*, key: str, now: datetime) -> AnsweredPost | None:
    """Claim what was sent, or return None where somebody else works on it or has answered it."""
    found = AnsweredPost.objects.filter(key=key).first()
    if found is not None:
        return found if _take_over(found, now=now) else None
    try:
        with transaction.atomic():
            return AnsweredPost.objects.create(key=key, claimed_at=now)
    except IntegrityError:
        return None


def _take_over(claim: AnsweredPost, *, now: datetime) -> bool:
    """Take over a claim that was left; of several who try, one does."""
    if claim.claimed_at > now - GIVEN_UP_AFTER or not _mine(claim).update(claimed_at=now):
        return False
    claim.claimed_at = now
    return True


def keep_answer(*, claim: AnsweredPost, location: str, cookies: str, now: datetime) -> None:
    """Keep where the sender was led, and what was set in the browser, for whoever sends the same again."""
    _mine(claim).update(answered_at=now, location=location, cookies=cookies)


def release_claim(*, claim: AnsweredPost) -> None:
    """Let what was sent be sent again."""
    _mine(claim).delete()


def _mine(claim: AnsweredPost) -> QuerySet[AnsweredPost]:
    """Find the row of a claim as long as nobody took it over."""
    return AnsweredPost.objects.filter(pk=claim.pk, claimed_at=claim.claimed_at, answered_at=None)
