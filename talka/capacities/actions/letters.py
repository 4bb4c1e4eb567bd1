"""Letters about requests, offers and introductions."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.urls import reverse

from talka.capacities.models import Introduction, Need, Offer
from talka.capacities.queries.people import coordinators_of, people_of
from talka.kernel.lists import listed
from talka.kernel.windows import decent_moment
from talka.letters.outbox import write_letter
from talka.letters.sayings import Later
from talka.people.models import Account


def topics_in_words(record: Need | Offer) -> Later:
    """Name the topics of a record in the language of the letter."""
    capacities = [topic.capacity for topic in record.topics.select_related("capacity")]
    return Later(lambda: listed(str(capacity) for capacity in capacities))


def need_values(need: Need) -> dict[str, Any]:
    """Return what every letter about a request says; never its text."""
    return {
        "asker": str(need.asker),
        "programme": need.programme,
        "topics": topics_in_words(need),
        "path": need.get_absolute_url(),
    }


def write_to_all(
    key: str,
    people: Iterable[Account],
    *,
    values: Mapping[str, Any],
    about: Model,
    now: datetime,
    once: str,
    due_at: datetime | None = None,
) -> int:
    """Write a letter to each of the people; count the new ones."""
    written = [
        write_letter(key, to=one, values=values, about=about, now=now, once=once, due_at=due_at)
        for one in people
    ]
    return sum(letter is not None for letter in written)


def tell_asker(key: str, need: Need, *, now: datetime, **values: Any) -> int:
    """Write to whoever asked: the person, or those who represent the community."""
    said = need_values(need) | values
    return write_to_all(key, people_of(need), values=said, about=need, now=now, once=now.isoformat())


def tell_office(key: str, need: Need, *, now: datetime, by_day: bool = False, **values: Any) -> int:
    """Write to the coordinator who is on the request, or to all of them.

    With `by_day` the letter leaves between nine and seven on the programme's clock.
    """
    path = reverse("office:request", args=[need.programme.slug, need.pk])
    said = need_values(need) | {"path": path} | values
    due_at = decent_moment(now, need.programme.zone) if by_day else None
    people = coordinators_of(need.programme)
    on_it = [one for one in people if one.pk == need.owner_id]
    return write_to_all(
        key, on_it or people, values=said, about=need, now=now, once=now.isoformat(), due_at=due_at
    )


def tell_mentor(key: str, introduction: Introduction, *, now: datetime, **values: Any) -> int:
    """Write to the mentor whom an introduction asks."""
    said = {
        "mentor": str(introduction.offer.mentor),
        "programme": introduction.offer.programme,
        "topics": topics_in_words(introduction.need),
        "note": introduction.note,
        "path": introduction.get_absolute_url(),
    }
    people = people_of(introduction.offer)
    return write_to_all(key, people, values=said | values, about=introduction, now=now, once=now.isoformat())
