"""The form editor: sections and questions, a preview, and publishing as a new version."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.applications.queries import role_of, setting_of
from talka.blueprints.mistakes import Mistakes
from talka.blueprints.questions import FormDraft, check_form
from talka.forms import outline
from talka.forms.actions import drop_form_draft, edit_form_draft, publish_form
from talka.forms.fields import SheetForm, build_form
from talka.forms.models import Form, FormVersion
from talka.kernel.models import Entry
from talka.programmes.models import Cycle
from talka.web.office.form_forms import QuestionForm, SectionForm, stage_choices
from talka.web.office.form_words import KINDS
from talka.web.shared.may import require

FIRST_VERSION = 1


def _form(request: HttpRequest, pk: int) -> Form:
    """Return a form that the reader may edit. Raises Http404 and PermissionDenied."""
    run = Form.objects.filter(cycle__in=Cycle.objects.run_by(request.user))
    found = get_object_or_404(run.select_related("cycle__programme"), pk=min(pk, 2**63 - 1))
    require(request, "call.edit", found)
    return found


def _newest(form: Form) -> tuple[FormVersion, int]:
    """Return the newest version, and the mark with which a change of it is sent.

    Where nothing is being written, a change begins a draft, whose mark is that of any new record.
    """
    newest = form.versions.latest("number")
    return newest, newest.version if newest.published_at is None else FIRST_VERSION


def _drawn(form: Form, draft: FormDraft) -> SheetForm:
    """Draw questions as applicants will see them."""
    setting = setting_of(form.cycle, timezone.now())
    return build_form(draft, language=get_language() or "en", answers={}, setting=setting, prefix="preview")


def _mistakes(definition: Mapping[str, Any]) -> list[str]:
    try:
        check_form(definition)
    except Mistakes as found:
        return [str(mistake) for mistake in found.all]
    return []


@require_safe
def form(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the sections and questions of a form, and what can be done with them."""
    found = _form(request, pk)
    newest, version = _newest(found)
    context = {
        "form": found,
        "cycle": found.cycle,
        "newest": newest,
        "version": version,
        "sections": newest.definition.get("sections", []),
        "kinds": KINDS,
        "mistakes": _mistakes(newest.definition),
        **_call_with(found),
        "entries": Entry.objects.about(found).select_related("actor"),
    }
    return render(request, "office/form.html", context)


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a form as applicants will see it."""
    found = _form(request, pk)
    newest, _version = _newest(found)
    mistakes = _mistakes(newest.definition)
    drawn = None if mistakes else _drawn(found, check_form(newest.definition))
    context = {"form": found, "cycle": found.cycle, "mistakes": mistakes, "drawn": drawn}
    return render(request, "office/form_preview.html", context)


def _call_with(form: Form) -> dict[str, Any]:
    """Return a call that asks with the form, and the role it invites; nothing where no call does."""
    call = form.calls.select_related("cycle").order_by("pk").first()
    return {"call": call, "role": role_of(call)} if call else {}


def _number(request: HttpRequest, name: str) -> int:
    """Read a place in the outline; what is no place is none that exists."""
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 5 else -1


CHANGES: Mapping[str, Callable[[Mapping[str, Any], int, int], dict[str, Any]]] = {
    "add_section": lambda old, section, question: outline.add_section(old, title={"en": "New section"}),
    "add_question": lambda old, section, question: outline.add_question(
        old, section, label={"en": "New question"}
    ),
    "section_up": lambda old, section, question: outline.move_section(old, section, -1),
    "section_down": lambda old, section, question: outline.move_section(old, section, 1),
    "question_up": lambda old, section, question: outline.move_question(old, section, question, -1),
    "question_down": lambda old, section, question: outline.move_question(old, section, question, 1),
    "remove_section": lambda old, section, question: outline.remove_section(old, section),
    "remove_question": lambda old, section, question: outline.remove_question(old, section, question),
}


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Add, move or remove a part of the form."""
    found = _form(request, pk)
    newest, _version = _newest(found)
    do = CHANGES.get(request.POST.get("do", ""))
    if do is None:
        raise Http404
    changed = do(newest.definition, _number(request, "section"), _number(request, "question"))
    _save(request, found, changed, _number(request, "version"))
    return redirect(f"{request.path.removesuffix('change/')}#outline")


def _save(request: HttpRequest, form: Form, definition: Mapping[str, Any], version: int) -> None:
    """Keep the definition as the draft. Raises Overtaken."""
    edit_form_draft(form=form, definition=definition, version=version, by=request.user, now=timezone.now())


def _section_form(request: HttpRequest, form: Form, section: int) -> SectionForm:
    """Make the form for a section of the newest version. Raises Http404."""
    newest, version = _newest(form)
    sections = newest.definition.get("sections", [])
    if section >= len(sections):
        raise Http404
    return SectionForm(
        request.POST or None,
        languages=form.cycle.plan.languages,
        texts=sections[section],
        initial={"version": version},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    """Edit the title and the help of a section."""
    found = _form(request, pk)
    edited = _section_form(request, found, section)
    if request.method == "POST" and edited.is_valid():
        version = edited.cleaned_data.pop("version")
        changed = outline.put_section(_newest(found)[0].definition, section, edited.cleaned_data)
        _save(request, found, changed, version)
        return redirect("office:form", pk)
    context = {"form": found, "cycle": found.cycle, "edited": edited}
    return render(request, "office/form_section.html", context, status=422 if edited.errors else 200)


def _question_form(request: HttpRequest, form: Form, old: Mapping[str, Any], version: int) -> QuestionForm:
    return QuestionForm(
        request.POST or None,
        question=old,
        stages=stage_choices(form.cycle.stages.order_by("position"), get_language() or "en"),
        languages=form.cycle.plan.languages,
        version=version,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, pk: int, section: int, question: int) -> HttpResponse:
    """Edit a question; with the preview button, or by itself with scripts, see it as applicants will."""
    found = _form(request, pk)
    newest, version = _newest(found)
    old = outline.question_at(newest.definition, section, question)
    if old is None:
        raise Http404
    edited = _question_form(request, found, old, version)
    wants_preview = "preview" in request.POST or request.headers.get("HX-Request") == "true"
    if request.method == "POST" and edited.is_valid() and not wants_preview:
        changed = outline.put_question(newest.definition, section, question, edited.cleaned_data["question"])
        _save(request, found, changed, edited.cleaned_data["version"])
        messages.success(request, _("The question is saved in the draft. Publish it when the form is ready."))
        return redirect("office:form", pk)
    return _show_question(request, found, edited, old, wants_preview)


def _show_question(
    request: HttpRequest, form: Form, edited: QuestionForm, old: Mapping[str, Any], wants_preview: bool
) -> HttpResponse:
    valid = edited.is_bound and edited.is_valid()
    shown = edited.cleaned_data["question"] if valid else old
    try:
        drawn = _drawn(form, check_form({"sections": [{"title": {"en": "-"}, "questions": [shown]}]}))
    except Mistakes:
        drawn = None
    context = {"form": form, "cycle": form.cycle, "question": old, "edited": edited, "drawn": drawn}
    if request.headers.get("HX-Request") == "true":
        return render(request, "office/form_question_preview.html", context)
    status = 422 if edited.errors and not wants_preview else 200
    return render(request, "office/form_question.html", context, status=status)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the draft the version that people answer from now on."""
    found = _form(request, pk)
    try:
        version = publish_form(form=found, by=request.user, now=timezone.now())
    except Mistakes:
        messages.error(request, _("This is not ready yet. Look at the list of what is wrong."))
    else:
        messages.success(
            request,
            _("Version %(number)s is published. Earlier answers keep their version.")
            % {"number": version.number},
        )
    return redirect("office:form", pk)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the draft away; what is published stays."""
    drop_form_draft(form=_form(request, pk), by=request.user, now=timezone.now())
    messages.success(request, _("The draft is thrown away."))
    return redirect("office:form", pk)


urlpatterns = [
    path("forms/<int:pk>/", form, name="form"),
    path("forms/<int:pk>/preview/", preview, name="form_preview"),
    path("forms/<int:pk>/change/", change, name="form_change"),
    path("forms/<int:pk>/sections/<int:section>/", section, name="form_section"),
    path("forms/<int:pk>/sections/<int:section>/<int:question>/", question, name="form_question"),
    path("forms/<int:pk>/publish/", publish, name="form_publish"),
    path("forms/<int:pk>/drop/", drop, name="form_drop"),
]
