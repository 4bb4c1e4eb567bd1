"""Publishing a draft: who will get which letter, and then one button."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from talka.letters.outbox import compose
from talka.matching.actions import publish_run
from talka.matching.lifecycle import RunStatus
from talka.matching.models import Run
from talka.matching.queries.cohort import LEARNS
from talka.matching.queries.drafts import Publication, publication_of
from talka.matching.queries.post import Post, answer_by, deadline_values
from talka.matching.queries.reasons import Refused
from talka.matching.queries.words import names_of, speak, speak_all
from talka.web.office.matching_runs import run_of
from talka.web.shared.matching_words import refusal_in_words

KINDS = {
    "match_proposed": gettext_lazy("A partner is suggested"),
    "unmatched": gettext_lazy("No partner, and why"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Say exactly who will get which letter; then propose the matches and write the letters."""
    run, now = run_of(request, pk), timezone.now()
    if run.status != RunStatus.DRAFT:
        return redirect("office:run", pk)
    waiting = {int(key) for key in request.POST.getlist("waiting") if key.isdecimal() and len(key) < 19}
    if request.method == "POST" and "publish" in request.POST:
        try:
            publish_run(run=run, by=request.user, now=now, waiting=waiting)
        except Refused as refused:
            messages.error(request, refusal_in_words(refused))
            return redirect("office:publish_run", pk)
        messages.success(
            request, _("Published. Everybody got their letter; here you see the answers come in.")
        )
        return redirect("office:matching", run.cycle_id)
    letter = {**deadline_values(answer_by(run.cycle, now), run.cycle), "path": reverse("desk:home")}
    publication = publication_of(run, waiting=waiting, **letter)
    context = {**_shown(run, publication), "last_day": letter["answer_on"], "waiting_keys": waiting}
    return render(request, "office/run_publish.html", context)


def _shown(run: Run, publication: Publication) -> dict[str, Any]:
    names = names_of(run.cycle, run)
    counts = Counter(post.key for post in publication.posts)
    return {
        "run": run,
        "cycle": run.cycle,
        "zone": run.cycle.programme.zone,
        "publication": publication,
        "faults": speak_all(publication.faults, names),
        "counts": [(KINDS[key], counts[key]) for key in KINDS if counts[key]],
        "letters": [_letter(post) for post in publication.posts],
        "learners": [
            (one.application, speak(one.reason, names)) for one in publication.left_out if one.part == LEARNS
        ],
    }


def _letter(post: Post) -> dict[str, Any]:
    """Compose a letter as it would be sent, but for the address of a match that does not exist yet."""
    written = compose(post.key, {"name": post.to.name, **post.values}, language=post.to.language)
    return {"post": post, "kind": KINDS[post.key], "written": written}


urlpatterns = [path("matching/runs/<int:pk>/publish/", publish, name="publish_run")]
