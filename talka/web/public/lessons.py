"""The library of a programme: what its circles learnt and published, to be searched, read and followed."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from talka.access.table import may
from talka.capacities.models import Capacity
from talka.exchanges.models import Exchange, Lesson, LessonKind
from talka.exchanges.queries.circles import library_of
from talka.kernel.speech import noted
from talka.kernel.wording import say
from talka.programmes.models import Programme
from talka.web.shared.fields import offer
from talka.web.shared.lists import page_of
from talka.web.templatetags.words import country_name, language_name

MOST_IN_FEED = 30


class LessonSearchForm(forms.Form):
    """What the library can be narrowed by; all of it optional."""

    q = forms.CharField(
        label=gettext_lazy("Words"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"type": "search"}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[("", gettext_lazy("All")), *LessonKind.choices], required=False
    )
    capacity = forms.ChoiceField(label=gettext_lazy("Topic"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        """Offer the topics, languages and countries that there are."""
        super().__init__(*args, **kwargs)
        there = library_of(programme).order_by()
        topics = Capacity.objects.filter(pk__in=there.values("capacity")).order_by("key")
        codes = sorted(set(there.values_list("language", flat=True)), key=language_name)
        places = sorted(set(there.values_list("country", flat=True)) - {""}, key=country_name)
        self.is_worth_it = bool(codes)
        named = [(str(one.pk), noted(say(one.name, get_language() or "en"))) for one in topics]
        offer(self, "capacity", [("", _("All")), *named])
        offer(self, "language", [("", _("All")), *((code, language_name(code)) for code in codes)])
        offer(self, "country", [("", _("All")), *((code, country_name(code)) for code in places)])


def programme_with_lessons(request: HttpRequest, slug: str) -> Programme:
    """Return a programme that the reader may see and that has circles. Raises Http404."""
    found = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    if found.plan.circles is None:
        raise Http404
    return found


@login_not_required
@require_safe
def lessons(request: HttpRequest, slug: str) -> HttpResponse:
    """List what was published, and search in it."""
    programme = programme_with_lessons(request, slug)
    form = LessonSearchForm(request.GET, programme=programme)
    wanted = form.cleaned_data if form.is_valid() else {"q": ""}
    found = library_of(programme, words=wanted.pop("q"), **wanted)
    context = {"programme": programme, "form": form, "page": page_of(request, found)}
    return render(request, "public/lessons.html", context)


@login_not_required
@require_safe
def lesson(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show one lesson to anyone, without the answers of its circle."""
    programme = programme_with_lessons(request, slug)
    read = library_of(programme).select_related("author", "capacity", "exchange__match__cycle__programme")
    found: Lesson = get_object_or_404(read, pk=pk)
    own = Exchange.objects.held_by(request.user) if request.user.is_authenticated else Exchange.objects.none()
    context = {
        "programme": programme,
        "lesson": found,
        "in_circle": own.filter(pk=found.exchange_id).exists(),
        "coordinates": may(request.user, "lesson.handle", found),
    }
    return render(request, "public/lesson.html", context)


@login_not_required
@require_safe
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand out the newest lessons as a feed: titles and addresses, for feed readers."""
    programme = programme_with_lessons(request, slug)
    here = settings.SITE_ADDRESS + reverse("public:lessons", args=[slug])
    title = _("What we have learnt: %(programme)s") % {"programme": programme}
    written = Atom1Feed(
        title=title, link=here, description="", language=get_language(), feed_url=request.path
    )
    for one in library_of(programme)[:MOST_IN_FEED]:
        address = settings.SITE_ADDRESS + reverse("public:lesson", args=[slug, one.pk])
        written.add_item(
            title=one.title,
            link=address,
            description=str(one.get_kind_display()),
            author_name=one.named_author or None,
            pubdate=one.published_at,
            unique_id=address,
        )
    return HttpResponse(written.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


urlpatterns = [
    path("programmes/<slug:slug>/lessons/", lessons, name="lessons"),
    path("programmes/<slug:slug>/lessons/feed.atom", feed, name="lessons_feed"),
    path("programmes/<slug:slug>/lessons/<int:pk>/", lesson, name="lesson"),
]
