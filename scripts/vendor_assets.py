"""Fetch the third-party browser assets and rebuild ``static/vendor``.

Each package is packed by npm, its tarball is compared with the digest pinned here, and only the files the pages
use are kept. The result is committed: nobody needs npm to run or to test the product. Run it again after changing
a version or the icon list::

    python scripts/vendor_assets.py
"""

import base64
import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "static" / "vendor"
ICONS = (
    "archive",
    "arrow-clockwise",
    "arrow-left",
    "arrow-right",
    "box-arrow-right",
    "camera",
    "check-circle",
    "check-lg",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "clipboard-check",
    "clock-history",
    "cloud-check",
    "download",
    "exclamation-circle",
    "exclamation-triangle",
    "file-earmark-excel",
    "file-earmark-pdf",
    "file-earmark-text",
    "file-earmark-word",
    "file-earmark-zip",
    "funnel",
    "gear",
    "house",
    "image",
    "inbox",
    "info-circle",
    "key",
    "list",
    "lock",
    "paperclip",
    "pencil",
    "person-circle",
    "plus-lg",
    "printer",
    "search",
    "sort-down",
    "sort-up",
    "three-dots",
    "trash",
    "type",
    "upload",
    "wifi-off",
    "x-circle",
    "x-lg",
)
_SOURCE_MAP = re.compile(rb"\s*(?://[#@]|/\*[#@])\s*sourceMappingURL=[^\n*]*(?:\*/)?\s*$")
_OUTER_SVG = re.compile(r'<svg[^>]*viewBox="([^"]+)"[^>]*>(.*)</svg>', re.DOTALL)


@dataclass(frozen=True)
class Package:
    """One npm package: its pinned digest and the files taken from it (path in the tarball → path in vendor)."""

    name: str
    version: str
    licence: str
    integrity: str
    files: dict[str, str]


PACKAGES = (
    Package(
        "bootstrap",
        "5.3.9",
        "MIT",
        "sha512-20cU0rcfw8WdxtVbmfU+xT2EjvVTw9Ror/h1Qvd7DXCujRg8OO9mdBCsmTHdJFf3BuadmBNJtgIuUXsBqSkk/w==",
        {
            "dist/css/bootstrap.min.css": "bootstrap/bootstrap.min.css",
            "dist/js/bootstrap.bundle.min.js": "bootstrap/bootstrap.bundle.min.js",
            "LICENSE": "bootstrap/LICENSE",
        },
    ),
    Package(
        "bootstrap-icons",
        "1.13.2",
        "MIT",
        "sha512-fAU1Ly3dH7hwRg+CB8EZ0Vl0fF80zgXHeUVJyfUOKzoURr+TbwISbCW5tKUoQLERaWYG2emTCybcPbD96hdD1A==",
        {"LICENSE": "icons/LICENSE"},
    ),
    Package(
        "echarts",
        "6.1.0",
        "Apache-2.0",
        "sha512-q0yaFPggC9FUdsWH4blavRWFmxdrIodbkoKNAjJudAI6CA9gNPxHtV2RcZNEepZVlk4yvBYkOkbk6HIVpIyHZA==",
        {
            "dist/echarts.common.min.js": "echarts/echarts.common.min.js",
            "i18n/langZH.js": "echarts/langZH.js",
            "LICENSE": "echarts/LICENSE",
            "NOTICE": "echarts/NOTICE",
        },
    ),
)


def fetch(package: Package, folder: Path) -> Path:
    """Pack one package with npm and return its tarball; refuse it when its digest is not the pinned one."""
    command = ["npm", "pack", f"{package.name}@{package.version}", "--json", "--ignore-scripts"]
    answer = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    tarball = folder / json.loads(answer.stdout)[0]["filename"]
    digest = "sha512-" + base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    if digest != package.integrity:
        raise SystemExit(f"{package.name} {package.version}: digest {digest} is not the pinned one")
    return tarball


def read_member(archive: tarfile.TarFile, path: str) -> bytes:
    """Return one file of an npm tarball, without the comment that names a source map we do not ship."""
    member = archive.extractfile(f"package/{path}")
    if member is None:
        raise SystemExit(f"{path} is missing from the package")
    content = member.read()
    # The hashed-name storage refuses a stylesheet or script that points at a map which is not there.
    return _SOURCE_MAP.sub(b"\n", content) if path.endswith((".js", ".css")) else content


def build_sprite(archive: tarfile.TarFile) -> bytes:
    """Return an SVG sprite holding only the symbols in ``ICONS``."""
    symbols = []
    for name in ICONS:
        match = _OUTER_SVG.search(read_member(archive, f"icons/{name}.svg").decode())
        if match is None:
            raise SystemExit(f"icon {name} has an unknown shape")
        symbols.append(f'<symbol id="{name}" viewBox="{match[1]}">{match[2].strip()}</symbol>')
    body = "\n".join(symbols)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{body}\n</svg>\n'.encode()


def unpack(package: Package, tarball: Path) -> dict[str, bytes]:
    """Return the wanted files of one package by their path below ``static/vendor``."""
    with tarfile.open(tarball) as archive:
        contents = {target: read_member(archive, source) for source, target in package.files.items()}
        if package.name == "bootstrap-icons":
            contents["icons/icons.svg"] = build_sprite(archive)
    return contents


def main() -> None:
    """Rebuild the vendor folder and its manifest."""
    manifest = []
    with tempfile.TemporaryDirectory() as name:
        for package in PACKAGES:
            contents = unpack(package, fetch(package, Path(name)))
            for path, content in contents.items():
                (TARGET / path).parent.mkdir(parents=True, exist_ok=True)
                (TARGET / path).write_bytes(content)
            manifest.append(
                {
                    "package": package.name,
                    "version": package.version,
                    "licence": package.licence,
                    "integrity": package.integrity,
                    "files": {
                        path: hashlib.sha256(body).hexdigest() for path, body in sorted(contents.items())
                    },
                }
            )
    (TARGET / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


if __name__ == "__main__":
    main()
