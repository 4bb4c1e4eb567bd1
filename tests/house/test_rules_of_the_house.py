"""What the house forbids: reading the clock, signals, rooms with other files, inline scripts."""

import ast
import re

from tests.house import source

CLOCKS = {"now", "today", "utcnow", "localdate", "time", "time_ns"}
CLOCK_OWNERS = {"timezone", "datetime", "date", "time"}
ROOMS_OF_THE_SENTENCE = (
    "calls",
    "applications",
    "screening",
    "matching",
    "gatherings",
    "exchanges",
    "travel",
    "reports",
    "impact",
)
FILES_OF_A_ROOM = {"models", "lifecycle", "rules", "actions", "queries", "apps", "migrations", "__init__"}
EXTRA_FILES = {"matching": {"engine"}, "impact": {"figures"}}


def clock_readings(path):
    for node in ast.walk(source.tree(path)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in CLOCKS
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id in CLOCK_OWNERS
        ):
            yield f"{source.name(path)}:{node.lineno}"


def test_only_web_and_jobs_read_the_clock():
    readings = [
        reading
        for path in source.modules()
        if not {"web", "jobs"} & set(path.relative_to(source.TALKA).parts[:1])
        for reading in clock_readings(path)
    ]
    assert readings == []


def test_the_search_for_clock_readings_finds_one(tmp_path):
    (source.TALKA / "web").exists()
    found = [reading for path in source.modules() if "web" in path.parts for reading in clock_readings(path)]
    assert found != []


def test_only_web_knows_http():
    knowing = re.compile(r"^(?:from|import) django\.(?:http|shortcuts|views|middleware|test)\b", re.MULTILINE)
    knowers = {path for path in source.modules() if knowing.search(path.read_text())}
    outside = {path for path in knowers if path.relative_to(source.TALKA).parts[0] != "web"}
    assert {source.name(path) for path in outside} == set()
    assert knowers != set()


def test_nobody_uses_signals():
    users = [
        source.name(path)
        for path in source.modules()
        if re.search(r"django\.dispatch|models\.signals|core\.signals", path.read_text())
    ]
    assert users == []


def test_rooms_of_the_sentence_hold_the_same_few_files():
    strangers = []
    for room in ROOMS_OF_THE_SENTENCE:
        allowed = FILES_OF_A_ROOM | EXTRA_FILES.get(room, set())
        for path in (source.TALKA / room).iterdir():
            if path.name != "__pycache__" and path.stem not in allowed:
                strangers.append(source.name(path))
    assert strangers == []


def test_no_page_carries_an_inline_script_or_style():
    events = r"\son(?:click|load|error|change|submit|input|key\w+|mouse\w+)="
    inline = re.compile(rf"<script(?![^>]*\bsrc=)|<style|\sstyle=|{events}", re.IGNORECASE)
    guilty = [source.name(path) for path in source.templates() if inline.search(path.read_text())]
    assert guilty == []


def test_no_page_asks_another_host():
    asking = re.compile(r"(?:src|href|action|hx-get|hx-post)=[\"']\s*(?:https?:)?//", re.IGNORECASE)
    guilty = [source.name(path) for path in source.templates() if asking.search(path.read_text())]
    assert guilty == []


def test_every_public_function_says_what_it_does():
    silent = []
    for path in source.modules():
        if "management" in path.parts:
            continue
        for node in source.tree(path).body:
            if (
                isinstance(node, ast.FunctionDef | ast.ClassDef)
                and not node.name.startswith("_")
                and not _is_plain_list_of_names(node)
                and not ast.get_docstring(node)
            ):
                silent.append(f"{source.name(path)}:{node.name}")
    assert silent == []


def _is_plain_list_of_names(node):
    bases = {ast.unparse(base) for base in getattr(node, "bases", [])}
    return bool(bases & {"TextChoices", "models.TextChoices", "IntegerChoices", "models.IntegerChoices"})
