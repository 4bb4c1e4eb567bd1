"""A signature list becomes the roll: pasted or uploaded, looked at line by line, then taken over."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from talka.programmes.models import Programme
from talka.web.office.programmes import ASKING
from talka.web.office.roll import run_roll
from talka.wiki.roll import Compared, compare_with_roll, import_roll
from talka.wiki.signatures import USER_ASSUMED, Reading, Signature, read_signatures

MOST_CHARACTERS = 300_000
MOST_SHOWN = 500


class ListForm(forms.Form):
    """Asks for a signature list, pasted or as a file."""

    use_required_attribute = False

    text = forms.CharField(
        label=gettext_lazy("The list"),
        help_text=gettext_lazy(
            "As you copy it from the page, or its wikitext. What stands around the list may be in it."
        ),
        max_length=MOST_CHARACTERS,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a text file"),
        help_text=gettext_lazy("Its text takes the place of what stands above. UTF-8."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".txt,text/plain"}),
    )

    def clean_file(self) -> str:
        """Read the file as text."""
        given = self.cleaned_data["file"]
        if given is None:
            return ""
        if given.size > MOST_CHARACTERS:
            raise forms.ValidationError(
                _("The file is too large for a list of signatures: 300 kB are enough.")
            )
        try:
            return str(given.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError(_("The file is not text in UTF-8.")) from None

    def clean(self) -> dict[str, Any]:
        """Take the text of the file, where there is one, in place of what was pasted."""
        given = super().clean() or self.cleaned_data
        given["text"] = (given.get("file") or given.get("text") or "").replace("\0", "")
        if not given["text"].strip() and not self.errors:
            self.add_error("text", _("Paste the list, or choose a file."))
        return given


@require_http_methods(ASKING)
def read(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a list would bring to the roll; bring it where that was seen and asked for."""
    programme = run_roll(request, slug)
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _show(request, programme, form, status=422 if form.errors else 200)
    now = timezone.now()
    reading = read_signatures(form.cleaned_data["text"], until=now)
    compared = compare_with_roll(programme=programme, reading=reading)
    if "apply" in request.POST and request.POST["apply"] == compared.mark and compared.new:
        count = import_roll(programme=programme, lines=reading.signatures, by=request.user, now=now)
        words = ngettext(
            "%(count)d member is new on the roll.", "%(count)d members are new on the roll.", count
        )
        messages.success(request, words % {"count": count})
        _say_struck(request, len(compared.struck))
        return redirect("office:roll", programme.slug)
    if "apply" in request.POST:
        messages.warning(request, _("Something changed in the meantime. Here is what the list would do now."))
    again = ListForm(initial={"text": form.cleaned_data["text"]})
    return _show(request, programme, again, **_preview(reading, compared))


def _say_struck(request: HttpRequest, count: int) -> None:
    words = ngettext(
        "%(count)d who was struck off is not added: put them back by hand if they are back.",
        "%(count)d who were struck off are not added: put them back by hand if they are back.",
        count,
    )
    if count:
        messages.info(request, words % {"count": count})


def _show(
    request: HttpRequest, programme: Programme, form: ListForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"programme": programme, "form": form, **more}
    return render(request, "office/roll_import.html", context, status=status)


def _preview(reading: Reading, compared: Compared) -> dict[str, Any]:
    """Put each line that was read beside what it would do; long lists are cut to what a page can carry."""
    fates = {one.line: "new" for one in compared.new} | {one.line: "left" for one in compared.left}
    fates |= {one.signature.line: "struck" for one in compared.struck}
    rows = [_row(one, fates.get(one.line, "here")) for one in reading.signatures]
    return {
        "compared": compared,
        "rows": rows[:MOST_SHOWN],
        "unread": reading.unread[:MOST_SHOWN],
        "unread_count": len(reading.unread),
        "skipped_count": len(reading.skipped),
        "has_plain_names": any(USER_ASSUMED in one.assumed for one in reading.signatures),
    }


def _row(one: Signature, fate: str) -> dict[str, Any]:
    # That a plain name was taken for the user is said once, above the table.
    assumed = [reason for reason in one.assumed if reason != USER_ASSUMED]
    return {"line": one, "fate": fate, "assumed": assumed}


urlpatterns = [path("programmes/<slug:slug>/roll/import/", read, name="roll_import")]
