"""Publishing what a cycle has changed: the figures as they would be, words by people, and stories."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from talka.forms.kinds import TextField
from talka.impact.actions import ExchangesOpen, publish_impact
from talka.impact.queries import Story, figures_of, impact_reports, possible_stories
from talka.programmes.lifecycle import CycleStatus
from talka.programmes.models import Cycle
from talka.reports.queries import exchanges_of, open_exchanges, partner_of
from talka.web.office.cycles_found import run_cycle
from talka.web.shared.impact_words import facts_of, tables_of
from talka.web.shared.may import require
from talka.web.templatetags.words import language_name

LONGEST = 10_000


class ImpactForm(forms.Form):
    """The words of an impact report: an introduction a language, and the stories that are told."""

    use_required_attribute = False

    def __init__(self, *args: Any, languages: tuple[str, ...], stories: list[Story], **more: Any) -> None:
        super().__init__(*args, **more)
        self.languages = languages
        for code in languages:
            self.fields[f"introduction_{code}"] = TextField(
                label=_("Introduction: %(language)s") % {"language": language_name(code)},
                required=code == languages[0],
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 6, "lang": code, "dir": "auto"}),
            )
        if stories:
            self.fields["stories"] = forms.TypedMultipleChoiceField(
                label=gettext_lazy("Stories to tell"),
                help_text=gettext_lazy("Only stories whose writers agreed are listed here."),
                choices=[
                    (story.report.pk, str(story.report.seat.application.applicant)) for story in stories
                ],
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[story.report.pk for story in stories],
            )

    def introduction(self) -> dict[str, str]:
        """Return the introduction in the languages in which it was written."""
        return {code: self.cleaned_data[f"introduction_{code}"] for code in self.languages}


def _name_of(story: Story) -> str:
    names = {"community": story.report.seat.application.applicant, "partner": partner_of(story.report)}
    return _("%(community)s, after the visit with %(partner)s") % names


@require_http_methods(["GET", "HEAD", "POST"])
def impact(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what would be published, and publish it."""
    cycle = run_cycle(request, pk)
    require(request, "impact.publish", cycle)
    stories = possible_stories(cycle)
    form = ImpactForm(request.POST or None, languages=cycle.plan.languages, stories=stories)
    if request.method == "POST" and form.is_valid() and _publish(request, cycle, form):
        messages.success(request, _("Published, and the cycle is closed. What stands there never changes."))
        return redirect("public:impact", cycle.programme.slug, cycle.slug)
    return render(
        request, "office/impact.html", _context(cycle, form, stories), status=422 if form.errors else 200
    )


def _publish(request: HttpRequest, cycle: Cycle, form: ImpactForm) -> bool:
    try:
        publish_impact(
            cycle=cycle,
            introduction=form.introduction(),
            stories=form.cleaned_data.get("stories", []),
            by=request.user,
            now=timezone.now(),
        )
    except ExchangesOpen:
        form.add_error(None, _("Not published: close the exchanges that are listed first."))
        return False
    return True


def _context(cycle: Cycle, form: ImpactForm, stories: list[Story]) -> dict[str, Any]:
    figures = figures_of(cycle)
    return {
        "cycle": cycle,
        "form": form,
        "stories": stories,
        "waiting": open_exchanges(cycle),
        "took_place": exchanges_of(cycle).took_place().exists(),
        "is_announced": cycle.status != CycleStatus.DRAFT,
        "reports": impact_reports(cycle),
        "facts": facts_of(figures),
        "tables": tables_of(figures),
    }


urlpatterns = [path("cycles/<int:pk>/impact/", impact, name="impact")]
