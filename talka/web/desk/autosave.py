"""How a page and the script that saves it speak: the marks a form carries, and what the script is told."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone

AUTOSAVE = "X-Talka-Autosave"
SEEN = "seen-"


def saves_by_itself(request: HttpRequest) -> bool:
    """Tell whether the page's script asks, which wants no page back."""
    return AUTOSAVE in request.headers


def seen_in(data: Mapping[str, str]) -> dict[str, str]:
    """Return the marks of what the sender had before them when they began to write."""
    return {name.removeprefix(SEEN): data[name] for name in data if name.startswith(SEEN)}


def answer_script(
    form: Any,
    *,
    status: int,
    now: datetime,
    refusals: Iterable[str] = (),
    gaps: Iterable[Mapping[str, Any]] = (),
    address: str = "",
    place: str = "",
) -> JsonResponse:
    """Tell the page's script what became of a form.

    It expects every key each time: `seen` holds the marks to send along next, `address` and `place` where the
    form is sent and kept from now on, once something new has a place of its own.
    """
    wrong = [f"{form[key].label}: {error[0]}" for key, error in form.errors.items() if key in form.fields]
    told = {
        "saved": timezone.localtime(now).strftime("%H:%M"),
        "problems": [*refusals, *wrong],
        "seen": dict(getattr(form, "seen", {})),
        "address": address,
        "place": place,
        "gaps": list(gaps),
    }
    return JsonResponse(told, status=status)
