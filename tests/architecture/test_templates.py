"""Templates hold under the strict content policy and reach nothing outside."""

import re

import pytest

from tests.architecture.source import ROOT

# Inside a tag only: the word "onclick" in a sentence is harmless.
RULES = {
    "an inline style": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.I),
    "a style block": re.compile(r"<style\b", re.I),
    "an inline handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.I),
    "an inline script": re.compile(r"<script(?![^>]*\b(src=|type=\"application/json\"))", re.I),
    "a javascript address": re.compile(r"javascript:", re.I),
    "unescaped output": re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off"),
    "an asset from elsewhere": re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.I),
}


def template_violations(path: str, text: str) -> list[str]:
    """Sentences on what the browser would refuse, or what would open a hole."""
    without_comments = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", text, flags=re.S)
    return [f"{path}: {what}" for what, pattern in RULES.items() if pattern.search(without_comments)]


def test_every_template_holds_under_the_content_policy():
    found = []
    for file in sorted((ROOT / "templates").rglob("*.html")):
        found += template_violations(file.relative_to(ROOT).as_posix(), file.read_text("utf-8"))
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color:red">',
        "<style>p{}</style>",
        '<a class="x" onclick="go()">',
        "<script>go()</script>",
        '<a href="javascript:go()">',
        "{{ finding.title|safe }}",
        '<img src="//elsewhere.example/x.png">',
    ],
)
def test_what_the_policy_refuses_is_found(text):
    assert len(template_violations("x.html", text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        '<script src="/static/js/a.js" defer></script>',
        "<p>on = 1</p>",
        '<p data-style="x">',
        '<progress value="1">',
    ],
)
def test_what_the_policy_takes_is_left_alone(text):
    assert template_violations("x.html", text) == []
