"""What a programme tells people, and who runs it: pages, contacts, posts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from talka.kernel.models import Entry, Overtaken
from talka.programmes.actions import (
    InventedPerson,
    LastCoordinator,
    add_contact,
    appoint_by_address,
    edit_contact,
    edit_page,
    end_appointment,
    remove_contact,
)
from talka.programmes.models import Contact, Page, Programme
from talka.web.office.programme_forms import AppointmentForm, ContactForm, PageForm
from talka.web.office.programmes import ASKING, programmes_of
from talka.web.shared.may import require
from talka.web.shared.overtaken import answer_form, newer


def edited_programme(request: HttpRequest, slug: str) -> Programme:
    """Find a programme that the reader may change."""
    found = get_object_or_404(programmes_of(request), slug=slug)
    require(request, "programme.edit", found)
    return found


@require_http_methods(ASKING)
def page(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Change the words of a page; with a preview of what was typed."""
    programme = edited_programme(request, slug)
    found = get_object_or_404(programme.pages, key=key)
    texts = {"title": found.title, "body": found.body}
    initial = {"version": found.version}
    form = PageForm(request.POST or None, languages=programme.plan.languages, texts=texts, initial=initial)
    context: dict[str, Any] = {"programme": programme, "page": found}
    context["entries"] = Entry.objects.about(found).select_related("actor")
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            return answer_form(request, "office/page.html", form, **context, preview=_preview(form))
        try:
            edit_page(page=found, **form.cleaned_data, by=request.user, now=timezone.now())
        except Overtaken:
            context["theirs"] = newer(form, Page.objects.get(pk=found.pk))
        else:
            messages.success(request, _("The page is saved."))
            return redirect("office:programme", programme.slug)
    return answer_form(request, "office/page.html", form, **context)


def _preview(form: PageForm) -> list[dict[str, str]]:
    """List what was typed, a language at a time."""
    given = form.cleaned_data
    codes = dict.fromkeys([*given["title"], *given["body"]])
    return [
        {"language": code, "title": given["title"].get(code, ""), "body": given["body"].get(code, "")}
        for code in codes
    ]


@require_http_methods(ASKING)
def contact(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """Name somebody to ask, or change what is said about them."""
    programme = edited_programme(request, slug)
    found: Contact | None = get_object_or_404(programme.contacts, pk=pk) if pk else None
    initial = {"name": found.name, "task": found.task, "address": found.address} if found else None
    form = ContactForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"by": request.user, "now": timezone.now()}
        if found:
            edit_contact(contact=found, **given)
        else:
            add_contact(programme=programme, **given)
        messages.success(request, _("The contact is saved."))
        return redirect("office:programme", programme.slug)
    return answer_form(request, "office/contact.html", form, programme=programme, contact=found)


@require_POST
def drop_contact(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a contact off the programme's pages."""
    programme = edited_programme(request, slug)
    found = get_object_or_404(programme.contacts, pk=pk)
    remove_contact(contact=found, by=request.user, now=timezone.now())
    messages.success(request, _("The contact is gone from the pages."))
    return redirect("office:programme", programme.slug)


@require_http_methods(ASKING)
def appoint(request: HttpRequest, slug: str) -> HttpResponse:
    """Give somebody a post in the programme."""
    programme = edited_programme(request, slug)
    form = AppointmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            held = appoint_by_address(
                programme=programme, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except InventedPerson:
            form.add_error("email", _("This address belongs to somebody invented for a rehearsal."))
        else:
            words = _("%(name)s is now: %(post)s.")
            messages.success(request, words % {"name": held.account.name, "post": held.get_post_display()})
            return redirect("office:programme", programme.slug)
    return answer_form(request, "office/appoint.html", form, programme=programme)


@require_POST
def dismiss(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """End somebody's post."""
    programme = edited_programme(request, slug)
    held = get_object_or_404(programme.appointments.filter(ended_at__isnull=True), pk=pk)
    try:
        end_appointment(appointment=held, by=request.user, now=timezone.now())
    except LastCoordinator:
        messages.error(request, _("The last coordinator cannot leave. Appoint somebody else first."))
    else:
        messages.success(request, _("The post has ended."))
    still_there = programmes_of(request).filter(pk=programme.pk).exists()
    return redirect("office:programme", programme.slug) if still_there else redirect("desk:home")


urlpatterns = [
    path("programmes/<slug:slug>/pages/<slug:key>/", page, name="page"),
    path("programmes/<slug:slug>/contacts/new/", contact, name="contact_add"),
    path("programmes/<slug:slug>/contacts/<int:pk>/", contact, name="contact"),
    path("programmes/<slug:slug>/contacts/<int:pk>/remove/", drop_contact, name="contact_remove"),
    path("programmes/<slug:slug>/people/new/", appoint, name="appoint"),
    path("programmes/<slug:slug>/people/<int:pk>/end/", dismiss, name="dismiss"),
]
