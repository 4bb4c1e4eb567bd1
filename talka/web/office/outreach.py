"""Inviting a community that a programme has not reached: by letter, or with a text for its talk page."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from talka.capacities.actions import NeedRefused, reach_out
from talka.capacities.models import Outreach, Way
from talka.capacities.queries import representing
from talka.papers.wikitext import escape, heading
from talka.people.models import Community
from talka.programmes.models import Programme
from talka.web.office.request_forms import OutreachForm
from talka.web.office.requests import triaged_programme
from talka.web.shared.may import require
from talka.web.shared.overtaken import answer_form
from talka.web.templatetags.words import reason


@require_http_methods(["GET", "HEAD", "POST"])
def outreach(request: HttpRequest, slug: str, community: int) -> HttpResponse:
    """Invite a community, and keep that it was invited."""
    programme = triaged_programme(request, slug)
    require(request, "community.reach", programme)
    found = get_object_or_404(Community.objects.real(), pk=community)
    people = representing(found)
    initial = {"words": _words(programme, found), "way": Way.LETTER if people else Way.TALK_PAGE}
    form = OutreachForm(request.POST or None, initial=initial)
    is_sent = request.method == "POST" and form.is_valid() and "show" not in request.POST
    if is_sent and _reached(request, programme, found, form):
        messages.success(request, _("It is kept that this community was invited."))
        return redirect("public:opportunities", programme.slug)
    words = form.data.get("words", "") if form.is_bound else str(initial["words"])
    context = {"programme": programme, "community": found, "people": people}
    context |= {"wikitext": wikitext(programme, words), "earlier": _earlier(programme, found)}
    return answer_form(request, "office/outreach.html", form, **context)


def _reached(request: HttpRequest, programme: Programme, community: Community, form: OutreachForm) -> bool:
    given = form.cleaned_data
    try:
        reach_out(programme=programme, community=community, **given, by=request.user, now=timezone.now())
    except NeedRefused as refused:
        form.add_error(None, reason(refused.reason))
        return False
    return True


def _earlier(programme: Programme, community: Community) -> list[Outreach]:
    found = Outreach.objects.filter(programme=programme, community=community).select_related("invited_by")
    return list(found.order_by("-invited_at"))


def _words(programme: Programme, community: Community) -> str:
    words = _(
        "We run %(programme)s, and have not heard from %(community)s yet. You can ask for help with what you "
        "are working on, at any time, or offer what you know to others."
    )
    return words % {"programme": programme, "community": community}


def wikitext(programme: Programme, words: str) -> str:
    """Write an invitation for a talk page; no text of a person is markup in it."""
    address = settings.SITE_ADDRESS + reverse("public:help", args=[programme.slug])
    paragraphs = [escape(line) for line in words.splitlines() if line.strip()]
    link = f"* [{address} {escape(programme)}]"
    return "\n\n".join([heading(programme).strip(), *paragraphs, link]) + " ~~~~\n"


urlpatterns = [
    path("programmes/<slug:slug>/outreach/<int:community>/", outreach, name="outreach"),
]
