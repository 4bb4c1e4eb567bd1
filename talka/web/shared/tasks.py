"""What the desk lists: tasks, and records that are the reader's own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Task:
    """One sentence with its button: asked of the reader, or (`waits`) something they wait for.

    `zone` is the organisers' zone of the deadline.
    """

    words: str
    address: str
    button: str
    due_at: datetime | None = None
    zone: str = "UTC"
    waits: bool = False


@dataclass(frozen=True)
class Mine:
    """A record of the reader's own, with its status."""

    words: str
    address: str
    record: Any
    note: str = ""


Tasks = Callable[[Any, datetime], list[Task]]
"""Given an account and a moment, lists what is asked of the person, in two queries or so."""

Records = Callable[[Any, datetime], list[Mine]]
"""Given an account and a moment, lists records of the person's own."""
