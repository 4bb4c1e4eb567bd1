"""A programme that Cleo runs, for the pages of the office."""

from talka.blueprints.reading import shipped
from talka.calls.actions import prepare_cycle
from talka.programmes.actions import announce_cycle, create_programme
from talka.programmes.models import Programme


def make_programme(by, now, *, slug="exchange", is_published=True, is_rehearsal=False):
    """Make the visit exchange as a programme."""
    programme = create_programme(
        slug=slug,
        blueprint=shipped()["visit_exchange"],
        zone="Europe/Vilnius",
        by=by,
        now=now,
        is_rehearsal=is_rehearsal,
    )
    Programme.objects.filter(pk=programme.pk).update(is_published=is_published)
    programme.refresh_from_db()
    return programme


def make_cycle(programme, by, now, *, year=2027, is_announced=True):
    """Open a cycle with its calls and forms."""
    cycle = prepare_cycle(
        programme=programme, slug=str(year), label={"en": f"Cycle {year}"}, year=year, by=by, now=now
    )
    if is_announced:
        announce_cycle(cycle=cycle, by=by, now=now)
    return cycle
