"""How pages of the office find the cycle they are about."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from talka.programmes.models import Cycle


def cycles_of(request: HttpRequest) -> QuerySet[Cycle]:
    """Find the cycles of programmes that the reader runs, in whichever post."""
    return Cycle.objects.run_by(request.user).select_related("programme")


def run_cycle(request: HttpRequest, pk: int) -> Cycle:
    """Return a cycle that the reader coordinates. Raises Http404."""
    cycles = Cycle.objects.run_by(request.user, "coordinator").select_related("programme")
    return get_object_or_404(cycles, pk=pk)
