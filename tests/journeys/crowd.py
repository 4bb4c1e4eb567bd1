"""The many of a cohort: they do what everybody does, through the same actions, but not at the pages."""

from dataclasses import replace
from datetime import date

from django.utils import timezone

from talka.demo.people_applying import EVENINGS, Giver, Wisher, apply_to_give, apply_to_learn
from talka.demo.scene import Scene
from talka.exchanges.actions import answer_match
from talka.letters.models import Letter
from talka.matching.models import Answer, Seat
from talka.people.actions.sign_in import find_or_make_account
from talka.people.models import Account
from talka.programmes.models import Cycle

FIRST_DAY = date(2027, 10, 1)
"""The first day on which one can apply: other days are counted from it."""

ONE_OF_MANY = Wisher(
    "mentee-05",
    "KE",
    "UTC",
    "sw",
    EVENINGS,
    ("education",),
    "Our school has a computer room, and nobody has written an article there.",
    "Two classes have written ten articles that are still there after a month.",
    "Finding the first teacher.",
)
ONE_WHO_TEACHES = Giver("mentor-05", "PL", "UTC", "sw", EVENINGS, ("education",), 2)


def _wishes(name, topic):
    return replace(ONE_OF_MANY, who=name, topics=(topic,))


def _gives(name, topic):
    return replace(ONE_WHO_TEACHES, who=name, topics=(topic,), places=1)


# Each of the three has one mentor who teaches what is asked for; a second of each topic comes later.
LEARNERS = (
    _wishes("nadia", "volunteer_retention"),
    _wishes("leila", "event_management"),
    _wishes("oskar", "grants"),
    *(_wishes(f"mentee-{number:02}", "education") for number in range(5, 37)),
)
TEACHERS = (
    _gives("tove", "volunteer_retention"),
    _gives("samir", "event_management"),
    _gives("greta", "grants"),
    *(replace(ONE_WHO_TEACHES, who=f"mentor-{number:02}") for number in range(5, 21)),
)
# Less of the same: their own topic is another, so that the engine first takes those above.
SPARE = (
    replace(_gives("ruth", "volunteer_retention"), hours=("weekdays", "20:00", "21:00"), language="ig"),
    replace(_gives("uma", "event_management"), hours=("weekdays", "20:00", "21:00"), language="hi"),
)


def the_cohort():
    """Return the cohort as the steps of the demonstration know one, with everybody who is in it."""
    cycle = Cycle.objects.select_related("programme").get()
    return Scene(cycle, {account.name.lower(): account for account in Account.objects.all()}, FIRST_DAY)


def everybody_else_applies():
    """The other 35 mentees and 21 mentors hand in their applications in the first days of the call."""
    people = (*LEARNERS, *TEACHERS, *SPARE)
    for one in people:
        email, name = f"{one.who}@demo.invalid", one.who.replace("-", " ").title()
        find_or_make_account(email=email, name=name, language="en", now=timezone.now())
    scene = the_cohort()
    scene.everybody |= {one.who: scene.everybody[one.who.replace("-", " ")] for one in people}
    for one in LEARNERS:
        apply_to_learn(scene, one, day=4)
    for one in (*TEACHERS, *SPARE):
        apply_to_give(scene, one, day=5)


def letters(key):
    """Say to whom a letter was written, once for each."""
    return sorted(email.removesuffix("@demo.invalid") for email in _addresses(key))


def _addresses(key):
    return Letter.objects.filter(key=key).values_list("email", flat=True)


def everybody_else_agrees():
    """All other mentees and mentors say yes to the match that they were asked for."""
    waiting = Seat.objects.filter(answer=Answer.PENDING).select_related("application__person")
    for seat in waiting.order_by("pk"):
        answer_match(seat=seat, answer=Answer.YES, by=seat.application.person, now=timezone.now())
