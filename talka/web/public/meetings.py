"""The meetings of a programme: what is coming, what was, and calendars that follow them."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from talka.gatherings.actions.feeds import hash_of
from talka.gatherings.models import ActionItem, Gathering, Series
from talka.gatherings.queries import feed_of, meetings_of, with_counts
from talka.programmes.models import Programme
from talka.web.shared.lists import page_of
from talka.web.shared.meeting_calendars import calendar_file, event_of, event_of_item, events_of

# How far back a calendar that is read again and again reaches.
KEPT = timedelta(days=180)


@login_not_required
@require_safe
def meetings(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the meetings of a programme."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    now = timezone.now()
    found = meetings_of(programme, request.user)
    context = {
        "programme": programme,
        "coming": with_counts(found.coming(now))[:50],
        "page": page_of(request, with_counts(found.held(now))),
        "series": Series.objects.running().filter(pk__in=found.values("series")).order_by("pk"),
    }
    return render(request, "public/meetings.html", context)


@login_not_required
@require_safe
def programme_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand out the calendar of a programme's meetings."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    now = timezone.now()
    found = meetings_of(programme, request.user).filter(ends_at__gt=now - KEPT).order_by("starts_at", "pk")
    events = events_of(found, request.user, now=now)
    return calendar_file(events, name=str(programme), file=f"meetings-{programme.slug}")


@login_not_required
@require_safe
def series_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the calendar of a series; what nobody may know of is not there."""
    now = timezone.now()
    found = Gathering.objects.visible_to(request.user).filter(series=pk)
    series = get_object_or_404(Series.objects.filter(pk__in=found.values("series")), pk=pk)
    kept = found.filter(ends_at__gt=now - KEPT).order_by("starts_at", "pk")
    return calendar_file(
        events_of(kept, request.user, now=now), name=str(series), file=f"meetings-{series.pk}"
    )


@login_not_required
@require_safe
def my_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Hand out a person's own calendar, to whoever knows its secret address."""
    feed = feed_of(hash_of(secret))
    if feed is None:
        raise Http404
    now, me = timezone.now(), feed.account
    mine = Gathering.objects.visible_to(me).filter(registrations__account=me, ends_at__gt=now - KEPT)
    items = ActionItem.objects.open_for(me).select_related("gathering").order_by("due_on", "pk")
    events = [event_of(one, link=one.link, now=now) for one in mine.order_by("starts_at", "pk").distinct()]
    events += [event_of_item(item, now=now) for item in items]
    # Translators: the name of a person's own calendar in their calendar program.
    return calendar_file(events, name=_("Talka: my meetings"), file="talka")


urlpatterns = [
    path("programmes/<slug:slug>/meetings/", meetings, name="meetings"),
    path("programmes/<slug:slug>/meetings/calendar.ics", programme_feed, name="meetings_feed"),
    path("meetings/series/<int:pk>/calendar.ics", series_feed, name="series_feed"),
    path("calendar/<str:secret>.ics", my_feed, name="my_feed"),
]
