"""A programme with a group around it, which Cleo coordinates."""

from talka.blueprints.reading import pack, shipped
from talka.blueprints.schema import check_blueprint
from talka.programmes.actions import create_programme, edit_programme


def make_group(cleo, now, slug="mentorship", zone="UTC", **changes):
    """Make a published programme with posts and a roll; `changes` are values of the blueprint's roll."""
    plan = pack(shipped()["mentorship"])
    plan["roll"] |= changes
    programme = create_programme(slug=slug, blueprint=check_blueprint(plan), zone=zone, by=cleo, now=now)
    return publish(programme, cleo, now, zone=zone)


def publish(programme, cleo, now, zone="UTC"):
    """Let everybody see a programme."""
    shown = {"name": programme.name, "summary": programme.summary, "zone": zone, "is_published": True}
    edit_programme(programme=programme, **shown, version=programme.version, by=cleo, now=now)
    return programme
