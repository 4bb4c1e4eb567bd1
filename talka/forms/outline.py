"""Changing the outline of a form that is being written: adding, moving and removing its parts.

Everything here takes the definition as plain data and returns another one; what does not exist is left alone.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

MOST_SECTIONS = 30
MOST_QUESTIONS = 100


def sections_of(definition: Mapping[str, Any]) -> list[Any]:
    """Return a copy of the sections, to be changed."""
    return deepcopy(list(definition.get("sections") or []))


def question_at(definition: Mapping[str, Any], section: int, question: int) -> Mapping[str, Any] | None:
    """Return a question by its place."""
    sections = definition.get("sections") or []
    if 0 <= section < len(sections) and 0 <= question < len(sections[section]["questions"]):
        return sections[section]["questions"][question]
    return None


def add_section(definition: Mapping[str, Any], *, title: Mapping[str, str]) -> dict[str, Any]:
    """Add an empty section at the end."""
    sections = sections_of(definition)
    if len(sections) < MOST_SECTIONS:
        sections.append({"title": dict(title), "help": {}, "questions": []})
    return {"sections": sections}


def add_question(definition: Mapping[str, Any], section: int, *, label: Mapping[str, str]) -> dict[str, Any]:
    """Add a short question at the end of a section, under a key that is free."""
    sections = sections_of(definition)
    keys = {one["key"] for part in sections for one in part["questions"]}
    if 0 <= section < len(sections) and len(keys) < MOST_QUESTIONS:
        number = next(n for n in range(len(keys) + 1, 2 * MOST_QUESTIONS) if f"question_{n}" not in keys)
        question = {"key": f"question_{number}", "kind": "short", "label": dict(label)}
        sections[section]["questions"].append(question)
    return {"sections": sections}


def put_section(definition: Mapping[str, Any], section: int, values: Mapping[str, Any]) -> dict[str, Any]:
    """Give a section another title and help."""
    sections = sections_of(definition)
    if 0 <= section < len(sections):
        sections[section] |= dict(values)
    return {"sections": sections}


def put_question(
    definition: Mapping[str, Any], section: int, question: int, values: Mapping[str, Any]
) -> dict[str, Any]:
    """Put a question in the place of another."""
    sections = sections_of(definition)
    if question_at(definition, section, question) is not None:
        sections[section]["questions"][question] = dict(values)
    return {"sections": sections}


def move_section(definition: Mapping[str, Any], section: int, by: int) -> dict[str, Any]:
    """Move a section up (−1) or down (1)."""
    sections = sections_of(definition)
    _swap(sections, section, section + by)
    return {"sections": sections}


def move_question(definition: Mapping[str, Any], section: int, question: int, by: int) -> dict[str, Any]:
    """Move a question up or down; at the end of its section it goes over into the next one."""
    sections = sections_of(definition)
    if question_at(definition, section, question) is None:
        return {"sections": sections}
    questions = sections[section]["questions"]
    if 0 <= question + by < len(questions):
        _swap(questions, question, question + by)
    elif 0 <= section + by < len(sections):
        moved = questions.pop(question)
        there = sections[section + by]["questions"]
        there.insert(len(there) if by < 0 else 0, moved)
    return {"sections": sections}


def remove_section(definition: Mapping[str, Any], section: int) -> dict[str, Any]:
    """Remove a section with its questions."""
    sections = sections_of(definition)
    return {"sections": [part for number, part in enumerate(sections) if number != section]}


def remove_question(definition: Mapping[str, Any], section: int, question: int) -> dict[str, Any]:
    """Remove a question."""
    sections = sections_of(definition)
    if question_at(definition, section, question) is not None:
        del sections[section]["questions"][question]
    return {"sections": sections}


def _swap(items: list[Any], one: int, other: int) -> None:
    if 0 <= one < len(items) and 0 <= other < len(items):
        items[one], items[other] = items[other], items[one]
