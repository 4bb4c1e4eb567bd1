"""The learning path of a programme as anyone reads it; who is signed in sees how far they are."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from talka.access.table import may
from talka.kernel.wording import say
from talka.learning.models import Module
from talka.learning.queries import path_of
from talka.programmes.models import Programme
from talka.web.shared.learning import SuggestionForm
from talka.web.shared.signed_out import or_sign_in


def _programme(request: HttpRequest, slug: str) -> Programme:
    """Find a programme that has modules. Raises Http404."""
    found = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    if not found.plan.modules:
        raise Http404
    return found


@login_not_required
@require_safe
def modules(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the modules in their units, and what the reader has done of them."""
    programme = _programme(request, slug)
    context = {"programme": programme, "path": path_of(programme, request.user)}
    context["may_arrange"] = may(request.user, "module.arrange", programme)
    return render(request, "public/modules.html", context)


@login_not_required
@or_sign_in
@require_safe
def module(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show a module with its text, and where it leads on."""
    programme = _programme(request, slug)
    seen = Module.objects.visible_to(request.user).select_related("maintainer", "programme")
    found = get_object_or_404(seen, programme=programme, key=key)
    return render(request, "public/module.html", _described(request, found))


def _described(request: HttpRequest, module: Module) -> dict[str, Any]:
    """Return what the page of a module says to the reader."""
    reader: Any = request.user
    trail = path_of(module.programme, reader)
    steps = [step for unit in trail.units for step in unit.steps]
    later = [step.module for step in steps if not step.is_done and step.module != module]
    context = {
        "module": module,
        "programme": module.programme,
        "body": say(module.body, get_language() or "en"),
        "path": trail,
        "is_done": any(step.module == module and step.is_done for step in steps),
        "next_one": later[0] if later else None,
        "may_suggest": may(reader, "module.suggest", module),
        "may_edit": may(reader, "module.edit", module),
    }
    if context["may_suggest"]:
        context["form"] = SuggestionForm()
        context["mine"] = module.suggestions.filter(author=reader).order_by("-pk")
    return context


urlpatterns = [
    path("programmes/<slug:slug>/modules/", modules, name="modules"),
    path("programmes/<slug:slug>/modules/<slug:key>/", module, name="module"),
]
