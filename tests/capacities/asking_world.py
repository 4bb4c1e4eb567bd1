"""A programme that takes requests and offers, and what people ask and give in it."""

from talka.blueprints.reading import shipped
from talka.capacities.actions import ask_for_help, introduce, make_offer
from talka.capacities.models import Capacity, Need
from talka.programmes.actions import create_programme
from talka.programmes.models import Programme
from tests.conftest import make_account

ZONE = "Europe/Warsaw"
TOPICS = (("education", ""), ("glam", ""), ("classes", "education"), ("wikidata", ""))
ENGLISH = [{"language": "en", "level": 4}]
POLISH = [{"language": "pl", "level": 6}]


def make_programme(cleo, now, slug="mentorship", zone=ZONE):
    """Make the published mentorship, which Cleo coordinates, and a few topics."""
    programme = create_programme(slug=slug, blueprint=shipped()["mentorship"], zone=zone, by=cleo, now=now)
    Programme.objects.filter(pk=programme.pk).update(is_published=True)
    for key, parent in TOPICS:
        Capacity.objects.get_or_create(
            key=key,
            defaults={
                "name": {"en": key.capitalize()},
                "parent": Capacity.objects.filter(key=parent).first(),
            },
        )
    programme.refresh_from_db()
    return programme


def lines(*keys, level=1):
    """Return topics as forms give them."""
    return [{"capacity": key, "level": level} for key in keys]


def words(**more):
    """Return what a request says."""
    given = {"text": "How do we begin?", "model": "school", "country": "SK", "languages": ENGLISH}
    return {**given, "is_public": False, **more}


def ask(programme, account, now, *keys, community=None, **more):
    """Ask for help, as a person or for a community."""
    return ask_for_help(
        programme=programme,
        person=None if community else account,
        community=community,
        words=words(**more),
        topics=lines(*(keys or ("education",))),
        by=account,
        now=now,
    )


def offer(programme, account, now, *keys, community=None, **more):
    """Offer help, as a person or for a community."""
    given = {"text": "Ask me.", "languages": ENGLISH, "places": 1, "for_models": ["school"], **more}
    return make_offer(
        programme=programme,
        person=None if community else account,
        community=community,
        words=given,
        topics=lines(*(keys or ("education",)), level=4),
        by=account,
        now=now,
    )


def brought_together(programme, asker, mentor, cleo, now):
    """Ask, offer, and ask the mentor; return the request, the offer and the introduction."""
    need, given = ask(programme, asker, now), offer(programme, mentor, now)
    made = introduce(need=need, offer=given, note="A school in Ruritania.", by=cleo, now=now)
    return need, given, made


def fresh(record):
    """Return a record as it is in the database."""
    return type(record).objects.get(pk=record.pk)


def strangers(count):
    """Make accounts of people who were not met before."""
    return [make_account(f"person{number}") for number in range(count)]


def needs():
    """Return the requests by their numbers, as (status, owner)."""
    return list(Need.objects.order_by("pk").values_list("status", "owner__name"))
