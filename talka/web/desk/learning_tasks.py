"""What modules ask of a person, and how far they are with them."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from talka.learning.models import Suggestion
from talka.learning.queries import paths_begun_by
from talka.web.shared.tasks import Mine, Task


def learning_tasks(account: Any, now: datetime) -> list[Task]:
    """List the suggestions about modules that the person maintains and nobody has answered."""
    waiting = Suggestion.objects.waiting().filter(module__maintainer=account).exclude(author=account)
    return [
        Task(
            _("%(programme)s: somebody suggests a change to “%(module)s”.")
            % {"programme": one.module.programme, "module": one.module},
            one.get_absolute_url(),
            _("Answer"),
        )
        for one in waiting.select_related("module__programme").order_by("pk")
    ]


def learning_records(account: Any, now: datetime) -> list[Mine]:
    """List the learning paths that the person is on, with how far they are."""
    return [
        Mine(
            words=_("Learning path: %(programme)s") % {"programme": programme},
            # Translators: of the modules of a learning path, such as "2 of 6 modules done".
            note=_("%(done)s of %(count)s modules done") % {"done": done, "count": count},
            address=reverse("public:modules", args=[programme.slug]),
            record=None,
        )
        for programme, count, done in paths_begun_by(account)
    ]
