"""Redraws photos, so that nothing but their pixels is ever kept or shown."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from talka.files.attachments import clean_name

REDRAWER = Path(__file__).with_name("redrawer.py")


@dataclass(frozen=True)
class Limits:
    """Says how large a photo may be, how large it stays, and what redrawing it may cost."""

    data_bytes: int = 15_000_000
    pixels: int = 40_000_000
    long_side: int = 2560
    thumbnail_side: int = 480
    memory_bytes: int = 1_200_000_000
    cpu_seconds: int = 20
    wall_seconds: float = 40


@dataclass(frozen=True)
class Photo:
    """Holds a redrawn photo (JPEG, or PNG where it is transparent), its size, and a thumbnail in WebP."""

    data: bytes
    content_type: str
    width: int
    height: int
    thumbnail: bytes


class PhotoRefused(Exception):
    """Says why a photo is not taken: a message key with its values, for the person who sent it."""

    def __init__(self, key: str, values: Mapping[str, object]) -> None:
        super().__init__(key)
        self.key = key
        self.values = dict(values)


LIMITS = Limits()
# A child may use a gigabyte, so a web process runs two at most; the others wait their turn.
AT_ONCE = BoundedSemaphore(2)
QUEUE_SECONDS = 60


def redraw(data: bytes, *, name: str, limits: Limits = LIMITS) -> Photo:
    """Draw the photo again without anything that was hidden in its file, at most 2560 px on its long side.

    Takes a JPEG, PNG or WebP by its first bytes, whatever its name. The decoding happens in a child process
    with little memory, little time and no environment. Raises PhotoRefused with the key files.not_a_photo,
    files.too_large, files.too_many_pixels, files.several_frames, files.broken_photo or files.busy; the values
    always hold the cleaned name.
    """
    values = {"name": clean_name(name)}
    if len(data) > limits.data_bytes:
        raise PhotoRefused("files.too_large", values | {"megabytes": limits.data_bytes // 1_000_000})
    if not looks_like_photo(data):
        raise PhotoRefused("files.not_a_photo", values)
    if not AT_ONCE.acquire(timeout=QUEUE_SECONDS):
        raise PhotoRefused("files.busy", values)
    try:
        facts, drawn = asked_of_child(data, limits)
    except (subprocess.TimeoutExpired, ValueError) as failure:
        raise PhotoRefused("files.broken_photo", values) from failure
    finally:
        AT_ONCE.release()
    if "refused" in facts:
        raise PhotoRefused(facts["refused"], values | facts["values"])
    size = facts.pop("size")
    return Photo(data=drawn[:size], thumbnail=drawn[size:], **facts)


def looks_like_photo(data: bytes) -> bool:
    """Tell whether the first bytes are those of a JPEG, PNG or WebP file."""
    return data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (
        data.startswith(b"RIFF") and data[8:12] == b"WEBP"
    )


def asked_of_child(data: bytes, limits: Limits) -> tuple[dict[str, Any], bytes]:
    """Ask a redrawer process about these bytes: its answer, and the bytes after it.

    Raises subprocess.TimeoutExpired (the child is then dead), or ValueError if it died without an answer.
    """
    question = {
        "limits": {
            "pixels": limits.pixels,
            "long_side": limits.long_side,
            "thumbnail_side": limits.thumbnail_side,
        },
        "ration": {"memory_bytes": limits.memory_bytes, "cpu_seconds": limits.cpu_seconds},
    }
    child = subprocess.run(  # noqa: S603 - our own file, and nothing a person sent is among the arguments
        [sys.executable, "-I", str(REDRAWER)],
        input=b"".join([json.dumps(question).encode(), b"\n", data]),
        capture_output=True,
        timeout=limits.wall_seconds,
        env={},  # no secrets to find, no PATH to find programs on
        check=False,
    )
    answer, _, drawn = child.stdout.partition(b"\n")
    return json.loads(answer), drawn
