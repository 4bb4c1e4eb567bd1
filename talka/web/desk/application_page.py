"""An application's page: what it shows, and how it answers a section that was sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from talka.applications.actions import ApplicationRefused, Incomplete
from talka.applications.models import Application, Goal
from talka.applications.queries import (
    advice_on,
    checklist,
    is_learner,
    open_question,
    role_of,
    topics_to_choose,
)
from talka.files.actions import FileRefused
from talka.files.models import Upload
from talka.forms.merging import Merged
from talka.forms.reading import ReadAnswer, answers_for
from talka.kernel.models import Entry
from talka.kernel.reasons import Reason
from talka.matching.queries.telling import told_of
from talka.people.codes import language_in_words
from talka.screening.actions import edit_application
from talka.web.desk.application_forms import (
    commitments_form,
    format_form,
    goal_form,
    partner_form,
    sheet_form,
)
from talka.web.desk.autosave import answer_script, saves_by_itself
from talka.web.desk.certificates import has_outlook
from talka.web.desk.gaps import gaps_in_words
from talka.web.templatetags.words import reason

# Suggested while typing; any other language can be written as well.
COMMON_CODES = """
ar az ba be bg bn bs ca cs cv da de el en eo es et eu fa fi fr ga gl he hi hr hsb hu hy id is it ja ka kk ko
ky la lb lt lv mk mn mt nl no os pl pt ro ru rue se sk sl sq sr sv sw szl ta tr tt udm uk ur uz vi zh
"""
COMMON_LANGUAGES = tuple(COMMON_CODES.split())


NOTHING_NEW = Merged({}, ())


@dataclass(frozen=True)
class Kept:
    """What became of a section: the keys that two people changed, or the reason why nothing was kept."""

    merged: Merged = NOTHING_NEW
    refusal: Reason | None = None
    result: Any = None

    @property
    def conflicts(self) -> tuple[str, ...]:
        """Return the keys that two people changed."""
        return self.merged.conflicts


def attempt(act: Callable[[], Any]) -> Kept:
    """Do something to an application, and return what the room refuses instead of raising it."""
    try:
        done = act()
    except (ApplicationRefused, FileRefused) as refused:
        return Kept(refusal=refused.reason)
    result, merged = done if isinstance(done, tuple) else (None, done)
    return Kept(merged if isinstance(merged, Merged) else NOTHING_NEW, None, result)


def attempt_edit(application: Application, change: Callable[[], Any], now: datetime) -> Kept:
    """Change an application; once it is handed in, the criteria are asked about it again."""
    return attempt(lambda: edit_application(application=application, change=change, now=now))


def show(
    request: HttpRequest,
    application: Application,
    now: datetime,
    *,
    status: int = 200,
    bound: Mapping[str, Any] | None = None,
    kept: Kept = Kept(),
) -> HttpResponse:
    """Draw the page; `bound` holds forms that were sent and are shown with what was typed."""
    sent = bound or {}
    is_open = application.takes_changes(now)
    learner = is_learner(application)
    forms = _forms(application, now, sent, learner) if is_open or sent else _texts(application)
    context = {
        "application": application,
        "call": application.call,
        "cycle": application.call.cycle,
        "role": role_of(application.call),
        "now": now,
        "is_open": is_open,
        "is_learner": learner,
        "closes_at": _closes_at(application, now),
        "question": open_question(application),
        "has_outlook": has_outlook(application),
        "told": told_of(application),
        "entries": Entry.objects.about(application).select_related("actor"),
        "refusal": kept.refusal,
        **forms,
        "gaps": _gaps(application, now, forms.get("sheet_form"), forms.get("commitments_form")),
        "theirs": _theirs(application, sent, kept.conflicts),
        "sent": next(iter(sent), ""),
    }
    return render(request, "desk/application.html", context, status=status)


def uploads_of(application: Application) -> list[Upload]:
    """Return the files that answer the application's questions."""
    sheet = application.sheet
    asked = [one.key for one in sheet.form_version.draft.questions if one.kind == "file"]
    keys = [pk for key in asked for pk in sheet.answers.get(key) or []]
    return list(Upload.objects.filter(pk__in=keys).order_by("pk")) if keys else []


def _gaps(application: Application, now: datetime, sheet: Any, commitments: Any) -> list[dict[str, str]]:
    """Say what is missing, each thing with the place where it is put right."""
    forms = {"answers": sheet, "commitments": commitments} if sheet is not None else {}
    return gaps_in_words(checklist(application, now), forms)


def _closes_at(application: Application, now: datetime) -> datetime | None:
    """Return the moment that counts for this applicant."""
    moments = [at for at in (application.open_until, application.call.closes_at) if at is not None]
    return max(moments, default=None)


def _forms(application: Application, now: datetime, sent: Mapping[str, Any], learner: bool) -> dict[str, Any]:
    goals = list(_goals(application)) if learner else []
    topics = topics_to_choose(application)
    return {
        "sheet_form": sent.get("answers") or sheet_form(application, now),
        "uploads": uploads_of(application),
        "common_languages": [language_in_words(code, get_language() or "en") for code in COMMON_LANGUAGES],
        "goals": [
            (goal, sent.get(f"goal-{goal.pk}") or goal_form(goal, topics), advice_on(goal)) for goal in goals
        ],
        "new_goal": sent.get("goal-new") or goal_form(None, topics),
        "format_form": sent.get("format") or format_form(application),
        "partner_form": sent.get("partner") or partner_form(application),
        "commitments_form": sent.get("commitments") or commitments_form(application),
    }


def _texts(application: Application) -> dict[str, Any]:
    """Return the application to be read, where nothing can be changed any more."""
    language = get_language() or "en"
    return {
        "read_sections": answers_for(application.sheet, audience="applicant", language=language),
        "goals": [(goal, None, ()) for goal in _goals(application)],
    }


def _goals(application: Application) -> QuerySet[Goal]:
    return application.goals.select_related("capacity").order_by("position", "pk")


def _theirs(
    application: Application, sent: Mapping[str, Any], conflicts: tuple[str, ...]
) -> list[ReadAnswer]:
    """Return what somebody else wrote meanwhile, in words."""
    if not conflicts:
        return []
    name = next(iter(sent))
    if name == "answers":
        sections = answers_for(application.sheet, audience="applicant", language=get_language() or "en")
        return [answer for section in sections for answer in section.answers if answer.key in conflicts]
    form, language = sent[name], get_language() or "en"
    return [
        ReadAnswer(key, {language: str(form.fields[key].label)}, (_in_words(form, key),)) for key in conflicts
    ]


def _in_words(form: Form, name: str) -> str:
    """Say what is kept under a name: the words of a choice, a text as it is."""
    kept = form.initial.get(name) or ""
    words = dict(getattr(form.fields[name], "choices", ()))
    return str(words.get(kept, kept) or "–")


def answer(
    request: HttpRequest,
    application: Application,
    now: datetime,
    *,
    section: str,
    form: Any,
    kept: Kept,
    address: str = "",
) -> HttpResponse:
    """Answer a section that was sent: saved, or the page again with everything that was typed.

    `address` is where the form is sent from now on, once something new has a place of its own.
    """
    fine = form.is_valid() and not kept.conflicts and kept.refusal is None
    status = 200 if fine else 409 if kept.conflicts else 422
    if saves_by_itself(request):
        return _answer_script(application, now, form, kept, status, address)
    if fine:
        messages.success(request, _("Saved."))
        anchor = section.split("-")[0]
        return redirect(f"{application.get_absolute_url()}#{'goals' if anchor == 'goal' else anchor}")
    return show(request, application, now, status=status, bound={section: form}, kept=kept)


def _answer_script(
    application: Application, now: datetime, form: Any, kept: Kept, status: int, address: str
) -> JsonResponse:
    gaps = _gaps(application, now, sheet_form(application, now), commitments_form(application))
    return answer_script(
        form,
        status=status,
        now=now,
        refusals=[reason(kept.refusal)] if kept.refusal else (),
        gaps=gaps,
        address=address,
        place=f"goal-{application.pk}-{kept.result.pk}" if kept.result else "",
    )


def incomplete(
    request: HttpRequest, application: Application, now: datetime, found: Incomplete
) -> HttpResponse:
    """Draw the page with what keeps the application from being handed in."""
    return show(request, application, now, status=422, kept=Kept(refusal=found.reason))
