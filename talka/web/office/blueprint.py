"""The rules and values of a programme: edited a section at a time, or as a file."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from talka.blueprints.mistakes import WORDS, Mistake, Mistakes
from talka.blueprints.reading import read_toml, write_toml
from talka.blueprints.schema import Blueprint, check_blueprint
from talka.kernel.models import Overtaken
from talka.programmes.actions import replace_blueprint
from talka.programmes.models import Programme
from talka.programmes.queries import blueprint_of
from talka.web.office.blueprint_forms import ValuesForm
from talka.web.office.blueprint_values import SECTIONS, at, editable, finished, values_of
from talka.web.office.pages import edited_programme
from talka.web.office.programme_forms import BlueprintFileForm
from talka.web.office.programmes import ASKING
from talka.web.shared.overtaken import answer_form, newer


def in_words(mistake: Mistake) -> str:
    """Say a mistake and where it is, in the reader's language."""
    return f"{mistake.path}: {_(WORDS[mistake.reason.key]) % mistake.reason.values}"


@require_safe
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """List the sections of the programme's blueprint."""
    programme = edited_programme(request, slug)
    form = BlueprintFileForm(initial={"version": programme.version})
    context = {"programme": programme, "sections": SECTIONS, "form": form}
    return render(request, "office/blueprint.html", context)


@require_http_methods(ASKING)
def section(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """Change the values of one section."""
    programme = edited_programme(request, slug)
    if section not in SECTIONS:
        raise Http404
    plan = editable(programme.plan)
    form = _form(request, programme, section, plan)
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, programme, form, plan)
        except Mistakes as refused:
            form.add_error(None, [in_words(found) for found in refused.all])
        except Overtaken:
            theirs = _theirs(newer(form, Programme.objects.get(pk=programme.pk)), form)
        else:
            messages.success(request, _("Saved. Cycles to come start from it."))
            return redirect("office:blueprint", programme.slug)
    context = {"programme": programme, "heading": SECTIONS[section], "section": section, "theirs": theirs}
    return answer_form(request, "office/blueprint_section.html", form, **context)


def _form(request: HttpRequest, programme: Programme, section: str, plan: dict[str, Any]) -> ValuesForm:
    return ValuesForm(
        request.POST or None,
        values=values_of(section, plan),
        blueprint=plan,
        languages=programme.plan.languages,
        initial={"version": programme.version},
    )


def _save(request: HttpRequest, programme: Programme, form: ValuesForm, plan: dict[str, Any]) -> None:
    form.write_into(plan)
    blueprint, version = check_blueprint(finished(plan)), form.cleaned_data["version"]
    replace_blueprint(
        programme=programme, blueprint=blueprint, version=version, by=request.user, now=timezone.now()
    )


def _theirs(programme: Programme, form: ValuesForm) -> list[tuple[str, Any]]:
    """List what somebody else saved meanwhile.

    Raises Overtaken where the values are not the same ones any more.
    """
    plan = editable(programme.plan)
    try:
        return [(value.label, at(plan, value.path)) for value in form.values]
    except (LookupError, TypeError):
        raise Overtaken from None


@require_safe
def download(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand out the programme as a blueprint file, its pages as they are now included."""
    programme = edited_programme(request, slug)
    answer = HttpResponse(write_toml(blueprint_of(programme)), content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{programme.slug}.toml"'
    return answer


@require_http_methods(["POST"])
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Take over an edited blueprint file; all its mistakes are listed, and then nothing is changed."""
    programme = edited_programme(request, slug)
    form = BlueprintFileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            _take_over(request, programme, read_toml(form.cleaned_data["file"]), form.cleaned_data["version"])
        except Mistakes as refused:
            form.add_error("file", [in_words(found) for found in refused.all])
        else:
            messages.success(request, _("The blueprint is taken over. Cycles to come start from it."))
            return redirect("office:blueprint", programme.slug)
    return answer_form(request, "office/blueprint.html", form, programme=programme, sections=SECTIONS)


def _take_over(request: HttpRequest, programme: Programme, blueprint: Blueprint, version: int) -> None:
    replace_blueprint(
        programme=programme,
        blueprint=blueprint,
        version=version,
        with_words=True,
        by=request.user,
        now=timezone.now(),
    )


urlpatterns = [
    path("programmes/<slug:slug>/blueprint/", overview, name="blueprint"),
    path("programmes/<slug:slug>/blueprint/download/", download, name="blueprint_download"),
    path("programmes/<slug:slug>/blueprint/upload/", upload, name="blueprint_upload"),
    path("programmes/<slug:slug>/blueprint/<slug:section>/", section, name="blueprint_section"),
]
