"""The tail stays short: long files and long functions are split before they hurt."""

import ast

import pytest

from tests.architecture.source import ROOT, committed_files, functions

FILE_LINES = 350
TEST_FILE_LINES = 450
FUNCTION_LINES = 60
TEMPLATE_LINES = 120
SCRIPT_LINES = 350


def limit_for(path: str) -> int:
    """Most lines a file at ``path`` may have; 0 when its length is nobody's business."""
    if "/migrations/" in path or path.startswith("static/vendor/"):
        return 0
    if path.endswith(".py"):
        return TEST_FILE_LINES if path.startswith("tests/") else FILE_LINES
    if path.endswith((".html", ".txt")) and path.startswith("templates/"):
        return TEMPLATE_LINES
    if path.endswith((".js", ".css", ".sh")):
        return SCRIPT_LINES
    return 0


def size_violations(path: str, text: str) -> list[str]:
    """Sentences on a file that is too long, or on the functions in it that are."""
    limit = limit_for(path)
    lines = text.count("\n")
    found = [f"{path}: {lines} lines, at most {limit}"] if limit and lines > limit else []
    if path.endswith(".py") and limit:
        for function in functions(ast.parse(text)):
            length = (function.end_lineno or function.lineno) - function.lineno + 1
            if length > FUNCTION_LINES:
                found.append(f"{path}: {function.name} has {length} lines, at most {FUNCTION_LINES}")
    return found


def test_no_file_and_no_function_is_too_long():
    found = []
    for file in committed_files():
        path = file.relative_to(ROOT).as_posix()
        if limit_for(path):
            found += size_violations(path, file.read_text(encoding="utf-8"))
    assert found == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("findings/models.py", "x = 1\n" * (FILE_LINES + 1)),
        ("tests/core/test_x.py", "x = 1\n" * (TEST_FILE_LINES + 1)),
        ("findings/views.py", "def f():\n" + "    x = 1\n" * FUNCTION_LINES),
        ("templates/findings/list.html", "<p></p>\n" * (TEMPLATE_LINES + 1)),
        ("static/js/drafts.js", ";\n" * (SCRIPT_LINES + 1)),
    ],
)
def test_what_is_too_long_is_found(path, text):
    assert len(size_violations(path, text)) == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("findings/models.py", "x = 1\n" * FILE_LINES),
        ("findings/migrations/0001_initial.py", "x = 1\n" * 2000),
        ("findings/views.py", "def f():\n" + "    x = 1\n" * (FUNCTION_LINES - 1)),
    ],
)
def test_what_is_short_enough_is_left_alone(path, text):
    assert size_violations(path, text) == []
