"""Modules in the office: taken over, edited, arranged, given to somebody, retired."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.kernel.models import Entry, Overtaken
from talka.learning.actions import (
    create_module,
    edit_module,
    give_module,
    make_modules,
    move_module,
    move_unit,
    restore_module,
    retire_module,
)
from talka.learning.lifecycle import SuggestionStatus
from talka.learning.models import Module, Suggestion
from talka.learning.queries import in_units
from talka.letters.sending import leads_nowhere
from talka.programmes.models import Programme
from talka.web.office.learning_forms import ModuleForm, MoveForm
from talka.web.office.programmes import ASKING, programmes_of
from talka.web.shared.may import require
from talka.web.shared.overtaken import answer_form, newer

TEXTS = ("unit", "name", "summary", "body")


def arranged_programme(request: HttpRequest, slug: str) -> Programme:
    """Return a programme with modules that the reader arranges. Raises Http404 and PermissionDenied."""
    found = get_object_or_404(programmes_of(request), slug=slug)
    require(request, "module.arrange", found)
    if not found.plan.modules:
        raise Http404
    return found


def _module(request: HttpRequest, pk: int) -> Module:
    run = programmes_of(request).values("pk")
    found = get_object_or_404(
        Module.objects.filter(programme__in=run).select_related("programme", "maintainer"), pk=pk
    )
    require(request, "module.arrange", found)
    return found


@require_safe
def modules(request: HttpRequest, slug: str) -> HttpResponse:
    """List the modules with who maintains them, how many people have done them, and what is suggested."""
    programme = arranged_programme(request, slug)
    listed = _counted(programme.modules.all()).select_related("maintainer", "programme")
    standing = list(listed.filter(retired_at__isnull=True).order_by("position", "pk"))
    taken = set(programme.modules.values_list("key", flat=True))
    waiting = Suggestion.objects.waiting().filter(module__programme=programme)
    context = {
        "programme": programme,
        "units": in_units(standing),
        "retired": listed.filter(retired_at__isnull=False).order_by("position", "pk"),
        "missing": [one for one in programme.plan.modules if one.key not in taken],
        "suggestions": waiting.select_related("module__programme", "author").order_by("pk"),
        "orphans": sum(one.maintainer_id is None for one in standing),
        "cycles": programme.cycles.order_by("-pk"),
    }
    return render(request, "office/modules.html", context)


def _counted(modules: QuerySet[Module]) -> QuerySet[Module]:
    waits = Q(suggestions__status=SuggestionStatus.SUGGESTED)
    return modules.annotate(
        done_count=Count("completions", distinct=True),
        waiting_count=Count("suggestions", filter=waits, distinct=True),
    )


@require_POST
def take_over(request: HttpRequest, slug: str) -> HttpResponse:
    """Make the modules that the blueprint names and that are not there yet."""
    programme = arranged_programme(request, slug)
    made = make_modules(programme=programme, by=request.user, now=timezone.now())
    words = ngettext("%(count)d module is added.", "%(count)d modules are added.", made)
    messages.success(request, words % {"count": made})
    return redirect("office:modules", programme.slug)


@require_http_methods(ASKING)
def create(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a module."""
    programme = arranged_programme(request, slug)
    form = ModuleForm(request.POST or None, languages=programme.plan.languages)
    if request.method == "POST" and form.is_valid() and _address_is_real(form, programme):
        given: dict[str, Any] = {"by": request.user, "now": timezone.now()}
        module = create_module(programme=programme, words=form.cleaned_data, **given)
        give_module(module=module, email=form.cleaned_data["email"], **given)
        messages.success(request, _("The module is saved."))
        return redirect("office:modules", programme.slug)
    return answer_form(request, "office/module.html", form, programme=programme)


def _address_is_real(form: ModuleForm, programme: Programme) -> bool:
    """Refuse an address of somebody invented, before anything is kept."""
    if leads_nowhere(form.cleaned_data["email"]) and not programme.is_rehearsal:
        form.add_error("email", _("This address belongs to somebody invented for a rehearsal."))
    return form.is_valid()


@require_http_methods(ASKING)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a module and who maintains it; who is overtaken gets both texts."""
    module = _module(request, pk)
    texts = {name: getattr(module, name) for name in TEXTS}
    languages = module.programme.plan.languages
    form = ModuleForm(request.POST or None, languages=languages, texts=texts, initial=_shown(module))
    context: dict[str, Any] = {"programme": module.programme, "module": module}
    context["entries"] = Entry.objects.about(module).select_related("actor")
    if request.method == "POST" and form.is_valid() and _address_is_real(form, module.programme):
        given: dict[str, Any] = {"by": request.user, "now": timezone.now()}
        version = form.cleaned_data["version"] or 0
        try:
            edit_module(module=module, words=form.cleaned_data, version=version, **given)
        except Overtaken:
            context["theirs"] = newer(form, Module.objects.get(pk=pk))
        else:
            give_module(module=module, email=form.cleaned_data["email"], **given)
            messages.success(request, _("The module is saved."))
            return redirect("office:modules", module.programme.slug)
    return answer_form(request, "office/module.html", form, **context)


def _shown(module: Module) -> dict[str, Any]:
    email = module.maintainer.email if module.maintainer else ""
    return {
        "address": module.address,
        "minutes": module.minutes,
        "email": email,
        "version": module.version,
    }


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a module within its unit, or its whole unit, one place earlier or later."""
    module = _module(request, pk)
    form = MoveForm(request.POST)
    if form.is_valid():
        act = move_unit if form.cleaned_data["what"] == "unit" else move_module
        act(module=module, by_steps=form.cleaned_data["where"], by=request.user, now=timezone.now())
    return redirect(f"{_list_of(module)}#module-{module.pk}")


def _list_of(module: Module) -> str:
    return reverse("office:modules", args=[module.programme.slug])


@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a module off the path; it can be put back."""
    module = _module(request, pk)
    retire_module(module=module, by=request.user, now=timezone.now())
    messages.success(request, _("The module is off the path. You can put it back below."))
    return redirect(_list_of(module))


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a retired module back on the path."""
    module = _module(request, pk)
    restore_module(module=module, by=request.user, now=timezone.now())
    messages.success(request, _("The module is on the path again."))
    return redirect(_list_of(module))


urlpatterns = [
    path("programmes/<slug:slug>/modules/", modules, name="modules"),
    path("programmes/<slug:slug>/modules/take-over/", take_over, name="modules_take_over"),
    path("programmes/<slug:slug>/modules/new/", create, name="module_create"),
    path("modules/<int:pk>/", edit, name="module"),
    path("modules/<int:pk>/move/", move, name="module_move"),
    path("modules/<int:pk>/retire/", retire, name="module_retire"),
    path("modules/<int:pk>/restore/", restore, name="module_restore"),
]
