"""Writing plain data as TOML: deterministic, and laid out for people to read and compare."""

import json
import re
from collections.abc import Mapping
from typing import Any

LONGEST_LINE = 110
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def to_toml(data: Mapping[str, Any]) -> str:
    """Write mappings, lists, texts, whole numbers and booleans as TOML, in the order given."""
    return "\n".join(_table(data, ())).strip() + "\n"


def _table(table: Mapping[str, Any], path: tuple[str, ...]) -> list[str]:
    """Write what fits on a line first: in TOML everything after a heading belongs to it."""
    short = {key: line for key, value in table.items() if (line := _line(key, value)) is not None}
    lines = list(short.values())
    for key, value in table.items():
        if key in short:
            continue
        here = (*path, key)
        name = ".".join(_key(step) for step in here)
        if isinstance(value, Mapping):
            lines += ["", f"[{name}]", *_table(value, here)]
        else:
            for part in value:
                lines += ["", f"[[{name}]]", *_table(part, here)]
    return lines


def _line(key: str, value: Any) -> str | None:
    """Write a key with its value, unless that needs a heading of its own."""
    if _is_tables(value):
        return None
    line = f"{_key(key)} = {_value(value)}"
    too_long = "\n" in line or len(line) > LONGEST_LINE
    return None if isinstance(value, Mapping) and too_long else line


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(part, Mapping) for part in value)


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(key)} = {_value(part)}" for key, part in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list):
        return f"[{', '.join(_value(part) for part in value)}]"
    if isinstance(value, str):
        return _paragraphs(value) if "\n" in value else _text(value)
    # JSON and TOML write whole numbers and booleans alike.
    return json.dumps(value)


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else _text(key)


def _text(text: str) -> str:
    # JSON leaves DEL as it is, TOML forbids it.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _paragraphs(text: str) -> str:
    lines = "\n".join(_text(line)[1:-1] for line in text.split("\n"))
    return f'"""\n{lines}"""'
