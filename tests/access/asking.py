"""A programme that takes requests, for the addresses about them: Ada asks, Bo is asked whether he helps."""

from talka.blueprints.reading import shipped
from talka.capacities.actions import ask_for_help, go_away, introduce, make_offer, note_need, write_to_asker
from talka.programmes.actions import create_programme
from talka.programmes.models import Programme


def add_requests(people, community, now):
    """Make the programme, a request of Ada's community, an offer of Bo's, and the question to Bo."""
    ada, bo, cleo = (people[name] for name in ("ada", "bo", "cleo"))
    helping = create_programme(
        slug="helping", blueprint=shipped()["mentorship"], zone="UTC", by=cleo, now=now
    )
    Programme.objects.filter(pk=helping.pk).update(is_published=True)
    need = ask_for_help(
        programme=helping,
        community=community,
        words={"text": "How do we begin?", "country": "SK"},
        topics=[{"capacity": "education", "level": 1}],
        by=ada,
        now=now,
    )
    offer = make_offer(
        programme=helping,
        person=bo,
        words={"text": "Ask me.", "places": 2},
        topics=[{"capacity": "education", "level": 4}],
        by=bo,
        now=now,
    )
    note_need(need=need, text="Known.", by=cleo, now=now)
    write_to_asker(need=need, text="Which age?", by=cleo, now=now)
    made = introduce(need=need, offer=offer, note="A class.", by=cleo, now=now)
    absence = go_away(offer=offer, starts_on=now.date(), ends_on=now.date(), by=bo, now=now)
    return {"helping": helping, "need": need, "offer": offer, "introduction": made, "absence": absence}


def requests_of_others(programme, people, now):
    """Make a request, an offer with an absence, and an introduction in a programme that Carl coordinates."""
    eva, rosa, carl = (people[name] for name in ("eva", "rosa", "carl"))
    need = ask_for_help(programme=programme, person=eva, words={"text": "?"}, topics=[], by=eva, now=now)
    offer = make_offer(programme=programme, person=rosa, words={"text": "!"}, topics=[], by=rosa, now=now)
    made = introduce(need=need, offer=offer, note="x", by=carl, now=now)
    absence = go_away(offer=offer, starts_on=now.date(), ends_on=now.date(), by=rosa, now=now)
    return {"need": need.pk, "offer": offer.pk, "introduction": made.pk, "absence": absence.pk}
