"""What came from elsewhere is exactly what was checked when it was fetched, and no page reaches for more."""

import hashlib
import json
import re

import pytest

from scripts import vendor_assets
from tests.architecture.source import ROOT

VENDOR = ROOT / "static" / "vendor"
MANIFEST = json.loads((VENDOR / "manifest.json").read_text())
PAGES = [*sorted((ROOT / "templates").rglob("*.html")), *sorted((ROOT / "core").rglob("*.py"))]


def digest(path):
    return hashlib.sha256((VENDOR / path).read_bytes()).hexdigest()


def test_every_vendored_file_is_listed_and_unchanged():
    listed = {path: value for package in MANIFEST for path, value in package["files"].items()}
    present = {p.relative_to(VENDOR).as_posix() for p in VENDOR.rglob("*") if p.is_file()} - {"manifest.json"}
    assert listed == {path: digest(path) for path in present}


def test_the_manifest_names_the_versions_the_script_fetches():
    fetched = {(p.name, p.version, p.licence, p.integrity) for p in vendor_assets.PACKAGES}
    assert {(p["package"], p["version"], p["licence"], p["integrity"]) for p in MANIFEST} == fetched


def test_every_package_brings_its_licence():
    for package in MANIFEST:
        assert any(path.endswith("/LICENSE") for path in package["files"]), package["package"]


def test_no_file_points_at_a_source_map_that_is_not_there():
    for path in VENDOR.rglob("*.*"):
        if path.suffix in (".js", ".css"):
            assert b"sourceMappingURL=" not in path.read_bytes(), path.name


def test_the_sprite_holds_every_symbol_the_templates_ask_for():
    symbols = set(re.findall(r'<symbol id="([^"]+)"', (VENDOR / "icons" / "icons.svg").read_text()))
    asked = {name for page in PAGES for name in re.findall(r'\{% icon "([^"]+)"', page.read_text())}
    assert asked <= symbols == set(vendor_assets.ICONS)


@pytest.mark.parametrize(
    "text", [b"x()\n//# sourceMappingURL=x.js.map", b"x()\n/*# sourceMappingURL=x.css.map */\n", b"x()\n"]
)
def test_the_source_map_comment_is_cut_off_and_nothing_else(text):
    assert vendor_assets._SOURCE_MAP.sub(b"\n", text) == b"x()\n"
