"""What a person does with modules: mark them as done, suggest a change, maintain them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from talka.access.table import may
from talka.kernel.models import Entry, Overtaken
from talka.learning.actions import (
    TooManySuggestions,
    complete_module,
    edit_module,
    reopen_suggestion,
    set_suggestion_aside,
    suggest_change,
    take_up_suggestion,
    undo_completion,
)
from talka.learning.models import Module, Suggestion
from talka.web.desk.learning_forms import AnswerForm
from talka.web.shared.learning import ModuleWordsForm, SuggestionForm
from talka.web.shared.may import require
from talka.web.shared.overtaken import answer_form, newer

OWN_WORDS = ("summary", "body")


def _module(request: HttpRequest, pk: int) -> Module:
    seen = Module.objects.visible_to(request.user).select_related("programme", "maintainer")
    return get_object_or_404(seen, pk=pk)


@require_POST
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a module as done."""
    module = _module(request, pk)
    require(request, "module.complete", module)
    complete_module(module=module, by=request.user, now=timezone.now())
    messages.success(request, _("Done: %(module)s. You can take this back on its page.") % {"module": module})
    return redirect("public:modules", module.programme.slug)


@require_POST
def undone(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that a module was done."""
    module = _module(request, pk)
    require(request, "module.complete", module)
    undo_completion(module=module, by=request.user, now=timezone.now())
    messages.success(request, _("Taken back: %(module)s is to be done again.") % {"module": module})
    return redirect(module)


@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: HttpRequest, pk: int) -> HttpResponse:
    """Suggest a change of a module."""
    module = _module(request, pk)
    require(request, "module.suggest", module)
    form = SuggestionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            suggest_change(module=module, **form.cleaned_data, by=request.user, now=timezone.now())
        except TooManySuggestions:
            form.add_error("text", _("Many of your suggestions wait for an answer. Let them be read first."))
        else:
            messages.success(request, _("Your suggestion is on its way. You get a letter with the answer."))
            return redirect(module)
    return answer_form(request, "desk/suggest.html", form, module=module)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the words of a module that the reader maintains."""
    module = _module(request, pk)
    require(request, "module.edit", module)
    texts = {name: getattr(module, name) for name in OWN_WORDS}
    initial = {"address": module.address, "minutes": module.minutes, "version": module.version}
    languages = module.programme.plan.languages
    form = ModuleWordsForm(request.POST or None, languages=languages, texts=texts, initial=initial)
    theirs = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            edit_module(
                module=module, words=form.cleaned_data, version=version, by=request.user, now=timezone.now()
            )
        except Overtaken:
            theirs = newer(form, Module.objects.get(pk=pk))
        else:
            messages.success(request, _("The module is saved."))
            return redirect(module)
    return answer_form(request, "desk/module.html", form, module=module, theirs=theirs)


def _suggestion(request: HttpRequest, pk: int) -> Suggestion:
    seen = Suggestion.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("module__programme", "author", "answered_by"), pk=pk)


def _show(request: HttpRequest, found: Suggestion, form: AnswerForm, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"suggestion": found, "module": found.module, "form": form}
    context["may_answer"] = may(request.user, "suggestion.answer", found)
    context["entries"] = Entry.objects.about(found).select_related("actor")
    return render(request, "desk/suggestion.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a suggestion to its author, and let those who maintain the module answer it."""
    found = _suggestion(request, pk)
    if request.method != "POST":
        return _show(request, found, AnswerForm())
    require(request, "suggestion.answer", found)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form, status=422)
    act = take_up_suggestion if form.cleaned_data["verdict"] == "take_up" else set_suggestion_aside
    act(suggestion=found, answer=form.cleaned_data["answer"], by=request.user, now=timezone.now())
    messages.success(request, _("Answered. Who suggested it gets a letter."))
    return redirect(found)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a suggestion wait for an answer again."""
    found = _suggestion(request, pk)
    require(request, "suggestion.answer", found)
    reopen_suggestion(suggestion=found, by=request.user, now=timezone.now())
    messages.success(request, _("The suggestion waits for an answer again."))
    return redirect(found)


urlpatterns = [
    path("modules/<int:pk>/done/", done, name="module_done"),
    path("modules/<int:pk>/undone/", undone, name="module_undone"),
    path("modules/<int:pk>/suggest/", suggest, name="module_suggest"),
    path("modules/<int:pk>/", edit, name="module"),
    path("suggestions/<int:pk>/", suggestion, name="suggestion"),
    path("suggestions/<int:pk>/reopen/", reopen, name="suggestion_reopen"),
]
