"""A mentorship beside the visits, with a circle of Ada and Bo, for the addresses of circles and lessons."""

from types import SimpleNamespace

from talka.demo.cast import make_account
from talka.exchanges.actions import publish_lesson, raise_concern, reply_to_lesson
from talka.matching.actions import draft_circles
from talka.programmes.actions import appoint
from tests.exchanges.circle_samples import begin_circles, make_cohort, make_wanting, want_circle, write


def add_circle(people, now):
    """Begin a circle that Cleo coordinates and Rosa reviews for; return the records of its addresses."""
    ada, bo, cleo = (people[name] for name in ("ada", "bo", "cleo"))
    cycle = make_cohort(cleo, now)
    appoint(programme=cycle.programme, account=people["rosa"], post="reviewer", by=cleo, now=now)
    others = [make_account(name, now=now) for name in ("nina", "omar")]
    make_wanting(cycle, [ada, bo, *others], now)
    (circle,) = begin_circles(cycle, cleo, now)
    published, private, asked_about = (write(circle, ada, now, title=f"Lesson {count}") for count in range(3))
    publish_lesson(lesson=published, shows_author=True, version=1, by=ada, now=now)
    raise_concern(lesson=asked_about, words="Look at this, please.", by=bo, now=now)
    want_circle(cycle, make_account("pia", now=now), now)
    return SimpleNamespace(
        cycle=cycle,
        circle=circle,
        published=published,
        private=private,
        asked_about=asked_about,
        reply=reply_to_lesson(lesson=private, text="Thanks", by=ada, now=now),
        draft=draft_circles(cycle=cycle, by=cleo, now=now),
        seat=circle.match.seats.get(application__person=bo),
    )
