"""What a person took on at a meeting: they say what became of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from talka.gatherings.actions import answer_action_item
from talka.gatherings.lifecycle import ActionStatus
from talka.gatherings.models import ActionItem
from talka.kernel.models import Entry
from talka.web.shared.may import require
from talka.web.shared.overtaken import answer_form
from talka.web.shared.words_forms import plain_characters


class AnswerForm(forms.Form):
    """Asks what became of it."""

    status = forms.ChoiceField(
        label=gettext_lazy("What became of it?"),
        choices=[
            (ActionStatus.DONE, gettext_lazy("It is done")),
            (ActionStatus.DROPPED, gettext_lazy("It will not be done")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("What the others should know of it"),
        max_length=1000,
        required=False,
        validators=[plain_characters],
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def action_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the reader took on, and let them say what became of it."""
    me: Any = request.user
    mine = ActionItem.objects.filter(owner=me).select_related("gathering__programme", "owner")
    item = get_object_or_404(mine, pk=pk)
    require(request, "action.answer", item)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer_action_item(item=item, **form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, _("Thank you. The next meeting will see it."))
        return redirect("desk:home")
    context: dict[str, Any] = {"item": item, "gathering": item.gathering}
    context["entries"] = Entry.objects.about(item).select_related("actor")
    return answer_form(request, "desk/action_item.html", form, **context)


urlpatterns = [path("action-items/<int:pk>/", action_item, name="action_item")]
