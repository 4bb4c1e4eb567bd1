"""A published mentorship that Cleo runs, with its cohort and its modules."""

from talka.applications.models import Application
from talka.blueprints.reading import shipped
from talka.calls.actions import prepare_cycle
from talka.forms.models import Sheet
from talka.learning.actions import make_modules
from talka.programmes.actions import announce_cycle, create_programme
from talka.programmes.models import Programme


def make_programme(by, now, *, slug="mentorship", is_published=True):
    """Make the mentorship as a programme."""
    programme = create_programme(
        slug=slug, blueprint=shipped()["mentorship"], zone="Europe/Vilnius", by=by, now=now
    )
    Programme.objects.filter(pk=programme.pk).update(is_published=is_published)
    programme.refresh_from_db()
    return programme


def make_cohort(programme, by, now):
    """Open and announce a cohort."""
    cycle = prepare_cycle(
        programme=programme, slug="2027", label={"en": "Cohort 2027"}, year=2027, by=by, now=now
    )
    announce_cycle(cycle=cycle, by=by, now=now)
    return cycle


def accept(cycle, applicant, now, *, role="mentee", status="accepted"):
    """Let a person or a community be accepted in a role."""
    call = cycle.calls.get(role=role)
    whose = {"community": applicant} if applicant._meta.model_name == "community" else {"person": applicant}
    return Application.objects.create(
        call=call,
        status=status,
        sheet=Sheet.objects.create(form_version=call.form.versions.get()),
        started_at=now,
        **whose,
    )


def make_path(by, now):
    """Make the programme with the modules of its blueprint; return the programme and the modules by key."""
    programme = make_programme(by, now)
    make_modules(programme=programme, by=by, now=now)
    return programme, {module.key: module for module in programme.modules.all()}


KEYS = ["introduction", "knowledge_equity", "logic_models", "monitoring", "impact", "advocacy"]
"""The modules of the shipped blueprint, in their order."""

WORDS = {
    "unit": {"en": "Unit 4: Partners"},
    "name": {"en": "Finding partners"},
    "summary": {},
    "body": {"en": "Ask the library."},
    "address": "",
    "minutes": 30,
}
