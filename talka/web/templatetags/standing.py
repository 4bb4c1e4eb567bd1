"""What was decided of an application, for those who applied."""

from typing import Any

from django import template

from talka.applications.models import Application
from talka.screening.queries import answer_to

register = template.Library()


@register.inclusion_tag("desk/_standing.html")
def standing(application: Application, told: Any) -> dict[str, Any]:
    """Draw the decision with its reasons, and what comes next unless the matching has told; nothing of one
    that is only prepared.
    """
    return {"answer": answer_to(application), "told": told}
