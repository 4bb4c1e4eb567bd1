"""Importing communities: a file is looked at first, and taken over whole or not at all."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.kernel.reasons import Reason
from talka.papers.tables import Row, UnreadableTable, read_table
from talka.people.actions.imports import Preview, apply_import, read_communities
from talka.people.reading import COLUMNS
from talka.web.shared.may import require
from talka.web.templatetags.words import reason

# The rows wait in the session between looking and taking over, where the browser cannot touch them.
KEPT = "community_import"
MOST_ROWS = 2_000
MOST_BYTES = 1024 * 1024
MOST_SHOWN = 300


class UploadForm(forms.Form):
    """A table of communities."""

    table = forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("XLSX or CSV. Nothing changes yet: you will see first what it would do."),
        max_length=200,
        allow_empty_file=True,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a table of communities to look at."""
    require(request, "community.import")
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        table = form.cleaned_data["table"]
        try:
            rows = read_table(table.read(), table.name, most_rows=MOST_ROWS, most_bytes=MOST_BYTES)
        except UnreadableTable as unreadable:
            form.add_error("table", reason(Reason(unreadable.key, unreadable.values)))
        else:
            request.session[KEPT] = {"name": table.name, "rows": [[row.line, row.cells] for row in rows]}
            return redirect("office:community_import_preview")
    context = {"form": form, "columns": COLUMNS}
    return render(request, "office/community_import.html", context, status=422 if form.errors else 200)


def _preview(request: HttpRequest) -> Preview | None:
    """Read the rows that wait in the session, against the communities as they are now."""
    kept = request.session.get(KEPT)
    return read_communities([Row(line, cells) for line, cells in kept["rows"]]) if kept else None


@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """Show what the table would do."""
    require(request, "community.import")
    found = _preview(request)
    if found is None:
        return redirect("office:community_import")
    context = {"preview": found, "file": request.session[KEPT]["name"], **_shown(found)}
    return render(request, "office/community_import_preview.html", context)


def _shown(found: Preview) -> dict[str, Any]:
    """Cut long lists to what a page can carry; the counts stay whole."""
    return {name: getattr(found, name)[:MOST_SHOWN] for name in ("new", "changed", "errors")}


@require_POST
def apply(request: HttpRequest) -> HttpResponse:
    """Take the table over, if it would still do exactly what was shown."""
    require(request, "community.import")
    found = _preview(request)
    if found is None:
        return redirect("office:community_import")
    if request.POST.get("mark") != found.mark or not found.can_apply:
        messages.warning(request, _("Something changed in the meantime. Here is what the file would do now."))
        return redirect("office:community_import_preview")
    count = apply_import(preview=found, by=request.user, now=timezone.now())
    del request.session[KEPT]
    words = ngettext("%(count)d community was taken over.", "%(count)d communities were taken over.", count)
    messages.success(request, words % {"count": count})
    return redirect("office:communities")


urlpatterns = [
    path("communities/import/", upload, name="community_import"),
    path("communities/import/preview/", preview, name="community_import_preview"),
    path("communities/import/apply/", apply, name="community_import_apply"),
]
