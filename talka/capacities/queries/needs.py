"""Requests and offers as pages list them."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from talka.capacities.lifecycle import IntroductionStatus, NeedStatus, OfferStatus
from talka.capacities.models import Introduction, Need, NeedNote, NoteKind, Offer
from talka.capacities.models.needs import NeedQuerySet
from talka.capacities.models.offers import OfferQuerySet
from talka.people.models import Community
from talka.programmes.models import Programme

SHOWN = ("programme", "person", "community", "owner")


def listed_needs(programme: Programme) -> NeedQuerySet:
    """Find the requests to a programme with what a list shows, those that wait for longest first."""
    asked = Introduction.objects.filter(need=OuterRef("pk"), status=IntroductionStatus.ASKED)
    return (
        Need.objects.filter(programme=programme)
        .select_related(*SHOWN)
        .prefetch_related("topics__capacity")
        .annotate(mentor_is_asked=Exists(asked))
        .order_by("waits_since", "pk")
    )


def late_needs(needs: NeedQuerySet, *, answer_days: int, now: datetime) -> NeedQuerySet:
    """Keep those that wait for longer than the programme says that an answer takes."""
    return needs.waiting().filter(waits_since__lt=now - timedelta(days=answer_days))


def searched_needs(needs: NeedQuerySet, words: str) -> NeedQuerySet:
    """Keep those in whose asker, text or timing every word stands."""
    for word in words.split()[:8]:
        needs = needs.filter(
            Q(person__name__icontains=word)
            | Q(community__name__icontains=word)
            | Q(text__icontains=word)
            | Q(when__icontains=word)
        )
    return needs


def own_needs(account: Any) -> NeedQuerySet:
    """Find the requests of a person and their communities, newest first, with who wrote last in each."""
    found = Need.objects.own_of(account).select_related(*SHOWN).prefetch_related("topics__capacity")
    return found.with_last_word().distinct().order_by("-asked_at", "-pk")


def own_offers(account: Any) -> OfferQuerySet:
    """Find the offers of a person and their communities."""
    found = Offer.objects.own_of(account).select_related("programme", "person", "community")
    return found.prefetch_related("topics__capacity", "absences").distinct().order_by("-made_at", "-pk")


def own_introductions(account: Any) -> QuerySet[Introduction]:
    """Find the introductions that ask a person, or a community of theirs."""
    own = Q(offer__person=account) | Q(offer__community__in=Community.objects.represented_by(account))
    related = ("need__programme", "need__person", "need__community", "offer__person", "offer__community")
    found = Introduction.objects.filter(own).select_related(*related, "offer__programme")
    return found.prefetch_related("need__topics__capacity").distinct().order_by("-pk")


def listed_offers(programme: Programme) -> OfferQuerySet:
    """Find the offers to a programme with what a list shows: those that stand first."""
    return (
        Offer.objects.filter(programme=programme)
        .select_related("person", "community", "programme")
        .prefetch_related("topics__capacity", "absences")
        .with_places()
        .order_by(
            Case(When(status=OfferStatus.OPEN, then=0), When(status=OfferStatus.STALE, then=1), default=2),
            "made_at",
            "pk",
        )
    )


def notes_for_asker(need: Need) -> QuerySet[NeedNote]:
    """Find what the asker may read of what was written about a request."""
    return need.notes.exclude(kind=NoteKind.OFFICE).select_related("by")


def agreed_introduction(need: Need) -> Introduction | None:
    """Return the introduction by which the asker got to know a mentor, where there is one."""
    found = need.introductions.filter(status=IntroductionStatus.ACCEPTED)
    return found.select_related("offer__person", "offer__community").first()


def counts_of(programme: Programme) -> dict[str, int]:
    """Count what the help page says of a programme: asked, answered, and who offers help now."""
    needs = list(Need.objects.filter(programme=programme).values_list("status", flat=True))
    helped = (NeedStatus.ANSWERED, NeedStatus.MATCHED, NeedStatus.APPLIED, NeedStatus.CLOSED)
    return {
        "asked": len(needs),
        "helped": sum(status in helped for status in needs),
        "offers": Offer.objects.filter(programme=programme, status=OfferStatus.OPEN).count(),
    }


def public_needs(programme: Programme) -> NeedQuerySet:
    """Find the waiting requests whose topics and country others may see."""
    found = Need.objects.filter(programme=programme, is_public=True).waiting()
    return found.select_related("community").prefetch_related("topics__capacity").order_by("-asked_at", "-pk")
