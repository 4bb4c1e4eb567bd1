"""What there is to know of an invented applicant, so that what they write follows from it."""

import re
from datetime import date

from talka.applications.models import Application
from talka.applications.queries import is_learner
from talka.demo.cohort import LEARNER, TEACHER, home_of, topics_about
from talka.demo.inventing import Invented
from talka.letters.sending import NOWHERE
from talka.people.models import Account, Community
from talka.programmes.models import Cycle

VISITS = "visits"
ABOUT = re.compile(r"\.about(\d)\.")


def describe(application: Application) -> Invented:
    """Return the invented applicant behind an application, as its answers depend on it."""
    cycle, community = application.call.cycle, application.community
    if community is None:
        return _person(application, cycle)
    own = [(one.capacity.key, one.level) for one in community.capacities.select_related("capacity")]
    topics = sorted(own) or [(key, TEACHER) for key in topics_about(0, 1)]
    first, last = travel_window(cycle)
    return Invented(
        seed=community.name.rpartition(" ")[0],
        community=community.pk,
        topics=tuple(topics),
        languages=tuple(community.languages),
        maturity=community.maturity,
        first_day=first,
        last_day=last,
    )


def _person(application: Application, cycle: Cycle) -> Invented:
    person = application.person
    assert person is not None
    told = ABOUT.search(person.email or "")
    level, count = (LEARNER, 2) if is_learner(application) else (TEACHER, 3)
    first, last = travel_window(cycle)
    return Invented(
        seed=person.name,
        community=None,
        topics=tuple((key, level) for key in topics_about(int(told[1]) if told else 0, count)),
        languages=tuple(dict.fromkeys((cycle.plan.languages[0], home_of(person.name)[1]))),
        maturity="",
        first_day=first,
        last_day=last,
    )


def travel_window(cycle: Cycle) -> tuple[date, date]:
    """Return the days on which one could travel: the stage of visits, or else the whole cycle."""
    stages = list(cycle.stages.order_by("starts_on"))
    visits = [stage for stage in stages if stage.key == VISITS] or stages
    return min(stage.starts_on for stage in visits), max(stage.ends_on for stage in visits)


def speaker_of(community: Community | None) -> Account:
    """Return the invented person who acts for an invented community. Raises Account.DoesNotExist."""
    acting = Account.objects.filter(email__iendswith=NOWHERE, representations__status="accepted")
    return acting.filter(representations__community=community).distinct().get()


def writer_of(application: Application) -> Account:
    """Return the invented person who writes an application. Raises Account.DoesNotExist."""
    return application.person or speaker_of(application.community)
