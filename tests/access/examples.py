"""For every route, an address that leads to a record of the world."""

import re

from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

# What `pk` stands for, by the beginning of the address.
RECORDS = (
    ("desk/action-items/", "action_item"),
    ("desk/applications/<int:pk>/certificate/", "certified"),
    ("desk/applications/", "application"),
    ("desk/certificates/", "certificate"),
    ("desk/communities/", "community"),
    ("desk/exchanges/", "exchange"),
    ("desk/follow-ups/", "follow_up"),
    ("desk/initiatives/feedback/", "feedback"),
    ("desk/initiatives/invitations/", "initiative_invitation"),
    ("desk/initiatives/materials/", "initiative_material"),
    ("desk/initiatives/members/", "initiative_member"),
    ("desk/initiatives/", "initiative"),
    ("desk/invitations/<int:pk>.pdf", "invitation"),
    ("desk/invitations/", "representation"),
    ("desk/matches/", "match"),
    ("desk/modules/", "module"),
    ("desk/introductions/", "introduction"),
    ("desk/offers/", "offer"),
    ("desk/notices/", "notice"),
    ("desk/hours/", "hours"),
    ("desk/mentorships/", "mentorship"),
    ("desk/partners/", "partner"),
    ("desk/plan-goals/", "plan_goal"),
    ("desk/reports/photos/", "photo"),
    ("desk/reports/steps/", "step"),
    ("desk/reports/<int:pk>/hand-in/", "evaluation"),
    ("desk/reports/", "report"),
    ("desk/suggestions/", "suggestion"),
    ("desk/requests/", "need"),
    ("desk/takeovers/", "takeover"),
    ("desk/travellers/", "traveller"),
    ("office/applications/", "application"),
    ("office/bookings/", "booking"),
    ("office/calls/", "call"),
    ("office/communities/", "community"),
    ("office/cycles/<int:pk>/modules", "learning_cohort"),
    ("office/certificates/", "certificate"),
    ("office/cycles/<int:pk>/certificates", "certified_cohort"),
    ("office/cycles/<int:pk>/evaluations/", "certified_cohort"),
    ("office/cycles/<int:pk>/hours", "mentored_cohort"),
    ("office/cycles/<int:pk>/mentorships", "mentored_cohort"),
    ("office/cycles/", "cycle"),
    ("office/decisions/", "decision"),
    ("office/exchanges/", "exchange"),
    ("office/forms/", "form"),
    ("office/matching/matches/<int:pk>/seats/", "left_match"),
    ("office/matching/matches/", "match"),
    ("office/matching/rulings/", "ruling"),
    ("office/matching/runs/", "run"),
    ("office/matching/waiting/", "application"),
    ("office/meetings/action-items/", "action_item"),
    ("office/meetings/agenda/", "agenda_item"),
    ("office/meetings/decisions/", "meeting_decision"),
    ("office/meetings/", "gathering"),
    ("office/modules/", "module"),
    ("office/members/", "member"),
    ("office/notices/", "notice"),
    ("office/outside/notes/", "note"),
    ("office/outside/", "outside"),
    ("office/posts/", "tenure"),
    ("office/mentorships/", "mentorship"),
    ("office/moods/", "mood"),
    ("office/programmes/<slug:slug>/contacts/", "contact"),
    ("office/programmes/<slug:slug>/people/", "appointment"),
    ("office/programmes/<slug:slug>/requests/", "need"),
    ("office/reports/photos/", "photo"),
    ("office/reports/", "report"),
    ("office/series/", "series"),
    ("office/travellers/", "traveller"),
    ("office/verdicts/", "verdict"),
    ("office/work-reports/", "work_report"),
    ("programmes/<slug:slug>/reports/", "published_report"),
    ("communities/", "community"),
    ("gatherings/agenda/", "agenda_item"),
    ("gatherings/", "gathering"),
    ("initiatives/materials/", "material_version"),
    ("initiatives/", "initiative"),
    ("meetings/series/", "series"),
    ("photos/", "photo"),
)

# What only a programme has whose blueprint names it.
OF_A_MENTORSHIP = ("/modules/", "/initiatives", "initiatives/new/")


# Addresses of what only a programme with requests has.
ABOUT_REQUESTS = ("/help/", "/opportunities/", "/ask/", "/offer/", "/offers/", "/requests/", "/outreach/")
# Pages about the group around a programme, by how their address goes on after the programme's.
GROUP = re.compile(r"programmes/<slug:slug>/(members|membership|notices|posts|roll|outside)/")
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
        "secret": records["secret"],
        "code": records["certificate"].written_code,
        "version": 1,
        "upload": records["photo"].upload_id,
        "account": records["people"]["ada"].pk,
        "learner": records["pair"].learner_id,
        "teacher": records["pair"].teacher_id,
        "call": records["open_call"].pk,
        "seat": records["exchange"].match.seat_of("learns").pk,
    }
    if "/evaluations/" in pattern and name == "key":
        return "midpoint"
    if "/certificates/exception/" in pattern and name == "application":
        return records["lacking"].pk
    if "/seats/" in pattern and name == "seat":
        return records["helper_seat"].pk
    if pattern.startswith("desk/mentorships/") and name == "seat":
        return records["mentorship"].match.seat_of("learns").pk
    if "/rehearsal/" in pattern and name in ("slug", "account"):
        return {"slug": records["rehearsal"].slug, "account": records["invented"].pk}[name]
    if name == "slug" and any(part in pattern for part in OF_A_MENTORSHIP):
        return records["learning_programme"].slug
    if pattern.startswith("office/programmes/") and name == "letter":
        return records["programme_letter"].pk
    if "/modules/" in pattern and name == "key":
        return records["module"].key
    if name == "slug" and any(part in pattern for part in ABOUT_REQUESTS):
        return records["helping"].slug
    if GROUP.search(pattern) and name == "slug":
        return records["group_programme"].slug
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
