"""Reading the product's own source for the guards: files, syntax trees, and what a name in them stands for."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Left to right: each app may import from those before it.
ORDER = (
    "core",
    "villages",
    "prep",
    "surveys",
    "ledgers",
    "findings",
    "reports",
    "rectification",
    "archives",
    "inspection",
)


@dataclass(frozen=True)
class Module:
    """One Python file of the product: its dotted name and its tree."""

    name: str
    tree: ast.Module
    is_package: bool = False

    @property
    def app(self) -> str:
        """First part of the dotted name."""
        return self.name.split(".")[0]

    @property
    def layer(self) -> str:
        """Second part of the dotted name: ``models``, ``views`` …; empty for the app's package itself."""
        return (self.name.split(".") + [""])[1]


def parse(name: str, text: str) -> Module:
    """A module from a snippet, for feeding a guard with something wrong."""
    return Module(name, ast.parse(text))


@cache
def product_modules() -> tuple[Module, ...]:
    """Every module of our apps except migrations, which Django writes."""
    return tuple(_load(path) for app in ORDER for path in sorted((ROOT / app).rglob("*.py")) if _ours(path))


def _ours(path: Path) -> bool:
    return "migrations" not in path.parts


def _load(path: Path) -> Module:
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    is_package = parts[-1] == "__init__"
    name = ".".join(parts[:-1] if is_package else parts)
    return Module(name, ast.parse(path.read_text(encoding="utf-8"), filename=str(path)), is_package)


def is_own(dotted: str) -> bool:
    """Does the dotted name lead into one of our apps?"""
    return dotted.split(".")[0] in ORDER


def imported(module: Module, node: ast.AST) -> list[str]:
    """Dotted names an import statement brings in: ``from a.b import c`` gives ``a.b.c``."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        base = _base(module, node)
        return [f"{base}.{alias.name}" for alias in node.names]
    return []


def _base(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = module.name.split(".")
    parts = parts[: len(parts) - node.level + (1 if module.is_package else 0)]
    return ".".join([*parts, node.module] if node.module else parts)


def meanings(module: Module) -> dict[str, str]:
    """What each imported local name stands for, as a dotted name."""
    found: dict[str, str] = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            found |= {
                (a.asname or a.name.split(".")[0]): (a.asname and a.name) or a.name.split(".")[0]
                for a in node.names
            }
        elif isinstance(node, ast.ImportFrom):
            base = _base(module, node)
            found |= {(a.asname or a.name): f"{base}.{a.name}" for a in node.names}
    return found


def dotted(node: ast.AST) -> str:
    """``a.b.c`` of an attribute chain; calls and subscripts inside are written as ``()``."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return f"{dotted(node.func)}()"
    return "()"


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function, methods and inner ones included."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@cache
def committed_files() -> tuple[Path, ...]:
    """Files git knows or would take, so that a new file is judged before it is committed."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = listed.stdout.decode().split("\0")
    return tuple(ROOT / name for name in names if name and (ROOT / name).is_file())
