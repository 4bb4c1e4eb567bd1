"""The posts of a programme's group in the office: filled, corrected, ended."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.kernel.models import Entry, Overtaken
from talka.programmes.actions import InventedPerson, PostRefused, edit_tenure, fill_post, remove_tenure
from talka.programmes.models import Programme, Tenure
from talka.programmes.queries import posts_of
from talka.web.office.group_forms import FillForm, TermForm
from talka.web.office.programmes import ASKING, programmes_of
from talka.web.shared.group_parts import group_programme
from talka.web.shared.may import require
from talka.web.shared.overtaken import answer_form, newer
from talka.web.shared.timelines import today_in
from talka.web.templatetags.words import reason


def run_group(request: HttpRequest, slug: str, verb: str) -> Programme:
    """Find a programme with a group for who may do the verb. Raises Http404 and PermissionDenied."""
    get_object_or_404(programmes_of(request), slug=slug)
    found = group_programme(request, slug)
    require(request, verb, found)
    return found


@require_safe
def posts(request: HttpRequest, slug: str) -> HttpResponse:
    """Show every post of the group with its holders and its vacant seats."""
    programme = run_group(request, slug, "post.fill")
    found = posts_of(programme, today=today_in(programme.zone, timezone.now()))
    return render(request, "office/posts.html", {"programme": programme, "posts": found})


@require_http_methods(ASKING)
def fill(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down who holds a post."""
    programme = run_group(request, slug, "post.fill")
    now = timezone.now()
    initial = {"post": request.GET.get("post", ""), "starts_on": today_in(programme.zone, now)}
    form = FillForm(request.POST or None, programme=programme, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        try:
            fill_post(programme=programme, **given, by=request.user, now=now)
        except PostRefused as refused:
            form.add_error("starts_on", reason(refused.reason))
        except InventedPerson:
            form.add_error("email", _("This address belongs to somebody invented for a rehearsal."))
        else:
            messages.success(request, _("Written down. The page of the group shows it."))
            return redirect("office:posts", programme.slug)
    return answer_form(request, "office/post_fill.html", form, programme=programme)


def _run(request: HttpRequest, pk: int) -> Tenure:
    found = get_object_or_404(Tenure.objects.handled_by(request.user).select_related("programme"), pk=pk)
    require(request, "post.fill", found)
    return found


@require_http_methods(ASKING)
def tenure(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a term, or set its last day."""
    found = _run(request, pk)
    initial = {name: getattr(found, name) for name in ("name", "starts_on", "ends_on", "version")}
    form = TermForm(request.POST or None, initial=initial)
    context: dict[str, Any] = {"programme": found.programme, "term": found}
    context["entries"] = Entry.objects.about(found).select_related("actor")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"version": form.cleaned_data["version"] or found.version}
        try:
            edit_tenure(tenure=found, **given, by=request.user, now=timezone.now())
        except PostRefused as refused:
            form.add_error("starts_on", reason(refused.reason))
        except Overtaken:
            context["theirs"] = newer(form, Tenure.objects.get(pk=pk))
        else:
            messages.success(request, _("Saved."))
            return redirect("office:posts", found.programme.slug)
    return answer_form(request, "office/tenure.html", form, **context)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a term that was never held."""
    found = _run(request, pk)
    try:
        remove_tenure(tenure=found, version=found.version, by=request.user, now=timezone.now())
    except Overtaken:
        messages.warning(request, _("Somebody changed it in the meantime: look at it again."))
        return redirect(found)
    messages.success(request, _("The term is gone, as if it had never been."))
    return redirect("office:posts", found.programme.slug)


urlpatterns = [
    path("programmes/<slug:slug>/posts/", posts, name="posts"),
    path("programmes/<slug:slug>/posts/new/", fill, name="post_fill"),
    path("posts/<int:pk>/", tenure, name="tenure"),
    path("posts/<int:pk>/remove/", remove, name="tenure_remove"),
]
