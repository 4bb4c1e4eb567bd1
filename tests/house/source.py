"""Reads the project's own source, for the tests of the house rules."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TALKA = ROOT / "talka"


def modules():
    """List the Python files of the house, migrations left out."""
    return sorted(p for p in TALKA.rglob("*.py") if "migrations" not in p.parts)


def templates():
    """List the page templates."""
    return sorted((TALKA / "web" / "templates").rglob("*.html"))


def name(path):
    """Return a path as it is written in a message."""
    return str(path.relative_to(ROOT))


def tree(path):
    """Parse a Python file."""
    return ast.parse(path.read_text(), filename=str(path))


def functions(path):
    """List the functions and methods of a file as (name, number of lines, node)."""
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.append((node.name, node.end_lineno - node.lineno + 1, node))
    return found
