"""The pages of docs/ that are made from the code, so that they cannot lie."""

from typing import Any

from django.apps import apps

from talka.access.table import MAY
from talka.kernel.lifecycle import Lifecycle
from talka.privacy.inventory import classes, classified_fields

EXPORTED = {
    "own": "from records that are theirs alone",
    "acted": "also from records they acted in",
    "no": "no",
}
MADE = "<!-- Made by `talka docs` from the code; edit the code instead. -->\n"


def written() -> dict[str, str]:
    """Return the text of every generated page by its file name in docs/."""
    return {"lifecycles.md": _lifecycles(), "access.md": _access(), "data.md": _data()}


def lifecycles() -> list[tuple[str, Any, Lifecycle]]:
    """List the models that have a lifecycle, as (label, model, lifecycle)."""
    return [
        (model._meta.label, model, model.LIFECYCLE)
        for model in apps.get_models()
        if hasattr(model, "LIFECYCLE")
    ]


def _lifecycles() -> str:
    parts = [
        "# Lifecycles\n",
        MADE,
        "What can be done to a record, and where it leads. Everything else is refused.\n",
    ]
    for label, model, lifecycle in lifecycles():
        labels = dict(model._meta.get_field("status").flatchoices)
        parts += [f"## {label}\n", "```mermaid", "stateDiagram-v2", f"    [*] --> {lifecycle.start}"]
        parts += [f"    {status}: {name}" for status, name in labels.items()]
        for move in lifecycle.moves:
            parts += [f"    {source} --> {move.target}: {move.verb}" for source in sorted(move.sources)]
        parts.append("```\n")
    return "\n".join(parts)


def _access() -> str:
    rows = [f"| `{verb}` | {str(predicate.name).strip('()')} |" for verb, predicate in sorted(MAY.items())]
    head = ["| to do | one must be somebody who |", "|---|---|"]
    words = "Who may do what. `&` is and, `|` is or, `~` is not. What is not here is refused.\n"
    return "\n".join(["# Access\n", MADE, words, *head, *rows, ""])


def _data() -> str:
    parts = ["# Data\n", MADE, "Every field that Talka keeps, by the class that says why and for how long.\n"]
    fields = classified_fields()
    for key, kind in classes().items():
        parts += [
            f"## {key}\n",
            f"- Why: {kind.purpose}",
            f"- Basis: {kind.basis}",
            f"- Seen by: {kind.seen_by}",
            f"- Kept: {kind.kept}",
            f"- In a person's export: {EXPORTED[kind.exported]}",
            f"- When a person is erased: {kind.erased}\n",
            ", ".join(f"`{name}`" for name, its in sorted(fields.items()) if its == key) or "no field yet",
            "",
        ]
    return "\n".join(parts)
