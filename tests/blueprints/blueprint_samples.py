"""A small blueprint to break in tests."""

from typing import Any


def small() -> dict[str, Any]:
    """Return plain data of a blueprint with one of each thing that names another."""
    return {
        "key": "small",
        "name": "Small",
        "summary": "A small programme.",
        "cycle_label": "Round",
        "applicants": "communities",
        "currency": "EUR",
        "languages": ["en"],
        "roles": [
            {"key": "mentee", "part": "learns", "name": "Mentee"},
            {"key": "mentor", "part": "teaches", "name": "Mentor"},
        ],
        "stages": [
            {"key": "calling", "name": "Call", "starts": "01-31", "lasts_months": 1},
            {"key": "working", "name": "Work", "starts": {"after": "calling"}, "lasts_days": 10},
        ],
        "calls": [{"role": "mentee", "form": "short", "stage": "calling"}],
        "criteria": [{"role": "mentee", "rule": "took_part_recently", "params": {"years": 3}}],
        "commitments": [{"key": "work", "text": "We work.", "roles": ["mentee", "mentor"]}],
        "matching": {
            "kind": "two_sides",
            "hard": ["dates_overlap"],
            "weights": {"topic": 4},
            "unknown": {"dates_overlap": "pass"},
        },
        "exchange": {
            "kind": "visit",
            "min_days": 3,
            "max_days": 5,
            "formats": [{"key": "there", "name": "There", "travels": "mentee"}],
        },
        "report": {"due_months": 1, "form": "short"},
        "letters": {"application.received": {"subject": "Thank you"}},
        "forms": {"short": small_form()},
    }


def small_form() -> dict[str, Any]:
    """Return plain data of a form with two questions."""
    return {
        "sections": [
            {
                "title": "You",
                "questions": [
                    {"key": "who", "kind": "short", "label": "Who are you?", "required_after": "calling"},
                    {
                        "key": "way",
                        "kind": "one_of",
                        "label": {"en": "Which way?", "ar": "أي طريق؟"},
                        "options": [{"key": "left", "label": "Left"}, {"key": "right", "label": "Right"}],
                    },
                ],
            }
        ]
    }
