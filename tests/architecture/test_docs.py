"""The front door is true: links lead somewhere, every setting is explained, every command exists, in both languages."""

import re

import pytest

from tests.architecture.compose import APP_SERVICES, script_names, settings_names
from tests.architecture.source import ROOT, committed_files

READMES = ("README.md", "README.zh-CN.md")


def broken_links(text: str, folder) -> list[str]:
    """Relative links and pictures that lead nowhere."""
    targets = re.findall(r"\]\(([^)#\s]+)", text)
    return [t for t in targets if not re.match(r"[a-z]+:", t) and not (folder / t).exists()]


def unknown_targets(text: str) -> set[str]:
    """``make`` targets that are named but not there."""
    there = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    return set(re.findall(r"\bmake ([a-z]+(?:-[a-z]+)*)", text)) - there


DOCUMENTS = [file.relative_to(ROOT).as_posix() for file in committed_files() if file.suffix == ".md"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_leads_somewhere(name):
    file = ROOT / name
    assert broken_links(file.read_text("utf-8"), file.parent) == []


@pytest.mark.parametrize("name", READMES)
def test_every_setting_is_explained_and_no_other(name):
    first_cells = re.findall(r"^\| (`[^|]+) \|", (ROOT / name).read_text("utf-8"), re.M)
    explained = set(re.findall(r"`([A-Z_]+)`", " ".join(first_cells)))
    tuned = {n for service in APP_SERVICES for n in script_names(f"deploy/bin/{service}")} - {"BEAT_SCHEDULE"}
    assert explained == settings_names() | tuned


@pytest.mark.parametrize("name", READMES)
def test_every_command_in_the_readme_exists(name):
    text = (ROOT / name).read_text("utf-8")
    assert unknown_targets(re.sub(r"and `make`|和 `make`", "", text)) == set()
    paths = re.findall(r"`(?:sh |bash )?((?:deploy|scripts|docs|tests|\.ci)/[\w./-]+)", text)
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_a_broken_link_an_unknown_command_and_a_missing_setting_are_found():
    assert broken_links("[x](nowhere.md) [y](https://example.org)", ROOT) == ["nowhere.md"]
    assert unknown_targets("run make test, then make coffee") == {"coffee"}
