"""Rooms stay small enough to be read."""

from tests.house import source

MOST_LINES_OF_A_MODULE = 400
MOST_LINES_OF_A_FUNCTION = 40
MOST_LINES_OF_A_VIEW = 20
MOST_LINES_OF_A_TEMPLATE = 80


def is_view(path, node):
    return "web" in path.parts and bool(node.args.args) and node.args.args[0].arg == "request"


def test_no_module_is_longer_than_400_lines():
    long = {
        source.name(path): count
        for path in source.modules()
        if (count := len(path.read_text().splitlines())) > MOST_LINES_OF_A_MODULE
    }
    assert long == {}


def test_no_function_is_longer_than_40_lines_and_no_view_longer_than_20():
    long = {}
    for path in source.modules():
        for name, lines, node in source.functions(path):
            # Decorators and the docstring are not counted against a view: its four steps are.
            body = lines - _docstring_lines(node)
            most = MOST_LINES_OF_A_VIEW if is_view(path, node) else MOST_LINES_OF_A_FUNCTION
            if body > most:
                long[f"{source.name(path)}:{name}"] = body
    assert long == {}


def _docstring_lines(node):
    first = node.body[0]
    is_text = hasattr(first, "value") and isinstance(getattr(first.value, "value", None), str)
    return first.end_lineno - first.lineno + 1 if is_text else 0


def test_no_template_is_longer_than_80_lines():
    long = {
        source.name(path): count
        for path in source.templates()
        if (count := len(path.read_text().splitlines())) > MOST_LINES_OF_A_TEMPLATE
    }
    assert long == {}
