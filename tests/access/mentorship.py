"""A mentorship beside the exchange: a learning path, and Ada's initiative with Bo, who evaluates it."""

from talka.applications.models import Application
from talka.blueprints.reading import shipped
from talka.calls.actions import prepare_cycle
from talka.demo.initiating import build_initiatives
from talka.demo.learning_path import walk_learning_path
from talka.files.actions import store_attachment
from talka.forms.models import Sheet
from talka.initiatives.actions import add_material_version, invite_member
from talka.initiatives.models import Feedback, Material
from talka.learning.models import Suggestion
from talka.programmes.actions import announce_cycle, appoint, create_programme
from talka.programmes.models import Programme


def build(people, now):
    """Make the programme that Cleo runs, with a cohort in which Ada is; return the records of addresses."""
    cleo, ada, bo = people["cleo"], people["ada"], people["bo"]
    programme = create_programme(
        slug="learning", blueprint=shipped()["mentorship"], zone="UTC", by=cleo, now=now
    )
    Programme.objects.filter(pk=programme.pk).update(is_published=True)
    appoint(programme=programme, account=people["rosa"], post="reviewer", by=cleo, now=now)
    cohort = prepare_cycle(
        programme=programme, slug="cohort", label={"en": "Cohort"}, year=2027, by=cleo, now=now
    )
    announce_cycle(cycle=cohort, by=cleo, now=now)
    call = cohort.calls.get(role="mentee")
    sheet = Sheet.objects.create(form_version=call.form.versions.get())
    Application.objects.create(call=call, person=ada, status="accepted", sheet=sheet, started_at=now)
    cast = {name: people[name] for name in ("ada", "bo", "cleo", "eva")}
    modules = walk_learning_path(programme, cast, now)
    schools = build_initiatives(programme, cast, now)[0]
    dan = people["dan"].email
    invited = invite_member(initiative=schools, email=dan, part="team", by=ada, now=now)
    material = Material.objects.get(initiative=schools)
    upload = store_attachment(data=b"Eight weeks, one page.", name="plan.txt", by=bo, now=now)
    newest = add_material_version(material=material, note="As a file", upload=upload, by=bo, now=now)
    return {
        "learning_programme": programme,
        "learning_cohort": cohort,
        "module": next(module for module in modules if module.key == "logic_models"),
        "suggestion": Suggestion.objects.filter(author=ada).latest("pk"),
        "initiative": schools,
        "initiative_invitation": invited,
        "initiative_member": schools.members.get(account=bo),
        "feedback": Feedback.objects.newest().get(initiative=schools, corrects__isnull=False),
        "initiative_material": material,
        "material_version": newest,
    }
