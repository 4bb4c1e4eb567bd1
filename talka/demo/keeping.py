"""Keeping the letters of rehearsals: whomever they are for, they are read in the outbox and never leave."""

from datetime import datetime
from typing import Any

from django.apps import apps

from talka.access.scopes import communities_of, programme_of
from talka.letters.models import Letter
from talka.people.models import Community


def is_of_a_rehearsal(letter: Letter, *, now: datetime) -> bool:
    """Tell whether a letter is about a rehearsal or its invented communities, or about what is gone.

    What is gone can no longer say where it belonged, and nobody needs a letter about it.
    """
    model: Any = apps.get_model(letter.subject_type)
    about = model.objects.filter(pk=letter.subject_id).first()
    if about is None:
        return True
    programme = programme_of(about)
    if programme is not None:
        return programme.is_rehearsal
    return Community.objects.filter(pk__in=communities_of(about), is_synthetic=True).exists()
