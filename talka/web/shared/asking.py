"""What pages about requests and offers share: the programme, its models in words, and how long one waits."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from talka.blueprints.group import Requests
from talka.capacities.models import Need, Offer
from talka.forms.kinds import CAPACITY_LEVELS, LANGUAGE_LEVELS
from talka.kernel.speech import noted
from talka.kernel.wording import say
from talka.people.codes import language_in_words
from talka.programmes.models import Programme


def requests_of(programme: Programme) -> Requests:
    """Return what a programme says of requests. Raises Http404 where it takes none."""
    asked = programme.plan.requests
    if asked is None:
        raise Http404
    return asked


def asked_programme(request: HttpRequest, slug: str) -> Programme:
    """Return a programme that takes requests, and that the reader may see. Raises Http404."""
    found = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    requests_of(found)
    return found


def model_names(programme: Programme) -> dict[str, str]:
    """Name the models of a programme in the reader's language, by their keys."""
    asked = programme.plan.requests
    language = get_language() or "en"
    return {one.key: noted(say(one.name, language)) for one in asked.models} if asked else {}


def languages_in_words(lines: Iterable[Mapping[str, Any]]) -> list[str]:
    """Say languages with their levels in the reader's language."""
    words = dict(LANGUAGE_LEVELS)
    return [
        # Translators: a language and how well somebody speaks it.
        _("%(language)s: %(level)s")
        % {
            "language": language_in_words(line["language"], get_language() or "en"),
            "level": words.get(line["level"], ""),
        }
        for line in lines
    ]


def topics_in_words(record: Need | Offer) -> list[str]:
    """Say the topics of a request or an offer with their levels."""
    words = dict(CAPACITY_LEVELS)
    return [
        # Translators: a topic and how far somebody is in it.
        _("%(topic)s: %(level)s") % {"topic": topic.capacity, "level": words.get(topic.level, "")}
        for topic in record.topics.all()
    ]


def days_since(moment: datetime, now: datetime) -> int:
    """Return for how many whole days something has been so."""
    return max(0, (now - moment).days)


def facts_of(need: Need, now: datetime) -> dict[str, Any]:
    """Return what a request says, in words."""
    return {
        "model": model_names(need.programme).get(need.model, ""),
        "languages": languages_in_words(need.languages),
        "topics": topics_in_words(need),
        "age": days_since(need.asked_at, now),
        "waiting": days_since(need.waits_since, now),
    }
