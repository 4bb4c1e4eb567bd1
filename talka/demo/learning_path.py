"""The learning path of the demonstration: modules that people maintain, do, and suggest to change."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from talka.exchanges.models import Exchange
from talka.learning.actions import (
    complete_module,
    edit_module,
    give_module,
    make_modules,
    suggest_change,
    take_up_suggestion,
)
from talka.learning.models import Module
from talka.programmes.models import Programme

A_DAY = timedelta(days=1)

BODY = {
    "en": (
        "A logic model says in one line how what you do leads to what you want.\n\n"
        "- **Activities:** what you do, with whom\n"
        "- **Outputs:** what can be counted afterwards\n"
        "- **Outcomes:** what is different for the people you work with\n\n"
        "Begin at the end: what should a teacher be able to do after half a year?"
    ),
    "ar": (
        "نموذج المنطق يقول في سطر واحد كيف يقود ما تفعله إلى ما تريده.\n\n"
        "ابدأ من النهاية: ما الذي يجب أن يستطيع المعلم فعله بعد نصف سنة؟"
    ),
}

# Who has done how many of the modules, from the first one on.
DONE = {"ada": 3, "eva": 6, "filip": 1, "bo": 2}


def walk_learning_path(
    programme: Programme, people: Mapping[str, Any], now: datetime, exchange: Exchange | None = None
) -> list[Module]:
    """Take over the modules, let Bo maintain one, and people be on their way; return the modules.

    `people` are accounts by the first name: Cleo coordinates; who is not there does nothing.
    """
    cleo = people["cleo"]
    begun = now - 60 * A_DAY
    make_modules(programme=programme, by=cleo, now=begun)
    modules = list(programme.modules.standing())
    model = next((one for one in modules if one.key == "logic_models"), modules[0])
    words = {"body": BODY, "minutes": 45}
    edit_module(module=model, words=words, version=model.version, by=cleo, now=begun)
    if "bo" in people:
        give_module(module=model, email=people["bo"].email, by=cleo, now=begun)
    for name, count in DONE.items():
        for place, module in enumerate(modules[:count] if name in people else ()):
            complete_module(module=module, by=people[name], now=begun + (place + 1) * 7 * A_DAY)
    _suggest(model, people, now)
    return modules


def _suggest(module: Module, people: Mapping[str, Any], now: datetime) -> None:
    """Let one suggestion be taken up, and another one wait."""
    if "eva" in people:
        heard = suggest_change(
            module=module,
            text="Say what the difference between an output and an outcome is.",
            by=people["eva"],
            now=now - 20 * A_DAY,
        )
        answer = "You are right: it stands there now."
        by = module.maintainer or people["cleo"]
        take_up_suggestion(suggestion=heard, answer=answer, by=by, now=now - 15 * A_DAY)
    if "ada" in people:
        suggest_change(
            module=module,
            text="Add an example from a school: ours had no teacher with time, and nothing showed it.",
            by=people["ada"],
            now=now - 2 * A_DAY,
        )
