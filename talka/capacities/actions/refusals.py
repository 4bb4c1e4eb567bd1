"""What the room refuses, whichever verb is asked for."""

from collections.abc import Mapping
from typing import Any

from talka.kernel.reasons import Reason
from talka.letters.sending import leads_nowhere
from talka.people.models import Account, Community
from talka.programmes.models import Programme


class NeedRefused(Exception):
    """Something cannot be done for a request, an offer or an invitation; carries the reason."""

    def __init__(self, key: str, values: Mapping[str, Any] | None = None) -> None:
        super().__init__(key)
        self.reason = Reason(key, values or {})


def refuse_invented(programme: Programme, *, person: Account | None, community: Community | None) -> None:
    """Keep invented people and communities in their rehearsals. Raises NeedRefused."""
    is_invented = community.is_synthetic if community else leads_nowhere(person.email or "" if person else "")
    if is_invented and not programme.is_rehearsal:
        raise NeedRefused("needs.invented")
