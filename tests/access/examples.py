"""For every route, an address that leads to a record of the world."""

import re

from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

# What `pk` stands for, by the beginning of the address.
RECORDS = (
    ("desk/applications/", "application"),
    ("desk/communities/", "community"),
    ("desk/exchanges/", "exchange"),
    ("desk/follow-ups/", "follow_up"),
    ("desk/invitations/<int:pk>.pdf", "invitation"),
    ("desk/invitations/", "representation"),
    ("desk/matches/", "match"),
    ("desk/partners/", "partner"),
    ("desk/reports/photos/", "photo"),
    ("desk/reports/steps/", "step"),
    ("desk/reports/", "report"),
    ("desk/travellers/", "traveller"),
    ("office/applications/", "application"),
    ("office/bookings/", "booking"),
    ("office/calls/", "call"),
    ("office/communities/", "community"),
    ("office/cycles/", "cycle"),
    ("office/decisions/", "decision"),
    ("office/exchanges/", "exchange"),
    ("office/forms/", "form"),
    ("office/matching/matches/", "match"),
    ("office/matching/rulings/", "ruling"),
    ("office/matching/runs/", "run"),
    ("office/matching/waiting/", "application"),
    ("office/meetings/", "gathering"),
    ("office/programmes/<slug:slug>/contacts/", "contact"),
    ("office/programmes/<slug:slug>/people/", "appointment"),
    ("office/reports/photos/", "photo"),
    ("office/reports/", "report"),
    ("office/travellers/", "traveller"),
    ("office/verdicts/", "verdict"),
    ("communities/", "community"),
    ("gatherings/", "gathering"),
    ("photos/", "photo"),
)

# The same in the programme with circles, which stands beside that of the scene.
OF_CIRCLES = (
    ("desk/circles/", "circle"),
    ("desk/lessons/replies/", "reply"),
    ("desk/lessons/", "private"),
    ("office/circles/drafts/", "draft"),
    ("office/circles/", "circle"),
    ("office/cycles/<int:pk>/circles/", "cycle"),
    ("office/lessons/", "asked_about"),
    ("programmes/<slug:slug>/lessons/<int:pk>/", "published"),
    ("programmes/<slug:slug>/lessons/", "cycle"),
)


def patterns():
    """Return every route's name and the pattern of its address."""
    return dict(_walk(get_resolver(), "", ""))


def _walk(resolver, namespace, before):
    for pattern in resolver.url_patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, pattern.namespace or pattern.app_name or namespace, address)
        elif isinstance(pattern, URLPattern):
            assert pattern.name, f"{address} has no name"
            yield f"{namespace}:{pattern.name}", address


def addresses(records):
    """List every route with an address that leads to a record of the world."""
    return [(route, address(route, pattern, records)) for route, pattern in patterns().items()]


def address(route, pattern, records):
    """Return an address of the route that leads to a record of the world."""
    names = re.findall(r"<(?:\w+:)?(\w+)>", pattern)
    return reverse(route, kwargs={name: _value(name, pattern, records) for name in names})


def _of_circles(name, pattern, records):
    """Return the value of a name in an address of circles and lessons; None for another address."""
    there = records["circles"]
    found = next((record for beginning, record in OF_CIRCLES if pattern.startswith(beginning)), None)
    if found is None:
        return None
    fixed = {"slug": there.cycle.programme.slug, "seat": there.seat.pk, "number": 1}
    return fixed.get(name) or getattr(there, found).pk


def _value(name, pattern, records):
    if value := _of_circles(name, pattern, records):
        return value
    scene = records["scene"]
    fixed = {
        "slug": scene.cycle.programme.slug,
        "cycle": scene.cycle.slug,
        "cycle_slug": scene.cycle.slug,
        "role": "mentee",
        "key": "about",
        "kind": "ban",
        "token": records["token"],
        "version": 1,
        "upload": records["photo"].upload_id,
        "account": records["people"]["ada"].pk,
        "learner": records["pair"].learner_id,
        "teacher": records["pair"].teacher_id,
        "call": records["open_call"].pk,
        "seat": records["exchange"].match.seat_of("learns").pk,
    }
    if "/rehearsal/" in pattern and name in ("slug", "account"):
        return {"slug": records["rehearsal"].slug, "account": records["invented"].pk}[name]
    if "blueprint" in pattern and name == "section":
        return "commitments"
    if "/forms/" in pattern and name in ("section", "question"):
        return 0
    if "representatives" in pattern and name == "representation":
        return records["own_representation"].pk
    if name in fixed:
        return fixed[name]
    if name == "pk":
        return _record(pattern, records)
    return records[name].pk


def _record(pattern, records):
    for beginning, key in RECORDS:
        if pattern.startswith(beginning):
            return records["scene"].cycle.pk if key == "cycle" else records[key].pk
    raise LookupError(f"say in RECORDS what pk means in {pattern}")
