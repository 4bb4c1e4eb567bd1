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
    ("desk/hours/", "hours"),
    ("desk/invitations/<int:pk>.pdf", "invitation"),
    ("desk/invitations/", "representation"),
    ("desk/matches/", "match"),
    ("desk/mentorships/", "mentorship"),
    ("desk/partners/", "partner"),
    ("desk/plan-goals/", "plan_goal"),
    ("desk/reports/photos/", "photo"),
    ("desk/reports/steps/", "step"),
    ("desk/reports/", "report"),
    ("desk/travellers/", "traveller"),
    ("office/applications/", "application"),
    ("office/bookings/", "booking"),
    ("office/calls/", "call"),
    ("office/communities/", "community"),
    ("office/cycles/<int:pk>/hours", "cohort"),
    ("office/cycles/<int:pk>/mentorships", "cohort"),
    ("office/cycles/", "cycle"),
    ("office/decisions/", "decision"),
    ("office/exchanges/", "exchange"),
    ("office/forms/", "form"),
    ("office/matching/matches/", "match"),
    ("office/matching/rulings/", "ruling"),
    ("office/matching/runs/", "run"),
    ("office/matching/waiting/", "application"),
    ("office/meetings/", "gathering"),
    ("office/mentorships/", "mentorship"),
    ("office/moods/", "mood"),
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


def _value(name, pattern, records):
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
    if pattern.startswith("desk/mentorships/") and name == "seat":
        return records["mentorship"].match.seat_of("learns").pk
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
