"""Putting letters of matching into the outbox."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from talka.applications.queries import readers_of
from talka.letters.outbox import write_letter
from talka.matching.models import Match
from talka.matching.queries.post import Post, posts_of_pair


def write_posts(posts: Iterable[Post], *, about: Any, now: datetime, once: str = "") -> int:
    """Write the letters; return how many are new. Who acts for both sides gets one for each."""
    return sum(
        write_letter(
            post.key,
            to=post.to,
            values=post.values,
            about=about,
            now=now,
            once=f"{post.application.pk}:{once}",
        )
        is not None
        for post in posts
    )


def tell_both(
    key: str, match: Match, *, now: datetime, only: Iterable[int] | None = None, **values: Any
) -> int:
    """Write the letter to everybody who acts for a side of the match; `only` keeps the named applications."""
    learner, teacher = match.seat_of("learns").application, match.seat_of("teaches").application
    posts = posts_of_pair(
        key,
        learner,
        teacher,
        cycle=match.cycle,
        readers=readers_of([learner, teacher]),
        path=match.get_absolute_url(),
        **values,
    )
    wanted = None if only is None else set(only)
    kept = [post for post in posts if wanted is None or post.application.pk in wanted]
    return write_posts(kept, about=match, now=now)
