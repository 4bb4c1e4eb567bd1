"""Rooms stay small enough to be read."""

import ast

from tests.house import source

MOST_LINES_OF_A_MODULE = 400
MOST_LINES_OF_A_FUNCTION = 40
MOST_LINES_OF_A_VIEW = 20
MOST_LINES_OF_A_TEMPLATE = 80


def is_view(path, node):
    """Tell whether an address leads to the function: those say which methods they answer."""
    decorators = {ast.unparse(decorator).partition("(")[0] for decorator in node.decorator_list}
    return "web" in path.parts and bool(decorators & {"require_safe", "require_POST", "require_http_methods"})


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
            # The docstring is not counted: a view's four steps are.
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
