"""A style sheet with a lost brace is read by browsers without a word, and half of its rules are gone."""

import re

import pytest

from tests.architecture.source import ROOT, committed_files


def style_violations(path: str, text: str) -> list[str]:
    """Sentences on blocks that stand inside a rule, or are not closed. Only ``@`` rules hold other rules here."""
    bare = re.sub(r"/\*.*?\*/|\"[^\"]*\"|'[^']*'", "", text, flags=re.DOTALL)
    found, open_blocks, start = [], [], 0
    for match in re.finditer(r"[{};]", bare):
        if match[0] == "{":
            prelude = " ".join(bare[start : match.start()].split())
            if open_blocks and not open_blocks[-1].startswith("@"):
                found.append(f"{path}: {prelude} stands inside {open_blocks[-1]}")
            open_blocks.append(prelude)
        elif match[0] == "}" and not open_blocks:
            found.append(f"{path}: one brace too many")
        elif match[0] == "}":
            open_blocks.pop()
        start = match.end()
    return found + [f"{path}: {prelude} is not closed" for prelude in open_blocks]


def test_every_style_sheet_is_whole():
    found = []
    for file in committed_files():
        path = file.relative_to(ROOT).as_posix()
        if path.endswith(".css") and not path.startswith("static/vendor/"):
            found += style_violations(path, file.read_text(encoding="utf-8"))
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        ".a {\n  color: red;\n.b {\n  color: blue;\n}\n",
        ".a { color: red; }\n}\n",
        "@media print {\n.a { top: 0; }\n",
    ],
)
def test_a_lost_brace_is_found(text):
    assert style_violations("x.css", text)


def test_a_whole_one_is_left_alone():
    text = '/* { */ @media (min-width: 9px) {\n  .a::before { content: "}"; }\n}\n.b { top: 0; }\n'
    assert style_violations("x.css", text) == []


# --- rules and those who name them ------------------------------------------------------------------------


def sheets():
    """The product's own style sheets by name."""
    return {file.name: file.read_text(encoding="utf-8") for file in ROOT.glob("static/css/*.css")}


def test_every_class_that_a_script_switches_has_a_rule():
    scripts = "".join(file.read_text(encoding="utf-8") for file in ROOT.glob("static/js/*.js"))
    switched = set(re.findall(r"classList\.(?:add|toggle)\('([\w-]+)'[,)]", scripts))
    ruled = set(re.findall(r"\.([\w-]+)", "".join(sheets().values())))
    of_bootstrap = {"visually-hidden", "text-danger"}
    assert switched - ruled - of_bootstrap == set()


def test_fingerprints_and_the_notice_of_what_is_lacking_are_made_in_one_place():
    shared = (ROOT / "templates/components/head.html").read_text(encoding="utf-8")
    ruled = [name for name, text in sheets().items() if ".digest" in text]
    assert ruled == ["lists.css"] and "css/lists.css" in shared
    pages = [
        file.name for file in ROOT.rglob("templates/**/*.html") if "提交前还缺" in file.read_text("utf-8")
    ]
    assert pages == ["lacks.html"]
